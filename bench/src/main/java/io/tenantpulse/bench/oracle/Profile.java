package io.tenantpulse.bench.oracle;

import java.time.Duration;
import java.util.Random;

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
 */
record Profile(
        int clusters, int tenants, int steps, boolean blindness, int restarts, boolean resources, Duration keepFiring) {
    /** Mostly small ones, for many of them find more than a few large ones do. */
    static Profile of(Random random) {
        boolean large = random.nextInt(25) == 0;
        int clusters = 1 + random.nextInt(3);
        int tenants = large ? 30 : 1 + random.nextInt(4);
        int steps = large ? 400 : 40 + random.nextInt(100);
        boolean keeps = random.nextInt(6) == 0;
        return new Profile(
                clusters,
                tenants,
                steps,
                !keeps && random.nextInt(4) > 0,
                random.nextInt(4),
                false,
                keeps ? Duration.ofMinutes(1 + random.nextInt(7)) : Duration.ZERO);
    }

    RuleTable rules() {
        RuleTable table = resources ? RuleTable.builtIn() : RuleTable.builtIn().literal();
        return keepFiring.isZero() ? table : table.keepingFiring(keepFiring);
    }
}
