package io.tenantpulse.topology;

import io.tenantpulse.detect.ClusterState;
import io.tenantpulse.detect.Glance;
import io.tenantpulse.detect.IncidentHistory;
import io.tenantpulse.detect.Memory;
import io.tenantpulse.detect.RegistryState;
import io.tenantpulse.detect.ResourceState;
import io.tenantpulse.detect.TenantState;
import io.tenantpulse.detect.WarningState;
import io.tenantpulse.model.Dependency;
import io.tenantpulse.model.ObjectId;
import io.tenantpulse.model.RegistryId;
import io.tenantpulse.model.TenantId;
import io.tenantpulse.topology.serde.ResourceSerde;
import io.tenantpulse.topology.serde.SpecSerde;
import io.tenantpulse.topology.serde.StateSerde;
import io.tenantpulse.topology.serde.TenantSerde;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The detector's memory of one task, in Kafka Streams stores. All iteration is over a snapshot of the keys (the in-memory
 * store copies them, RocksDB's iterators are snapshots), so what is visited may be put or forgotten.
 *
 * <p>In the store of resources a tenant's dependency spec stands under {@code tenantKey NUL}, each of its objects under
 * {@code tenantKey NUL objectKey}, each warning under {@code tenantKey SOH uid}, and the incidents that have ended under
 * {@code tenantKey STX}; so do the last two in the index of deadlines, and registries under {@code ETX registryKey}. When
 * something of a tenant is due is read from what is remembered of it.
 */
final class StreamsMemory implements Memory {
    static final char SEPARATOR = '\0';
    static final char WARNINGS = '\1';
    static final char INCIDENTS = '\2';
    private static final char REGISTRY = '\3';

    static final StateSerde<ClusterState> CLUSTER = new StateSerde<>(ClusterState.class);
    static final TenantSerde TENANT = new TenantSerde();
    static final StateSerde<RegistryState> REGISTRY_STATE = new StateSerde<>(RegistryState.class);
    static final ResourceSerde RESOURCE = new ResourceSerde();
    static final StateSerde<WarningState> WARNING = new StateSerde<>(WarningState.class);
    static final StateSerde<IncidentHistory> INCIDENT_HISTORY = new StateSerde<>(IncidentHistory.class);
    static final SpecSerde SPEC = new SpecSerde();

    private final KeyValueStore<Bytes, byte[]> clusters;
    private final KeyValueStore<Bytes, byte[]> tenants;
    private final TenantTable table;
    private final KeyValueStore<Bytes, byte[]> resources;
    private final KeyValueStore<Bytes, byte[]> registries;
    private final DueIndex deadlines;
    private final DueIndex tenantDeadlines;
    private final DueIndex looks;
    private final Sightings sightings;
    private @Nullable TenantId lastId;
    private Bytes lastKey = Bytes.wrap(new byte[0]);
    private @Nullable KnownTenant lastRow;
    private int lastVersion;
    private @Nullable TenantState lastState;

    /**
     * @param sightings of the same tenants: told of all that changes
     * @param durable see {@link TopologyParts}
     */
    StreamsMemory(ProcessingContext context, Sightings sightings, boolean durable) {
        this.sightings = sightings;
        this.clusters = context.getStateStore(Stores.CLUSTERS);
        this.tenants = context.getStateStore(Stores.TENANTS);
        this.table = TenantTable.of(tenants);
        this.resources = context.getStateStore(Stores.RESOURCES);
        this.registries = context.getStateStore(Stores.REGISTRIES);
        this.deadlines = new DueIndex(context.getStateStore(Stores.DEADLINES), StreamsMemory::isNotOfTenant);
        this.tenantDeadlines = durable ? new DueIndex() : new DueIndex(context.getStateStore(Stores.TENANT_DEADLINES));
        this.looks = durable ? new DueIndex() : new DueIndex(context.getStateStore(Stores.LOOKS));
        table.rows().forEach(this::index);
    }

    /** Not what earlier builds kept there of tenants. */
    private static boolean isNotOfTenant(String id) {
        return id.charAt(0) == REGISTRY || id.indexOf(WARNINGS) >= 0 || id.indexOf(INCIDENTS) >= 0;
    }

    private void index(KnownTenant tenant) {
        Instant deadline = tenant.due();
        Instant look = tenant.look();
        if (deadline != null || look != null) {
            String key = new String(tenant.bytes(), StandardCharsets.UTF_8);
            String cluster = key.substring(0, key.indexOf('/'));
            move(tenantDeadlines, cluster, key, null, deadline);
            move(looks, cluster, key, null, look);
        }
    }

    @Override
    public @Nullable ClusterState cluster(String cluster) {
        byte[] bytes = clusters.get(key(cluster));
        return bytes == null ? null : CLUSTER.toState(bytes);
    }

