package io.tenantpulse.bench.oracle;

import io.tenantpulse.v1.ClusterMark;
import io.tenantpulse.v1.FrameId;
import io.tenantpulse.v1.KindCoverage;
import io.tenantpulse.v1.KindState;
import io.tenantpulse.v1.MarkType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Writes one cluster's part of the log: gives every record its place and every mark its form. */
final class ClusterWriter {
    private final String cluster;
    private final List<LogEntry> log = new ArrayList<>();
    private long epoch;
    private long sequence;

    ClusterWriter(String cluster) {
        this.cluster = cluster;
    }

    String cluster() {
        return cluster;
    }

    long epoch() {
        return epoch;
    }

    List<LogEntry> log() {
        return log;
    }

    void claim(Instant at, long number) {
        epoch = number;
        sequence = 0;
        mark(at, ClusterMark.newBuilder().setType(MarkType.EPOCH).setInstance("exporter-" + number));
    }

    /** Begins a frame; its sequence is its name. */
    long begin(Instant at, String kind, boolean fromMemory, long skewMillis) {
        mark(
                at,
                ClusterMark.newBuilder()
                        .setType(MarkType.SYNC_BEGIN)
                        .setKind(kind)
                        .setFromMemory(fromMemory)
                        .setSkewMillis(skewMillis));
        return sequence;
    }

    void end(Instant at, String kind, long frame) {
        mark(
                at,
                ClusterMark.newBuilder()
                        .setType(MarkType.SYNC_END)
                        .setKind(kind)
                        .setFrame(new FrameId(epoch, frame)));
    }

    void gap(Instant at, List<String> kinds, @Nullable Instant from, Instant to, boolean resumed) {
        mark(
                at,
                ClusterMark.newBuilder()
                        .setType(MarkType.GAP)
                        .setKinds(kinds)
                        .setFrom(from)
                        .setTo(to)
                        .setResumed(resumed));
    }

    void watermark(Instant at, Instant time, Map<String, KindState> coverage) {
        List<KindCoverage> list = new ArrayList<>();
        coverage.forEach((kind, state) -> list.add(new KindCoverage(kind, state)));
        mark(
                at,
                ClusterMark.newBuilder()
                        .setType(MarkType.WATERMARK)
                        .setWatermark(time)
                        .setCoverage(list));
    }

    void gone(Instant at) {
        mark(at, ClusterMark.newBuilder().setType(MarkType.CLUSTER_GONE));
    }

    /** Takes over a record, which gets its place. */
    void put(Instant at, SpecificRecord record) {
        record.put(record.getSchema().getField("cluster").pos(), cluster);
        record.put(record.getSchema().getField("epoch").pos(), epoch);
        record.put(record.getSchema().getField("sequence").pos(), ++sequence);
        log.add(new LogEntry(at, record));
    }

    /** A record that stands there is sent once more. */
    void again(LogEntry entry) {
        log.add(entry);
    }

    /** An exporter that does not know yet that it was superseded writes. */
    void fromZombie(Instant at, SpecificRecord record, long itsEpoch) {
        long mine = epoch;
        long next = sequence;
        epoch = itsEpoch;
        sequence += 1_000_000;
        put(at, record);
        epoch = mine;
        sequence = next;
    }

    private void mark(Instant at, ClusterMark.Builder mark) {
        put(at, mark.setCluster(cluster).setEpoch(epoch).setSequence(0).build());
    }
}
