package io.tenantpulse.topology.serde;

import io.tenantpulse.schema.RegistryUnavailableException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Waits for a schema registry that does not answer, at the very record that needs it, so that no record is lost or
 * overtaken. The pauses double from one to the next.
 *
 * <p>After the last try the failure is passed on: the stream thread then ends, its transaction is aborted, and a new
 * thread takes up at the same record. All pauses together must therefore stay well below {@code max.poll.interval.ms}.
 * Thread-safe.
 */
public final class RegistryPatience implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RegistryPatience.class);

    private final Duration firstPause;
    private final int tries;
    private final AtomicInteger waiting = new AtomicInteger();
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * @param firstPause before the second try; each later pause is twice as long
     * @param tries in all, at least 1
     */
    public RegistryPatience(Duration firstPause, int tries) {
        this.firstPause = firstPause;
        this.tries = tries;
    }

    /** Six tries and 31 s of pauses; with the client's own timeouts it stays below two minutes. */
    public static RegistryPatience standard() {
        return new RegistryPatience(Duration.ofSeconds(1), 6);
    }

    /** One try, for where nobody comes back: a replay, a test. */
    public static RegistryPatience none() {
        return new RegistryPatience(Duration.ZERO, 1);
    }

    /** Whether somebody waits for the registry now. */
    public boolean isWaiting() {
        return waiting.get() > 0;
    }

    <T> T with(Supplier<T> call) {
        try {
            return call.get();
        } catch (RegistryUnavailableException first) {
            return again(call, first);
        }
    }

    private <T> T again(Supplier<T> call, RegistryUnavailableException first) {
        RegistryUnavailableException last = first;
        Duration pause = firstPause;
        waiting.incrementAndGet();
        try {
            for (int tried = 1; tried < tries; tried++, pause = pause.multipliedBy(2)) {
                LOG.atWarn()
                        .addKeyValue("cause", last.getMessage())
                        .addKeyValue("nextTry", pause)
                        .log("waiting for the schema registry");
                if (closed.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
                    throw last;
                }
                try {
                    return call.get();
                } catch (RegistryUnavailableException e) {
                    last = e;
                }
            }
            throw last;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw last;
        } finally {
            waiting.decrementAndGet();
        }
    }

    /** Ends all waiting, so that a process can stop. */
    @Override
    public void close() {
        closed.countDown();
    }
}
