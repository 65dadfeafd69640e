package io.tenantpulse.exporter.kube;

import io.tenantpulse.exporter.WatchedKind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Lets a kind's list begin and end only after those of earlier stages are settled (complete, absent or forbidden), so that owners are known before what
 * they own.
 */
final class FrameGate {
    private final Set<WatchedKind> unsettled;
    private boolean closed;

    FrameGate(List<WatchedKind> kinds) {
        unsettled = new HashSet<>(kinds);
    }

    /** Waits until every kind of an earlier stage is settled, or the gate is closed. */
    synchronized void awaitEarlier(WatchedKind kind) throws InterruptedException {
        while (!closed && unsettled.stream().anyMatch(other -> other.stage() < kind.stage())) {
            wait();
        }
    }

    /** The kind has been listed, or cannot be. */
    synchronized void settle(WatchedKind kind) {
        unsettled.remove(kind);
        notifyAll();
    }

    /** The kind must be listed again. */
    synchronized void unsettle(WatchedKind kind) {
        unsettled.add(kind);
    }

    /** Lets everybody go: the exporter is closing. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }
}
