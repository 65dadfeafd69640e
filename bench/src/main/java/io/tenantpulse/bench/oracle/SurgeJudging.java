package io.tenantpulse.bench.oracle;

import io.tenantpulse.bench.oracle.surge.RandomSurges;
import io.tenantpulse.bench.oracle.surge.SurgeComparison;
import io.tenantpulse.bench.oracle.surge.SurgeHistory;
import io.tenantpulse.bench.oracle.surge.SurgeOracle;
import io.tenantpulse.bench.oracle.surge.SurgeSaid;
import io.tenantpulse.bench.oracle.surge.SurgeShrinking;
import io.tenantpulse.topology.SurgeRig;
import java.util.List;
import java.util.TreeMap;

/** Judges the judge of surges over random histories, and counts what became of them. */
final class SurgeJudging {
    /** So many are told in full. */
    private static final int TOLD = 3;

    private final TreeMap<String, Integer> said = new TreeMap<>();
    private final TreeMap<String, Integer> told = new TreeMap<>();
    private long windows;
    private int wrong;

    void judge(long seed) {
        SurgeHistory history = RandomSurges.of(seed);
        windows += history.size();
        told.merge("histories of trends", 1, Integer::sum);
        told.merge("restarts of the judge of surges", history.restarts(), Integer::sum);
        history.contents().forEach((what, count) -> told.merge(what, count, Integer::sum));
        List<SurgeSaid> expected = SurgeOracle.judge(history);
        expected.forEach(each -> said.merge(SurgeHistory.ALERT + ' ' + each.kind(), 1, Integer::sum));
        SurgeComparison found = SurgeComparison.between(expected, SurgeComparison.run(history, SurgeRig::new));
        if (found.isEmpty()) {
            return;
        }
        wrong++;
        System.out.printf("surges %d: the judge differs from the oracle%n", seed);
        if (wrong <= TOLD) {
            SurgeHistory shortest = SurgeShrinking.of(history, SurgeJudging::differs);
            System.out.print(shortest);
            System.out.print(SurgeComparison.of(shortest, SurgeRig::new));
        } else {
            System.out.print(found);
        }
    }

    private static boolean differs(SurgeHistory history) {
        return !SurgeComparison.of(history, SurgeRig::new).isEmpty();
    }

    /** What ought to be said, by alert and kind. */
    TreeMap<String, Integer> said() {
        return said;
    }

    /** What the histories hold. */
    TreeMap<String, Integer> told() {
        return told;
    }

    long windows() {
        return windows;
    }

    int wrong() {
        return wrong;
    }
}
