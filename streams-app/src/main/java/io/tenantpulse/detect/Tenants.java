package io.tenantpulse.detect;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What news of tenants and their resources does to what is remembered. */
final class Tenants {
    private final Rules rules;
    private final Memory memory;
    private final Voice voice;

    Tenants(Rules rules, Memory memory, Voice voice) {
        this.rules = rules;
        this.memory = memory;
        this.voice = voice;
    }

    void onTenant(ClusterState cluster, Observation.OfTenant news) {
        TenantState before = memory.tenant(news.tenant());
        if (before != null && !before.position().isBefore(news.position())) {
            voice.count("duplicate");
            return;
        }
        switch (news.change()) {
            case DELETED -> onDeleted(cluster, news, before);
            case UNDECODABLE -> onUndecodable(cluster, news, before);
            case SNAPSHOT, ADDED, MODIFIED, RELEASED -> onSeen(cluster, news, before);
        }
    }

    private void onDeleted(ClusterState cluster, Observation.OfTenant news, @Nullable TenantState before) {
        if (before == null || !before.uid().equals(news.uid())) {
            voice.count("deletion-of-unknown");
            return;
        }
        remove(cluster, proved(cluster, before, news), news.observedAt(), ResolveReason.DELETED);
    }

    private void onUndecodable(ClusterState cluster, Observation.OfTenant news, @Nullable TenantState before) {
        voice.count("undecodable");
        if (before == null) {
            return;
        }
        KindState kind = cluster.kind(news.tenant().kindName());
        Instant known = isFirstAfterGap(kind, before.position()) ? kind.knownTo() : null;
        TenantState now = before.asUndecodable(
                known == null ? news.observedAt() : known,
                news.position(),
                frameOf(kind, news.change(), before.frame()));
        put(before, new TenantTurn(cluster, rules, voice, now).result());
    }

    private void onSeen(ClusterState cluster, Observation.OfTenant news, @Nullable TenantState remembered) {
        TenantState before = remembered;
        if (before != null && !before.uid().equals(news.uid())) {
            remove(cluster, before, news.observedAt(), ResolveReason.REPLACED);
            before = null;
        }
        KindState kind = cluster.kind(news.tenant().kindName());
        boolean inFrame = kind.frame() != null && news.change() == Change.SNAPSHOT;
        TenantState proved = before == null ? null : proved(cluster, before, news);
        if (news.dependencies() != null) {
            memory.put(news.tenant(), news.dependencies());
        }
        List<Dependency> dependencies = dependencies(news.tenant());
        Position frame = frameOf(kind, news.change(), before == null ? Position.NONE : before.frame());
        TenantState now = TenantState.of(news, frame, proved);
        OwnReadiness readiness = readiness(cluster, news.tenant());
        now = now.withOwn(readiness.read(now, dependencies));
        TenantTurn turn = new TenantTurn(cluster, rules, voice, now);
        if (before != null) {
            bridge(turn, kind, before, news);
        }
        Instant knownTo = before == null ? null : later(kind.knownTo(), before.seenAt());
        Instant absentSince = before != null && !before.own().isBad() ? knownTo : null;
        turn.settle(
                news.observedAt(),
                new FirstSight(cluster, now, inFrame, knownTo, readiness, dependencies, absentSince),
                true);
        put(before, turn.result());
    }

    /** A later observation of the same object, with no gap between, proves earlier deadlines. */
    private TenantState proved(ClusterState cluster, TenantState before, Observation.OfTenant news) {
        KindState kind = cluster.kind(news.tenant().kindName());
        boolean unbroken = before.position().epoch() == news.position().epoch()
                && !before.position().isBefore(kind.brokenAt())
                && before.undecodableSince() == null;
        if (!unbroken) {
            return before;
        }
        TenantTurn turn = new TenantTurn(cluster, rules, voice, before);
        turn.proveBefore(news.observedAt(), rule -> rule.predicate() != Rule.Predicate.NOT_CONVERGED);
        return turn.result();
    }

