package io.tenantpulse.exporter.kube;

import io.tenantpulse.exporter.Role;
import io.tenantpulse.exporter.WatchedKind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Lets a kind's list begin and end only after those of the kinds through which its objects find their tenant are settled (complete, absent or forbidden),
 * so that owners are known before what they own. It waits for no other kind: one whose list fails for ever must not keep the rest from being seen.
 */
final class FrameGate {
    private final Set<WatchedKind> unsettled;
    private boolean closed;

    FrameGate(List<WatchedKind> kinds) {
        unsettled = new HashSet<>(kinds);
    }

    /** Waits until every kind that leads this one to its tenant is settled, or the gate is closed. */
    synchronized void awaitEarlier(WatchedKind kind) throws InterruptedException {
        while (!closed && unsettled.stream().anyMatch(other -> leads(other, kind))) {
            wait();
        }
    }

    /** Tenants and workloads own; a Kubernetes Event can be about anything. */
    private static boolean leads(WatchedKind owner, WatchedKind owned) {
        boolean owns = owner.role() == Role.TENANT || owner.role() == Role.WORKLOAD || owned.role() == Role.EVENT;
        return owns && owner.stage() < owned.stage();
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
