package io.tenantpulse.detect;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Says that we are blind ourselves: ClusterKindBlind by the cluster's own time, ClusterTelemetryStale by the wall clock.
 * Only the partition of the cluster's name speaks.
 */
final class ClusterAlerts {
    static final String KIND_BLIND = "ClusterKindBlind";
    static final String TELEMETRY_STALE = "ClusterTelemetryStale";

    private final Rules rules;
    private final Voice voice;
    /** When the last mark of a cluster was processed, by the wall clock; restart begins anew: a backlog is not stale. */
    private final Map<String, Instant> lastMark = new HashMap<>();

    private final Set<String> markedSinceTick = new HashSet<>();

    ClusterAlerts(Rules rules, Voice voice) {
        this.rules = rules;
        this.voice = voice;
    }

    void marked(String cluster) {
        markedSinceTick.add(cluster);
    }

    ClusterState judgeKinds(ClusterState before, ClusterState now, Instant watermark) {
        Duration hold = rules.kindBlindHold();
        return now.changeKinds(kind -> judgeKind(before.kind(kind.kind()), kind, now, hold, watermark));
    }

    private KindState judgeKind(
            KindState before, KindState kind, ClusterState cluster, @Nullable Duration hold, Instant watermark) {
        Instant since = kind.blindSince();
        boolean blind = hold != null && since != null && !watermark.isBefore(since.plus(hold));
        if (hold != null && since != null && blind && !kind.blindFired() && cluster.home()) {
            sayKind(Transition.Status.FIRING, cluster, kind.kind(), since, since.plus(hold), watermark, hold, null);
            return kind.withBlindFired(true);
        }
        if (kind.blindFired() && !blind) {
            Instant was = before.blindSince();
            Duration held = hold == null ? Duration.ZERO : hold;
            ResolveReason ended = since == null ? ResolveReason.RECOVERED : ResolveReason.RULE_CHANGED;
            ResolveReason reason = hold == null ? ResolveReason.RULE_REMOVED : ended;
            sayKind(
                    Transition.Status.RESOLVED,
                    cluster,
                    kind.kind(),
                    was == null ? watermark : was,
                    watermark,
                    watermark,
                    held,
                    reason);
            return kind.withBlindFired(false);
        }
        return kind;
    }

    /** Judges silence. Call about once a second. */
    ClusterState tick(ClusterState cluster, Instant now) {
        String name = cluster.cluster();
        boolean marked = markedSinceTick.remove(name);
        Instant last = marked ? now : lastMark.getOrDefault(name, now);
        lastMark.put(name, last);
        Duration hold = cluster.probed() ? rules.telemetryStaleHold() : rules.telemetryStaleHoldUnprobed();
        boolean stale = hold != null && cluster.home() && !cluster.gone() && !now.isBefore(last.plus(hold));
        if (hold != null && stale && cluster.staleSince() == null) {
            sayStale(Transition.Status.FIRING, cluster, last, last.plus(hold), now, hold, null);
            return cluster.withStaleSince(last);
        }
        Instant since = cluster.staleSince();
        if (since != null && (marked || hold == null)) {
            Duration held = hold == null ? Duration.ZERO : hold;
            ResolveReason reason = hold == null ? ResolveReason.RULE_REMOVED : ResolveReason.RECOVERED;
            sayStale(Transition.Status.RESOLVED, cluster, since, now, now, held, reason);
            return cluster.withStaleSince(null);
        }
        return cluster;
    }

    /** The cluster is gone for good: what is said of it resolves, and need not be kept. */
    void remove(ClusterState cluster, Instant at) {
        for (KindState kind : cluster.kinds().values()) {
            if (kind.blindFired()) {
                Instant since = kind.blindSince() == null ? at : kind.blindSince();
                sayKind(
                        Transition.Status.RESOLVED,
                        cluster,
                        kind.kind(),
                        since,
                        at,
                        at,
                        Duration.ZERO,
                        ResolveReason.CLUSTER_REMOVED);
                voice.forgetAlert(Transition.identity(KIND_BLIND, cluster.cluster(), kind.kind()));
            }
        }
        if (cluster.staleSince() != null) {
            sayStale(
                    Transition.Status.RESOLVED,
                    cluster,
                    cluster.staleSince(),
                    at,
                    at,
                    Duration.ZERO,
                    ResolveReason.CLUSTER_REMOVED);
            voice.forgetAlert(Transition.identity(TELEMETRY_STALE, cluster.cluster(), ""));
        }
        lastMark.remove(cluster.cluster());
    }

    private void sayKind(
            Transition.Status status,
            ClusterState cluster,
            String kind,
            Instant since,
            Instant at,
            Instant decidedAt,
            Duration hold,
            @Nullable ResolveReason reason) {
        SortedMap<String, String> labels = new TreeMap<>(Map.of("resource_kind", kind));
        voice.say(transition(KIND_BLIND, status, cluster, since, at, decidedAt, hold, reason, labels));
    }

    private void sayStale(
            Transition.Status status,
            ClusterState cluster,
            Instant since,
            Instant at,
            Instant decidedAt,
            Duration hold,
            @Nullable ResolveReason reason) {
        voice.say(transition(TELEMETRY_STALE, status, cluster, since, at, decidedAt, hold, reason, new TreeMap<>()));
    }

    private static Transition transition(
            String alert,
            Transition.Status status,
            ClusterState cluster,
            Instant since,
            Instant at,
            Instant decidedAt,
            Duration hold,
            @Nullable ResolveReason reason,
            SortedMap<String, String> labels) {
        Severity severity = alert.equals(TELEMETRY_STALE) ? Severity.CRITICAL : Severity.WARNING;
        return new Transition(
                alert,
                status,
                cluster.cluster(),
                null,
                null,
                severity,
                since,
                at,
                decidedAt,
                hold,
                Duration.ZERO,
                false,
                false,
                null,
                reason,
                labels,
                null,
                List.of(),
                List.of(),
                null,
                null,
                null,
                null);
    }
}
