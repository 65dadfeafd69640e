package io.tenantpulse.exporter.kafka;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Counts, for each cluster, the batches taken and those of them, from the first on without a hole, that are acknowledged. Thread-safe. */
final class Acknowledgements {
    private final Map<String, OfCluster> clusters = new HashMap<>();

    private static final class OfCluster {
        private long taken;
        private long acknowledged;
        private final Set<Long> early = new HashSet<>();
    }

    /** Takes note of a batch. Returns its number, from 1 on. */
    synchronized long take(String cluster) {
        return ++of(cluster).taken;
    }

    /** All records of that batch are acknowledged. */
    synchronized void acknowledge(String cluster, long number) {
        OfCluster of = of(cluster);
        of.early.add(number);
        while (of.early.remove(of.acknowledged + 1)) {
            of.acknowledged++;
        }
    }

    synchronized long taken(String cluster) {
        return of(cluster).taken;
    }

    synchronized long acknowledged(String cluster) {
        return of(cluster).acknowledged;
    }

    private OfCluster of(String cluster) {
        return clusters.computeIfAbsent(cluster, ignored -> new OfCluster());
    }
}
