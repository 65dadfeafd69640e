package io.tenantpulse.detect;

import io.tenantpulse.diagnose.DependencyGraph;
import io.tenantpulse.diagnose.DialectEvidence;
import io.tenantpulse.model.Dependency;
import io.tenantpulse.model.ObjectId;
import io.tenantpulse.model.TenantId;
import io.tenantpulse.trends.Standing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What news of tenants, and a new look at their resources, does to what is remembered. */
final class Tenants {
    private final Detecting detecting;
    private final Memory memory;
    private final Voice voice;
    private final Counters counters;
    private final PastIncidents past;
    private final Rules.GapPolicy policy;
    private @Nullable TenantState seen;

    Tenants(Rules rules, Memory memory, CountingVoice voice, PastIncidents past) {
        this.detecting = new Detecting(rules, voice, new Diagnoses(memory, voice), past);
        this.past = past;
        this.memory = memory;
        this.voice = voice;
        this.counters = voice.counters();
        this.policy = rules.gapPolicy();
    }

    /** What is remembered of the tenant whose object was read last; null: the last record of a tenant showed none. */
    @Nullable
    TenantState seen() {
        return seen;
    }

    void onTenant(ClusterState cluster, Observation.OfTenant news) {
        seen = null;
        TenantState before = memory.tenant(news.tenant());
        if (before != null && !before.position().isBefore(news.position())) {
            voice.count("duplicate");
            return;
        }
        KindState kind = cluster.kind(news.tenant().kindName());
        if (before != null && kind.fromMemory() && before.isOf(news.uid())) {
            memory.put(before.mentioned(kind.frameOf(news.change(), before.frame()), news.resourceVersion()));
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
        if (!before.isOf(news.uid())) {
            remove(cluster, before, news.observedAt(), ResolveReason.REPLACED);
            return;
        }
        KindState kind = cluster.kind(news.tenant().kindName());
        Instant known = kind.knownTo();
        boolean missed = kind.isFirstAfterGap(before.position());
        Instant knownTo = known == null ? before.seenAt() : Stretch.later(known, before.seenAt());
        TenantState now = proved(cluster, before, news)
                .asUndecodable(
                        missed ? knownTo : news.observedAt(),
                        news.position(),
                        kind.frameOf(news.change(), before.frame()));
        put(before, new TenantTurn(cluster, detecting, now).result(), news.observedAt(), Continuity.BROKEN);
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
        List<Dependency> dependencies = new Spec(memory, news.tenant());
        Position frame = kind.frameOf(news.change(), before == null ? Position.NONE : before.frame());
        TenantState now = TenantState.of(news, frame, proved, before != null && isUnbroken(kind, before, news));
        OwnReadiness readiness = readiness(cluster, news.tenant());
        Instant knownTo = before == null ? null : later(kind.knownTo(), before.seenAt());
        Instant absentSince = before != null && !before.own().isBad() ? knownTo : null;
        FirstSight sight = new FirstSight(cluster, now, inFrame, knownTo, readiness, dependencies, absentSince);
        if (before == null && !news.facts().isBehind()) {
            now = now.withGenerationSince(sight.ofTenant(news.observedAt()));
        }
        Gaps gaps = new Gaps(cluster, readiness, dependencies, policy, news.observedAt());
        if (before == null || !isOwnAs(before, now)) {
            Own own = readiness.read(now, dependencies, new Look(news.observedAt(), sight, Map.of()));
            now = now.withOwn(gaps.judgeHolds(now, own, null));
        }
        TenantTurn turn = new TenantTurn(cluster, detecting, now);
        if (before != null) {
            startAnew(turn, before, now);
            bridge(turn, kind, before, news);
            gaps.judge(turn, Rule.Predicate.NOT_CONVERGED, before.undecodableSince());
            gaps.judge(turn, Rule.Predicate.STATUS_DRIFT, before.undecodableSince());
        }
        turn.settle(news.observedAt(), sight, true);
        turn.touch(news.observedAt());
        seen = put(before, turn.result(), news.observedAt(), continuity(cluster, before, news));
        memory.ownRead(news.tenant());
    }

    /** Whether another reading of its resources would come to the same: it has been read, and its own object asks for the same. */
    private boolean isOwnAs(TenantState before, TenantState now) {
        return before.undecodableSince() == null
                && before.generationSince().equals(now.generationSince())
                && before.facts().appliedIds().equals(now.facts().appliedIds())
                && before.facts().skippedIds().equals(now.facts().skippedIds())
                && memory.isOwnRead(now.id());
    }

    /** It begins where it was seen to be made, or to begin another generation: where a list shows that, it began before. */
    private static Continuity continuity(
            ClusterState cluster, @Nullable TenantState before, Observation.OfTenant news) {
        KindState kind = cluster.kind(news.tenant().kindName());
        boolean listed = news.change() == Change.SNAPSHOT;
        boolean live = !listed && kind.isJudgeable() && (before == null || isUnbroken(kind, before, news));
        boolean known = before != null || !listed;
        if (known && isBegin(cluster, before, news)) {
            return live ? Continuity.BEGINS : Continuity.BEGAN_BEFORE;
        }
        boolean same = before != null && before.undecodableSince() == null && isSame(before, news);
        return live || same ? Continuity.GOES_ON : Continuity.BROKEN;
    }

    private static boolean isBegin(ClusterState cluster, @Nullable TenantState before, Observation.OfTenant news) {
        if (before == null) {
            return cluster.isJustMade(news.facts().createdAt(), news.observedAt());
        }
        Long generation = before.facts().generation();
        return generation != null && !generation.equals(news.facts().generation());
    }

    /** A later observation of the same object, with no gap between, proves earlier deadlines; late news, while blind or behind a list that no watermark covers, does not. */
    private TenantState proved(ClusterState cluster, TenantState before, Observation.OfTenant news) {
        KindState kind = cluster.kind(news.tenant().kindName());
        boolean nothing = before.clocks().isEmpty() && before.review() == null && before.deadline() == null;
        if (nothing || before.undecodableSince() != null || !kind.isUnbroken(before.position(), news.position())) {
            return before;
        }
        TenantTurn turn = new TenantTurn(cluster, detecting, before);
        turn.proveBefore(
                news.observedAt(),
                (clock, rule) -> TenantTurn.restsOnObject(clock, rule) || isOfThePast(turn, clock, rule));
        return turn.result();
    }

    /** Turns that were seen stay so, whatever comes: flapping began and ends by them alone. */
    private static boolean isOfThePast(TenantTurn turn, Clock clock, Rule rule) {
        return rule.predicate() == Rule.Predicate.FLAPPING && turn.isJudgeable(clock, rule);
    }

    /** Whether all that happened to the object since is known. */
    private static boolean isUnbroken(KindState kind, TenantState before, Observation.OfTenant news) {
        return before.undecodableSince() == null && (!kind.isFirstAfterGap(before.position()) || isSame(before, news));
    }

    private static boolean isSame(TenantState before, Observation.OfTenant news) {
        return before.uid().equals(news.uid()) && before.resourceVersion().equals(news.resourceVersion());
    }

    private void bridge(TenantTurn turn, KindState kind, TenantState before, Observation.OfTenant news) {
        OwnGap gap =
                OwnGap.unseen(kind, before.position(), before.seenAt(), before.undecodableSince(), news.observedAt());
        if (gap != null) {
            boolean same = before.undecodableSince() == null && isSame(before, news);
            turn.acrossGap(gap, policy, news.observedAt(), same);
        }
    }

    /** What had turned good by all that could be seen, though it could not be said, does not go on when it is bad again. */
    private static void startAnew(TenantTurn turn, TenantState before, TenantState now) {
        if (!before.own().isBad() && now.own().isBad()) {
            turn.forgetPending(Rule.Predicate.NOT_CONVERGED);
        }
    }

    /** An object that could not be decoded, and since when. */
    record Unread(ObjectId object, Instant since) {}

    /**
     * Why a tenant's resources are read again.
     *
     * @param inFrame inside a frame of their kind
     * @param absentSince the earliest instant at which resources that do not exist can have gone; null: nothing bounds it
     * @param unread the one that was read now and could not be decoded until now; null: none
     * @param lost as in {@link Look}
     * @param live whether this is the instant at which it happened
     */
    record Reading(
            boolean inFrame,
            @Nullable Instant absentSince,
            @Nullable Unread unread,
            Map<ObjectId, Instant> lost,
            boolean live) {
        /** Nothing has come: the look is at what is remembered. */
        static final Reading AGAIN = new Reading(false, null, null, Map.of(), false);
    }

    /** Reads a tenant's own readiness anew and lets conditions begin and end. */
    void reread(ClusterState cluster, TenantState before, Instant at, Reading reading) {
        List<Dependency> dependencies = new Spec(memory, before.id());
        OwnReadiness readiness = readiness(cluster, before.id());
        // A condition of a tenant that is out of sight itself says nothing of when its resources broke.
        boolean seen = before.undecodableSince() == null
                && !cluster.kind(before.id().kindName()).isHidden();
        FirstSight sight = new FirstSight(
                cluster, before, reading.inFrame() && seen, null, readiness, dependencies, reading.absentSince());
        Gaps gaps = new Gaps(cluster, readiness, dependencies, policy, at);
        Own own = readiness.read(before, dependencies, new Look(at, sight, reading.lost()));
        TenantState now = before.withOwn(gaps.judgeHolds(before, own, reading.unread()));
        TenantTurn turn = new TenantTurn(cluster, detecting, now);
        startAnew(turn, before, now);
        gaps.judge(turn, Rule.Predicate.NOT_CONVERGED, since(reading.unread(), dependencies, true));
        gaps.judge(turn, Rule.Predicate.STATUS_DRIFT, since(reading.unread(), dependencies, false));
        turn.settle(at, sight, false);
        turn.touch(at);
        put(before, turn.result(), at, reading.live() ? Continuity.GOES_ON : Continuity.RESOURCES_UNSEEN);
        memory.ownRead(before.id());
    }

    /** Since when something that matters could not be decoded; null: it did not matter. */
    private static @Nullable Instant since(@Nullable Unread unread, List<Dependency> dependencies, boolean required) {
        boolean matters = unread != null
                && dependencies.stream()
                        .anyMatch(each -> each.object().equals(unread.object()) && (each.waitForReady() || !required));
        return matters ? unread.since() : null;
    }

    /**
     * A required resource that has been not ready since before the deadline is observed after it.
     *
     * @param since since when it has been so
     */
    void proveByResource(ClusterState cluster, TenantState tenant, ObjectId object, Instant since, Instant observedAt) {
        if (tenant.deadline() == null || !tenant.deadline().isBefore(observedAt)) {
            return;
        }
        List<NotReady> found = new ArrayList<>();
        for (Dependency dependency : new Spec(memory, tenant.id())) {
            NotReady known =
                    dependency.object().equals(object) ? tenant.own().find(DependencyGraph.idOf(dependency)) : null;
            if (known != null) {
                found.add(known);
            }
        }
        TenantTurn turn = new TenantTurn(cluster, detecting, tenant);
        turn.proveBefore(
                observedAt,
                (clock, rule) -> isProof(found, clock, rule)
                        && turn.isJudgeable(clock, rule)
                        && !clock.deadline(rule).isBefore(since));
        put(tenant, turn.result(), observedAt, Continuity.GOES_ON);
    }

    /** Whether the condition holds because of one of these. */
    private static boolean isProof(List<NotReady> found, Clock clock, Rule rule) {
        return switch (rule.predicate()) {
            case NOT_CONVERGED -> found.stream().anyMatch(NotReady::required);
            case DEPENDENCY_STUCK -> found.stream().anyMatch(each -> each.id().equals(clock.subject()));
            default -> false;
        };
    }

    /**
     * Ends what was kept firing until before resources of the tenant were observed.
     *
     * @return the tenant after that
     */
    TenantState endKeptBefore(ClusterState cluster, TenantState tenant, Instant observedAt) {
        if (tenant.deadline() == null || !tenant.deadline().isBefore(observedAt)) {
            return tenant;
        }
        TenantTurn turn = new TenantTurn(cluster, detecting, tenant);
        turn.endKeptBefore(observedAt);
        return put(tenant, turn.result(), observedAt, Continuity.GOES_ON);
    }

    /** Lets the watermark judge what is due. */
    void reach(ClusterState cluster, Instant watermark) {
        for (TenantId id : memory.due(cluster.cluster(), watermark)) {
            TenantState before = Objects.requireNonNull(memory.tenant(id), () -> "in the index, but unknown: " + id);
            TenantTurn turn = new TenantTurn(cluster, detecting, before);
            turn.reach(watermark);
            put(before, turn.result(), watermark, Continuity.GOES_ON);
        }
        for (TenantId id : memory.looks(cluster.cluster(), watermark)) {
            look(
                    cluster,
                    Objects.requireNonNull(memory.tenant(id), () -> "to be looked at, but unknown: " + id),
                    watermark);
        }
    }

    /** A tenant that has been unhealthy for a while is asked for what it may have in common with others. */
    private void look(ClusterState cluster, TenantState tenant, Instant watermark) {
        Standing standing = Objects.requireNonNull(tenant.standing(), "not counted");
        Instant due = Objects.requireNonNull(standing.causeDue(), "no look is due");
        Standing now = new Visibility(cluster, tenant).isObjectJudgeable()
                ? Standings.explained(
                        standing, detecting.diagnoses().withoutWords(cluster, tenant, watermark), watermark)
                : standing.explained(standing.cause(), Standings.later(standing, watermark));
        put(tenant, tenant.counted(now), due, Continuity.GOES_ON);
    }

    /** Says of a tenant's firing alerts that kinds can no longer be read, or can be again. */
    void sayObservability(ClusterState cluster, TenantState tenant, Set<String> kinds, Instant at) {
        TenantTurn turn = new TenantTurn(cluster, detecting, tenant);
        kinds.forEach(kind -> turn.sayObservability(kind, at));
        put(tenant, turn.result(), at, Continuity.GOES_ON);
    }

    /** What explains the alerts of a tenant may have changed. Costs a write only where one fires and no review is due soon. */
    void touch(ClusterState cluster, TenantId id, Instant at) {
        TenantState tenant = memory.isFiring(id) ? memory.tenant(id) : null;
        if (tenant != null && !Objects.equals(tenant.review(), Reviews.due(tenant.review(), tenant.clocks(), at))) {
            TenantTurn turn = new TenantTurn(cluster, detecting, tenant);
            turn.touch(at);
            put(tenant, turn.result(), at, Continuity.GOES_ON);
        }
    }

    /** The tenant is gone: its alerts resolve and nothing is remembered of it but its resources and, for some time, its incidents. */
    void remove(ClusterState cluster, TenantState tenant, Instant at, ResolveReason reason) {
        TenantTurn turn = new TenantTurn(cluster, detecting, tenant);
        turn.endAll(at, reason);
        counters.remove(tenant, at);
        memory.moveDeadline(tenant.id(), deadlineInIndex(tenant), null);
        memory.forgetDependencies(tenant.id());
        memory.forget(tenant.id());
        past.onRemoved(tenant.id(), at);
    }

    private @Nullable Instant deadlineInIndex(TenantState tenant) {
        TenantState stored = memory.tenant(tenant.id());
        return stored == null ? tenant.deadline() : stored.deadline();
    }

    /**
     * @param continuity as in {@link Standings#next}
     * @return what is remembered
     */
    private TenantState put(@Nullable TenantState before, TenantState turned, Instant at, Continuity continuity) {
        TenantState after = counters.count(before, turned, at, continuity);
        Instant standing = before == null ? null : before.deadline();
        if (!after.equals(before)) {
            memory.put(after);
        }
        if (!Objects.equals(standing, after.deadline())) {
            memory.moveDeadline(after.id(), standing, after.deadline());
        }
        return after;
    }

    private OwnReadiness readiness(ClusterState cluster, TenantId id) {
        // Asked for several times in a turn, in which it does not change.
        Map<ObjectId, Optional<ResourceState>> read = new HashMap<>();
        return new OwnReadiness(
                cluster,
                object -> memory.glance(id, object),
                object -> read.computeIfAbsent(object, any -> Optional.ofNullable(memory.resource(id, object)))
                        .orElse(null));
    }

    /** What was seen of the operator of the cluster whose news was taken last. */
    DialectEvidence takeLooks() {
        return detecting.diagnoses().takeLooks();
    }

    private static Instant later(@Nullable Instant a, Instant b) {
        return a == null ? b : Stretch.later(a, b);
    }
}
