package io.tenantpulse.detect;

import io.tenantpulse.model.Dependency;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * When a condition that is newly found true began (DESIGN 3, "First sight"). Inside a frame: at the
 * {@code lastTransitionTime} of its proving condition, so that nobody waits anew for a tenant stuck since last night. In
 * every other case when it was observed, so that nothing fires on a status that the operator had not caught up with.
 *
 * @param tenant as it is now, but for its own readiness
 * @param knownTo the last instant at which the tenant is known to have been as remembered; null: it was not known
 * @param absentSince the earliest instant at which resources that do not exist can have gone; null: nothing bounds it
 */
record FirstSight(
        ClusterState cluster,
        TenantState tenant,
        boolean inFrame,
        @Nullable Instant knownTo,
        OwnReadiness readiness,
        List<Dependency> dependencies,
        @Nullable Instant absentSince)
        implements TenantTurn.Start {

    @Override
    public Instant of(Rule rule, Own own, Instant at) {
        Instant bound = rule.predicate() == Rule.Predicate.NOT_CONVERGED
                ? readiness.earliest(own, dependencies, absentSince)
                : Instant.MIN;
        return start(Conditions.provenSince(rule.predicate(), tenant), bound, at);
    }

    /** @param bound the earliest instant at which the resource can have become not ready */
    Instant ofResource(Instant bound, Instant at) {
        return start(Conditions.provenSince(Rule.Predicate.NOT_CONVERGED, tenant), bound, at);
    }

    /** Since when the tenant has not converged, as far as its own object proves it. */
    Instant ofTenant(Instant at) {
        return ofResource(Instant.MIN, at);
    }

    Instant ofBrokenSpec(Instant at) {
        return start(Conditions.refusedSince(tenant), Instant.MIN, at);
    }

    private Instant start(@Nullable Instant byServer, Instant bound, Instant at) {
        Instant proven = inFrame ? cluster.corrected(byServer) : null;
        if (proven == null) {
            return at;
        }
        Instant created = cluster.corrected(tenant.facts().createdAt());
        Instant start = Stretch.later(created == null ? proven : Stretch.later(proven, created), bound);
        if (knownTo != null) {
            start = Stretch.later(start, knownTo);
        }
        return start.isAfter(at) ? at : start;
    }
}
