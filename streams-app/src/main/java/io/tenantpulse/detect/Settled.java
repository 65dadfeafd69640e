package io.tenantpulse.detect;

import org.jspecify.annotations.Nullable;

/**
 * Nothing is going on with a tenant but what time alone decides. While nothing of what it was judged by changes, its object
 * that shows the same again changes nothing but where it was seen last.
 *
 * @param cluster of the tenant, as the detector has it in hand
 * @param view number of what tenants of the cluster are judged by
 * @param deadline the last millisecond at which that is so
 */
public record Settled(Watched cluster, int view, long deadline) {
    /** Whether it is so with a tenant whose object was just read; null: it is not. */
    static @Nullable Settled of(Watched cluster, TenantState tenant) {
        KindState kind = cluster.state().kind(tenant.id().kindName());
        boolean seen = kind.frame() == null && kind.isJudgeable() && !kind.hasOpenGap();
        boolean quiet = tenant.position().equals(cluster.last())
                && tenant.undecodableSince() == null
                && tenant.incident() == null
                && tenant.review() == null
                && tenant.standing() != null
                && tenant.standing().rollout() == null;
        for (Clock clock : tenant.clocks()) {
            quiet &= !clock.isFiring() && clock.keepUntil() == null;
        }
        long deadline =
                tenant.deadline() == null ? Long.MAX_VALUE : tenant.deadline().toEpochMilli();
        return seen && quiet ? new Settled(cluster, cluster.view(), deadline) : null;
    }
}
