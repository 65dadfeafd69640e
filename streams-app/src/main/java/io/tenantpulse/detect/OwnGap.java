package io.tenantpulse.detect;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stretch in which some kind that a tenant's own readiness rests on was not seen, and that its clock has not yet
 * accounted for.
 */
record OwnGap(Instant from, Instant to) {

    /**
     * Null when there is none, or when one of the kinds has not been read again yet: what is hidden proves nothing, but
     * may do so later.
     */
    static @Nullable OwnGap of(ClusterState cluster, TenantState tenant, @Nullable Clock clock) {
        if (clock == null) {
            return null;
        }
        Instant from = null;
        Instant to = null;
        for (KindState kind : read(cluster, tenant)) {
            KindState.Gap gap = kind.gap();
            if (kind.isHidden() || (kind.settled() && kind.hasOpenGap())) {
                return null;
            }
            Instant end = gap == null ? null : gap.to();
            if (gap == null || end == null || !end.isAfter(clock.accountedTo())) {
                continue;
            }
            Instant start = gap.from() == null ? clock.since() : gap.from();
            from = from == null || start.isBefore(from) ? start : from;
            to = to == null || end.isAfter(to) ? end : to;
        }
        return from == null || to == null ? null : new OwnGap(from, to);
    }

    private static List<KindState> read(ClusterState cluster, TenantState tenant) {
        List<KindState> kinds = new ArrayList<>();
        kinds.add(cluster.kind(tenant.id().kindName()));
        tenant.own().reads().forEach(kind -> kinds.add(cluster.kind(kind)));
        return kinds;
    }
}
