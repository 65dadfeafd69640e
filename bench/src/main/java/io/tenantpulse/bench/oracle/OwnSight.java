package io.tenantpulse.bench.oracle;

import io.tenantpulse.schema.Keys;
import io.tenantpulse.v1.Change;
import io.tenantpulse.v1.Dependency;
import io.tenantpulse.v1.MarkType;
import io.tenantpulse.v1.Readiness;
import io.tenantpulse.v1.ResourceObserved;
import io.tenantpulse.v1.TenantObserved;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What is known of one tenant and its own resources while its part of the log is read, entry by entry. */
final class OwnSight {
    private final Era era;
    private final Function<String, KindHistory> kinds;
    private final Life life;
    private final String tenant;
    private final OwnObjects objects;
    private final TreeSet<String> bad = new TreeSet<>();
    /** Since when what does not exist is known not to. */
    private final Map<String, Instant> absent = new HashMap<>();

    private List<Dependency> spec = List.of();
    private TenantObserved newest;
    private int seenIndex;
    /** Since when the tenant's newest object could not be decoded; null: it could. */
    private @Nullable Instant unreadSince;

    private String version = "";
    /** Since when nothing can have happened to the tenant's object unseen. */
    private Instant unbrokenSince = Instant.MIN;

    private int now;

    /** What is said of a resource that is asked for. */
    enum State {
        READY,
        NOT_READY,
        ABSENT,
        OPEN;

        boolean isBad() {
            return this == NOT_READY || this == ABSENT;
        }
    }

    private OwnSight(Era era, Function<String, KindHistory> kinds, Life life, String tenant) {
        this.era = era;
        this.kinds = kinds;
        this.objects = new OwnObjects(era, kinds);
        this.life = life;
        this.tenant = tenant;
        this.newest = (TenantObserved) life.looks().get(0).record();
    }

    /** Reads a tenant's life and what came before it. */
    static void read(Era era, Function<String, KindHistory> kinds, Life life, String tenant, OwnRule rule) {
        OwnSight sight = new OwnSight(era, kinds, life, tenant);
        int begin = life.looks().get(0).index();
        int end = Math.min(life.endIndex(), era.size());
        for (int i = 0; i < end; i++) {
            sight.now = i + 1;
            sight.read(i, i > begin, rule);
        }
        if (life.end() != null) {
            if (life.end().seen()) {
                sight.now = end;
                rule.looked(sight, end, life.end().at(), null);
            }
            rule.ended(life.end());
        }
    }

    private void read(int i, boolean lives, OwnRule rule) {
        Instant at = era.at(i).observedAt();
        if (era.at(i).value() instanceof ResourceObserved resource) {
            if (key(resource).equals(tenant)) {
                look(resource, i, lives, rule);
            }
        } else if (era.at(i).value() instanceof TenantObserved observed) {
            if (i >= life.looks().get(0).index() && isOfThisLife(observed)) {
                look(observed, i, lives, rule);
            }
        } else if (era.isMark(i, MarkType.SYNC_END)) {
            Map<String, Instant> lost = objects.sweep(i);
            if (lives) {
                settle(rule, new OwnRule.Occasion(i, at, false, isTenantSeen(), null, lost, null));
            }
        } else if (era.isMark(i, MarkType.WATERMARK) && lives) {
            if (comesIntoSight(i)) {
                settle(rule, new OwnRule.Occasion(i, at, false, false, null, Map.of(), null));
            }
            rule.reach(this, i, era.mark(i).getWatermark());
        }
    }

    private void look(TenantObserved observed, int i, boolean lives, OwnRule rule) {
        KindHistory kind = tenantKind();
        if (lives && kind.isRepeated(i)) {
            version = observed.getResourceVersion();
            return;
        }
        Instant at = era.at(i).observedAt();
        if (lives && unreadSince == null) {
            now = i;
            rule.looked(this, i, at, null);
            now = i + 1;
        }
        if (observed.getChange() == Change.UNDECODABLE) {
            boolean missed = kind.unseenBetween(seenIndex, i) != null;
            Instant since = missed ? later(era.at(seenIndex).observedAt(), kind.coveredBefore(i)) : at;
            unreadSince = unreadSince == null ? since : unreadSince;
            return;
        }
        OwnRule.Occasion.Unread unread = unreadSince == null ? null : new OwnRule.Occasion.Unread(null, unreadSince);
        unreadSince = null;
        boolean unbroken = lives
                && unread == null
                && (kind.unseenBetween(seenIndex, i) == null || version.equals(observed.getResourceVersion()));
        unbrokenSince = unbroken ? unbrokenSince : at;
        version = observed.getResourceVersion();
        Instant knownTo = lives ? later(era.at(seenIndex).observedAt(), kind.coveredBefore(i)) : null;
        spec = observed.getDependencies() == null ? spec : observed.getDependencies();
        newest = observed;
        seenIndex = i;
        boolean listed = observed.getChange() == Change.SNAPSHOT && kind.frameAt(i) >= 0;
        settle(rule, new OwnRule.Occasion(i, at, true, listed, knownTo, Map.of(), unread));
    }

