package io.tenantpulse.trends;

import java.time.Instant;
import java.util.List;

/** Where a {@link Census} tells what it has counted. Called in order: the partials of a window, that it is over, the fleet's. */
public interface CensusVoice {
    /** A scope of a cluster in a window. Only scopes that have, or had, tenants in it. */
    void say(Scope scope, Instant window, Totals totals);

    /**
     * All partials of a cluster's window have been told.
     *
     * @param gone the cluster is gone for good, and this is its last window
     */
    void closed(String cluster, Instant window, boolean gone);

    /**
     * No cluster that can be waited for will add to this window of the fleet.
     *
     * @param blind clusters whose watermark has not come so far, sorted
     */
    void fleetClosed(Instant window, List<String> blind);

    /** Something odd; counted by name, never silent. */
    void count(String what);
}
