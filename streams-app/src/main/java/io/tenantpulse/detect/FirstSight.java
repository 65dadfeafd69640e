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
    public Instant of(Rule rule, Instant at) {
        Instant proven = inFrame ? cluster.corrected(Conditions.provenSince(rule.predicate(), tenant)) : null;
        if (proven == null) {
            return at;
        }
        Instant created = cluster.corrected(tenant.createdAt());
        Instant start = created == null ? proven : Clock.later(proven, created);
        if (rule.predicate() == Rule.Predicate.NOT_CONVERGED) {
            start = Clock.later(start, readiness.earliest(tenant.own(), dependencies, absentSince));
        }
        if (knownTo != null) {
            start = Clock.later(start, knownTo);
        }
        return start.isAfter(at) ? at : start;
    }
}