    private void bridge(TenantTurn turn, KindState kind, TenantState before, Observation.OfTenant news) {
        boolean same =
                before.uid().equals(news.uid()) && before.resourceVersion().equals(news.resourceVersion());
        KindState.Gap gap = kind.gap();
        if (before.undecodableSince() != null) {
            turn.acrossGap(
                    rule -> true,
                    before.undecodableSince(),
                    news.observedAt(),
                    rules.gapPolicy(),
                    news.observedAt(),
                    false);
        } else if (gap != null && isFirstAfterGap(kind, before.position())) {
            turn.acrossGap(
                    rule -> rule.predicate() != Rule.Predicate.NOT_CONVERGED,
                    gap.from() == null ? before.seenAt() : later(gap.from(), before.seenAt()),
                    gap.to() == null ? news.observedAt() : gap.to(),
                    rules.gapPolicy(),
                    news.observedAt(),
                    same);
        }
    }

    private static boolean isFirstAfterGap(KindState kind, Position before) {
        return kind.hasOpenGap() && before.isBefore(kind.brokenAt());
    }

    private static Position frameOf(KindState kind, Change change, Position before) {
        Position open = kind.frame();
        return open != null && (change == Change.SNAPSHOT || change == Change.UNDECODABLE) ? open : before;
    }

    void onResource(ClusterState cluster, Observation.OfResource news) {
        ResourceState before = memory.resource(news.tenant(), news.object());
        if (before != null && !before.position().isBefore(news.position())) {
            voice.count("duplicate");
            return;
        }
        KindState kind = cluster.kind(news.object().kindName());
        if (before != null) {
            proveByResource(cluster, kind, before, news);
        }
        boolean changed = switch (news.change()) {
            case DELETED, RELEASED -> forget(news, before);
            case UNDECODABLE -> keepUndecodable(kind, news, before);
            case SNAPSHOT, ADDED, MODIFIED -> keep(cluster, kind, news, before);
        };
        TenantState tenant = changed ? memory.tenant(news.tenant()) : null;
        if (tenant != null && tenant.own().reads().contains(news.object().kindName())) {
            boolean inFrame = kind.frame() != null && news.change() == Change.SNAPSHOT;
            reread(cluster, tenant, news.observedAt(), inFrame, null);
        }
    }

    private boolean forget(Observation.OfResource news, @Nullable ResourceState before) {
        if (before == null || !before.uid().equals(news.uid())) {
            voice.count("deletion-of-unknown");
            return false;
        }
        memory.forget(news.tenant(), news.object());
        return true;
    }

    private boolean keepUndecodable(KindState kind, Observation.OfResource news, @Nullable ResourceState before) {
        voice.count("undecodable");
        if (before == null) {
            return false;
        }
        memory.put(news.tenant(), before.asUndecodable(news.position(), frameOf(kind, news.change(), before.frame())));
        return true;
    }

    private boolean keep(
            ClusterState cluster, KindState kind, Observation.OfResource news, @Nullable ResourceState before) {
        boolean sameObject = before != null && before.uid().equals(news.uid());
        boolean sameReadiness = before != null && sameObject && before.readiness() == news.readiness();
        boolean bridged = before != null
                && sameReadiness
                && !before.undecodable()
                && (!isFirstAfterGap(kind, before.position())
                        || before.resourceVersion().equals(news.resourceVersion()));
        Instant earliest;
        if (before == null || !sameObject) {
            earliest = news.change() == Change.SNAPSHOT ? cluster.corrected(news.createdAt()) : news.observedAt();
        } else if (sameReadiness) {
            earliest = before.earliest();
        } else {
            earliest = news.change() == Change.SNAPSHOT ? later(kind.knownTo(), before.seenAt()) : news.observedAt();
        }
        memory.put(
                news.tenant(),
                new ResourceState(
                        news.object(),
                        news.resourceId(),
                        news.uid(),
                        news.resourceVersion(),
                        news.readiness(),
                        news.reason(),
                        news.owned(),
                        news.createdAt(),
                        bridged ? before.since() : news.observedAt(),
                        earliest,
                        news.observedAt(),
                        news.position(),
                        frameOf(kind, news.change(), before == null ? Position.NONE : before.frame()),
                        false));
        return !sameReadiness || before.undecodable();
    }

    /** A required resource that has been not ready since before the deadline is observed after it. */
    private void proveByResource(
            ClusterState cluster, KindState kind, ResourceState before, Observation.OfResource news) {
        boolean unbroken = before.readiness() == Readiness.NOT_READY
                && !before.undecodable()
                && before.position().epoch() == news.position().epoch()
                && !before.position().isBefore(kind.brokenAt());
        TenantState tenant = unbroken ? memory.tenant(news.tenant()) : null;
        if (tenant == null || tenant.deadline() == null || !tenant.deadline().isBefore(news.observedAt())) {
            return;
        }
        boolean required = dependencies(news.tenant()).stream()
                .anyMatch(dependency -> dependency.object().equals(news.object())
                        && tenant.own().notReady().contains(dependency.id()));
        TenantTurn turn = new TenantTurn(cluster, rules, voice, tenant);
        turn.proveBefore(
                news.observedAt(),
                rule -> required
                        && rule.predicate() == Rule.Predicate.NOT_CONVERGED
                        && turn.isJudgeable(rule)
                        && turn.deadlineIsNotBefore(rule, before.since()));
        put(tenant, turn.result());
    }

