package io.tenantpulse.trends;

import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Remembers what a census puts, and what it tells. */
public final class MapCensusMemory implements CensusMemory {
    private final TreeMap<String, GroupState> groups = new TreeMap<>();
    private final TreeMap<String, ClusterClock> clusters = new TreeMap<>();
    private @Nullable Instant fleetClosedTo;

    @Override
    public List<GroupState> groups() {
        return List.copyOf(groups.values());
    }

    @Override
    public List<ClusterClock> clusters() {
        return List.copyOf(clusters.values());
    }

    @Override
    public @Nullable Instant fleetClosedTo() {
        return fleetClosedTo;
    }

    @Override
    public void put(GroupState group) {
        groups.put(group.group().key(), group);
    }

    @Override
    public void forget(Group group) {
        groups.remove(group.key());
    }

    @Override
    public void put(ClusterClock cluster) {
        clusters.put(cluster.cluster(), cluster);
    }

    @Override
    public void forget(String cluster) {
        clusters.remove(cluster);
    }

    @Override
    public void putFleetClosedTo(Instant closedTo) {
        fleetClosedTo = closedTo;
    }
}
