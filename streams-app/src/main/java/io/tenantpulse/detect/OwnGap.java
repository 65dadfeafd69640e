package io.tenantpulse.detect;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stretch in which something that a tenant's own readiness rests on was not seen, and that its clock has not yet
 * accounted for.
 */
public record OwnGap(Instant from, Instant to) {

    /** What a clock owes: all gaps that are over and not accounted for; null when there is none. */
    static @Nullable OwnGap of(ClusterState cluster, TenantState tenant, Clock clock) {
        OwnGap all = join(clock.owed(), ofKind(cluster.kind(tenant.id().kindName()), clock));
        for (String kind : tenant.own().reads()) {
            all = join(all, ofKind(cluster.kind(kind), clock));
        }
        return all;
    }

    private static @Nullable OwnGap ofKind(KindState kind, Clock clock) {
        KindState.Gap gap = kind.gap();
        if (gap == null || kind.hasOpenGap() || gap.to() == null || !gap.to().isAfter(clock.accountedTo())) {
            return null;
        }
        return new OwnGap(gap.from() == null ? clock.since() : gap.from(), gap.to());
    }

    /** One stretch that covers both. */
    static @Nullable OwnGap join(@Nullable OwnGap a, @Nullable OwnGap b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        Instant from = a.from.isBefore(b.from) ? a.from : b.from;
        return new OwnGap(from, Clock.later(a.to, b.to));
    }

    /** Whether something that the tenant's readiness rests on is still hidden: it proves nothing, but may do so later. */
    static boolean isOpen(ClusterState cluster, TenantState tenant) {
        return tenant.undecodableSince() != null
                || tenant.own().frozen()
                || isOpen(cluster.kind(tenant.id().kindName()))
                || tenant.own().reads().stream().anyMatch(kind -> isOpen(cluster.kind(kind)));
    }

    private static boolean isOpen(KindState kind) {
        return kind.isHidden() || (kind.settled() && kind.hasOpenGap());
    }
}