    private void look(ResourceObserved resource, int i, boolean lives, OwnRule rule) {
        Instant at = era.at(i).observedAt();
        String object = OwnObjects.object(resource);
        OwnObjects.Known known = objects.known(object);
        KindHistory kind = kinds.apply(Keys.kind(resource.getGroup(), resource.getKind()));
        if (known != null && kind.isRepeated(i) && OwnObjects.isOf(known, resource)) {
            known.mentioned = i;
            known.version = resource.getResourceVersion();
            return;
        }
        if (lives && known != null && known.unreadSince == null) {
            now = i;
            rule.looked(this, i, at, known);
            now = i + 1;
        }
        OwnRule.Occasion.Unread unread = known == null || known.unreadSince == null
                ? null
                : new OwnRule.Occasion.Unread(object, known.unreadSince);
        objects.take(resource, kind, i);
        if (resource.getChange() == Change.UNDECODABLE) {
            unread = null;
        }
        if (lives) {
            boolean listed = resource.getChange() == Change.SNAPSHOT && kind.frameAt(i) >= 0 && isTenantSeen();
            settle(rule, new OwnRule.Occasion(i, at, false, listed, null, Map.of(), unread));
        }
    }

    private boolean comesIntoSight(int watermark) {
        return rests(true).stream()
                .map(kinds)
                .anyMatch(kind -> kind.isCoveredBy(watermark) && !kind.isLiveBefore(watermark));
    }

    private boolean isTenantSeen() {
        return unreadSince == null && !tenantKind().isHiddenBefore(now);
    }

    private void settle(OwnRule rule, OwnRule.Occasion occasion) {
        seeAbsent(occasion.at());
        rule.settle(this, occasion);
        remember();
    }

    private void remember() {
        TreeSet<String> found = new TreeSet<>();
        spec.stream().filter(each -> state(each).isBad()).forEach(each -> found.add(OwnObjects.object(each)));
        bad.clear();
        bad.addAll(found);
    }

    /** What did not exist before a gap of its kind, and does not behind it, may have existed within. */
    private void seeAbsent(Instant at) {
        Map<String, Instant> found = new HashMap<>();
        for (Dependency each : spec) {
            if (state(each) == State.ABSENT) {
                Instant since = absent.getOrDefault(OwnObjects.object(each), at);
                if (!kind(each).hasOpenGapBefore(now)) {
                    for (KindHistory.Unseen gap : kind(each).unseenBefore(now)) {
                        since = absent.containsKey(OwnObjects.object(each)) ? later(since, gap.to()) : since;
                    }
                }
                found.put(OwnObjects.object(each), since);
            }
        }
        absent.clear();
        absent.putAll(found);
    }

    /** Since when what is not ready, or absent, is known without a break to be so; null: it can't be seen. */
    @Nullable
    Instant knownSince(Dependency asked) {
        OwnObjects.Known there = known(asked);
        if (kind(asked).isHiddenBefore(now) || there != null && there.unreadSince != null) {
            return null;
        }
        return there == null ? absent.get(OwnObjects.object(asked)) : there.since;
    }

    /** Whether a look proves that what it shows again, which was not ready, was so at a deadline. */
    boolean isProof(OwnObjects.Known known, int index, Instant deadline) {
        KindHistory kind = kinds.apply(Keys.kind(known.record.getGroup(), known.record.getKind()));
        return known.record.getReadiness() == Readiness.NOT_READY
                && known.unreadSince == null
                && !known.since.isAfter(deadline)
                && !kind.isBrokenBetween(known.index, index);
    }

    String tenantKindName() {
        return TenantDraft.kindName(newest.getKind());
    }

    KindHistory tenantKind() {
        return kinds.apply(tenantKindName());
    }

    KindHistory kind(Dependency asked) {
        return kinds.apply(Keys.kind(asked.getGroup(), asked.getKind()));
    }

    List<Dependency> spec() {
        return spec;
    }

    TenantObserved tenant() {
        return newest;
    }

    OwnObjects.@Nullable Known known(Dependency asked) {
        return objects.known(OwnObjects.object(asked));
    }

    /** Place of the entry behind which everything is said; before a look is taken, its own. */
    int now() {
        return now;
    }

    Instant unbrokenSince() {
        return unbrokenSince;
    }

    int seenIndex() {
        return seenIndex;
    }

    /** Names of the tenant's kind and of those of what it waits for. */
    TreeSet<String> rests() {
        return rests(false);
    }

