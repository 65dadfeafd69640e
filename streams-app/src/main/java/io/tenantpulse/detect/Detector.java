package io.tenantpulse.detect;

import io.tenantpulse.diagnose.DialectEvidence;
import io.tenantpulse.trends.Census;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Turns one partition of the log into decisions, one record at a time. Not thread-safe. Everything that decides is in its
 * {@link Memory}; what it keeps itself is a cache, and the wall-clock memory of {@link #onWallClock}.
 */
public final class Detector {
    /** A watermark alone is not worth a write more often than this. */
    private static final Duration WATERMARK_WRITES = Duration.ofSeconds(1);

    private final Rules rules;
    private final String rulesHash;
    private final Memory memory;
    private final Voice voice;
    private final ClusterAlerts alerts;
    private final Counters counters;
    private final Tenants tenants;
    private final Resources resources;
    private final Warnings warnings;
    private final Registries registries;
    private final Marks marks;
    private final Map<String, Watched> clusters = new TreeMap<>();
    private final Set<Watched> forgetful = new LinkedHashSet<>();

    /** @param census counts what the partition's tenants do */
    public Detector(Rules rules, Memory memory, Voice voice, Census census) {
        this.rules = rules;
        this.rulesHash = rules.hash();
        this.memory = memory;
        this.voice = voice;
        this.alerts = new ClusterAlerts(rules, voice);
        PastIncidents past = new PastIncidents(memory);
        this.counters = new Counters(census, memory);
        this.tenants = new Tenants(rules, memory, new CountingVoice(voice, counters), past);
        this.resources = new Resources(memory, voice, tenants, counters);
        this.warnings = new Warnings(memory, voice, tenants);
        this.registries = new Registries(rules, memory, voice);
        this.marks = new Marks(memory, voice, tenants, new Ageing(warnings, past), alerts, registries);
        memory.clusters()
                .forEach(
                        cluster -> clusters.put(cluster.cluster(), Watched.remembered(cluster, memory::forgetOwnRead)));
    }

    /** Takes the next record of the partition. */
    public void on(Observation news) {
        Watched cluster = clusters.computeIfAbsent(
                news.cluster(), name -> new Watched(ClusterState.fresh(name, rulesHash), memory::forgetOwnRead));
        if (!isAdmitted(cluster, news)) {
            return;
        }
        putUnderTheseRules(cluster, news.observedAt());
        if (news.position().epoch() > cluster.last().epoch()) {
            // Remembered at once: what comes from an older epoch is refused from now on, even by a restarted detector.
            cluster.become(enterEpoch(cluster.state(), news.position().epoch()));
            cluster.at(news.position().epoch(), news.position().sequence());
            remember(cluster);
            counters.see(cluster.state(), news.observedAt());
        }
        cluster.at(news.position().epoch(), news.position().sequence());
        if (isDeletion(news)) {
            forgetful.add(cluster);
        }
        if (news instanceof Observation.OfTenant tenant) {
            tenants.onTenant(cluster.state(), tenant);
        } else if (news instanceof Observation.OfResource resource) {
            resources.onResource(cluster.state(), resource);
        } else if (news instanceof Observation.OfWarning warning) {
            warnings.onWarning(cluster.state(), warning);
        } else if (news instanceof Observation.OfRegistry registry) {
            registries.onRegistry(cluster.state(), registry);
        } else if (!(news instanceof Observation.OfOther)) {
            alerts.marked(news.cluster());
            cluster.become(withLooks(onMark(cluster.state(), news)));
            remember(cluster);
            counters.mark(cluster.state(), news);
        }
        cluster.become(withLooks(cluster.state()));
    }

    /**
     * After the object of a tenant was read live: whether nothing is going on with it, so that {@link Watched#isSeenAgain} can
     * be asked the next time; null: something is. It holds while the memory of the tenant, its resources and its spec stays.
     */
    public @Nullable Settled settled(Observation.OfTenant read) {
        Watched cluster = clusters.get(read.cluster());
        boolean live = read.change() == Change.ADDED || read.change() == Change.MODIFIED;
        TenantState tenant = live ? tenants.seen() : null;
        return cluster == null || tenant == null || !tenant.id().equals(read.tenant())
                ? null
                : Settled.of(cluster, tenant);
    }

    private static boolean isDeletion(Observation news) {
        return (news instanceof Observation.OfTenant tenant && tenant.change() == Change.DELETED)
                || (news instanceof Observation.OfResource resource && resource.change() == Change.DELETED)
                || (news instanceof Observation.OfRegistry registry && registry.change() == Change.DELETED);
    }

    /**
     * Remembers what only repetitions are known by. Nothing is left of an object that was deleted to tell an earlier record of it
     * from news: that the log of its cluster was taken further tells it. Call it before what was read is committed.
     */
    public void beforeCommit() {
        forgetful.forEach(cluster -> memory.put(cluster.write()));
        forgetful.clear();
    }

    private ClusterState withLooks(ClusterState cluster) {
        DialectEvidence looks = tenants.takeLooks();
        return looks.equals(DialectEvidence.NONE) ? cluster : cluster.seen(looks);
    }

    /** How the operator of a cluster was seen to behave in this partition, for people. */
    public DialectEvidence operator(String cluster) {
        Watched known = clusters.get(cluster);
        return known == null ? DialectEvidence.NONE : known.state().operator();
    }

    /** Older epochs are superseded; what is not newer than the newest is a repetition. */
    private boolean isAdmitted(Watched cluster, Observation news) {
        if (cluster.state().gone() && news.position().epoch() <= cluster.last().epoch()) {
            voice.count("cluster-gone");
            return false;
        }
        if (news.position().epoch() < cluster.last().epoch()) {
            voice.count("superseded");
            return false;
        }
        if (!cluster.last().isBefore(news.position())) {
            voice.count("duplicate");
            return false;
        }
        return true;
    }

    private ClusterState enterEpoch(ClusterState cluster, long epoch) {
        if (cluster.gone()) {
            return ClusterState.fresh(cluster.cluster(), rulesHash);
        }
        return cluster.changeKinds(kind -> kind.inNewEpoch(epoch));
    }

    private ClusterState onMark(ClusterState cluster, Observation mark) {
        if (mark instanceof Observation.EpochClaimed) {
            return cluster.atHome();
        }
        if (mark instanceof Observation.SyncBegin begin) {
            return marks.onSyncBegin(cluster, begin);
        }
        if (mark instanceof Observation.SyncEnd end) {
            return marks.onSyncEnd(cluster, end);
        }
        if (mark instanceof Observation.Gap gap) {
            return marks.onGap(cluster, gap);
        }
        if (mark instanceof Observation.Watermark watermark) {
            return marks.onWatermark(cluster, watermark);
        }
        if (mark instanceof Observation.ClusterGone gone) {
            return marks.onGone(cluster, gone);
        }
        throw new AssertionError(mark);
    }

    /** After a change of the rules every clock is judged anew from its {@code since}. */
    private void putUnderTheseRules(Watched watched, Instant observedAt) {
        ClusterState cluster = watched.state();
        if (cluster.rulesHash().equals(rulesHash)) {
            return;
        }
        // Not the watermark's time, for observations may be known, and have proven deadlines, that are later.
        memory.eachTenant(
                cluster.cluster(), tenant -> tenants.reread(cluster, tenant, observedAt, Tenants.Reading.AGAIN));
        registries.reread(cluster, observedAt);
        watched.become(cluster.withRules(rulesHash));
        memory.put(watched.write());
    }

    private void remember(Watched cluster) {
        ClusterState last = cluster.written();
        ClusterState now = cluster.state().at(cluster.last());
        if (last == null || !isWatermarkOnly(last, now)) {
            memory.put(cluster.write());
            forgetful.remove(cluster);
        }
    }

    private static boolean isWatermarkOnly(ClusterState last, ClusterState now) {
        return last.watermark() != null
                && now.watermark() != null
                && now.watermark().isBefore(last.watermark().plus(WATERMARK_WRITES))
                && last.last().epoch() == now.last().epoch()
                && last.withoutTime().equals(now.withoutTime());
    }

    /**
     * Judges silence, the one thing that the wall clock decides: only clusters whose EPOCH stands in this partition. Call
     * it about once a second.
     */
    public void onWallClock(Instant now) {
        for (Watched cluster : clusters.values()) {
            ClusterState judged = alerts.tick(cluster.state(), now);
            if (!judged.equals(cluster.state())) {
                cluster.become(judged);
                memory.put(cluster.write());
            }
        }
    }
}
