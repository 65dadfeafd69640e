package io.tenantpulse.topology.serde;

import io.tenantpulse.detect.KindCoverage;
import io.tenantpulse.detect.Observation;
import io.tenantpulse.detect.Position;
import io.tenantpulse.schema.UndecodableRecordException;
import io.tenantpulse.v1.ClusterMark;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns statements about a cluster into what the detector understands; what a statement lacks makes it undecodable. */
final class Marks {
    private Marks() {}

    static Observation of(ClusterMark mark, Instant observedAt) {
        String cluster = mark.getCluster();
        Position position = new Position(mark.getEpoch(), mark.getSequence());
        return switch (mark.getType()) {
            case EPOCH ->
                new Observation.EpochClaimed(
                        cluster, position, observedAt, mark.getInstance() == null ? "" : mark.getInstance());
            case SYNC_BEGIN ->
                new Observation.SyncBegin(
                        cluster,
                        position,
                        observedAt,
                        needed(mark.getKind(), mark, "kind"),
                        mark.getFromMemory(),
                        mark.getSkewMillis());
            case SYNC_END ->
                new Observation.SyncEnd(
                        cluster, position, observedAt, needed(mark.getKind(), mark, "kind"), frame(mark));
            case GAP ->
                new Observation.Gap(
                        cluster,
                        position,
                        observedAt,
                        List.copyOf(mark.getKinds()),
                        mark.getFrom(),
                        needed(mark.getTo(), mark, "to"),
                        mark.getResumed());
            case WATERMARK ->
                new Observation.Watermark(
                        cluster,
                        position,
                        observedAt,
                        needed(mark.getWatermark(), mark, "watermark"),
                        mark.getProbed(),
                        coverage(mark));
            case CLUSTER_GONE -> new Observation.ClusterGone(cluster, position, observedAt);
            case UNKNOWN ->
                throw new UndecodableRecordException(
                        "a ClusterMark of a type that this version does not know; upgrade this process");
        };
    }

    private static <T> T needed(@Nullable T value, ClusterMark mark, String field) {
        if (value == null) {
            throw new UndecodableRecordException(
                    "a ClusterMark of type " + mark.getType() + " lacks its field " + field);
        }
        return value;
    }

    private static @Nullable Position frame(ClusterMark mark) {
        return mark.getFrame() == null
                ? null
                : new Position(mark.getFrame().getEpoch(), mark.getFrame().getSequence());
    }

    private static Map<String, KindCoverage> coverage(ClusterMark mark) {
        Map<String, KindCoverage> result = new TreeMap<>();
        mark.getCoverage().forEach(kind -> result.put(kind.getKind(), coverage(kind.getState())));
        return result;
    }

    private static KindCoverage coverage(io.tenantpulse.v1.KindState state) {
        return switch (state) {
            case UNKNOWN -> KindCoverage.UNKNOWN;
            case LIVE -> KindCoverage.LIVE;
            case BLIND -> KindCoverage.BLIND;
            case ABSENT -> KindCoverage.ABSENT;
            case FORBIDDEN -> KindCoverage.FORBIDDEN;
        };
    }
}
