package io.tenantpulse.detect;

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
import io.tenantpulse.model.Warning;
import io.tenantpulse.trends.Census;
import io.tenantpulse.trends.MapCensusMemory;
import io.tenantpulse.trends.ToldWindows;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the log of one cluster by hand and collects what the detector says. Times are {@code mm:ss} or {@code mm:ss.SSS}
 * after midnight of 2026-01-01.
 */
final class Story implements Voice {
    static final Instant MIDNIGHT = Instant.parse("2026-01-01T00:00:00Z");
    static final String TENANT = "Tenant.operator.kubernetes-tenants.org";
    static final String DEPLOYMENT = "Deployment.apps";
    static final String SERVICE = "Service";

    final MapMemory memory;
    boolean failuresExpected;
    final List<String> said = new ArrayList<>();
    final List<Transition> transitions = new ArrayList<>();
    final List<IncidentChange> incidents = new ArrayList<>();
    final List<String> forgotten = new ArrayList<>();
    final Map<String, Integer> counted = new HashMap<>();
    final Map<String, KindCoverage> coverage = new LinkedHashMap<>();
    /** What was counted. */
    final ToldWindows trends = new ToldWindows();

    private final MapCensusMemory trendMemory = new MapCensusMemory();
    private Census census = new Census(trendMemory, trends);
    private Detector detector;
    private String cluster = "c1";
    private Rules rules;
    private long epoch = 1;
    private long sequence;
    private final Map<String, Position> frames = new HashMap<>();
    private @Nullable Recognising recognising;

    Story() {
        this(Rules.builtIn());
    }

    Story(Rules rules) {
        this.rules = rules;
        this.memory = new MapMemory();
        this.detector = new Detector(rules, memory, this, census);
        coverage.put(TENANT, KindCoverage.LIVE);
    }

    static Instant time(String clock) {
        String[] parts = clock.split(":");
        long millis = Math.round(Double.parseDouble(parts[1]) * 1000);
        return MIDNIGHT.plus(Duration.ofMinutes(Long.parseLong(parts[0]))).plusMillis(millis);
    }

    static String clock(Instant instant) {
        Duration since = Duration.between(MIDNIGHT, instant);
        String text = "%02d:%02d".formatted(since.toMinutes(), since.toSecondsPart());
        return since.toMillisPart() == 0 ? text : text + ".%03d".formatted(since.toMillisPart());
    }

    /** The detector is killed and comes back with what it had written. */
    Story restarted() {
        return restarted(rules);
    }

    Story restarted(Rules now) {
        rules = now;
        census = new Census(trendMemory, trends);
        detector = new Detector(now, memory, this, census);
        if (recognising != null) {
            recognising.restarted();
        }
        return this;
    }

    Story in(String name) {
        cluster = name;
        return this;
    }

    Story epoch(String at, long number) {
        epoch = number;
        sequence = 0;
        return send(new Observation.EpochClaimed(cluster, next(), time(at), "test"));
    }

    Position next() {
        return new Position(epoch, ++sequence);
    }

    /** From now on what only shows again is taken without a look at it, as in production. */
    Recognising recognising() {
        recognising = new Recognising(memory);
        return recognising;
    }

    Story send(Observation news) {
        if (recognising == null) {
            detector.on(news);
        } else {
            recognising.send(news, detector);
        }
        census.flush();
        return this;
    }

    Story begin(String at, String kind) {
        return begin(at, kind, false, 0);
    }

    Story begin(String at, String kind, boolean memoryFrame, long skew) {
        Position position = next();
        frames.put(kind, position);
        return send(new Observation.SyncBegin(cluster, position, time(at), kind, memoryFrame, skew));
    }

    Story end(String at, String kind) {
        return send(new Observation.SyncEnd(cluster, next(), time(at), kind, frames.get(kind)));
    }

    Story emptyFrame(String at, String kind) {
        return begin(at, kind).end(at, kind);
    }

    Story watermark(String at) {
        return send(new Observation.Watermark(cluster, next(), time(at), time(at), true, Map.copyOf(coverage)));
    }

    /** A watermark that was proven some time before it could be written. */
    Story watermark(String time, String written) {
        return send(new Observation.Watermark(cluster, next(), time(written), time(time), true, Map.copyOf(coverage)));
    }

    Story cover(String kind, KindCoverage now) {
        coverage.put(kind, now);
        return this;
    }

    Story gap(String from, String to, boolean resumed, String... kinds) {
        return send(new Observation.Gap(cluster, next(), time(to), List.of(kinds), time(from), time(to), resumed));
    }

