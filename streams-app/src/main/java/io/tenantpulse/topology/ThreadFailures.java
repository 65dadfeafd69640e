package io.tenantpulse.topology;

import io.tenantpulse.schema.RegistryUnavailableException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what the end of a stream thread means.
 *
 * <p>Trouble of a broker or of the schema registry passes: a new thread takes up where the last transaction ended. All
 * else is a fault in our step or of access rights, and would come again at the same record: the client stops, so that
 * somebody sees it.
 */
final class ThreadFailures implements StreamsUncaughtExceptionHandler, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ThreadFailures.class);
    private static final long PAUSE_SECONDS = 2;

    private final AtomicReference<Throwable> fatal = new AtomicReference<>();
    private final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public StreamThreadExceptionResponse handle(Throwable failure) {
        if (passes(failure)) {
            LOG.atWarn()
                    .setCause(failure)
                    .log("stream thread ended by trouble that passes: a new one takes up its work");
            pause();
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        }
        fatal.compareAndSet(null, failure);
        LOG.atError().setCause(failure).log("stream thread failed: stopping");
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    /** What stopped the client; null while nothing did. */
    @Nullable
    Throwable fatal() {
        return fatal.get();
    }

    static boolean passes(Throwable failure) {
        return Stream.iterate(failure, one -> one != null, Throwable::getCause)
                .anyMatch(cause -> cause instanceof RegistryUnavailableException
                        || cause instanceof ApiException
                                && !(cause instanceof AuthorizationException)
                                && !(cause instanceof AuthenticationException));
    }

    private void pause() {
        try {
            closed.await(PAUSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
