package io.tenantpulse.detect;

import io.tenantpulse.model.TenantId;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What marks do to what is remembered of a cluster. */
final class Marks {
    private final Memory memory;
    private final Voice voice;
    private final Tenants tenants;
    private final ClusterAlerts alerts;

    Marks(Memory memory, Voice voice, Tenants tenants, ClusterAlerts alerts) {
        this.memory = memory;
        this.voice = voice;
        this.tenants = tenants;
        this.alerts = alerts;
    }

    ClusterState onSyncBegin(ClusterState cluster, Observation.SyncBegin mark) {
        KindState kind = cluster.kind(mark.kind());
        ClusterState skewed = mark.fromMemory() ? cluster : cluster.withSkew(mark.skewMillis());
        return skewed.with(kind.frameBegun(mark.position(), mark.fromMemory(), mark.observedAt()));
    }

    ClusterState onSyncEnd(ClusterState cluster, Observation.SyncEnd mark) {
        KindState kind = cluster.kind(mark.kind());
        ClusterState ended = cluster.with(kind.frameEnded());
        if (mark.frame() == null) {
            rereadReaders(ended, Set.of(mark.kind()), mark.observedAt(), false, Map.of());
            return ended;
        }
        if (!mark.frame().equals(kind.frame())) {
            voice.count("frame-without-begin");
            return cluster;
        }
        Map<TenantId, Instant> swept = sweep(ended, kind, mark.frame(), mark.observedAt());
        if (!kind.fromMemory() || !kind.settled() || !swept.isEmpty()) {
            rereadReaders(ended, Set.of(mark.kind()), mark.observedAt(), true, swept);
        }
        if (kind.isForbidden() && !ended.kind(mark.kind()).isForbidden()) {
            sayObservability(ended, Set.of(mark.kind()), mark.observedAt());
        }
        return ended;
    }

    /**
     * Forgets what a frame did not mention.
     *
     * @param before the state of the kind before the frame ended
     * @return the tenants that lost resources, with the last instant at which all of these are known to have been there
     */
    private Map<TenantId, Instant> sweep(ClusterState cluster, KindState before, Position frame, Instant at) {
        Map<TenantId, Instant> swept = new HashMap<>();
        if (TenantId.isTenantKind(before.kind())) {
            memory.eachTenant(cluster.cluster(), tenant -> {
                if (tenant.id().kindName().equals(before.kind())
                        && tenant.frame().isBefore(frame)) {
                    tenants.remove(cluster, tenant, at, ResolveReason.DELETED);
                }
            });
        }
        // A tenant's manifests may ask for a tenant, which is then its resource too.
        memory.eachResource(cluster.cluster(), (id, resource) -> {
            if (resource.object().kindName().equals(before.kind())
                    && resource.frame().isBefore(frame)) {
                memory.forget(id, resource.object());
                Instant known = before.knownTo();
                Instant last = known == null ? resource.seenAt() : Clock.later(known, resource.seenAt());
                swept.merge(id, last, (a, b) -> a.isBefore(b) ? a : b);
            }
        });
        return swept;
    }

    private void rereadReaders(
            ClusterState cluster, Set<String> kinds, Instant at, boolean inFrame, Map<TenantId, Instant> swept) {
        memory.eachTenant(cluster.cluster(), tenant -> {
            boolean reads = kinds.contains(tenant.id().kindName())
                    || tenant.own().reads().stream().anyMatch(kinds::contains);
            if (reads) {
                Instant absentSince = swept.get(tenant.id());
                if (absentSince == null && tenant.own().isGood()) {
                    absentSince = cluster.watermark();
                }
                tenants.reread(cluster, tenant, at, new Tenants.Look(inFrame, absentSince, null));
            }
        });
    }

    ClusterState onGap(ClusterState cluster, Observation.Gap mark) {
        Set<String> kinds = new HashSet<>(mark.kinds());
        ClusterState now = cluster;
        for (String name : kinds) {
            now = now.with(now.kind(name).withGap(mark.from(), mark.to(), mark.resumed(), mark.position()));
        }
        return now;
    }

