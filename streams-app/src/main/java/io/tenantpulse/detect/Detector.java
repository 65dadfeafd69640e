package io.tenantpulse.detect;

import io.tenantpulse.diagnose.DialectEvidence;
import io.tenantpulse.trends.Census;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

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
    private final Map<String, ClusterState> clusters = new TreeMap<>();
    private final Map<String, ClusterState> written = new HashMap<>();

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
        memory.clusters().forEach(cluster -> {
            clusters.put(cluster.cluster(), cluster);
            written.put(cluster.cluster(), cluster);
        });
    }

    /** Takes the next record of the partition. */
    public void on(Observation news) {
        ClusterState before =
                clusters.computeIfAbsent(news.cluster(), cluster -> ClusterState.fresh(cluster, rulesHash));
        if (!isAdmitted(before, news)) {
            return;
        }
        ClusterState cluster = underTheseRules(before, news.observedAt());
        if (news.position().epoch() > cluster.last().epoch()) {
            // Remembered at once: what comes from an older epoch is refused from now on, even by a restarted detector.
            cluster = enterEpoch(cluster, news.position().epoch()).at(news.position());
            remember(cluster);
            counters.see(cluster, news.observedAt());
        }
        cluster = cluster.at(news.position());
        clusters.put(news.cluster(), cluster);
        if (news instanceof Observation.OfTenant tenant) {
            tenants.onTenant(cluster, tenant);
        } else if (news instanceof Observation.OfResource resource) {
            resources.onResource(cluster, resource);
        } else if (news instanceof Observation.OfWarning warning) {
            warnings.onWarning(cluster, warning);
        } else if (news instanceof Observation.OfRegistry registry) {
            registries.onRegistry(cluster, registry);
        } else if (!(news instanceof Observation.OfOther)) {
            alerts.marked(news.cluster());
            remember(seen(onMark(cluster, news)));
            counters.mark(clusters.get(news.cluster()), news);
        }
        clusters.computeIfPresent(news.cluster(), (name, now) -> seen(now));
    }

    private ClusterState seen(ClusterState cluster) {
        DialectEvidence looks = tenants.takeLooks();
        return looks.equals(DialectEvidence.NONE) ? cluster : cluster.seen(looks);
    }

    /** How the operator of a cluster was seen to behave in this partition, for people. */
    public DialectEvidence operator(String cluster) {
        ClusterState known = clusters.get(cluster);
        return known == null ? DialectEvidence.NONE : known.operator();
    }

    /** Older epochs are superseded; what is not newer than the newest is a repetition. */
    private boolean isAdmitted(ClusterState cluster, Observation news) {
        if (cluster.gone() && news.position().epoch() <= cluster.last().epoch()) {
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
    private ClusterState underTheseRules(ClusterState cluster, Instant observedAt) {
        if (cluster.rulesHash().equals(rulesHash)) {
            return cluster;
        }
        // Not the watermark's time, for observations may be known, and have proven deadlines, that are later.
        memory.eachTenant(
                cluster.cluster(), tenant -> tenants.reread(cluster, tenant, observedAt, Tenants.Reading.AGAIN));
        registries.reread(cluster, observedAt);
        ClusterState now = cluster.withRules(rulesHash);
        memory.put(now);
        return now;
    }

    private void remember(ClusterState cluster) {
        clusters.put(cluster.cluster(), cluster);
        ClusterState last = written.get(cluster.cluster());
        if (last == null || !isWatermarkOnly(last, cluster)) {
            memory.put(cluster);
            written.put(cluster.cluster(), cluster);
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
        for (ClusterState cluster : clusters.values().toArray(ClusterState[]::new)) {
            ClusterState judged = alerts.tick(cluster, now);
            if (!judged.equals(cluster)) {
                clusters.put(judged.cluster(), judged);
                written.put(judged.cluster(), judged);
                memory.put(judged);
            }
        }
    }
}