    Story gone(String at) {
        return send(new Observation.ClusterGone(cluster, next(), time(at)));
    }

    Story tick(String wall) {
        detector.onWallClock(time(wall));
        return this;
    }

    Story watches(String... kinds) {
        for (String kind : kinds) {
            coverage.put(kind, KindCoverage.LIVE);
        }
        return this;
    }

    TenantLine tenant(String name) {
        return new TenantLine(name);
    }

    ResourceLine deployment(String tenant, String name) {
        return new ResourceLine(tenant, new ObjectId("apps", "Deployment", "ns", name));
    }

    ResourceLine object(String tenant, ObjectId object) {
        return new ResourceLine(tenant, object);
    }

    /** A pod of a deployment whose container waits for that reason. */
    Story podWaiting(String at, String deployment, String reason) {
        Container container =
                new Container("main", false, "img:1", false, 0, "waiting", reason, null, null, null, null);
        PodFacts pod = new PodFacts("Pending", null, "n1", true, List.of(container));
        Facts facts = new Facts(null, null, List.of(), null, pod, null, null, null, List.of());
        return new ResourceLine("acme", new ObjectId("", "Pod", "ns", deployment + "-1"))
                .of(deployment)
                .facts(facts)
                .notReady(at, Change.MODIFIED);
    }

    Story podDeleted(String at, String deployment) {
        return new ResourceLine("acme", new ObjectId("", "Pod", "ns", deployment + "-1")).deleted(at);
    }

    Story warning(String at, String uid, String reason) {
        Warning warning = new Warning(
                uid, new ObjectId("apps", "Deployment", "ns", "db"), null, "db", reason, "", 1, null, time(at));
        return send(new Observation.OfWarning(id("acme"), next(), time(at), warning));
    }

    ResourceLine service(String tenant, String name) {
        return new ResourceLine(tenant, new ObjectId("", "Service", "ns", name));
    }

    TenantId id(String name) {
        return new TenantId(cluster, "ns", "Tenant", name);
    }

    /** A tenant's own object without a status. */
    static TenantFacts bare() {
        return new TenantFacts(MIDNIGHT, null, 1L, null, null, List.of(), List.of(), List.of(), null, null, null, null);
    }

    /** A line about a tenant. */
    final class TenantLine {
        private final String name;
        private String uid = "u1";
        private String version = "1";
        private @Nullable Counts counts;
        private final List<Condition> conditions = new ArrayList<>();
        private @Nullable List<Dependency> dependencies;
        private List<String> applied = List.of();
        private Instant created = MIDNIGHT.minus(Duration.ofDays(1));
        private @Nullable String template;
        private List<String> skipped = List.of();
        private @Nullable Long templateGeneration;
        private @Nullable Instant deletion;
        private long generation = 1;
        private @Nullable Long observedGeneration;

        TenantLine(String name) {
            this.name = name;
        }

        TenantLine uid(String now) {
            uid = now;
            return this;
        }

        TenantLine version(String now) {
            version = now;
            return this;
        }

        TenantLine template(String now) {
            template = now;
            return this;
        }

        TenantLine templateGeneration(long now) {
            templateGeneration = now;
            return this;
        }

        TenantLine deleting(String since) {
            deletion = time(since);
            return this;
        }

        TenantLine created(String at) {
            created = time(at);
            return this;
        }

        TenantLine counts(int ready, int desired, int failed) {
            counts = new Counts(ready, desired, failed);
            return this;
        }

        TenantLine condition(String type, String status, String reason, String since) {
            conditions.add(new Condition(type, status, reason, null, time(since)));
            return this;
        }

        TenantLine applied(String... ids) {
            applied = List.of(ids);
            return this;
        }

        TenantLine skipped(String... ids) {
            skipped = List.of(ids);
            return this;
        }

        TenantLine generation(long now) {
            generation = now;
            return this;
        }

        TenantLine observedGeneration(long now) {
            observedGeneration = now;
            return this;
        }

        /** A deployment of that name, after others. */
        TenantLine needs(String id, int timeoutSeconds, String... after) {
            ObjectId object = new ObjectId("apps", "Deployment", "ns", id);
            return needs(new Dependency(id, object, List.of(after), true, Duration.ofSeconds(timeoutSeconds), false));
        }

        TenantLine needs(Dependency dependency) {
            dependencies = new ArrayList<>(dependencies == null ? List.of() : dependencies);
            dependencies.add(dependency);
            return this;
        }

