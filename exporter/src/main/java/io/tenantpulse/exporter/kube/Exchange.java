package io.tenantpulse.exporter.kube;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One request and its answer, which arrives piece by piece in a mailbox: one piece at a time, the next only after {@link #more}, so that a slow
 * reader slows the server down and never fills the memory.
 */
final class Exchange implements AutoCloseable {
    private final BlockingQueue<Delivery> mailbox;
    private final Callbacks callbacks;
    private final Consumer<Exchange> onEnd;
    private final AtomicLong arrived = new AtomicLong();
    private final AtomicLong consumed = new AtomicLong();

    private volatile boolean closed;
    private @Nullable AsyncBody body;
    private boolean ended;

    /** @param callbacks of its connection */
    Exchange(BlockingQueue<Delivery> mailbox, Callbacks callbacks, Consumer<Exchange> onEnd) {
        this.mailbox = mailbox;
        this.callbacks = callbacks;
        this.onEnd = onEnd;
    }

    void start(HttpClient client, HttpRequest request) {
        callbacks.here(() -> client.consumeBytes(request, (buffers, ignored) -> arrived(buffers))
                .whenComplete((response, failure) -> {
                    if (response != null) {
                        answered(response);
                    } else {
                        end(failure);
                    }
                }));
    }

    /** How many pieces have arrived, if the reader has consumed them all and waits for more; else -1. */
    long consumedAll() {
        long done = consumed.get();
        return arrived.get() == done ? done : -1;
    }

    boolean isClosed() {
        return closed;
    }

    /** The piece is consumed; asks for the next. The reader counts as waiting only when what lay ready has been handed over. */
    void more() {
        AsyncBody present;
        synchronized (this) {
            present = body;
        }
        if (present != null) {
            callbacks.here(present::consume);
        }
        consumed.incrementAndGet();
    }

    /** Ends it from outside: the connection is given up. */
    void fail(IOException why) {
        end(why);
        close();
    }

    @Override
    public void close() {
        closed = true;
        AsyncBody present;
        synchronized (this) {
            present = body;
        }
        if (present != null) {
            present.cancel();
        }
        onEnd.accept(this);
    }

    private void answered(HttpResponse<AsyncBody> response) {
        synchronized (this) {
            body = response.body();
        }
        if (closed) {
            response.body().cancel();
            return;
        }
        // HTTP/2 is the only protocol whose status is a header, and fabric8 hides the version.
        boolean multiplexed = response.headers().containsKey(":status");
        deliver(new Delivery.Answered(
                response.code(), first(response, "retry-after"), first(response, "date"), multiplexed));
        response.body().done().whenComplete((nothing, failure) -> end(failure));
    }

    private static Optional<String> first(HttpResponse<?> response, String header) {
        return response.headers(header).stream().findFirst();
    }

    private void arrived(List<ByteBuffer> buffers) {
        deliver(new Delivery.Bytes(buffers));
    }

    private void end(@Nullable Throwable failure) {
        synchronized (this) {
            if (ended) {
                return;
            }
            ended = true;
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        deliver(new Delivery.Ended(cause));
        onEnd.accept(this);
    }

    private void deliver(Delivery.Signal signal) {
        arrived.incrementAndGet();
        Delivery delivery = new Delivery(this, signal);
        mailbox.add(delivery);
        if (closed) {
            mailbox.remove(delivery); // nobody will read it, and it must not wait there with what the server sent
        }
    }
}
