package io.tenantpulse.topology;

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
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** One cluster's part of the log as an exporter writes it, told by seconds after noon. */
final class LogScript {
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    static final String TENANT = "Tenant.operator.kubernetes-tenants.org";

    final List<Line> lines = new ArrayList<>();
    private final String cluster;
    private final long epoch;
    private long sequence;

    record Line(String key, SpecificRecord value, Instant timestamp) {}

    LogScript(String cluster, long epoch) {
        this.cluster = cluster;
        this.epoch = epoch;
    }

    static Instant second(long seconds) {
        return NOON.plusSeconds(seconds);
    }

    /** An exporter starts: it claims its epoch and lists the tenants, of which there is one per name, all ready. */
    LogScript begin(long at, String... tenants) {
        mark(at, ClusterMark.newBuilder().setType(MarkType.EPOCH).setInstance("test"));
        mark(at, ClusterMark.newBuilder().setType(MarkType.SYNC_BEGIN).setKind(TENANT));
        long frame = sequence;
        for (String tenant : tenants) {
            tenant(at, tenant, Change.SNAPSHOT, 3, 3);
        }
        mark(
                at,
                ClusterMark.newBuilder()
                        .setType(MarkType.SYNC_END)
                        .setKind(TENANT)
                        .setFrame(new FrameId(epoch, frame)));
        return watermark(at);
    }

    LogScript counts(long at, String tenant, int ready, int desired) {
        return tenant(at, tenant, Change.MODIFIED, ready, desired);
    }

    /** Watermarks every five seconds, the last at {@code to}. */
    LogScript watermarks(long from, long to) {
        for (long at = from; at <= to; at += 5) {
            watermark(at);
        }
        return this;
    }

    LogScript watermark(long at) {
        return mark(
                at,
                ClusterMark.newBuilder()
                        .setType(MarkType.WATERMARK)
                        .setWatermark(second(at))
                        .setCoverage(List.of(new KindCoverage(TENANT, KindState.LIVE))));
    }

    LogScript gone(long at) {
        return mark(at, ClusterMark.newBuilder().setType(MarkType.CLUSTER_GONE));
    }

    private LogScript mark(long at, ClusterMark.Builder mark) {
        return add(
                at,
                cluster,
                mark.setCluster(cluster).setEpoch(epoch).setSequence(++sequence).build());
    }

    private LogScript tenant(long at, String name, Change change, int ready, int desired) {
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
                        .setCreatedAt(NOON.minus(Duration.ofDays(1)))
                        .setReady(ready)
                        .setDesired(desired)
                        .setFailed(0)
                        .setConditions(List.of(new Condition("Ready", status, reason, null, second(at))))
                        .setDependencies(change == Change.SNAPSHOT ? List.of() : null)
                        .build());
    }

    private LogScript add(long at, String key, SpecificRecord value) {
        lines.add(new Line(key, value, second(at)));
        return this;
    }
}
