package io.tenantpulse.detect;

import java.time.Instant;

/** What is remembered for a time and then forgotten: warnings, and incidents of tenants that are gone. */
record Ageing(Warnings warnings, PastIncidents past) {
    /** Forgets what has expired. */
    void expire(ClusterState cluster, Instant watermark) {
        warnings.expire(cluster, watermark);
        past.expire(cluster, watermark);
    }

    /** The cluster is gone: nothing of it is remembered. */
    void forgetAll(ClusterState cluster) {
        warnings.forgetAll(cluster);
        past.forgetAll(cluster);
    }
}
