package io.tenantpulse.trends;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps nothing, for a process that needs nothing of what it counted when it ends. */
public final class NoCensusMemory implements CensusMemory {
    @Override
    public List<GroupState> groups() {
        return List.of();
    }

    @Override
    public List<ClusterClock> clusters() {
        return List.of();
    }

    @Override
    public @Nullable Instant fleetClosedTo() {
        return null;
    }

    @Override
    public void put(GroupState group) {}

    @Override
    public void forget(Group group) {}

    @Override
    public void put(ClusterClock cluster) {}

    @Override
    public void forget(String cluster) {}

    @Override
    public void putFleetClosedTo(Instant closedTo) {}
}
