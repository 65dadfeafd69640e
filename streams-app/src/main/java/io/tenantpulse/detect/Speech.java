package io.tenantpulse.detect;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what was decided of a tenant. */
final class Speech {
    private final ClusterState cluster;
    private final Voice voice;

    Speech(ClusterState cluster, Voice voice) {
        this.cluster = cluster;
        this.voice = voice;
    }

    /**
     * When it happened, and when that was decided.
     *
     * @param at exact event time
     * @param decidedAt the watermark or observation that decided
     */
    record Instants(Instant at, Instant decidedAt) {
        /** Decided by what was observed then. */
        static Instants both(Instant at) {
            return new Instants(at, at);
        }
    }

    void alert(
            TenantState tenant,
            @Nullable IncidentState incident,
            Clock clock,
            @Nullable Rule rule,
            Transition.Status status,
            Instants when,
            @Nullable ResolveReason reason) {
        boolean hidden = rule != null && new Visibility(cluster, tenant).isHidden(rule.predicate());
        voice.say(Words.of(tenant, incident, clock, rule, status, when.at(), when.decidedAt(), hidden, reason));
    }

    void incident(
            TenantState tenant,
            IncidentState incident,
            List<Clock> clocks,
            IncidentChange.Status status,
            @Nullable Instant endedAt,
            Instant decidedAt,
            @Nullable ResolveReason reason) {
        voice.say(Words.of(tenant, incident, clocks, status, endedAt, decidedAt, reason));
    }
}