    /** @param all also of what it does not wait for */
    TreeSet<String> rests(boolean all) {
        TreeSet<String> names = new TreeSet<>();
        names.add(tenantKindName());
        for (Dependency each : spec) {
            if (isWatched(each) && (all || each.getWaitForReady())) {
                names.add(Keys.kind(each.getGroup(), each.getKind()));
            }
        }
        return names;
    }

    boolean isHidden(boolean all) {
        return isFrozen() || rests(all).stream().map(kinds).anyMatch(kind -> kind.isHiddenBefore(now));
    }

    boolean isJudgeable(boolean all) {
        return !isFrozen() && rests(all).stream().map(kinds).allMatch(kind -> kind.isJudgeableBefore(now));
    }

    /** Whether the tenant, or something that it waits for and that was known, can't be decoded. */
    boolean isFrozen() {
        return isTenantUnread() || spec.stream().anyMatch(this::isFrozen);
    }

    boolean isTenantUnread() {
        return unreadSince != null;
    }

    private boolean isFrozen(Dependency asked) {
        OwnObjects.Known there = known(asked);
        return there != null
                && there.unreadSince != null
                && asked.getWaitForReady()
                && !asked.getCreationPolicy().equals("Once")
                && (there.record.getReadiness() != Readiness.UNKNOWN || bad.contains(OwnObjects.object(asked)));
    }

    KindHistory kind(String name) {
        return kinds.apply(name);
    }

    /** Secrets are not watched: whether one is there is the operator's word, or nobody's. */
    static boolean isWatched(Dependency asked) {
        return !asked.getKind().equals("Secret");
    }

    State state(Dependency asked) {
        if (!isWatched(asked)) {
            boolean applied = asked.getWaitForReady() && newest.getAppliedIds().contains(asked.getId());
            return applied ? State.READY : State.OPEN;
        }
        OwnObjects.Known there = known(asked);
        if (there == null) {
            KindHistory kind = kind(asked);
            boolean concluded =
                    kind.isSettledBefore(now) && (!kind.isHiddenBefore(now) || bad.contains(OwnObjects.object(asked)));
            return concluded ? State.ABSENT : State.OPEN;
        }
        if (!asked.getWaitForReady() || asked.getCreationPolicy().equals("Once")) {
            return State.READY;
        }
        return switch (there.record.getReadiness()) {
            case READY -> State.READY;
            case NOT_READY -> State.NOT_READY;
            case UNKNOWN -> isFrozen(asked) ? State.NOT_READY : State.OPEN;
        };
    }

    /**
     * Since when something holds that is found true now: where a list shows it, since the tenant's Ready turned False, but
     * not before it can have (DESIGN 3, First sight).
     */
    Instant began(OwnRule.Occasion occasion, @Nullable Instant possible) {
        Instant proven = occasion.listed() ? readyFalse() : null;
        if (proven == null) {
            return occasion.at();
        }
        Instant start = later(later(proven, corrected(newest.getCreatedAt())), possible);
        start = later(start, occasion.tenantKnownTo());
        return start.isAfter(occasion.at()) ? occasion.at() : start;
    }

    /** Since when the operator refuses the dependencies as a whole, found now. */
    Instant refused(OwnRule.Occasion occasion) {
        io.tenantpulse.v1.Condition ready = LiteralConditions.condition(newest, "Ready");
        Instant proven =
                occasion.listed() && ready != null && "DependencyError".equals(ready.getReason()) ? readyFalse() : null;
        return proven == null ? occasion.at() : began(occasion, null);
    }

    /** The earliest instant at which it can have become what it is found to be now; null: any. */
    @Nullable
    Instant possible(Dependency asked, OwnRule.Occasion occasion) {
        OwnObjects.Known there = known(asked);
        return there == null ? occasion.lost().get(OwnObjects.object(asked)) : there.possible;
    }

    /** Since when Ready is False at least, by the exporter's clock. */
    @Nullable
    Instant readyFalse() {
        return corrected(LiteralConditions.changed(newest, "Ready", "False"));
    }

    private @Nullable Instant corrected(@Nullable Instant byServer) {
        return byServer == null ? null : byServer.minusMillis(era.skewMillisBefore(now));
    }

    private boolean isOfThisLife(TenantObserved observed) {
        return (observed.getUid().isEmpty()
                        || observed.getUid().equals(life.looks().get(0).uid()))
                && Keys.of(era.cluster(), observed.getNamespace(), observed.getKind(), observed.getName())
                        .equals(tenant);
    }

    private String key(ResourceObserved resource) {
        return Keys.of(
                era.cluster(), resource.getTenantNamespace(), resource.getTenantKind(), resource.getTenantName());
    }

    static Instant later(Instant one, @Nullable Instant other) {
        return other != null && other.isAfter(one) ? other : one;
    }
}
