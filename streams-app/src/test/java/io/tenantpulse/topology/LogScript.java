package io.tenantpulse.topology;

import io.tenantpulse.v1.Change;
import io.tenantpulse.v1.ClusterMark;
import io.tenantpulse.v1.Condition;
import io.tenantpulse.v1.Container;
import io.tenantpulse.v1.Dependency;
import io.tenantpulse.v1.FrameId;
import io.tenantpulse.v1.KindCoverage;
import io.tenantpulse.v1.KindState;
import io.tenantpulse.v1.MarkType;
import io.tenantpulse.v1.ObjectRef;
import io.tenantpulse.v1.PodFacts;
import io.tenantpulse.v1.Readiness;
import io.tenantpulse.v1.RegistryObserved;
import io.tenantpulse.v1.ResourceObserved;
import io.tenantpulse.v1.TenantObserved;
import io.tenantpulse.v1.WarningObserved;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** One cluster's part of the log as an exporter writes it, told by seconds after noon. */
final class LogScript {
    static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    static final String TENANT = "Tenant.operator.kubernetes-tenants.org";

    private static final String REGISTRY = "TenantRegistry.operator.kubernetes-tenants.org";

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
                        .setCoverage(List.of(
                                new KindCoverage(TENANT, KindState.LIVE), new KindCoverage(REGISTRY, KindState.LIVE))));
    }

    LogScript gone(long at) {
        return mark(at, ClusterMark.newBuilder().setType(MarkType.CLUSTER_GONE));
    }

    /** A registry as a frame of its kind shows it. */
    LogScript registry(long at, String name, int ready, int desired, int failed) {
        mark(at, ClusterMark.newBuilder().setType(MarkType.SYNC_BEGIN).setKind(REGISTRY));
        long frame = sequence;
        add(
                at,
                cluster + "/ops/TenantRegistry/" + name,
                RegistryObserved.newBuilder()
                        .setCluster(cluster)
                        .setEpoch(epoch)
                        .setSequence(++sequence)
                        .setChange(Change.SNAPSHOT)
                        .setKind("TenantRegistry")
                        .setNamespace("ops")
                        .setName(name)
                        .setUid("uid-" + name)
                        .setReady(ready)
                        .setDesired(desired)
                        .setFailed(failed)
                        .build());
        return mark(
                at,
                ClusterMark.newBuilder()
                        .setType(MarkType.SYNC_END)
                        .setKind(REGISTRY)
                        .setFrame(new FrameId(epoch, frame)));
    }

    private LogScript mark(long at, ClusterMark.Builder mark) {
        return add(
                at,
                cluster,
                mark.setCluster(cluster).setEpoch(epoch).setSequence(++sequence).build());
    }

    LogScript tenant(long at, String name, Change change, int ready, int desired) {
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

    /** A tenant that needs a deployment, which is there and whose pod can't pull its image. */
    LogScript needing(long at, String tenant, String deployment) {
        ObjectRef pod = new ObjectRef("", "Pod", "tenants", deployment + "-1", null);
        tenant(at, tenant, Change.ADDED, 0, 1);
        Line bare = lines.remove(lines.size() - 1);
        List<Dependency> spec = List.of(new Dependency(
                deployment, "apps", "Deployment", "tenants", deployment, List.of(), true, 300, "WhenNeeded"));
        TenantObserved whole = TenantObserved.newBuilder((TenantObserved) bare.value())
                .setDependencies(spec)
                .build();
        lines.add(new Line(bare.key(), whole, bare.timestamp()));
        Container container = Container.newBuilder()
                .setName("main")
                .setImage("img:1")
                .setState("waiting")
                .setReason("ImagePullBackOff")
                .build();
        resource(at, tenant, new ObjectRef("apps", "Deployment", "tenants", deployment, null), deployment, null);
        return resource(
                        at,
                        tenant,
                        pod,
                        deployment,
                        PodFacts.newBuilder()
                                .setPhase("Pending")
                                .setContainers(List.of(container))
                                .build())
                .warning(at, tenant, pod);
    }

    private LogScript resource(long at, String tenant, ObjectRef object, String id, @Nullable PodFacts pod) {
        return add(
                at,
                cluster + "/tenants/Tenant/" + tenant,
                ResourceObserved.newBuilder()
                        .setCluster(cluster)
                        .setEpoch(epoch)
                        .setSequence(++sequence)
                        .setChange(Change.ADDED)
                        .setTenantKind("Tenant")
                        .setTenantNamespace("tenants")
                        .setTenantName(tenant)
                        .setGroup(object.getGroup())
                        .setKind(object.getKind())
                        .setNamespace(object.getNamespace())
                        .setName(object.getName())
                        .setUid("uid-" + object.getKind())
                        .setResourceId(id)
                        .setReadiness(Readiness.NOT_READY)
                        .setPod(pod)
                        .build());
    }

    private LogScript warning(long at, String tenant, ObjectRef object) {
        return add(
                at,
                cluster + "/tenants/Tenant/" + tenant,
                WarningObserved.newBuilder()
                        .setCluster(cluster)
                        .setEpoch(epoch)
                        .setSequence(++sequence)
                        .setTenantKind("Tenant")
                        .setTenantNamespace("tenants")
                        .setTenantName(tenant)
                        .setUid("event-1")
                        .setObject(object)
                        .setReason("Failed")
                        .setMessage("Error: ImagePullBackOff")
                        .build());
    }

    private LogScript add(long at, String key, SpecificRecord value) {
        lines.add(new Line(key, value, second(at)));
        return this;
    }
}
