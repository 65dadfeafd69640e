package io.tenantpulse.detect;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Nothing is going on with a tenant but what time alone decides. While nothing of what it was judged by changes, its object
 * that shows the same again changes nothing but where it was seen last.
 */
public final class Settled {
    private final Watched cluster;
    private final int view;
    private final @Nullable Instant deadline;

    private Settled(Watched cluster, @Nullable Instant deadline) {
        this.cluster = cluster;
        this.view = cluster.view();
        this.deadline = deadline;
    }

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
        return seen && quiet ? new Settled(cluster, tenant.deadline()) : null;
    }

    /** Whether a record that shows the same, at that position, is the next of its cluster and finds all as it was. */
    boolean isStill(Position position, Instant observedAt) {
        return cluster.view() == view
                && cluster.last().epoch() == position.epoch()
                && cluster.last().isBefore(position)
                && (deadline == null || !deadline.isBefore(observedAt));
    }

    void take(Position position) {
        cluster.at(position);
    }
}
