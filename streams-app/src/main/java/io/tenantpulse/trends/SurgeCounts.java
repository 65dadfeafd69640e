package io.tenantpulse.trends;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Hands what a census of the only partition counts to a merger at once, and of it only what surges are judged by: for a
 * replay, where nobody reads trends.
 */
public final class SurgeCounts implements CensusVoice {
    private static final int PARTITION = 0;

    private final Merger merger;
    private final Map<Scope, Totals> last = new HashMap<>();

    /** @param merger of one partition */
    public SurgeCounts(Merger merger) {
        this.merger = merger;
    }

    @Override
    public void say(Scope scope, Instant window, Totals totals) {
        if (SurgeJudge.isJudged(scope)) {
            merger.on(new Partial(PARTITION, scope.cluster(), window, scope, judged(scope, totals)));
        }
    }

    /** Most minutes are like the one before: then they are the same. */
    private Totals judged(Scope scope, Totals totals) {
        ByHealth tenants = totals.population().atEnd();
        Totals before = last.get(scope);
        if (before != null
                && before.population().atEnd().equals(tenants)
                && before.members().equals(totals.members())) {
            return before;
        }
        Population population =
                new Population(ByHealth.NONE, ByHealth.NONE, tenants, new TreeMap<>(), ByHealth.NONE, ByHealth.NONE);
        Totals now = new Totals(
                population, totals.members(), Incidents.NONE, new TreeMap<>(), Quantiles.NONE, new TreeMap<>(), 0, 0);
        last.put(scope, now);
        return now;
    }

    @Override
    public void closed(String cluster, Instant window, boolean gone) {
        merger.on(new WindowClosed(PARTITION, cluster, window, List.of(), gone));
    }

    @Override
    public void fleetClosed(Instant window, List<String> blind) {
        merger.on(new WindowClosed(PARTITION, null, window, blind, false));
    }

    @Override
    public void count(String what) {}
}
