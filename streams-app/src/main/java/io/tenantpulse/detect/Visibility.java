package io.tenantpulse.detect;

import java.util.Collection;
import java.util.function.Predicate;

/** Which rules of a tenant can be judged, given what of its cluster can be seen. */
record Visibility(ClusterState cluster, TenantState tenant) {

    /** Whether all that it reads is covered, so that a watermark may judge its deadlines. */
    boolean isJudgeable(Rule.Predicate predicate) {
        return isObjectJudgeable()
                && (!predicate.readsResources()
                        || (!tenant.own().frozen() && allOf(predicate, KindState::isJudgeable)));
    }

    /** Whether the tenant's own object is covered. */
    boolean isObjectJudgeable() {
        return tenant.undecodableSince() == null
                && cluster.kind(tenant.id().kindName()).isJudgeable();
    }

    /** Whether something that it reads, and that was known, can't be seen now. */
    boolean isHidden(Rule.Predicate predicate) {
        return tenant.undecodableSince() != null
                || cluster.kind(tenant.id().kindName()).isHidden()
                || (predicate.readsResources()
                        && (tenant.own().frozen() || !allOf(predicate, kind -> !kind.isHidden())));
    }

    boolean reads(Rule.Predicate predicate, String kind) {
        return kind.equals(tenant.id().kindName())
                || (predicate.readsResources() && tenant.own().reads().contains(kind))
                || (looksAt(predicate) && tenant.own().looksAt().contains(kind));
    }

    private boolean allOf(Rule.Predicate predicate, Predicate<KindState> test) {
        return all(tenant.own().reads(), test)
                && (!looksAt(predicate) || all(tenant.own().looksAt(), test));
    }

    /** Whether it matters to it that resources exist which need not be ready. */
    private static boolean looksAt(Rule.Predicate predicate) {
        return predicate == Rule.Predicate.DEPENDENCY_STUCK || predicate == Rule.Predicate.STATUS_DRIFT;
    }

    private boolean all(Collection<String> kinds, Predicate<KindState> test) {
        for (String kind : kinds) {
            if (!test.test(cluster.kind(kind))) {
                return false;
            }
        }
        return true;
    }
}
