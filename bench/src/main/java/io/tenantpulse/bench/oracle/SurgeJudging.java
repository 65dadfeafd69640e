package io.tenantpulse.bench.oracle;

import io.tenantpulse.bench.oracle.surge.RandomSurges;
import io.tenantpulse.bench.oracle.surge.SurgeComparison;
import io.tenantpulse.bench.oracle.surge.SurgeHistory;
import io.tenantpulse.bench.oracle.surge.SurgeOracle;
import io.tenantpulse.bench.oracle.surge.SurgeSaid;
import io.tenantpulse.bench.oracle.surge.SurgeShrinking;
import io.tenantpulse.bench.oracle.surge.SurgeSubject;
import io.tenantpulse.topology.MergedSurgeRig;
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
        compare(history, expected, SurgeRig::new, "judge of surges");
        compare(history, expected, MergedSurgeRig::new, "judge behind the merger");
    }

    private void compare(SurgeHistory history, List<SurgeSaid> expected, SurgeSubject.Maker maker, String what) {
        SurgeComparison found = SurgeComparison.between(expected, SurgeComparison.run(history, maker));
        if (found.isEmpty()) {
            return;
        }
        wrong++;
        System.out.printf("trends %d: the %s differs from the oracle%n", history.seed(), what);
        if (wrong <= TOLD) {
            SurgeHistory shortest = SurgeShrinking.of(
                    history, each -> !SurgeComparison.of(each, maker).isEmpty());
            System.out.print(shortest);
            System.out.print(SurgeComparison.of(shortest, maker));
        } else {
            System.out.print(found);
        }
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
