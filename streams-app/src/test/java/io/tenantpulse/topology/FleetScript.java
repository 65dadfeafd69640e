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
import io.tenantpulse.v1.PodFacts;
import io.tenantpulse.v1.Readiness;
import io.tenantpulse.v1.ResourceObserved;
import io.tenantpulse.v1.TenantObserved;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** The log of a cluster with many tenants, each with one deployment, told by seconds after noon. */
final class FleetScript {
    private static final List<String> KINDS = List.of(LogScript.TENANT, "Deployment.apps", "Pod");

    private final String cluster;
    private final Consumer<LogScript.Line> log;
    private long sequence;

    FleetScript(String cluster, Consumer<LogScript.Line> log) {
        this.cluster = cluster;
        this.log = log;
    }

    /** An exporter starts and finds so many tenants of each template, all of them well. */
    void begin(long at, int tenants, String... templates) {
        mark(at, ClusterMark.newBuilder().setType(MarkType.EPOCH).setInstance("test"));
        for (String kind : KINDS) {
            mark(at, ClusterMark.newBuilder().setType(MarkType.SYNC_BEGIN).setKind(kind));
            long frame = sequence;
            for (String template : templates) {
                for (int i = 0; i < tenants; i++) {
                    if (kind.equals(LogScript.TENANT)) {
                        tenant(at, template, i, Change.SNAPSHOT, true, 1L);
                    } else if (kind.equals("Deployment.apps")) {
                        deployment(at, template, i, Change.SNAPSHOT, true);
                    }
                }
            }
            mark(
                    at,
                    ClusterMark.newBuilder()
                            .setType(MarkType.SYNC_END)
                            .setKind(kind)
                            .setFrame(new FrameId(1L, frame)));
        }
        watermark(at);
    }

    /** A new generation of the template reaches a tenant, whose pod can't pull the new image. */
    void breakBy(long at, String template, int number, long generation) {
        breakBy(at, template, number, generation, "registry.example/" + template + ":8");
    }

    void breakBy(long at, String template, int number, long generation, String image) {
        tenant(at, template, number, Change.MODIFIED, false, generation);
        deployment(at, template, number, Change.MODIFIED, false);
        pod(at, template, number, image);
    }

    void deleted(long at, String template, int number) {
        tenant(at, template, number, Change.DELETED, true, 1L);
    }

    /** It is removed for good. */
    void gone(long at) {
        mark(at, ClusterMark.newBuilder().setType(MarkType.CLUSTER_GONE));
    }

    /** The tenant is as the operator says, in its present generation. */
    void tenant(long at, String template, int number, boolean ready) {
        tenant(at, template, number, Change.MODIFIED, ready, 1L);
        deployment(at, template, number, Change.MODIFIED, ready);
    }

    void watermark(long at) {
        mark(
                at,
                ClusterMark.newBuilder()
                        .setType(MarkType.WATERMARK)
                        .setWatermark(LogScript.second(at))
                        .setCoverage(KINDS.stream()
                                .map(kind -> new KindCoverage(kind, KindState.LIVE))
                                .toList()));
    }

    private void mark(long at, ClusterMark.Builder mark) {
        log.accept(new LogScript.Line(
                cluster,
                mark.setCluster(cluster).setEpoch(1L).setSequence(++sequence).build(),
                LogScript.second(at)));
    }

    private void tenant(long at, String template, int number, Change change, boolean ready, long generation) {
        String name = template + '-' + number;
        Instant now = LogScript.second(at);
        String reason = ready ? "Reconciled" : "NotAllResourcesReady";
        Dependency needs =
                new Dependency("api", "apps", "Deployment", "shop", name, List.of(), true, 300, "WhenNeeded");
        log.accept(new LogScript.Line(
                key(name),
                TenantObserved.newBuilder()
                        .setCluster(cluster)
                        .setEpoch(1L)
                        .setSequence(++sequence)
                        .setChange(change)
                        .setKind("Tenant")
                        .setNamespace("shop")
                        .setName(name)
                        .setUid("uid-" + name)
                        .setResourceVersion("" + sequence)
                        .setCreatedAt(LogScript.NOON.minus(Duration.ofDays(1)))
                        .setGeneration(generation)
                        .setTemplate(template)
                        .setTemplateGeneration(generation)
                        .setRegistry("prod")
                        .setReady(ready ? 1 : 0)
                        .setDesired(1)
                        .setFailed(0)
                        .setConditions(List.of(new Condition("Ready", ready ? "True" : "False", reason, null, now)))
                        .setDependencies(change == Change.SNAPSHOT ? List.of(needs) : null)
                        .build(),
                now));
    }

    private void deployment(long at, String template, int number, Change change, boolean ready) {
        String name = template + '-' + number;
        resource(at, name, "apps", "Deployment", name, change, ready, null);
    }

    private void pod(long at, String template, int number, String image) {
        String name = template + '-' + number;
        Container container = Container.newBuilder()
                .setName("main")
                .setImage(image)
                .setState("waiting")
                .setReason("ImagePullBackOff")
                .build();
        PodFacts facts = PodFacts.newBuilder()
                .setPhase("Pending")
                .setContainers(List.of(container))
                .build();
        resource(at, name, "", "Pod", name + "-x1", Change.ADDED, false, facts);
    }

    private void resource(
            long at,
            String tenant,
            String group,
            String kind,
            String name,
            Change change,
            boolean ready,
            PodFacts pod) {
        log.accept(new LogScript.Line(
                key(tenant),
                ResourceObserved.newBuilder()
                        .setCluster(cluster)
                        .setEpoch(1L)
                        .setSequence(++sequence)
                        .setChange(change)
                        .setTenantKind("Tenant")
                        .setTenantNamespace("shop")
                        .setTenantName(tenant)
                        .setGroup(group)
                        .setKind(kind)
                        .setNamespace("shop")
                        .setName(name)
                        .setUid("uid-" + kind + name)
                        .setResourceId("api")
                        .setReadiness(ready ? Readiness.READY : Readiness.NOT_READY)
                        .setPod(pod)
                        .build(),
                LogScript.second(at)));
    }

    private String key(String tenant) {
        return cluster + "/shop/Tenant/" + tenant;
    }
}