    /**
     * Reads a tenant's own readiness anew and lets conditions begin and end.
     *
     * @param absentSince the earliest instant at which resources that do not exist can have gone; null: nothing bounds it
     */
    void reread(ClusterState cluster, TenantState before, Instant at, boolean inFrame, @Nullable Instant absentSince) {
        List<Dependency> dependencies = dependencies(before.id());
        OwnReadiness readiness = readiness(cluster, before.id());
        TenantState now = before.withOwn(readiness.read(before, dependencies));
        TenantTurn turn = new TenantTurn(cluster, rules, voice, now);
        judgeOwnGap(cluster, turn, now, readiness, dependencies, at);
        turn.settle(at, new FirstSight(cluster, now, inFrame, null, readiness, dependencies, absentSince), false);
        put(before, turn.result());
    }

    /** Judged once, when the last of the kinds that the tenant reads has been read again. */
    private void judgeOwnGap(
            ClusterState cluster,
            TenantTurn turn,
            TenantState tenant,
            OwnReadiness readiness,
            List<Dependency> dependencies,
            Instant at) {
        Clock clock = turn.clock(Rule.Predicate.NOT_CONVERGED);
        if (clock == null || !tenant.own().isBad()) {
            return;
        }
        OwnGap gap = OwnGap.of(cluster, tenant, clock);
        if (gap != null) {
            boolean bridged = readiness.isNotReadySince(clock.unaccountedFrom(gap.from()), tenant.own(), dependencies);
            turn.acrossGap(
                    rule -> rule.predicate() == Rule.Predicate.NOT_CONVERGED,
                    gap.from(),
                    gap.to(),
                    rules.gapPolicy(),
                    at,
                    bridged);
        }
    }

    /** Lets the watermark judge what is due. */
    void reach(ClusterState cluster, Instant watermark) {
        for (TenantId id : memory.due(cluster.cluster(), watermark)) {
            TenantState before = Objects.requireNonNull(memory.tenant(id), () -> "in the index, but unknown: " + id);
            TenantTurn turn = new TenantTurn(cluster, rules, voice, before);
            turn.reach(watermark);
            put(before, turn.result());
        }
    }

    /** Says of a tenant's firing alerts that a kind can no longer be read, or can be again. */
    void sayObservability(ClusterState cluster, TenantState tenant, String kind, Instant at) {
        new TenantTurn(cluster, rules, voice, tenant).sayObservability(kind, at);
    }

    /** The tenant is gone: its alerts resolve and nothing is remembered of it but its resources. */
    void remove(ClusterState cluster, TenantState tenant, Instant at, ResolveReason reason) {
        TenantTurn turn = new TenantTurn(cluster, rules, voice, tenant);
        turn.endAll(at, reason);
        memory.moveDeadline(tenant.id(), deadlineInIndex(tenant), null);
        memory.forgetDependencies(tenant.id());
        memory.forget(tenant.id());
    }

    private @Nullable Instant deadlineInIndex(TenantState tenant) {
        TenantState stored = memory.tenant(tenant.id());
        return stored == null ? tenant.deadline() : stored.deadline();
    }

    private void put(@Nullable TenantState before, TenantState after) {
        Instant standing = before == null ? null : before.deadline();
        if (!after.equals(before)) {
            memory.put(after);
        }
        if (!Objects.equals(standing, after.deadline())) {
            memory.moveDeadline(after.id(), standing, after.deadline());
        }
    }

    private List<Dependency> dependencies(TenantId id) {
        List<Dependency> known = memory.dependencies(id);
        return known == null ? List.of() : known;
    }

    private OwnReadiness readiness(ClusterState cluster, TenantId id) {
        return new OwnReadiness(cluster, object -> memory.resource(id, object));
    }

    private static Instant later(@Nullable Instant a, Instant b) {
        return a == null ? b : Clock.later(a, b);
    }
}
