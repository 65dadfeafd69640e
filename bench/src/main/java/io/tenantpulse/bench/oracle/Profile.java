package io.tenantpulse.bench.oracle;

import io.tenantpulse.bench.oracle.RuleTable.Condition;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;

/**
 * What kind of history chance makes.
 *
 * @param clusters at least 1
 * @param tenants names of tenants in a cluster; some live under both kinds
 * @param steps things that happen in a cluster
 * @param blindness whether exporters and watches break; without it nothing is ever missed
 * @param restarts how often the detector is started again
 * @param resources whether tenants have resources
 * @param keepFiring of the literal rules
 * @param unreadable whether objects can't be decoded at times
 */
record Profile(
        int clusters,
        int tenants,
        int steps,
        boolean blindness,
        int restarts,
        boolean resources,
        Duration keepFiring,
        boolean unreadable) {
    /** Mostly small ones, for many of them find more than a few large ones do. */
    static Profile of(Random random) {
        boolean large = random.nextInt(25) == 0;
        int clusters = 1 + random.nextInt(3);
        int tenants = large ? 30 : 1 + random.nextInt(4);
        int steps = large ? 400 : 40 + random.nextInt(100);
        boolean keeps = random.nextInt(6) == 0;
        boolean blind = !keeps && random.nextInt(5) > 1;
        return new Profile(
                clusters,
                tenants,
                steps,
                blind,
                random.nextInt(4),
                !keeps && random.nextBoolean(),
                keeps ? Duration.ofMinutes(1 + random.nextInt(7)) : Duration.ZERO,
                random.nextInt(4) == 0);
    }

    /** Everything is seen from its beginning, by one exporter that never fails: what a sampling monitor can be compared on. */
    static Profile seenThroughout(Random random) {
        return new Profile(1, 2 + random.nextInt(3), 60, false, 0, false, Duration.ZERO, false);
    }

    /** Whether no exporter, watch or detector ever fails. Such a history begins with an empty cluster: no list shows what nobody saw come. */
    boolean isSeenThroughout() {
        return !blindness;
    }

    /**
     * The rules in force. Of a tenant without resources drift is only that the operator lags behind, and flapping only that
     * its counts come and go; how the latter two rules go through gaps is not judged here.
     */
    RuleTable rules() {
        Set<Condition> conditions = EnumSet.range(Condition.COUNT_MISMATCH, Condition.CONFLICTED_TRUE);
        conditions.add(Condition.STATUS_DRIFT);
        if (resources) {
            conditions.add(Condition.NOT_CONVERGED);
            conditions.add(Condition.DEPENDENCY_STUCK);
        } else if (!blindness && !unreadable) {
            conditions.add(Condition.FLAPPING);
        }
        RuleTable table = RuleTable.builtIn().only(conditions);
        return keepFiring.isZero() ? table : table.keepingFiring(keepFiring);
    }
}
