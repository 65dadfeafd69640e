package io.tenantpulse.bench;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tenantpulse.schema.Keys;
import io.tenantpulse.schema.RecordSerde;
import io.tenantpulse.schema.SerdeSettings;
import io.tenantpulse.schema.Topics;
import io.tenantpulse.v1.Change;
import io.tenantpulse.v1.ClusterMark;
import io.tenantpulse.v1.Condition;
import io.tenantpulse.v1.Dependency;
import io.tenantpulse.v1.FrameId;
import io.tenantpulse.v1.KindCoverage;
import io.tenantpulse.v1.KindState;
import io.tenantpulse.v1.MarkType;
import io.tenantpulse.v1.Readiness;
import io.tenantpulse.v1.Replicas;
import io.tenantpulse.v1.ResourceObserved;
import io.tenantpulse.v1.TenantObserved;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * What one cluster writes into one partition of the log, encoded as it lies there. A tenant that changes is of another generation of
 * its template, and well; few break, and are well again at their next event, about ten seconds later, so that hardly anything fires or
 * flaps.
 */
final class CoreLog {
    /** Resources of a tenant. */
    static final int RESOURCES = 5;

    private static final int ONE_BREAKS_OF = 1000;
    private static final String CLUSTER = "production-eu-1";
    private static final String NAMESPACE = "tenants";
    private static final String TENANT = "Tenant.operator.kubernetes-tenants.org";
    private static final String DEPLOYMENT = "Deployment.apps";
    private static final Duration BETWEEN_EVENTS = Duration.ofSeconds(10);
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final Serializer<SpecificRecord> serializer;
    private final int tenants;
    private final Random random = new Random(1);
    private final BitSet broken;
    private final BitSet newer;
    private long sequence;
    private long micros;

    CoreLog(SchemaRegistryClient registry, int tenants) {
        this.serializer = new RecordSerde(registry, SerdeSettings.of("http://none")).serializer();
        this.tenants = tenants;
        this.broken = new BitSet(tenants * RESOURCES);
        this.newer = new BitSet(tenants);
    }

    /** A record of the log. */
    record Entry(byte[] key, byte[] value, long timestamp) {}

    /** Takes the log's records one by one. */
    interface Reader {
        void take(Entry entry);
    }

    /** The first frames: all is well. */
    void begin(Reader reader) {
        reader.take(entry(mark(MarkType.EPOCH).setInstance("bench").build()));
        long frame = begun(TENANT, reader);
        for (int i = 0; i < tenants; i++) {
            reader.take(entry(i, tenant(i, Change.SNAPSHOT, true)));
        }
        ended(TENANT, frame, reader);
        frame = begun(DEPLOYMENT, reader);
        for (int i = 0; i < tenants * RESOURCES; i++) {
            reader.take(entry(i / RESOURCES, deployment(i, Change.SNAPSHOT, true)));
        }
        ended(DEPLOYMENT, frame, reader);
        reader.take(watermark());
    }

    /**
     * Events of tenants picked at random, and a watermark.
     *
     * @param changing the share of events that change something, in percent
     */
    List<Entry> tenantEvents(int count, int changing) {
        List<Entry> entries = new ArrayList<>(count + 1);
        for (int i = 0; i < count; i++) {
            int tenant = random.nextInt(tenants);
            if (broken.get(tenant) || random.nextInt(ONE_BREAKS_OF) == 0) {
                broken.flip(tenant);
            } else if (random.nextInt(100) < changing) {
                newer.flip(tenant);
            }
            entries.add(entry(tenant, tenant(tenant, Change.MODIFIED, !broken.get(tenant))));
        }
        entries.add(watermark());
        return entries;
    }

    /** Events of resources picked at random, and a watermark. */
    List<Entry> resourceEvents(int count, boolean turning) {
        List<Entry> entries = new ArrayList<>(count + 1);
        for (int i = 0; i < count; i++) {
            int resource = random.nextInt(tenants * RESOURCES);
            if (turning || broken.get(resource)) {
                broken.flip(resource);
            }
            entries.add(entry(resource / RESOURCES, deployment(resource, Change.MODIFIED, !broken.get(resource))));
        }
        entries.add(watermark());
        return entries;
    }

    /** All is well again. */
    List<Entry> mend(boolean resources) {
        List<Entry> entries = new ArrayList<>();
        for (int i = broken.nextSetBit(0); i >= 0; i = broken.nextSetBit(i + 1)) {
            entries.add(
                    resources
                            ? entry(i / RESOURCES, deployment(i, Change.MODIFIED, true))
                            : entry(i, tenant(i, Change.MODIFIED, true)));
        }
        broken.clear();
        entries.add(watermark());
        return entries;
    }

    private long begun(String kind, Reader reader) {
        ClusterMark mark = mark(MarkType.SYNC_BEGIN).setKind(kind).build();
        reader.take(entry(mark));
        return mark.getSequence();
    }

    private void ended(String kind, long frame, Reader reader) {
        reader.take(entry(mark(MarkType.SYNC_END)
                .setKind(kind)
                .setFrame(new FrameId(1L, frame))
                .build()));
    }

