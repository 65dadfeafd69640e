package io.tenantpulse.detect;

import io.tenantpulse.diagnose.Diagnosis;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what was decided of a tenant, and why an alert fires. */
final class Speech {
    private final ClusterState cluster;
    private final Detecting detecting;
    private @Nullable Diagnosis diagnosis;
    private @Nullable Instant diagnosedAt;

    Speech(ClusterState cluster, Detecting detecting) {
        this.cluster = cluster;
        this.detecting = detecting;
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

    /** What is wrong with the tenant by all that is known at that instant; computed once. */
    Diagnosis diagnosis(TenantState tenant, Instant now) {
        Diagnosis known = diagnosis;
        if (known == null || !now.equals(diagnosedAt)) {
            known = detecting.diagnoses().of(cluster, tenant, now);
            diagnosis = known;
            diagnosedAt = now;
        }
        return known;
    }

    /** A resolution says nothing of causes: nothing was diagnosed. */
    void alert(
            TenantState tenant,
            @Nullable IncidentState incident,
            Clock clock,
            @Nullable Rule rule,
            Transition.Status status,
            Instants when,
            @Nullable ResolveReason reason) {
        boolean hidden = rule != null && new Visibility(cluster, tenant).isHidden(rule.predicate());
        Diagnosis why = status == Transition.Status.RESOLVED ? null : diagnosis(tenant, when.decidedAt());
        detecting
                .voice()
                .say(Words.of(tenant, incident, clock, rule, status, when.at(), when.decidedAt(), hidden, reason, why));
    }

    /** @param endedAt null: it goes on; what has ended is remembered with the tenant's name */
    void incident(
            TenantState tenant,
            IncidentState incident,
            List<Clock> clocks,
            IncidentChange.Status status,
            @Nullable Instant endedAt,
            Instant decidedAt,
            @Nullable ResolveReason reason) {
        detecting.voice().say(Words.of(tenant, incident, clocks, status, endedAt, decidedAt, reason));
        if (endedAt != null) {
            detecting.past().add(tenant.id(), PastIncident.of(tenant, incident, endedAt, reason), decidedAt);
        }
    }
}