    @Override
    public List<ClusterState> clusters() {
        List<ClusterState> result = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> all = clusters.all()) {
            all.forEachRemaining(entry -> result.add(CLUSTER.toState(entry.value)));
        }
        return result;
    }

    @Override
    public void put(ClusterState state) {
        clusters.put(key(state.cluster()), CLUSTER.toBytes(state));
    }

    @Override
    public @Nullable TenantState tenant(TenantId id) {
        KnownTenant row = table.row(key(id));
        if (row == null) {
            return null;
        }
        // A record is often the reason to read a tenant more than once. Its sight can have been moved since.
        TenantState last = lastState;
        if (last == null || row != lastRow || row.version != lastVersion || !row.isSeenAt(last.position())) {
            last = row.state();
            lastRow = row;
            lastVersion = row.version;
            lastState = last;
        }
        return last;
    }

    @Override
    public void put(TenantState state) {
        Bytes key = key(state.id());
        tenants.put(key, TENANT.toBytes(state));
        sightings.written(key);
    }

    @Override
    public void forget(TenantId id) {
        Bytes key = key(id);
        sightings.forgotten(key);
        tenants.delete(key);
    }

    @Override
    public boolean isFiring(TenantId id) {
        KnownTenant row = table.row(key(id));
        return row != null && row.isFiring();
    }

    @Override
    public void ownRead(TenantId id) {
        sightings.ownRead(key(id));
    }

    @Override
    public boolean isOwnRead(TenantId id) {
        return sightings.isOwnRead(key(id));
    }

    @Override
    public void forgetOwnRead() {
        sightings.forgetOwnRead();
    }

    @Override
    public void eachTenant(String cluster, Consumer<TenantState> visitor) {
        each(cluster, any -> true, visitor);
    }

    @Override
    public void eachTold(String cluster, Consumer<TenantState> visitor) {
        each(cluster, KnownTenant::isTold, visitor);
    }

    private void each(String cluster, Predicate<KnownTenant> isMeant, Consumer<TenantState> visitor) {
        for (KnownTenant each : table.rowsOf(cluster, isMeant)) {
            if (each.isThere()) {
                visitor.accept(each.state());
            }
        }
    }

    @Override
    public @Nullable RegistryState registry(RegistryId id) {
        byte[] bytes = registries.get(key(id.key()));
        return bytes == null ? null : REGISTRY_STATE.toState(bytes);
    }

    @Override
    public void put(RegistryState state) {
        registries.put(key(state.id().key()), REGISTRY_STATE.toBytes(state));
    }

    @Override
    public void forget(RegistryId id) {
        registries.delete(key(id.key()));
    }

    @Override
    public void eachRegistry(String cluster, Consumer<RegistryState> visitor) {
        try (KeyValueIterator<Bytes, byte[]> all = registries.prefixScan(cluster + '/', new StringSerializer())) {
            while (all.hasNext()) {
                visitor.accept(REGISTRY_STATE.toState(all.next().value));
            }
        }
    }

    @Override
    public @Nullable List<Dependency> dependencies(TenantId id) {
        byte[] bytes = resources.get(specKey(id));
        return bytes == null ? null : SPEC.toState(bytes);
    }

    @Override
    public void put(TenantId id, List<Dependency> dependencies) {
        resources.put(specKey(id), SPEC.toBytes(dependencies));
        changed(id);
    }

    @Override
    public void forgetDependencies(TenantId id) {
        resources.delete(specKey(id));
        changed(id);
    }

    @Override
    public @Nullable ResourceState resource(TenantId id, ObjectId object) {
        byte[] bytes = resources.get(resourceKey(id, object));
        return bytes == null ? null : RESOURCE.toState(bytes);
    }

    @Override
    public Glance glance(TenantId id, ObjectId object) {
        byte[] bytes = resources.get(resourceKey(id, object));
        return bytes == null ? Glance.NONE : RESOURCE.glance(bytes);
    }

    @Override
    public void put(TenantId id, ResourceState state) {
        resources.put(resourceKey(id, state.object()), RESOURCE.toBytes(state));
        changed(id);
    }

    @Override
    public void forget(TenantId id, ObjectId object) {
        resources.delete(resourceKey(id, object));
        changed(id);
    }

    private void changed(TenantId id) {
        sightings.changed(key(id));
    }

    @Override
    public void eachResource(TenantId id, Consumer<ResourceState> visitor) {
        eachResourceUnder(id.key() + SEPARATOR, (tenant, state) -> visitor.accept(state));
    }

    @Override
    public void eachResource(String cluster, BiConsumer<TenantId, ResourceState> visitor) {
        eachResourceUnder(cluster + '/', visitor);
    }

    private void eachResourceUnder(String prefix, BiConsumer<TenantId, ResourceState> visitor) {
        try (KeyValueIterator<Bytes, byte[]> all = resources.prefixScan(prefix, new StringSerializer())) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> entry = all.next();
                String key = new String(entry.key.get(), StandardCharsets.UTF_8);
                int end = key.indexOf(SEPARATOR);
                if (end >= 0 && end < key.length() - 1) {
                    visitor.accept(TenantId.parse(key.substring(0, end)), RESOURCE.toState(entry.value));
                }
            }
        }
    }

    @Override
    public @Nullable WarningState warning(TenantId id, String uid) {
        byte[] bytes = resources.get(warningKey(id, uid));
        return bytes == null ? null : WARNING.toState(bytes);
    }

    @Override
    public void put(TenantId id, WarningState state) {
        resources.put(warningKey(id, state.warning().uid()), WARNING.toBytes(state));
    }

    @Override
    public void forgetWarning(TenantId id, String uid) {
        resources.delete(warningKey(id, uid));
    }

    @Override
    public void eachWarning(TenantId id, Consumer<WarningState> visitor) {
        try (KeyValueIterator<Bytes, byte[]> all = resources.prefixScan(id.key() + WARNINGS, new StringSerializer())) {
            while (all.hasNext()) {
                visitor.accept(WARNING.toState(all.next().value));
            }
        }
    }

    @Override
    public void moveExpiry(TenantId id, String uid, @Nullable Instant before, @Nullable Instant after) {
        move(deadlines, id.cluster(), id.key() + WARNINGS + uid, before, after);
    }

    @Override
    public List<WarningKey> expired(String cluster, Instant upTo) {
        List<WarningKey> result = new ArrayList<>();
        for (String due : deadlines.due(cluster, upTo)) {
            int end = due.indexOf(WARNINGS);
            if (end >= 0) {
                result.add(new WarningKey(TenantId.parse(due.substring(0, end)), due.substring(end + 1)));
            }
        }
        return result;
    }

    @Override
    public @Nullable IncidentHistory incidents(TenantId id) {
        byte[] bytes = resources.get(incidentsKey(id));
        return bytes == null ? null : INCIDENT_HISTORY.toState(bytes);
    }

    @Override
    public void put(TenantId id, IncidentHistory history, @Nullable Instant before) {
        resources.put(incidentsKey(id), INCIDENT_HISTORY.toBytes(history));
        move(deadlines, id.cluster(), id.key() + INCIDENTS, before, history.deadline());
    }

    @Override
    public void forget(TenantId id, IncidentHistory history) {
        resources.delete(incidentsKey(id));
        move(deadlines, id.cluster(), id.key() + INCIDENTS, history.deadline(), null);
    }

    @Override
    public List<TenantId> agedIncidents(String cluster, Instant upTo) {
        return deadlines.due(cluster, upTo).stream()
                .filter(due -> due.indexOf(INCIDENTS) >= 0)
                .map(due -> TenantId.parse(due.substring(0, due.indexOf(INCIDENTS))))
                .toList();
    }

    @Override
    public void moveDeadline(TenantId id, @Nullable Instant before, @Nullable Instant after) {
        move(tenantDeadlines, id.cluster(), id.key(), before, after);
    }

    @Override
    public void moveLook(TenantId id, @Nullable Instant before, @Nullable Instant after) {
        move(looks, id.cluster(), id.key(), before, after);
    }

    @Override
    public List<TenantId> looks(String cluster, Instant upTo) {
        return tenants(looks, cluster, upTo);
    }

    @Override
    public void moveDeadline(RegistryId id, @Nullable Instant before, @Nullable Instant after) {
        move(deadlines, id.cluster(), REGISTRY + id.key(), before, after);
    }

    @Override
    public List<RegistryId> dueRegistries(String cluster, Instant upTo) {
        return deadlines.due(cluster, upTo).stream()
                .filter(due -> due.charAt(0) == REGISTRY)
                .map(due -> RegistryId.parse(due.substring(1)))
                .toList();
    }

    private static void move(
            DueIndex index, String cluster, String id, @Nullable Instant before, @Nullable Instant after) {
        if (before != null && !before.equals(after)) {
            index.remove(cluster, before, id);
        }
        if (after != null) {
            index.add(cluster, after, id);
        }
    }

    @Override
    public List<TenantId> due(String cluster, Instant upTo) {
        return tenants(tenantDeadlines, cluster, upTo);
    }

    private static List<TenantId> tenants(DueIndex index, String cluster, Instant upTo) {
        return index.due(cluster, upTo).stream().map(TenantId::parse).toList();
    }

    /** Whether the detector has taken a cluster's removal: one of a superseded epoch changes nothing. */
    boolean isGone(String cluster) {
        ClusterState state = cluster(cluster);
        return state != null && state.gone();
    }

    int deadlines() {
        return deadlines.size() + tenantDeadlines.size() + looks.size();
    }

    private static Bytes warningKey(TenantId id, String uid) {
        return key(id.key() + WARNINGS + uid);
    }

    private static Bytes incidentsKey(TenantId id) {
        return key(id.key() + INCIDENTS);
    }

    private static Bytes specKey(TenantId id) {
        return key(id.key() + SEPARATOR);
    }

    private static Bytes resourceKey(TenantId id, ObjectId object) {
        return key(id.key() + SEPARATOR + object.key());
    }

    /** Most of what is asked is about the tenant that was asked about last. */
    private Bytes key(TenantId id) {
        if (!id.equals(lastId)) {
            lastId = id;
            lastKey = key(id.key());
        }
        return lastKey;
    }

    static Bytes key(String key) {
        return Bytes.wrap(key.getBytes(StandardCharsets.UTF_8));
    }
}
