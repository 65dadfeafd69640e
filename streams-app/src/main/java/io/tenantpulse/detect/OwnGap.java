package io.tenantpulse.detect;

import java.time.Instant;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * A stretch in which something that a tenant's own readiness rests on was not seen, and that its clock has not yet
 * accounted for.
 */
public record OwnGap(Instant from, Instant to) {

    /**
     * What a stretch owes: all gaps that are over and not accounted for; null when there is none.
     *
     * @param kinds that it rests on
     */
    static @Nullable OwnGap of(ClusterState cluster, Collection<String> kinds, Stretch stretch) {
        OwnGap all = stretch.owed();
        for (String kind : kinds) {
            all = join(all, ofKind(cluster.kind(kind), stretch));
        }
        return all;
    }

    private static @Nullable OwnGap ofKind(KindState kind, Stretch stretch) {
        KindState.Gap gap = kind.gap();
        if (gap == null || kind.hasOpenGap() || gap.to() == null || !gap.to().isAfter(stretch.accountedTo())) {
            return null;
        }
        return new OwnGap(gap.from() == null ? stretch.since() : gap.from(), gap.to());
    }

    /**
     * How long an object was not seen before it is read now; null: it was seen all the time.
     *
     * @param kind its own
     * @param position where it was seen before
     * @param seenAt when it was seen before
     * @param undecodableSince since when it could not be decoded; null: it could
     */
    static @Nullable OwnGap unseen(
            KindState kind, Position position, Instant seenAt, @Nullable Instant undecodableSince, Instant now) {
        if (undecodableSince != null) {
            return new OwnGap(undecodableSince, now);
        }
        KindState.Gap gap = kind.gap();
        if (gap == null || !kind.isFirstAfterGap(position)) {
            return null;
        }
        Instant from = gap.from() == null ? seenAt : Stretch.later(gap.from(), seenAt);
        return new OwnGap(from, gap.to() == null ? now : gap.to());
    }

    /** One stretch that covers both. */
    static @Nullable OwnGap join(@Nullable OwnGap a, @Nullable OwnGap b) {
        if (a == null || b == null) {
            return a == null ? b : a;
        }
        Instant from = a.from.isBefore(b.from) ? a.from : b.from;
        return new OwnGap(from, Stretch.later(a.to, b.to));
    }

    /** Whether one of the kinds is still hidden: it proves nothing, but may do so later. */
    static boolean isOpen(ClusterState cluster, Collection<String> kinds) {
        return kinds.stream().anyMatch(kind -> isOpen(cluster.kind(kind)));
    }

    private static boolean isOpen(KindState kind) {
        return kind.isHidden() || (kind.settled() && kind.hasOpenGap());
    }
}
