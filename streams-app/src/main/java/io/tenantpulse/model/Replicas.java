package io.tenantpulse.model;

import org.jspecify.annotations.Nullable;

/**
 * Replica counts of a Deployment, StatefulSet, ReplicaSet or DaemonSet.
 *
 * @param desired {@code spec.replicas}, 1 where absent; of a DaemonSet the nodes that it wants
 * @param current pods that exist
 * @param updated pods of the newest template
 * @param available ready for {@code minReadySeconds}
 */
public record Replicas(
        int desired,
        int current,
        int updated,
        int ready,
        int available,
        @Nullable Long generation,
        @Nullable Long observedGeneration) {
    /** Whether all figures are what is desired: so Lynq wants it, and a pod too many makes a workload not ready. */
    public boolean isEven() {
        return current == desired && updated == desired && ready == desired && available == desired;
    }
}