    Entry watermark() {
        return entry(mark(MarkType.WATERMARK)
                .setWatermark(now())
                .setCoverage(
                        List.of(new KindCoverage(TENANT, KindState.LIVE), new KindCoverage(DEPLOYMENT, KindState.LIVE)))
                .build());
    }

    private ClusterMark.Builder mark(MarkType type) {
        return ClusterMark.newBuilder()
                .setCluster(CLUSTER)
                .setEpoch(1)
                .setSequence(++sequence)
                .setType(type);
    }

    private Instant now() {
        return START.plusMillis(micros / 1000);
    }

    private TenantObserved tenant(int tenant, Change change, boolean well) {
        micros += BETWEEN_EVENTS.toNanos() / 1000 / tenants;
        int ready = well ? RESOURCES : RESOURCES - 1;
        List<String> applied = new ArrayList<>();
        List<Dependency> dependencies = new ArrayList<>();
        for (int i = 0; i < RESOURCES; i++) {
            applied.add("resource-" + i);
            dependencies.add(Dependency.newBuilder()
                    .setId("resource-" + i)
                    .setGroup("apps")
                    .setKind("Deployment")
                    .setNamespace(NAMESPACE)
                    .setName(object(tenant, i))
                    .build());
        }
        return TenantObserved.newBuilder()
                .setCluster(CLUSTER)
                .setEpoch(1)
                .setSequence(++sequence)
                .setChange(change)
                .setKind("Tenant")
                .setNamespace(NAMESPACE)
                .setName(name(tenant))
                .setUid(String.format("%08x-1a2b-4c3d-8e4f-0123456789ab", tenant))
                .setResourceVersion(Long.toString(1_000_000 + sequence))
                .setCreatedAt(START.minus(Duration.ofDays(30)))
                .setGeneration(3L)
                .setObservedGeneration(3L)
                .setDesired(RESOURCES)
                .setReady(ready)
                .setFailed(0)
                .setConditions(List.of(
                        condition("Degraded", "False", "Healthy", "Tenant is healthy"),
                        condition("Progressing", "False", "ReconcileComplete", "Reconciliation completed"),
                        condition(
                                "Ready",
                                well ? "True" : "False",
                                well ? "Reconciled" : "NotAllResourcesReady",
                                well
                                        ? "Successfully reconciled all resources"
                                        : "Not all resources are ready: " + ready + "/" + RESOURCES)))
                .setAppliedIds(applied)
                .setTemplate("web-app")
                .setTemplateGeneration(newer.get(tenant) ? 8L : 7L)
                .setRegistry("customers")
                .setDependencies(change == Change.SNAPSHOT ? dependencies : null)
                .build();
    }

    private static Condition condition(String type, String status, String reason, @Nullable String message) {
        return new Condition(type, status, reason, message, START);
    }

    private ResourceObserved deployment(int resource, Change change, boolean well) {
        micros += BETWEEN_EVENTS.toNanos() / 1000 / tenants;
        int tenant = resource / RESOURCES;
        return ResourceObserved.newBuilder()
                .setCluster(CLUSTER)
                .setEpoch(1)
                .setSequence(++sequence)
                .setChange(change)
                .setTenantKind("Tenant")
                .setTenantNamespace(NAMESPACE)
                .setTenantName(name(tenant))
                .setGroup("apps")
                .setKind("Deployment")
                .setNamespace(NAMESPACE)
                .setName(object(tenant, resource % RESOURCES))
                .setUid(String.format("%08x-5a6b-4c3d-8e4f-0123456789ab", resource))
                .setResourceVersion(Long.toString(1_000_000 + sequence))
                .setResourceId("resource-" + resource % RESOURCES)
                .setReadiness(well ? Readiness.READY : Readiness.NOT_READY)
                .setReason(well ? null : "ReplicasNotAvailable")
                .setCreatedAt(START.minus(Duration.ofDays(30)))
                .setConditions(List.of(
                        condition("Available", well ? "True" : "False", "MinimumReplicas", well ? null : "too few"),
                        condition("Progressing", "True", "NewReplicaSetAvailable", null)))
                .setReplicas(new Replicas(3, 3, 3, well ? 3 : 2, well ? 3 : 2, 4L, 4L))
                .setImages(List.of("registry.example.com/web-app:1.27." + sequence % 10))
                .build();
    }

    private static String name(int tenant) {
        return "customer-" + tenant;
    }

    private static String object(int tenant, int resource) {
        return name(tenant) + "-resource-" + resource;
    }

    private Entry entry(int tenant, SpecificRecord record) {
        return entry(Keys.of(CLUSTER, NAMESPACE, "Tenant", name(tenant)), record);
    }

    private Entry entry(ClusterMark mark) {
        return entry(CLUSTER, mark);
    }

    private Entry entry(String key, SpecificRecord record) {
        return new Entry(
                key.getBytes(StandardCharsets.UTF_8),
                serializer.serialize(Topics.OBSERVATIONS.name(), record),
                now().toEpochMilli());
    }
}
