package io.tenantpulse.detect;

import io.tenantpulse.diagnose.DependencyGraph;
import io.tenantpulse.model.Container;
import io.tenantpulse.model.Dependency;
import io.tenantpulse.model.Readiness;
import io.tenantpulse.model.TenantId;
import io.tenantpulse.trends.Census;
import io.tenantpulse.trends.Counted;
import io.tenantpulse.trends.Group;
import io.tenantpulse.trends.Standing;
import io.tenantpulse.trends.Totals;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tells the census what changes of tenants, their resources and incidents. What changes nothing that is counted costs a comparison. */
final class Counters {
    private final Census census;
    private final Memory memory;

    Counters(Census census, Memory memory) {
        this.census = census;
        this.memory = memory;
    }

    /**
     * Counts a tenant as it is now.
     *
     * @param before as it was counted last; null: not at all
     * @param continuity as in {@link Standings#next}
     * @return what to remember of it
     */
    TenantState count(@Nullable TenantState before, TenantState after, Instant at, Continuity continuity) {
        Standing was = before == null ? null : before.standing();
        Standing is = admitted(
                after.id(),
                was,
                Standings.isSame(before, after)
                        ? Objects.requireNonNull(after.standing())
                        : Standings.next(was, after, at, continuity));
        if (was == null || !was.isCountedAs(is)) {
            census.stands(after.id(), was, is, at);
        }
        Duration time = Standings.timeToReady(was, is, at, continuity);
        if (time != null) {
            census.ready(after.id(), is, time, at);
        }
        Instant due = was == null ? null : was.causeDue();
        if (!Objects.equals(due, is.causeDue())) {
            memory.moveLook(after.id(), due, is.causeDue());
        }
        return is.equals(after.standing()) ? after : after.counted(is);
    }

    /** Under a cause by which its group can count it. */
    private Standing admitted(TenantId tenant, @Nullable Standing was, Standing is) {
        if (is.cause() == null) {
            return is;
        }
        Group group = Group.of(tenant, is.registry(), is.template());
        boolean counted = was != null
                && is.cause().equals(was.cause())
                && group.equals(Group.of(tenant, was.registry(), was.template()));
        String cause = counted ? is.cause() : census.admitted(group, is.cause());
        return cause.equals(is.cause()) ? is : is.explained(cause, is.causeDue());
    }

    /** A tenant is gone. */
    void remove(TenantState tenant, Instant at) {
        if (tenant.standing() != null) {
            memory.moveLook(tenant.id(), tenant.standing().causeDue(), null);
            census.stands(tenant.id(), tenant.standing(), null, at);
        }
    }

    void incident(IncidentChange change) {
        Group group = Group.of(change.tenant(), change.registry(), change.template());
        Told told = change.told();
        String cause = told == null ? null : told.cause();
        String blocker = told == null ? null : told.blocker();
        if (change.status() == IncidentChange.Status.OPENED) {
            census.happens(group, Counted.opened(cause, blocker), change.openedAt());
        } else if (change.status() == IncidentChange.Status.ENDED) {
            Instant end = Objects.requireNonNull(change.endedAt());
            Duration recovery =
                    change.reason() == ResolveReason.RECOVERED ? Duration.between(change.since(), end) : null;
            census.happens(group, Counted.ended(cause, blocker, recovery), end);
        }
    }

    /**
     * An object of a tenant was read that had been read before, with no gap between.
     *
     * @param live whether this is the instant at which it became so
     */
    void resource(ResourceState before, Observation.OfResource news, boolean live) {
        long restarts = restarts(before, news);
        if (restarts > 0) {
            happens(news, Counted.restarts(restarts));
        }
        Instant began = before.generationSince();
        if (live && began != null && isReadyForTheFirstTime(before, news)) {
            Dependency dependency = dependency(news);
            if (dependency != null) {
                Duration time = Duration.between(began, news.observedAt());
                happens(news, Counted.resourceReady(DependencyGraph.idOf(dependency), time, dependency.timeout()));
            }
        }
    }

    /** In its life, or in its present generation; not where it was out of sight since it is not ready. */
    private static boolean isReadyForTheFirstTime(ResourceState before, Observation.OfResource news) {
        boolean first = before.lastReadyAt() == null || !before.isOfReadyGeneration();
        return before.readiness() == Readiness.NOT_READY
                && news.readiness() == Readiness.READY
                && before.since().equals(before.earliest())
                && first;
    }

    private static long restarts(ResourceState before, Observation.OfResource news) {
        if (before.facts().pod() == null || news.facts().pod() == null) {
            return 0;
        }
        Map<String, Integer> known = new HashMap<>();
        for (Container each : before.facts().pod().containers()) {
            known.put(each.name(), each.restarts());
        }
        long more = 0;
        for (Container each : news.facts().pod().containers()) {
            more += Math.max(0, each.restarts() - known.getOrDefault(each.name(), each.restarts()));
        }
        return more;
    }

    private @Nullable Dependency dependency(Observation.OfResource news) {
        List<Dependency> all = memory.dependencies(news.tenant());
        for (Dependency each : all == null ? List.<Dependency>of() : all) {
            if (each.object().equals(news.object())) {
                return each;
            }
        }
        return null;
    }

    private void happens(Observation.OfResource news, Totals what) {
        TenantState tenant = memory.tenant(news.tenant());
        if (tenant != null && tenant.standing() != null) {
            Standing standing = tenant.standing();
            census.happens(Group.of(tenant.id(), standing.registry(), standing.template()), what, news.observedAt());
        }
    }

    /** Which kinds of tenants can be seen now. */
    void see(ClusterState cluster, Instant at) {
        for (KindState kind : cluster.kinds().values()) {
            if (TenantId.isTenantKind(kind.kind())) {
                boolean hidden = kind.isHidden();
                Instant since = hidden && kind.coveredTo() != null ? kind.coveredTo() : at;
                census.sees(cluster.cluster(), kind.kind(), hidden, since);
            }
        }
    }

    /** The news of a cluster has been taken: its windows may close. */
    void mark(ClusterState cluster, Observation mark) {
        census.hears(cluster.cluster(), mark.observedAt());
        see(cluster, mark.observedAt());
        if (mark instanceof Observation.Watermark && cluster.watermark() != null) {
            census.reach(cluster.cluster(), cluster.watermark());
        } else if (mark instanceof Observation.ClusterGone) {
            census.gone(cluster.cluster(), mark.observedAt());
        }
    }
}
