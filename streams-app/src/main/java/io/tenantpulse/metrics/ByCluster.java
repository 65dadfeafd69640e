package io.tenantpulse.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;

/**
 * What our partitions say of each cluster. A cluster's meters are there for as long as any of them says anything of it.
 * Thread-safe.
 */
final class ByCluster<T> {
    private final MeterRegistry registry;
    private final BiFunction<String, Map<Integer, T>, List<? extends Meter>> register;
    private final Map<String, Said<T>> clusters = new HashMap<>();

    private record Said<T>(Map<Integer, T> byPartition, List<? extends Meter> meters) {}

    /** @param register registers the meters of a cluster over what partitions say of it, which changes */
    ByCluster(MeterRegistry registry, BiFunction<String, Map<Integer, T>, List<? extends Meter>> register) {
        this.registry = registry;
        this.register = register;
    }

    synchronized void put(String cluster, int partition, T said) {
        clusters.computeIfAbsent(cluster, this::heardOf).byPartition.put(partition, said);
    }

    private Said<T> heardOf(String cluster) {
        Map<Integer, T> byPartition = new ConcurrentHashMap<>();
        return new Said<>(byPartition, register.apply(cluster, byPartition));
    }

    /** A partition has nothing to say of a cluster any more. */
    synchronized void remove(String cluster, int partition) {
        Said<T> said = clusters.get(cluster);
        if (said != null) {
            said.byPartition.remove(partition);
            if (said.byPartition.isEmpty()) {
                said.meters.forEach(registry::remove);
                clusters.remove(cluster);
            }
        }
    }

    /** A partition is no longer ours. */
    synchronized void remove(int partition) {
        List.copyOf(clusters.keySet()).forEach(cluster -> remove(cluster, partition));
    }
}