    ClusterState onWatermark(ClusterState cluster, Observation.Watermark mark) {
        Instant before = cluster.watermark();
        if (before != null && mark.time().isBefore(before)) {
            voice.count("watermark-went-back");
            return cluster;
        }
        Map<String, KindState> kinds = new HashMap<>(cluster.kinds());
        coverage(cluster, mark).forEach((name, said) -> kinds.put(name, apply(cluster.kind(name), said, mark.time())));
        ClusterState now = cluster.withKinds(kinds).withWatermark(mark.time(), mark.probed());
        show(cluster, now, mark);
        now = alerts.judgeKinds(cluster, now, mark.time());
        tenants.reach(now, mark.time());
        return now;
    }

    /** Reads anew what came into sight. The instant is the mark's own: what stands before it may be later than its time. */
    private void show(ClusterState before, ClusterState now, Observation.Watermark mark) {
        Set<String> visible = new TreeSet<>();
        Set<String> observability = new TreeSet<>();
        for (KindState is : now.kinds().values()) {
            KindState was = before.kind(is.kind());
            if (is.coverage() == KindCoverage.ABSENT && was.coverage() != KindCoverage.ABSENT) {
                Position all = new Position(mark.position().epoch(), Long.MAX_VALUE);
                rereadReaders(
                        now, Set.of(is.kind()), mark.observedAt(), false, sweep(now, was, all, mark.observedAt()));
            } else if (is.isVisible() && !was.isVisible()) {
                visible.add(is.kind());
            }
            if (was.isForbidden() != is.isForbidden()) {
                observability.add(is.kind());
            }
        }
        if (!visible.isEmpty()) {
            rereadReaders(now, visible, mark.observedAt(), false, Map.of());
        }
        sayObservability(now, observability, mark.observedAt());
    }

    /** A kind that was watched and is no longer named is as good as blind. */
    private static Map<String, KindCoverage> coverage(ClusterState cluster, Observation.Watermark mark) {
        Map<String, KindCoverage> coverage = new HashMap<>(mark.coverage());
        cluster.kinds().forEach((name, kind) -> {
            if (kind.coverage() != KindCoverage.UNKNOWN) {
                coverage.putIfAbsent(name, KindCoverage.BLIND);
            }
        });
        coverage.values().removeIf(said -> said == KindCoverage.UNKNOWN);
        return coverage;
    }

    private KindState apply(KindState was, KindCoverage said, Instant watermark) {
        if (said != KindCoverage.LIVE) {
            return was.notCovered(said, watermark);
        }
        if (was.hasOpenGap()) {
            // The log promises a frame after such a gap; without it nothing is proven.
            voice.count("watermark-over-open-gap");
            return was.notCovered(KindCoverage.BLIND, watermark);
        }
        return was.covered(watermark);
    }

    private void sayObservability(ClusterState cluster, Set<String> kinds, Instant at) {
        if (!kinds.isEmpty()) {
            memory.eachTenant(
                    cluster.cluster(),
                    tenant -> kinds.forEach(kind -> tenants.sayObservability(cluster, tenant, kind, at)));
        }
    }

    /** Everything of the cluster resolves and is forgotten, but for the epoch. */
    ClusterState onGone(ClusterState cluster, Observation.ClusterGone mark) {
        memory.eachTenant(cluster.cluster(), tenant -> {
            tenants.remove(cluster, tenant, mark.observedAt(), ResolveReason.CLUSTER_REMOVED);
            for (Clock clock : tenant.clocks()) {
                if (clock.isFiring()) {
                    voice.forgetAlert(
                            Transition.identity(clock.rule(), tenant.id().key(), clock.reason()));
                }
            }
        });
        memory.eachResource(cluster.cluster(), (id, resource) -> memory.forget(id, resource.object()));
        alerts.remove(cluster, mark.observedAt());
        return cluster.removed();
    }
}
