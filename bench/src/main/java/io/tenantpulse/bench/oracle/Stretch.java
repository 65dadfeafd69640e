package io.tenantpulse.bench.oracle;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** Time from one instant to another that is not counted. */
record Stretch(Instant from, Instant to) {
    /**
     * How much of several stretches lies behind an instant, what lies in two of them once.
     *
     * @param stretches in the order of their ends
     */
    static Duration behind(Instant since, List<Stretch> stretches) {
        Duration all = Duration.ZERO;
        Instant counted = since;
        for (Stretch each : stretches) {
            Instant from = each.from().isAfter(counted) ? each.from() : counted;
            if (each.to().isAfter(from)) {
                all = all.plus(Duration.between(from, each.to()));
                counted = each.to();
            }
        }
        return all;
    }
}
