package io.tenantpulse.standalone;

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
import io.tenantpulse.v1.ResourceObserved;
import io.tenantpulse.v1.TenantObserved;
import io.tenantpulse.v1.WarningObserved;
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

    private static final String DEPLOYMENT = "Deployment.apps";

    static final String TENANT = "Tenant.operator.kubernetes-tenants.org";

    private final List<KindCoverage> live = new ArrayList<>(List.of(new KindCoverage(TENANT, KindState.LIVE)));
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
                        .setCoverage(List.copyOf(live)));
    }

    /** The tenant's spec from now on: {@code api} waits for {@code db}, which is not ready and whose pod has no image. */
    DetectorLog waitsForAnImage(long at, String tenant) {
        return deployments(at)
                .dependencies(at, tenant)
                .database(at, tenant)
                .pod(at, tenant)
                .warning(at, tenant);
    }

    /** They are listed, and there are none. */
    private DetectorLog deployments(long at) {
        mark(at, ClusterMark.newBuilder().setType(MarkType.SYNC_BEGIN).setKind(DEPLOYMENT));
        live.add(new KindCoverage(DEPLOYMENT, KindState.LIVE));
        ClusterMark.Builder end =
                ClusterMark.newBuilder().setType(MarkType.SYNC_END).setKind(DEPLOYMENT);
        return mark(at, end.setFrame(new FrameId(epoch, sequence)));
    }

    private DetectorLog dependencies(long at, String tenant) {
        TenantObserved observed = (TenantObserved) tenant(at, tenant, Change.MODIFIED, 0, 2)
                .lines
                .remove(lines.size() - 1)
                .value();
        List<Dependency> spec = List.of(
                dependency("db", "apps", "StatefulSet", tenant + "-db", List.of()),
                dependency("api", "apps", "Deployment", tenant + "-api", List.of("db")));
        return add(
                at,
                tenantKey("Tenant", tenant),
                TenantObserved.newBuilder(observed).setDependencies(spec).build());
    }

    private static Dependency dependency(String id, String group, String kind, String name, List<String> needs) {
        return Dependency.newBuilder()
                .setId(id)
                .setGroup(group)
                .setKind(kind)
                .setNamespace("tenants")
                .setName(name)
                .setDependIds(needs)
                .build();
    }

    private DetectorLog database(long at, String tenant) {
        ResourceObserved.Builder set = resource(at, tenant, "StatefulSet", tenant + "-db");
        return add(at, tenantKey("Tenant", tenant), set.setGroup("apps").build());
    }

    private DetectorLog pod(long at, String tenant) {
        Container waiting = Container.newBuilder()
                .setName("db")
                .setImage("db:9")
                .setState("waiting")
                .setReason("ImagePullBackOff")
                .setMessage("Back-off pulling image \u001b[2Jdb:9")
                .build();
        PodFacts facts = PodFacts.newBuilder()
                .setPhase("Pending")
                .setNode("n1")
                .setContainers(List.of(waiting))
                .build();
        ResourceObserved.Builder pod = resource(at, tenant, "Pod", tenant + "-db-0");
        return add(
                at,
                tenantKey("Tenant", tenant),
                pod.setParentUid("uid-" + tenant + "-db").setPod(facts).build());
    }

    private ResourceObserved.Builder resource(long at, String tenant, String kind, String name) {
        return ResourceObserved.newBuilder()
                .setCluster(cluster)
                .setEpoch(epoch)
                .setSequence(++sequence)
                .setChange(Change.ADDED)
                .setTenantKind("Tenant")
                .setTenantNamespace("tenants")
                .setTenantName(tenant)
                .setGroup("")
                .setKind(kind)
                .setNamespace("tenants")
                .setName(name)
                .setUid("uid-" + name)
                .setResourceVersion("" + sequence)
                .setResourceId("db")
                .setReadiness(Readiness.NOT_READY)
                .setCreatedAt(second(at));
    }

    private DetectorLog warning(long at, String tenant) {
        return add(
                at,
                tenantKey("Tenant", tenant),
                WarningObserved.newBuilder()
                        .setCluster(cluster)
                        .setEpoch(epoch)
                        .setSequence(++sequence)
                        .setTenantKind("Tenant")
                        .setTenantNamespace("tenants")
                        .setTenantName(tenant)
                        .setUid("event-1")
                        .setObject(new ObjectRef("", "Pod", "tenants", tenant + "-db-0", null))
                        .setReason("Failed")
                        .setMessage("Failed to pull image db:9")
                        .setCount(4)
                        .setLastAt(second(at))
                        .build());
    }

    /** A LynqNode beside a Tenant of the same name. */
    DetectorLog lynqNode(long at, String name) {
        TenantObserved observed = (TenantObserved) tenant(at, name, Change.SNAPSHOT, 1, 1)
                .lines
                .remove(lines.size() - 1)
                .value();
        TenantObserved.Builder node = TenantObserved.newBuilder(observed).setKind("LynqNode");
        return add(
                at, tenantKey("LynqNode", name), node.setUid("uid-lynq-" + name).build());
    }

    private String tenantKey(String kind, String name) {
        return cluster + "/tenants/" + kind + '/' + name;
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
                tenantKey("Tenant", name),
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
