package io.tenantpulse.trends;

import java.time.Instant;
import java.util.List;

/**
 * How far a cluster has been counted in a partition.
 *
 * @param closedTo windows that begin before are closed
 * @param watermark the newest; before the first, when the cluster was first heard of
 * @param hidden kinds of tenants that cannot be seen now, sorted
 */
public record ClusterClock(String cluster, Instant closedTo, Instant watermark, List<String> hidden) {
    public ClusterClock {
        hidden = List.copyOf(hidden);
    }
}
