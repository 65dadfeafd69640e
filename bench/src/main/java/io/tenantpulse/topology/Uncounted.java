package io.tenantpulse.topology;

import io.tenantpulse.trends.CensusVoice;
import io.tenantpulse.trends.Scope;
import io.tenantpulse.trends.Totals;
import java.time.Instant;
import java.util.List;

/** Where windows go that nobody reads. */
final class Uncounted implements CensusVoice {
    @Override
    public void say(Scope scope, Instant window, Totals totals) {}

    @Override
    public void closed(String cluster, Instant window, boolean gone) {}

    @Override
    public void fleetClosed(Instant window, List<String> blind) {}

    @Override
    public void count(String what) {}
}
