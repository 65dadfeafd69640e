package io.tenantpulse.bench;

import io.tenantpulse.detect.Change;
import io.tenantpulse.detect.KindCoverage;
import io.tenantpulse.detect.Observation;
import io.tenantpulse.detect.Position;
import io.tenantpulse.model.Condition;
import io.tenantpulse.model.Container;
import io.tenantpulse.model.Counts;
import io.tenantpulse.model.Dependency;
import io.tenantpulse.model.Facts;
import io.tenantpulse.model.ObjectId;
import io.tenantpulse.model.PodFacts;
import io.tenantpulse.model.Readiness;
import io.tenantpulse.model.Replicas;
import io.tenantpulse.model.TenantFacts;
import io.tenantpulse.model.TenantId;
import io.tenantpulse.topology.DetectorRig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Tenants of one cluster whose resources are Deployments with one pod each, some of which depend one on the other in a chain. */
final class LargeTenant {
    private static final String CLUSTER = "c1";
    private static final String TENANT = "Tenant.operator.kubernetes-tenants.org";
    private static final String DEPLOYMENT = "Deployment.apps";
    private static final String POD = "Pod";
    private static final Map<String, KindCoverage> LIVE =
            Map.of(TENANT, KindCoverage.LIVE, DEPLOYMENT, KindCoverage.LIVE, POD, KindCoverage.LIVE);
    private static final Duration TIMEOUT = Duration.ofMinutes(5);

    private final DetectorRig detector;
    private final int resources;
    private final int chain;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private long sequence;

    /** @param chain how many of the resources stand in the chain */
    LargeTenant(DetectorRig detector, int resources, int chain) {
        this.detector = detector;
        this.resources = resources;
        this.chain = chain;
    }

    static TenantId id(int tenant) {
        return new TenantId(CLUSTER, "ns", "Tenant", "t" + tenant);
    }

    /** The first frames of so many tenants, all well. */
    void begin(int tenants) {
        send(new Observation.EpochClaimed(CLUSTER, next(), now, "bench"));
        Position frame = begun(TENANT);
        for (int tenant = 0; tenant < tenants; tenant++) {
            counts(tenant, resources, Change.SNAPSHOT, dependencies());
        }
        ended(TENANT, frame);
        frame = begun(DEPLOYMENT);
        for (int tenant = 0; tenant < tenants; tenant++) {
            for (int i = 0; i < resources; i++) {
                deployment(tenant, i, true, Change.SNAPSHOT);
            }
        }
        ended(DEPLOYMENT, frame);
        frame = begun(POD);
        for (int tenant = 0; tenant < tenants; tenant++) {
            for (int i = 0; i < resources; i++) {
                pod(tenant, i, null, Change.SNAPSHOT);
            }
        }
        ended(POD, frame);
        watermark(Duration.ZERO);
    }

    private Position begun(String kind) {
        Position frame = next();
        send(new Observation.SyncBegin(CLUSTER, frame, now, kind, false, 0));
        return frame;
    }

    private void ended(String kind, Position frame) {
        send(new Observation.SyncEnd(CLUSTER, next(), now, kind, frame));
    }

    /** The cluster's time goes on by so much, and nothing was seen. */
    void watermark(Duration by) {
        now = now.plus(by);
        send(new Observation.Watermark(CLUSTER, next(), now, now, true, LIVE));
    }

    /** The operator counts so many ready. */
    void counts(int tenant, int ready) {
        counts(tenant, ready, Change.MODIFIED, null);
    }

    private void counts(int tenant, int ready, Change change, @Nullable List<Dependency> dependencies) {
        boolean well = ready == resources;
        Condition condition = new Condition(
                "Ready",
                well ? "True" : "False",
                well ? "Reconciled" : "NotAllResourcesReady",
                well ? null : ready + "/" + resources + " resources are ready",
                now);
        List<String> applied = new ArrayList<>();
        for (int i = 0; i < resources; i++) {
            applied.add(name(i));
        }
        TenantFacts facts = new TenantFacts(
                now.minus(Duration.ofDays(1)),
                null,
                1L,
                null,
                new Counts(ready, resources, 0),
                List.of(condition),
                applied,
                List.of(),
                "web",
                1L,
                "registry",
                null);
        send(new Observation.OfTenant(
                id(tenant), next(), now, change, "uid-t" + tenant, version(), facts, dependencies));
    }

    private List<Dependency> dependencies() {
        List<Dependency> all = new ArrayList<>();
        for (int i = 0; i < resources; i++) {
            List<String> needs = i > 0 && i < chain ? List.of(name(i - 1)) : List.of();
            all.add(new Dependency(name(i), object("apps", "Deployment", name(i)), needs, true, TIMEOUT, false));
        }
        return all;
    }

    void deployment(int tenant, int i, boolean ready) {
        deployment(tenant, i, ready, Change.MODIFIED);
    }

    private void deployment(int tenant, int i, boolean ready, Change change) {
        int up = ready ? 1 : 0;
        Facts facts = new Facts(
                null,
                null,
                List.of(
                        new Condition("Available", ready ? "True" : "False", "MinimumReplicasAvailable", null, now),
                        new Condition("Progressing", "True", "NewReplicaSetAvailable", null, now)),
                new Replicas(1, 1, 1, up, up, 3L, 3L),
                null,
                null,
                null,
                null,
                List.of("registry.example.com/team/app:1.2.3"));
        send(new Observation.OfResource(
                id(tenant),
                next(),
                now,
                change,
                object("apps", "Deployment", name(i)),
                "uid-t" + tenant + "-d" + i,
                version(),
                name(i),
                true,
                ready ? Readiness.READY : Readiness.NOT_READY,
                ready ? null : "TooFewAvailable",
                now.minus(Duration.ofDays(1)),
                facts));
    }

    /** @param waiting reason for which its container waits; null: it runs */
    void pod(int tenant, int i, @Nullable String waiting) {
        pod(tenant, i, waiting, Change.MODIFIED);
    }

    private void pod(int tenant, int i, @Nullable String waiting, Change change) {
        boolean ready = waiting == null;
        Container container = new Container(
                "app",
                false,
                "registry.example.com/team/app:1.2.3",
                ready,
                0,
                ready ? "running" : "waiting",
                waiting,
                null,
                null,
                null,
                ready ? now : null);
        Facts facts = new Facts(
                "uid-t" + tenant + "-d" + i,
                null,
                List.of(
                        new Condition("Initialized", "True", null, null, now),
                        new Condition("PodScheduled", "True", null, null, now),
                        new Condition("Ready", ready ? "True" : "False", "ContainersNotReady", null, now)),
                null,
                new PodFacts(ready ? "Running" : "Pending", null, "node-1", true, List.of(container)),
                null,
                null,
                null,
                List.of());
        send(new Observation.OfResource(
                id(tenant),
                next(),
                now,
                change,
                object("", "Pod", name(i) + "-6d5c7b-x2x7k"),
                "uid-t" + tenant + "-p" + i,
                version(),
                name(i),
                true,
                ready ? Readiness.READY : Readiness.NOT_READY,
                null,
                now.minus(Duration.ofDays(1)),
                facts));
    }

    private static String name(int i) {
        return "service-" + i;
    }

    private static ObjectId object(String group, String kind, String name) {
        return new ObjectId(group, kind, "ns", name);
    }

    private String version() {
        return String.valueOf(sequence);
    }

    private Position next() {
        return new Position(1, ++sequence);
    }

    private void send(Observation news) {
        now = now.plusMillis(1);
        detector.on(news);
    }
}
