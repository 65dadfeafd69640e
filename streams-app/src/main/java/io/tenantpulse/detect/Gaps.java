package io.tenantpulse.detect;

import io.tenantpulse.diagnose.DependencyGraph;
import io.tenantpulse.model.Dependency;
import io.tenantpulse.model.ObjectId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Judges what a gap means for what holds of a tenant's resources: once, when the last of what it rests on has been read
 * again. What nothing proves is left to the policy.
 */
final class Gaps {
    private final ClusterState cluster;
    private final OwnReadiness readiness;
    private final List<Dependency> dependencies;
    private final Rules.GapPolicy policy;
    private final Instant at;

    /** @param at when the resources were read */
    Gaps(
            ClusterState cluster,
            OwnReadiness readiness,
            List<Dependency> dependencies,
            Rules.GapPolicy policy,
            Instant at) {
        this.cluster = cluster;
        this.readiness = readiness;
        this.dependencies = dependencies;
        this.policy = policy;
        this.at = at;
    }

    /**
     * For a clock that rests on all resources that must be ready, or, for drift, on all that are counted.
     *
     * @param unread since when something could not be decoded that was read now; null: nothing
     */
    void judge(TenantTurn turn, Rule.Predicate predicate, @Nullable Instant unread) {
        TenantState tenant = turn.tenant();
        boolean converges = predicate == Rule.Predicate.NOT_CONVERGED;
        if (converges && !tenant.own().isBad()) {
            return;
        }
        TreeSet<String> kinds = new TreeSet<>(tenant.own().reads());
        if (!converges) {
            kinds.addAll(tenant.own().looksAt());
        }
        kinds.add(tenant.id().kindName());
        Judged judged = new Judged(kinds, unread, tenant.own().frozen() || tenant.undecodableSince() != null);
        for (Clock clock : turn.clocks(predicate)) {
            Supplier<@Nullable Instant> known = () -> converges
                    ? readiness.notReadySince(tenant.own(), dependencies)
                    : readiness.unchangedSince(tenant, dependencies);
            Stretch stretch = judged.of(clock.stretch(), known, turn.provenSince(predicate), clock.isFiring());
            turn.replace(clock, clock.with(stretch));
        }
    }

    /**
     * For what each resource holds back by itself.
     *
     * @param unread which could not be decoded and was read now, and since when; null: none
     */
    Own judgeHolds(TenantState tenant, Own own, Tenants.@Nullable Unread unread) {
        if (own.unready().isEmpty()) {
            return own;
        }
        Map<String, ObjectId> objects = new HashMap<>();
        dependencies.forEach(each -> objects.putIfAbsent(DependencyGraph.idOf(each), each.object()));
        // What the tenant's own object proves counts once all that it waits for is seen, in whatever order kinds are
        // listed
        boolean blind =
                own.frozen() || new Visibility(cluster, tenant.withOwn(own)).isHidden(Rule.Predicate.NOT_CONVERGED);
        Instant condition = cluster.corrected(Conditions.provenSince(Rule.Predicate.NOT_CONVERGED, tenant));
        List<NotReady> result = new ArrayList<>(own.unready().size());
        for (NotReady each : own.unready()) {
            ObjectId object = objects.get(each.id());
            NotReady.Hold hold = each.hold();
            if (object == null || hold == null) {
                result.add(each);
                continue;
            }
            Instant since = unread != null && unread.object().equals(object) ? unread.since() : null;
            Judged judged = new Judged(List.of(tenant.id().kindName(), object.kindName()), since, blind);
            Stretch stretch = judged.of(hold.stretch(), () -> readiness.knownSince(each, object), condition, false);
            result.add(each.holding(new NotReady.Hold(stretch, hold.timeout(), hold.waitedForSince())));
        }
        return own.with(result);
    }

    private final class Judged {
        private final Collection<String> kinds;
        private final @Nullable Instant unread;
        private final boolean frozen;

        Judged(Collection<String> kinds, @Nullable Instant unread, boolean frozen) {
            this.kinds = kinds;
            this.unread = unread;
            this.frozen = frozen;
        }

        /**
         * The same stretch, gaps accounted for.
         *
         * @param asked since when it is known to hold, by what was read; null: not. Asked only where a gap is to be judged
         * @param condition since when the tenant's own object proves it; null: it does not
         * @param firing what the gap would have delayed is past
         */
        Stretch of(Stretch stretch, Supplier<@Nullable Instant> asked, @Nullable Instant condition, boolean firing) {
            OwnGap gap =
                    OwnGap.join(OwnGap.of(cluster, kinds, stretch), unread == null ? null : new OwnGap(unread, at));
            if (gap == null || frozen || OwnGap.isOpen(cluster, kinds)) {
                return stretch.owing(gap);
            }
            Stretch judged = stretch.owing(null);
            Instant start = judged.unaccountedFrom(gap.from());
            Instant known = asked.get();
            if (isNotAfter(known, start) || isNotAfter(condition, start)) {
                return judged.bridged(gap.to());
            }
            Instant end = known != null && known.isBefore(gap.to()) ? known : gap.to();
            Stretch across = firing ? judged.doubted(gap.from(), end) : judged.acrossGap(gap.from(), end, policy, at);
            return across.bridged(gap.to());
        }

        private static boolean isNotAfter(@Nullable Instant proven, Instant start) {
            return proven != null && !proven.isAfter(start);
        }
    }
}
