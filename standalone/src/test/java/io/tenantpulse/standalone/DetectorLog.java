package io.tenantpulse.standalone;

import io.tenantpulse.v1.Change;
import io.tenantpulse.v1.ClusterMark;
import io.tenantpulse.v1.Condition;
import io.tenantpulse.v1.FrameId;
import io.tenantpulse.v1.KindCoverage;
import io.tenantpulse.v1.KindState;
import io.tenantpulse.v1.MarkType;
import io.tenantpulse.v1.TenantObserved;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** One cluster's part of the log as an exporter writes it, told by seconds after a base. */
final class DetectorLog {
    /** Lately, for a real broker deletes what is older than the topics' retention, in the middle of a test. */
    private static final Instant BASE =
            Instant.now().truncatedTo(ChronoUnit.SECONDS).minus(Duration.ofHours(2));

    static final String TENANT = "Tenant.operator.kubernetes-tenants.org";

    private final List<Line> lines = new ArrayList<>();
    private final String cluster;
    private final long epoch;
    private long sequence;
    private long frame;

    record Line(String key, SpecificRecord value, Instant timestamp) {}

    DetectorLog(String cluster, long epoch) {
        this.cluster = cluster;
        this.epoch = epoch;
    }

    static Instant second(long seconds) {
        return BASE.plusSeconds(seconds);
    }

    /** An exporter starts: it claims its epoch and lists the tenants, all ready. */
    DetectorLog begin(long at, String... tenants) {
        beginFrame(at);
        for (String tenant : tenants) {
            snapshot(at, tenant, 3, 3);
        }
        return endFrame(at);
    }

    /** An exporter starts and begins its list. */
    DetectorLog beginFrame(long at) {
        mark(at, ClusterMark.newBuilder().setType(MarkType.EPOCH).setInstance("test"));
        mark(at, ClusterMark.newBuilder().setType(MarkType.SYNC_BEGIN).setKind(TENANT));
        frame = sequence;
        return this;
    }

    DetectorLog snapshot(long at, String tenant, int ready, int desired) {
        return tenant(at, tenant, Change.SNAPSHOT, ready, desired);
    }

    DetectorLog endFrame(long at) {
        ClusterMark.Builder end =
                ClusterMark.newBuilder().setType(MarkType.SYNC_END).setKind(TENANT);
        return mark(at, end.setFrame(new FrameId(epoch, frame))).watermark(at);
    }

    DetectorLog counts(long at, String tenant, int ready, int desired) {
        return tenant(at, tenant, Change.MODIFIED, ready, desired);
    }

    /** Watermarks every five seconds, the last at {@code to}. */
    DetectorLog watermarks(long from, long to) {
        for (long at = from; at <= to; at += 5) {
            watermark(at);
        }
        return this;
    }

    DetectorLog watermark(long at) {
        return mark(
                at,
                ClusterMark.newBuilder()
                        .setType(MarkType.WATERMARK)
                        .setWatermark(second(at))
                        .setCoverage(List.of(new KindCoverage(TENANT, KindState.LIVE))));
    }

    /** What was written since the last call. */
    List<Line> drain() {
        List<Line> result = List.copyOf(lines);
        lines.clear();
        return result;
    }

    private DetectorLog mark(long at, ClusterMark.Builder mark) {
        return add(
                at,
                cluster,
                mark.setCluster(cluster).setEpoch(epoch).setSequence(++sequence).build());
    }

    private DetectorLog tenant(long at, String name, Change change, int ready, int desired) {
        String status = ready == desired ? "True" : "False";
        String reason = ready == desired ? "Reconciled" : "NotAllResourcesReady";
        return add(
                at,
                cluster + "/tenants/Tenant/" + name,
                TenantObserved.newBuilder()
                        .setCluster(cluster)
                        .setEpoch(epoch)
                        .setSequence(++sequence)
                        .setChange(change)
                        .setKind("Tenant")
                        .setNamespace("tenants")
                        .setName(name)
                        .setUid("uid-" + name)
                        .setResourceVersion("" + sequence)
                        .setCreatedAt(BASE.minus(Duration.ofDays(1)))
                        .setReady(ready)
                        .setDesired(desired)
                        .setFailed(0)
                        .setConditions(List.of(new Condition("Ready", status, reason, null, second(at))))
                        .setDependencies(change == Change.SNAPSHOT ? List.of() : null)
                        .build());
    }

    private DetectorLog add(long at, String key, SpecificRecord value) {
        lines.add(new Line(key, value, second(at)));
        return this;
    }
}
