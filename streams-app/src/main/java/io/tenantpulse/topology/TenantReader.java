package io.tenantpulse.topology;

import io.tenantpulse.detect.ClusterState;
import io.tenantpulse.detect.PastIncident;
import io.tenantpulse.detect.ResourceState;
import io.tenantpulse.detect.TenantSnapshot;
import io.tenantpulse.detect.TenantState;
import io.tenantpulse.detect.WarningState;
import io.tenantpulse.diagnose.DialectEvidence;
import io.tenantpulse.model.Dependency;
import io.tenantpulse.model.TenantId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tenant from the stores of its partition, beside the thread that writes them: single reads of the stores in memory,
 * which hold it up for no longer than a read of its own, and one snapshot of the store on disk.
 */
final class TenantReader {
    /** A tenant that changes while it is read is read again, so often. */
    private static final int TRIES = 10;

    private final ReadOnlyKeyValueStore<Bytes, byte[]> tenants;
    private final ReadOnlyKeyValueStore<Bytes, byte[]> clusters;
    private final ReadOnlyKeyValueStore<Bytes, byte[]> resources;

    /** @param stores finds a store of the partition by its name */
    TenantReader(Function<String, ? extends ReadOnlyKeyValueStore<Bytes, byte[]>> stores) {
        this.tenants = stores.apply(Stores.TENANTS);
        this.clusters = stores.apply(Stores.CLUSTERS);
        this.resources = stores.apply(Stores.RESOURCES);
    }

    /** What is remembered of a tenant, and of what its name went through. */
    record Memories(TenantSnapshot snapshot, List<PastIncident> incidents) {}

    /** It changes faster than it can be read. */
    static final class TornException extends Exception {
        private static final long serialVersionUID = 1L;

        TornException() {
            super("the tenant changes faster than it can be read", null, false, false);
        }
    }

    /**
     * A tenant, read so that its own state was the same before and after all else of it was read; null: there is none.
     *
     * @throws TornException if it never was the same
     */
    @Nullable
    Memories read(TenantId id) throws TornException {
        Bytes key = StreamsMemory.key(id.key());
        byte[] before = tenants.get(key);
        for (int i = 0; i < TRIES; i++) {
            byte[] cluster = clusters.get(StreamsMemory.key(id.cluster()));
            Memories read = before == null || cluster == null ? null : read(id, before, cluster);
            byte[] after = tenants.get(key);
            if (Arrays.equals(before, after)) {
                return read;
            }
            before = after;
        }
        throw new TornException();
    }

    /** How the cluster's operator was seen to behave in this partition. */
    DialectEvidence operator(String cluster) {
        byte[] state = clusters.get(StreamsMemory.key(cluster));
        return state == null
                ? DialectEvidence.NONE
                : StreamsMemory.CLUSTER.toState(state).operator();
    }

    private Memories read(TenantId id, byte[] tenant, byte[] cluster) {
        TenantState state = StreamsMemory.TENANT.toState(tenant);
        ClusterState of = StreamsMemory.CLUSTER.toState(cluster);
        List<Dependency> dependencies = List.of();
        List<ResourceState> objects = new ArrayList<>();
        List<WarningState> warnings = new ArrayList<>();
        List<PastIncident> incidents = List.of();
        int length = id.key().getBytes(StandardCharsets.UTF_8).length;
        try (KeyValueIterator<Bytes, byte[]> all = entries(id)) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> entry = all.next();
                byte[] key = entry.key.get();
                if (key[length] == StreamsMemory.INCIDENTS) {
                    incidents =
                            StreamsMemory.INCIDENT_HISTORY.toState(entry.value).incidents();
                } else if (key[length] == StreamsMemory.WARNINGS) {
                    warnings.add(StreamsMemory.WARNING.toState(entry.value));
                } else if (key.length == length + 1) {
                    dependencies = StreamsMemory.SPEC.toState(entry.value);
                } else {
                    objects.add(StreamsMemory.RESOURCE.toState(entry.value));
                }
            }
        }
        return new Memories(new TenantSnapshot(of, state, dependencies, objects, warnings), incidents);
    }

    /** All that stands under the tenant's key: its spec, objects, warnings and incidents. */
    KeyValueIterator<Bytes, byte[]> entries(TenantId id) {
        Bytes from = StreamsMemory.key(id.key() + StreamsMemory.SEPARATOR);
        Bytes to = StreamsMemory.key(id.key() + (char) (StreamsMemory.INCIDENTS + 1));
        return resources.range(from, to);
    }
}
