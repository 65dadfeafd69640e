package io.tenantpulse.topology;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The stores of a task by name. No store has a record cache: what is decided must not depend on when a cache is emptied.
 *
 * <p>Names are part of the names of changelog topics: to rename one is to lose its state.
 */
final class Stores {
    /** Cluster's name → what is remembered of it; few and small, in memory. */
    static final String CLUSTERS = "clusters";
    /** Tenant's key → what is remembered of it; read with every record, so in memory. */
    static final String TENANTS = "tenants";
    /** Tenant's key and object's key → what is remembered of it; about 25 a tenant, so on disk. */
    static final String RESOURCES = "resources";
    /** Registry's key → what is remembered of it; few and small, in memory. */
    static final String REGISTRIES = "registries";
    /** (cluster, deadline, key) of what is not a tenant; in memory. */
    static final String DEADLINES = "deadlines";
    /**
     * (cluster, deadline, tenant's key); only where nothing is durable. Elsewhere what is remembered of a tenant tells it.
     */
    static final String TENANT_DEADLINES = "tenant-deadlines";
    /** (cluster, time of the next look at its causes, tenant's key); only where nothing is durable. */
    static final String LOOKS = "looks";
    /** (cluster, time of the tombstone, identity) of resolved alerts; in memory. */
    static final String TOMBSTONES = "tombstones";

    /** Where tenants were seen that showed themselves as they were, many in an entry; in memory, written before each commit. */
    static final String SEEN = "seen";

    /** What the partition's tenants are counted as; few and small, in memory, written before each commit. */
    static final String CENSUS = "census";
    /** What partitions told of windows that are not closed yet; on disk, for a partition may be days behind the others. */
    static final String PARTIALS = "partials";
    /** Windows that have closed or are being rolled up, by scope, size and start; on disk. */
    static final String TRENDS = "trends";

    /** What is remembered of surges, by scope; few and small, in memory. */
    static final String SURGES = "surges";
    /** (cluster, time of the tombstone, identity) of surges that are over; in memory. */
    static final String SURGE_TOMBSTONES = "surge-tombstones";

    private Stores() {}

    /** Of the task of a partition, beside {@link #all}. */
    static OwnedStore.Builder census(boolean durable) {
        return new OwnedStore.Builder(inMemory(CENSUS, durable));
    }

    /** Of the task of a partition, where nothing is durable. */
    static List<StoreBuilder<KeyValueStore<Bytes, byte[]>>> replayed() {
        return List.of(inMemory(TENANT_DEADLINES, false), inMemory(LOOKS, false));
    }

    /** Of the task of a partition, where its state outlives the process. */
    static OwnedStore.Builder seen() {
        return new OwnedStore.Builder(inMemory(SEEN, true));
    }

    /** Of the task of the trends, where its state outlives the process, beside {@link #surgeTombstones}. */
    static List<StoreBuilder<KeyValueStore<Bytes, byte[]>>> trends() {
        return List.of(onDisk(PARTIALS), onDisk(TRENDS), inMemory(SURGES, true));
    }

    /** Of the task of the trends. */
    static StoreBuilder<KeyValueStore<Bytes, byte[]>> surgeTombstones(boolean durable) {
        return inMemory(SURGE_TOMBSTONES, durable);
    }

    /** @param durable false: everything in memory and gone with the process, see {@link TopologyParts} */
    static List<StoreBuilder<KeyValueStore<Bytes, byte[]>>> all(boolean durable) {
        return List.of(
                inMemory(CLUSTERS, durable),
                store(TenantTable.supplier(TENANTS), durable),
                durable ? onDisk(RESOURCES) : inMemory(RESOURCES, false),
                inMemory(REGISTRIES, durable),
                inMemory(DEADLINES, durable),
                inMemory(TOMBSTONES, durable));
    }

    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> inMemory(String name, boolean durable) {
        return store(org.apache.kafka.streams.state.Stores.inMemoryKeyValueStore(name), durable);
    }

    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> onDisk(String name) {
        return store(org.apache.kafka.streams.state.Stores.persistentKeyValueStore(name), true);
    }

    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> store(
            KeyValueBytesStoreSupplier supplier, boolean durable) {
        StoreBuilder<KeyValueStore<Bytes, byte[]>> builder = org.apache.kafka.streams.state.Stores.keyValueStoreBuilder(
                        supplier, Serdes.Bytes(), Serdes.ByteArray())
                .withCachingDisabled();
        return durable ? builder.withLoggingEnabled(Map.of()) : builder.withLoggingDisabled();
    }
}
