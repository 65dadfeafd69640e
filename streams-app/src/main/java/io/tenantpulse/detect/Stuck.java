package io.tenantpulse.detect;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What TenantDependencyStuck may speak of: a blocker for which something waits, or dependencies that can't be met at all.
 *
 * @param subject id of the blocker; null: a cycle or a missing id
 * @param stretch how long it holds; never so that it would be over before something waited
 */
record Stuck(@Nullable String subject, Stretch stretch, Duration timeout) {

    /** All of a tenant, in the order in which their time is over, then by id. */
    static List<Stuck> of(Own own, Rule rule) {
        List<Stuck> found = new ArrayList<>();
        BrokenSpec broken = own.broken();
        if (broken != null) {
            found.add(new Stuck(null, Stretch.started(broken.since(), broken.since()), Duration.ZERO));
        }
        for (NotReady each : own.unready()) {
            NotReady.Hold hold = each.hold();
            if (hold != null && hold.waitedForSince() != null) {
                Duration needed = rule.hold().plus(hold.timeout());
                Stretch stretch = hold.stretch().overNoEarlierThan(hold.waitedForSince(), needed);
                found.add(new Stuck(each.id(), stretch, hold.timeout()));
            }
        }
        found.sort(Comparator.comparing((Stuck stuck) -> stuck.deadline(rule))
                .thenComparing(stuck -> stuck.subject == null ? "" : stuck.subject));
        return found;
    }

    Instant deadline(Rule rule) {
        return stretch.after(rule.hold().plus(timeout));
    }

    /** Whether its time is over by what is known at {@code at}. An alert that fires may go on with it. */
    boolean isOver(Rule rule, ClusterState cluster, Instant at) {
        Instant deadline = deadline(rule);
        Instant watermark = cluster.watermark();
        return deadline.isBefore(at) || (watermark != null && !deadline.isAfter(watermark));
    }

    Clock pending(Rule rule) {
        return Clock.started(rule, "", stretch).about(subject, timeout);
    }

    /** Whether this is what the clock speaks of. */
    boolean isOf(Clock clock) {
        return Objects.equals(subject, clock.subject());
    }
}
