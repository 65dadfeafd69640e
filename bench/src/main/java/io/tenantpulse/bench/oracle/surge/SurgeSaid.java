package io.tenantpulse.bench.oracle.surge;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is said of a surge.
 *
 * @param kind as the alert's own
 * @param frozen time since then that was not counted before it fired
 * @param unseen whether tenants were out of sight
 */
public record SurgeSaid(
        String scope,
        String kind,
        Instant since,
        Instant at,
        Instant decidedAt,
        Duration frozen,
        boolean unseen,
        Facts facts) {

    /**
     * Who and why.
     *
     * @param members how many are unhealthy
     * @param tenants how many can be judged
     * @param usual share before it began
     * @param first since when the first is unhealthy; null: none is
     * @param last since when the last is; null: none is
     * @param direction rising, steady or falling
     * @param cause word and subject; null: none is common
     * @param rollout generation of a template; null: none is common
     */
    public record Facts(
            long members,
            long tenants,
            double usual,
            @Nullable Instant first,
            @Nullable Instant last,
            String direction,
            @Nullable String cause,
            long causeMembers,
            @Nullable String rollout,
            long rolloutMembers) {}
}
