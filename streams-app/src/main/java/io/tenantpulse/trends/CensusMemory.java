package io.tenantpulse.trends;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where a {@link Census} keeps what it must not lose. Single-threaded. What was put is what is read after a restart. */
public interface CensusMemory {
    /** All groups; few. */
    List<GroupState> groups();

    /** All clusters; few. */
    List<ClusterClock> clusters();

    /** Up to where windows of the fleet are closed; null: none is. */
    @Nullable
    Instant fleetClosedTo();

    void put(GroupState group);

    void forget(Group group);

    void put(ClusterClock cluster);

    void forget(String cluster);

    void putFleetClosedTo(Instant closedTo);
}
