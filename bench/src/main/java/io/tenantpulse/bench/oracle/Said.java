package io.tenantpulse.bench.oracle;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * That an alert began to fire or ended: what the detector said, or ought to have said.
 *
 * @param scope key of the tenant or registry, name of the cluster
 * @param label of the identity: the reason of TenantDegraded, the kind of ClusterKindBlind; else empty
 * @param since since when the condition held
 * @param at exact instant of the transition
 * @param decidedAt the watermark or observation that decided
 * @param frozen what was not counted; zero where it ends
 * @param reason of an end; null where it is not judged
 * @param incident since of its incident; null where there is none
 */
public record Said(
        String alert,
        String scope,
        String label,
        Status status,
        Instant since,
        Instant at,
        Instant decidedAt,
        Duration frozen,
        @Nullable String reason,
        @Nullable Instant incident)
        implements Comparable<Said> {
    /** What happened. */
    public enum Status {
        FIRING,
        RESOLVED
    }

    @Override
    public int compareTo(Said other) {
        return key().compareTo(other.key());
    }

    private String key() {
        return scope + '|' + alert + '|' + label + '|' + at + '|' + status;
    }

    @Override
    public String toString() {
        return status + " " + alert + (label.isEmpty() ? "" : "{" + label + "}") + " of " + scope + " at " + at
                + " since " + since + " decided " + decidedAt + (frozen.isZero() ? "" : " frozen " + frozen)
                + (reason == null ? "" : " " + reason) + (incident == null ? "" : " incident since " + incident);
    }
}
