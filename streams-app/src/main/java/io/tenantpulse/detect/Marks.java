package io.tenantpulse.detect;

import io.tenantpulse.model.ObjectId;
import io.tenantpulse.model.TenantId;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What marks do to what is remembered of a cluster. */
final class Marks {
    private final Memory memory;
    private final Voice voice;
    private final Tenants tenants;
    private final Ageing ageing;
    private final ClusterAlerts alerts;
    private final Registries registries;

    Marks(Memory memory, Voice voice, Tenants tenants, Ageing ageing, ClusterAlerts alerts, Registries registries) {
        this.memory = memory;
        this.voice = voice;
        this.tenants = tenants;
        this.ageing = ageing;
        this.alerts = alerts;
        this.registries = registries;
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
        Map<TenantId, Swept> swept = sweep(ended, kind, mark.frame(), mark.observedAt());
        if (!kind.fromMemory() || !kind.settled() || !swept.isEmpty()) {
            rereadReaders(ended, Set.of(mark.kind()), mark.observedAt(), true, swept);
        }
        if (kind.isForbidden() && !ended.kind(mark.kind()).isForbidden()) {
            sayObservability(ended, Set.of(mark.kind()), mark.observedAt());
        }
        return ended;
    }

    /**
     * What a tenant lost in a sweep.
     *
     * @param known the last instant at which all of it is known to have been there
     * @param ready what had ever been ready, with the last instant at which it is known to have been so
     */
    private record Swept(Instant known, Map<ObjectId, Instant> ready) {
        Swept and(Instant last, ResourceState resource) {
            Map<ObjectId, Instant> all = new HashMap<>(ready);
            Instant lastReady = resource.lastReadyBefore(last);
            if (lastReady != null) {
                all.put(resource.object(), lastReady);
            }
            return new Swept(last.isBefore(known) ? last : known, all);
        }
    }

    /**
     * Forgets what a frame did not mention.
     *
     * @param before the state of the kind before the frame ended
     * @return the tenants that lost resources
     */
    private Map<TenantId, Swept> sweep(ClusterState cluster, KindState before, Position frame, Instant at) {
        Map<TenantId, Swept> swept = new HashMap<>();
        if (TenantId.isTenantKind(before.kind())) {
            memory.eachTenant(cluster.cluster(), tenant -> {
                if (tenant.id().kindName().equals(before.kind())
                        && tenant.frame().isBefore(frame)) {
                    tenants.remove(cluster, tenant, at, ResolveReason.DELETED);
                }
            });
        }
        registries.sweep(cluster, before.kind(), frame, at);
        // A tenant's manifests may ask for a tenant, which is then its resource too.
        memory.eachResource(cluster.cluster(), (id, resource) -> {
            if (resource.object().kindName().equals(before.kind())
                    && resource.frame().isBefore(frame)) {
                memory.forget(id, resource.object());
                Instant known = before.knownTo();
                Instant last = known == null ? resource.seenAt() : Stretch.later(known, resource.seenAt());
                swept.put(id, swept.getOrDefault(id, new Swept(last, Map.of())).and(last, resource));
            }
        });
        return swept;
    }

    private void rereadReaders(
            ClusterState cluster, Set<String> kinds, Instant at, boolean inFrame, Map<TenantId, Swept> swept) {
        registries.reread(cluster, kinds, at);
        memory.eachTenant(cluster.cluster(), tenant -> {
            boolean reads =
                    kinds.contains(tenant.id().kindName()) || kinds.stream().anyMatch(tenant.own()::restsOn);
            if (reads) {
                Swept lost = swept.get(tenant.id());
                Instant absentSince =
                        lost != null ? lost.known() : tenant.own().isGood() ? coveredTo(cluster, kinds) : null;
                Map<ObjectId, Instant> ready = lost == null ? Map.of() : lost.ready();
                tenants.reread(cluster, tenant, at, new Tenants.Reading(inFrame, absentSince, null, ready, false));
            }
        });
    }

    /** The last watermark that covered one of them; null: none ever did, and of what was never seen nothing is known. */
    private static @Nullable Instant coveredTo(ClusterState cluster, Set<String> kinds) {
        Instant earliest = null;
        for (String kind : kinds) {
            Instant covered = cluster.kind(kind).coveredTo();
            earliest = earliest == null || (covered != null && covered.isBefore(earliest)) ? covered : earliest;
        }
        return earliest;
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
        registries.reach(now, mark.time());
        ageing.expire(now, mark.time());
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
            registries.sayObservability(cluster, kinds, at);
            memory.eachTenant(cluster.cluster(), tenant -> tenants.sayObservability(cluster, tenant, kinds, at));
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
        ageing.forgetAll(cluster);
        registries.removeAll(cluster, mark.observedAt());
        alerts.remove(cluster, mark.observedAt());
        return cluster.removed();
    }
}
