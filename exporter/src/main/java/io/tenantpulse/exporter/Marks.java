package io.tenantpulse.exporter;

import io.tenantpulse.v1.ClusterMark;
import io.tenantpulse.v1.FrameId;
import io.tenantpulse.v1.KindCoverage;
import io.tenantpulse.v1.KindState;
import io.tenantpulse.v1.MarkType;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Builds the marks of one cluster, each as ClusterMark.avsc words it; position is set by the log. */
final class Marks {
    private Marks() {}

    static ClusterMark.Builder epoch(String instance) {
        return of(MarkType.EPOCH).setInstance(instance);
    }

    static ClusterMark.Builder syncBegin(WatchedKind kind, boolean fromMemory, long skewMillis) {
        return of(MarkType.SYNC_BEGIN)
                .setKind(kind.name())
                .setFromMemory(fromMemory)
                .setSkewMillis(skewMillis);
    }

    /** @param frame null: no frame, the kind has only been seen */
    static ClusterMark.Builder syncEnd(WatchedKind kind, @Nullable FrameId frame) {
        return of(MarkType.SYNC_END).setKind(kind.name()).setFrame(frame);
    }

    static ClusterMark.Builder gap(List<WatchedKind> kinds, @Nullable Instant from, Instant to, boolean resumed) {
        return of(MarkType.GAP)
                .setKinds(kinds.stream().map(WatchedKind::name).sorted().toList())
                .setFrom(from)
                .setTo(to)
                .setResumed(resumed);
    }

    static ClusterMark.Builder watermark(Instant time, boolean probed, Map<WatchedKind, KindState> coverage) {
        return of(MarkType.WATERMARK)
                .setWatermark(time)
                .setProbed(probed)
                .setCoverage(coverage.entrySet().stream()
                        .map(each -> new KindCoverage(each.getKey().name(), each.getValue()))
                        .sorted(Comparator.comparing(KindCoverage::getKind))
                        .toList());
    }

    static ClusterMark.Builder gone() {
        return of(MarkType.CLUSTER_GONE);
    }

    private static ClusterMark.Builder of(MarkType type) {
        // Lists are set here, for Avro's own way to find their defaults is slow and wants to be trusted with classes.
        return ClusterMark.newBuilder().setType(type).setKinds(List.of()).setCoverage(List.of());
    }
}
