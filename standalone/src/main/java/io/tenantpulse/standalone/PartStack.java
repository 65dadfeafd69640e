package io.tenantpulse.standalone;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Started parts, the newest on top: they are closed in reverse order, all of them, within a bound. Thread-safe. */
final class PartStack {
    /** What each part that is still to come has at least. */
    private static final Duration RESERVED = Duration.ofMillis(1000);

    private record Part(String name, AutoCloseable closeable) {}

    private final Deque<Part> parts = new ArrayDeque<>();
    private final Consumer<String> say;

    /** @param say gets what a person should know about a part that did not end well */
    PartStack(Consumer<String> say) {
        this.say = say;
    }

    synchronized <T extends AutoCloseable> T push(String name, T part) {
        parts.push(new Part(name, part));
        return part;
    }

    /** Closes all; a part that takes too long is left behind, for the process is about to end. */
    synchronized void close(Duration bound) {
        long deadlineNanos = System.nanoTime() + bound.toNanos();
        while (!parts.isEmpty()) {
            Part part = parts.pop();
            long reservedNanos = RESERVED.toNanos() * parts.size();
            long leftNanos = deadlineNanos - System.nanoTime() - reservedNanos;
            close(part, Math.max(RESERVED.toMillis(), TimeUnit.NANOSECONDS.toMillis(leftNanos)));
        }
    }

    private void close(Part part, long millis) {
        Thread closing = new Thread(() -> close(part), "close-" + part.name().replace(' ', '-'));
        closing.setDaemon(true);
        closing.start();
        try {
            closing.join(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (closing.isAlive()) {
            say.accept(part.name() + " did not stop in time and is left behind");
        }
    }

    private void close(Part part) {
        try {
            part.closeable().close();
        } catch (Exception e) { // whatever it is, the other parts must be closed too
            say.accept(part.name() + " did not stop well: " + e.getMessage());
        }
    }
}
