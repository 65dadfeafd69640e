package io.tenantpulse.standalone.replay;

import io.tenantpulse.detect.Rules;
import io.tenantpulse.exporter.ClusterLog;
import io.tenantpulse.exporter.WatchedKind;
import io.tenantpulse.v1.AlertTransition;
import io.tenantpulse.v1.KindState;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Clusters seen through the real exporter mapping and the real detector, without a broker and in a time of their own. */
public final class FleetReplay {
    private static final long EPOCH = 1;

    private final ReplayedDetector detector;
    private final Map<String, ClusterLog> logs = new HashMap<>();
    private final Map<String, Map<WatchedKind, KindState>> coverage = new HashMap<>();
    private Instant now = Instant.EPOCH;

    public FleetReplay() {
        detector = new ReplayedDetector(Rules.builtIn());
    }

    /** The time of all that is seen from now on; never goes back. */
    public void at(Instant instant) {
        now = instant;
    }

    public void claim(String cluster) {
        ClusterLog log = new ClusterLog(cluster, detector, () -> now, null);
        logs.put(cluster, log);
        coverage.put(cluster, new LinkedHashMap<>());
        log.claimEpoch(EPOCH, "fleet");
    }

    /** A full list of a kind, which is live from now on. */
    public void list(String cluster, WatchedKind kind, List<byte[]> objects) {
        ClusterLog log = logs.get(cluster);
        log.syncBegin(kind, 0, now);
        objects.forEach(each -> log.object(kind, "ADDED", each, 0, each.length, now));
        log.syncEnd(kind, now);
        coverage.get(cluster).put(kind, KindState.LIVE);
    }

    public void event(String cluster, WatchedKind kind, String type, byte[] object) {
        logs.get(cluster).object(kind, type, object, 0, object.length, now);
    }

    /** All of the cluster up to now has been seen. */
    public void watermark(String cluster) {
        logs.get(cluster).watermark(now, true, coverage.get(cluster), now);
    }

    /** The transitions since the last call. */
    public List<AlertTransition> takeTransitions() {
        return detector.takeTransitions();
    }
}
