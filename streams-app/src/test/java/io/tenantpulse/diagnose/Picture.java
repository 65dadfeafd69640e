package io.tenantpulse.diagnose;

import io.tenantpulse.model.ClaimFacts;
import io.tenantpulse.model.Condition;
import io.tenantpulse.model.Container;
import io.tenantpulse.model.Counts;
import io.tenantpulse.model.Dependency;
import io.tenantpulse.model.Facts;
import io.tenantpulse.model.JobFacts;
import io.tenantpulse.model.ObjectId;
import io.tenantpulse.model.PodFacts;
import io.tenantpulse.model.Readiness;
import io.tenantpulse.model.Replicas;
import io.tenantpulse.model.TenantFacts;
import io.tenantpulse.model.TenantId;
import io.tenantpulse.model.Warning;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Draws a tenant named acme, created at {@link #START}, and has it diagnosed. Objects are named {@code acme-ID}, pods
 * {@code acme-ID-N}; a resource has 5 minutes to become ready.
 */
final class Picture {
    static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    static final String IMAGE = "registry.example.com/app:1";

    private final List<Dependency> dependencies = new ArrayList<>();
    private final Map<ObjectId, SeenObject> objects = new LinkedHashMap<>();
    private final List<Warning> warnings = new ArrayList<>();
    private final List<Condition> conditions = new ArrayList<>();
    private final Set<String> unknownKinds = new HashSet<>();
    private final Set<String> blindKinds = new HashSet<>();
    private String kind = "Tenant";
    private @Nullable Counts counts = new Counts(0, 1, 0);
    private List<String> applied = List.of();
    private List<String> skipped = List.of();
    private @Nullable Long generation = 1L;
    private @Nullable Long observedGeneration;
    private @Nullable Instant applyStart;
    private @Nullable Instant deleted;
    private @Nullable String template = "web";
    private Instant now = minute(30);

    static Instant minute(int minute) {
        return START.plus(Duration.ofMinutes(minute));
    }

    Picture now(int minute) {
        now = minute(minute);
        return this;
    }

    Picture lynq() {
        kind = "LynqNode";
        return this;
    }

    Picture template(@Nullable String named) {
        template = named;
        return this;
    }

    Picture counts(int ready, int desired, int failed) {
        counts = new Counts(ready, desired, failed);
        return this;
    }

    Picture withoutStatus() {
        counts = null;
        return this;
    }

    Picture generations(long asked, @Nullable Long seen) {
        generation = asked;
        observedGeneration = seen;
        return this;
    }

    Picture deleted(int minute) {
        deleted = minute(minute);
        return this;
    }

    Picture applyStart(int minute) {
        applyStart = minute(minute);
        return this;
    }

    Picture condition(String type, String status, String reason, String message) {
        conditions.add(new Condition(type, status, reason, message, minute(1)));
        return this;
    }

    Picture applied(String... ids) {
        applied = List.of(ids);
        return this;
    }

    Picture skipped(String... ids) {
        skipped = List.of(ids);
        return this;
    }

    Picture unknownKind(String kindName) {
        unknownKinds.add(kindName);
        return this;
    }

    Picture blindKind(String kindName) {
        blindKinds.add(kindName);
        return this;
    }

    static String groupOf(String kind) {
        return switch (kind) {
            case "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet" -> "apps";
            case "Job", "CronJob" -> "batch";
            case "Ingress" -> "networking.k8s.io";
            case "HorizontalPodAutoscaler" -> "autoscaling";
            case "Certificate" -> "cert-manager.io";
            default -> "";
        };
    }

    static ObjectId object(String kind, String name) {
        return new ObjectId(groupOf(kind), kind, kind.equals("Namespace") ? "" : "ns", name);
    }

    Picture needs(String id, String kind, String... dependIds) {
        return needs(
                new Dependency(id, object(kind, "acme-" + id), List.of(dependIds), true, Duration.ofMinutes(5), false));
    }

    Picture needs(Dependency dependency) {
        dependencies.add(dependency);
        return this;
    }

    Picture timeout(int minutes) {
        Dependency last = dependencies.remove(dependencies.size() - 1);
        return needs(new Dependency(
                last.id(),
                last.object(),
                last.dependIds(),
                last.waitForReady(),
                Duration.ofMinutes(minutes),
                last.once()));
    }

    Picture optional() {
        Dependency last = dependencies.remove(dependencies.size() - 1);
        return needs(new Dependency(last.id(), last.object(), last.dependIds(), false, last.timeout(), last.once()));
    }

    Picture once() {
        Dependency last = dependencies.remove(dependencies.size() - 1);
        return needs(
                new Dependency(last.id(), last.object(), last.dependIds(), last.waitForReady(), last.timeout(), true));
    }

    Picture has(SeenObject object) {
        objects.put(object.object(), object);
        return this;
    }

    /** An object of the resource, ready. */
    Picture ready(String id) {
        return has(seen(id, Readiness.READY, null, Facts.NONE));
    }

    /** An object of the resource, not ready for a reason. */
    Picture notReady(String id, String reason, Facts facts) {
        return has(seen(id, Readiness.NOT_READY, reason, facts));
    }

    Picture notReady(String id) {
        return notReady(id, "NotReady", Facts.NONE);
    }

    private SeenObject seen(String id, Readiness readiness, @Nullable String reason, Facts facts) {
        ObjectId object = dependency(id).object();
        return new SeenObject(
                object, uid(id), id, true, readiness, reason, minute(0), minute(0), null, false, facts, false);
    }

    private Dependency dependency(String id) {
        return dependencies.stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    static String uid(String id) {
        return "uid-" + id;
    }

    /** A workload of which {@code ready} of {@code desired} pods are ready. */
    Picture workload(String id, int desired, int current, int ready, Condition... said) {
        Facts facts = new Facts(
                null,
                null,
                List.of(said),
                new Replicas(desired, current, current, ready, ready, 1L, 1L),
                null,
                null,
                null,
                null,
                List.of(IMAGE));
        Readiness readiness = desired > 0 && ready >= desired ? Readiness.READY : Readiness.NOT_READY;
        return has(seen(id, readiness, readiness == Readiness.READY ? null : "TooFewReady", facts));
    }

    Picture replicaSet(String id, String name, int minute, int desired, String image, Condition... said) {
        Facts facts = new Facts(
                uid(id),
                null,
                List.of(said),
                new Replicas(desired, desired, desired, 0, 0, 1L, 1L),
                null,
                null,
                null,
                null,
                List.of(image));
        return has(new SeenObject(
                object("ReplicaSet", name),
                uid(name),
                id,
                true,
                Readiness.NOT_READY,
                "TooFewReady",
                minute(minute),
                minute(minute),
                null,
                false,
                facts,
                false));
    }

    Picture pod(Pod pod) {
        return has(pod.seen());
    }

    Picture claim(String id, ClaimFacts claim) {
        return notReady(id, claim.phase(), new Facts(null, null, List.of(), null, null, claim, null, null, List.of()));
    }

    Picture job(String id, JobFacts job, Condition... said) {
        return notReady(
                id, "JobRunning", new Facts(null, null, List.of(said), null, null, null, job, null, List.of(IMAGE)));
    }

    Picture warning(ObjectId about, String reason, String message) {
        return warning(about, reason, message, 20);
    }

    Picture warning(ObjectId about, String reason, String message, int minute) {
        warnings.add(new Warning(
                "event-" + warnings.size(), about, null, null, reason, message, 3, minute(5), minute(minute)));
        return this;
    }

    ObjectId tenantObject() {
        return TenantReading.objectOf(view());
    }

    Picture tenantWarning(String reason, String message) {
        return warning(tenantObject(), reason, message);
    }

    TenantView view() {
        return new TenantView(
                new TenantId("alpha", "ns", kind, "acme"),
                "tenant-uid",
                new TenantFacts(
                        START,
                        deleted,
                        generation,
                        observedGeneration,
                        counts,
                        conditions,
                        applied,
                        skipped,
                        template,
                        1L,
                        "reg",
                        applyStart),
                START,
                null,
                dependencies,
                new ArrayList<>(objects.values()),
                Map.of(),
                warnings,
                null,
                this::sight);
    }

    private KindSight.Sight sight(String kindName) {
        if (unknownKinds.contains(kindName)) {
            return KindSight.Sight.UNKNOWN;
        }
        return blindKinds.contains(kindName) ? KindSight.Sight.BLIND : KindSight.Sight.LIVE;
    }

    Instant now() {
        return now;
    }

    Diagnosis diagnosed() {
        return Diagnosis.diagnose(view(), now);
    }

    /** The leading cause. */
    Cause cause() {
        return diagnosed().causes().get(0);
    }

    /** The words of all causes, the leading one first. */
    List<String> words() {
        return diagnosed().causes().stream().map(each -> each.word().word()).toList();
    }

    ResourceHealth health(String id) {
        return diagnosed().resources().stream()
                .filter(each -> each.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    /** A pod of a resource; one container named app, unless others are given. */
    static final class Pod {
        private final String id;
        private String name;
        private String parent;
        private final List<Container> containers = new ArrayList<>();
        private final List<Condition> conditions = new ArrayList<>();
        private String phase = "Running";
        private @Nullable String reason;
        private @Nullable Boolean nodeReady = true;
        private @Nullable Instant deleted;
        private Instant created = minute(0);
        private Instant since = minute(0);
        private @Nullable Instant lastReady;

        Pod(String id) {
            this.id = id;
            this.name = "acme-" + id + "-0";
            this.parent = uid(id);
        }

        static Pod of(String id) {
            return new Pod(id);
        }

        Pod named(String now) {
            name = now;
            return this;
        }

        /** Child of a ReplicaSet instead of the resource itself. */
        Pod in(String replicaSet) {
            parent = uid(replicaSet);
            return this;
        }

        Pod created(int minute) {
            created = minute(minute);
            since = minute(minute);
            return this;
        }

        Pod lostReadiness(int minute) {
            since = minute(minute);
            lastReady = minute(minute);
            return this;
        }

        Pod phase(String now, @Nullable String why) {
            phase = now;
            reason = why;
            return this;
        }

        Pod onDeadNode() {
            nodeReady = false;
            return this;
        }

        Pod deleted(int minute) {
            deleted = minute(minute);
            return this;
        }

        Pod condition(String type, String status, String why, String message) {
            conditions.add(new Condition(type, status, why, message, minute(1)));
            return this;
        }

        Pod waiting(String why, String message) {
            return container(new Container("app", false, IMAGE, false, 0, "waiting", why, message, null, null, null));
        }

        /** Running since a minute, not ready. */
        Pod running(int minute) {
            return container(
                    new Container("app", false, IMAGE, false, 0, "running", null, null, null, null, minute(minute)));
        }

        Pod ready() {
            conditions.add(new Condition("Ready", "True", null, null, minute(1)));
            return container(new Container("app", false, IMAGE, true, 0, "running", null, null, null, null, minute(0)));
        }

        /** Crashed so often; state, its reason, and the reason and exit code of the last termination. */
        Pod crashed(
                int restarts, String state, @Nullable String why, String last, int exit, @Nullable Instant started) {
            return container(
                    new Container("app", false, IMAGE, false, restarts, state, why, null, exit, last, started));
        }

        Pod container(Container container) {
            containers.add(container);
            return this;
        }

        SeenObject seen() {
            boolean good = conditions.stream().anyMatch(each -> each.isTrue("Ready"));
            Facts facts = new Facts(
                    parent,
                    deleted,
                    conditions,
                    null,
                    new PodFacts(phase, reason, "node-1", nodeReady, containers),
                    null,
                    null,
                    null,
                    List.of());
            return new SeenObject(
                    new ObjectId("", "Pod", "ns", name),
                    uid(name),
                    id,
                    true,
                    good ? Readiness.READY : Readiness.NOT_READY,
                    good ? null : "ContainersNotReady",
                    created,
                    since,
                    lastReady,
                    false,
                    facts,
                    false);
        }
    }
}