        TenantLine needsDeployments(String... names) {
            dependencies = new ArrayList<>(dependencies == null ? List.of() : dependencies);
            for (String each : names) {
                dependencies.add(dependency(each, new ObjectId("apps", "Deployment", "ns", each)));
            }
            return this;
        }

        TenantLine needsServices(String... names) {
            dependencies = new ArrayList<>(dependencies == null ? List.of() : dependencies);
            for (String each : names) {
                dependencies.add(dependency(each, new ObjectId("", "Service", "ns", each)));
            }
            return this;
        }

        private static Dependency dependency(String id, ObjectId object) {
            return new Dependency(id, object, List.of(), true, Duration.ofMinutes(5), false);
        }

        Story snapshot(String at) {
            return seen(at, Change.SNAPSHOT);
        }

        Story modified(String at) {
            return seen(at, Change.MODIFIED);
        }

        Story deleted(String at) {
            return seen(at, Change.DELETED);
        }

        Story seen(String at, Change change) {
            return seen(at, change, next());
        }

        Story seen(String at, Change change, Position position) {
            return send(new Observation.OfTenant(
                    id(name),
                    position,
                    time(at),
                    change,
                    uid,
                    version,
                    new TenantFacts(
                            created,
                            deletion,
                            generation,
                            observedGeneration,
                            counts,
                            conditions,
                            applied,
                            skipped,
                            template,
                            templateGeneration,
                            null,
                            null),
                    dependencies));
        }
    }

    /** A line about an object of a tenant; its resource id is its name. */
    final class ResourceLine {
        private final String tenant;
        private final ObjectId object;
        private String uid = "r1";
        private String version = "1";
        private Instant created = MIDNIGHT.minus(Duration.ofDays(1));
        private Facts facts = Facts.NONE;
        private @Nullable String resourceId;

        ResourceLine(String tenant, ObjectId object) {
            this.tenant = tenant;
            this.object = object;
        }

        ResourceLine facts(Facts now) {
            facts = now;
            return this;
        }

        ResourceLine of(String id) {
            resourceId = id;
            return this;
        }

        ResourceLine uid(String now) {
            uid = now;
            return this;
        }

        ResourceLine version(String now) {
            version = now;
            return this;
        }

        ResourceLine created(String at) {
            created = time(at);
            return this;
        }

        Story ready(String at, Change change) {
            return seen(at, change, Readiness.READY);
        }

        Story notReady(String at, Change change) {
            return seen(at, change, Readiness.NOT_READY);
        }

        Story deleted(String at) {
            return seen(at, Change.DELETED, Readiness.UNKNOWN);
        }

        /** Of a generation that its controller has taken notice of. */
        ResourceLine generation(long now) {
            return facts(new Facts(
                    null, null, List.of(), new Replicas(1, 1, 1, 1, 1, now, now), null, null, null, null, List.of()));
        }

        Story undecodable(String at) {
            return seen(at, Change.UNDECODABLE, Readiness.UNKNOWN);
        }

        private Story seen(String at, Change change, Readiness readiness) {
            return send(new Observation.OfResource(
                    id(tenant),
                    next(),
                    time(at),
                    change,
                    object,
                    uid,
                    version,
                    resourceId == null ? object.name() : resourceId,
                    true,
                    readiness,
                    null,
                    created,
                    facts));
        }
    }

    @Override
    public void say(Transition transition) {
        transitions.add(transition);
        String who = transition.tenant() == null
                ? transition
                        .labels()
                        .getOrDefault(
                                "resource_kind", transition.labels().getOrDefault("registry", transition.cluster()))
                : transition.tenant().name();
        String reason =
                transition.reason() == null ? "" : " " + transition.reason().word();
        said.add("%s %s %s %s%s"
                .formatted(
                        clock(transition.at()),
                        transition.alert(),
                        who,
                        transition.status().name().toLowerCase(java.util.Locale.ROOT),
                        reason));
    }

    @Override
    public void say(IncidentChange change) {
        incidents.add(change);
    }

    @Override
    public void forgetAlert(String identity) {
        forgotten.add(identity);
    }

    @Override
    public void failed(TenantId tenant, RuntimeException failure) {
        if (!failuresExpected) {
            throw failure;
        }
        counted.merge("failed", 1, Integer::sum);
    }

    @Override
    public void count(String what) {
        counted.merge(what, 1, Integer::sum);
    }

    /** What was said about one alert. */
    List<String> saidOf(String alert) {
        return said.stream().filter(line -> line.contains(' ' + alert + ' ')).toList();
    }
}
