package io.tenantpulse.topology;

import io.tenantpulse.detect.ClusterState;
import io.tenantpulse.detect.ResourceState;
import io.tenantpulse.detect.TenantSnapshot;
import io.tenantpulse.detect.TenantState;
import io.tenantpulse.detect.WarningState;
import io.tenantpulse.diagnose.DialectEvidence;
import io.tenantpulse.model.Dependency;
import io.tenantpulse.model.TenantId;
import io.tenantpulse.query.TenantQueries;
import io.tenantpulse.query.TenantReport;
import io.tenantpulse.schema.Partitions;
import io.tenantpulse.schema.TopicSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Answers from the stores of this instance, read beside the stream threads: single reads of the stores in memory, which
 * hold them up for no longer than a read of their own, and one snapshot of the store on disk.
 */
final class StoreQueries implements TenantQueries {
    /** Both kinds of tenants, as they stand in keys. */
    private static final List<String> KINDS = List.of("Tenant", "LynqNode");

    /** A tenant that changes while it is read is read again, so often. */
    private static final int TRIES = 10;

    private final KafkaStreams streams;
    private final TopicSpec log;

    /** @param log the topic of observations */
    StoreQueries(KafkaStreams streams, TopicSpec log) {
        this.streams = streams;
        this.log = log;
    }

    private ReadOnlyKeyValueStore<Bytes, byte[]> open(String name, int partition) {
        return streams.store(
                StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.<Bytes, byte[]>keyValueStore())
                        .withPartition(partition));
    }

    @Override
    public Answer tenant(String cluster, String namespace, String name, @Nullable String kind) {
        if (streams.state() != KafkaStreams.State.RUNNING) {
            return new NotNow(
                    "the detector is " + streams.state() + ", not RUNNING: its state is being restored or moved");
        }
        try {
            return answer(cluster, namespace, name, kind == null ? KINDS : List.of(kind));
        } catch (InvalidStateStoreException e) {
            // Its message names stores and threads, which helps nobody who asks for a tenant.
            return new NotNow("the detector's state is being restored or moved");
        }
    }

    private Answer answer(String cluster, String namespace, String name, List<String> kinds) {
        Set<Integer> here = partitionsHere();
        List<TenantSnapshot> found = new ArrayList<>();
        for (String kind : kinds) {
            TenantId id = new TenantId(cluster, namespace, kind, name);
            int partition = Partitions.of(id.key(), log.partitions());
            if (!here.contains(partition)) {
                return new Elsewhere(partition);
            }
            Reading reading = new Reading(id, partition);
            if (reading.isTorn) {
                return new NotNow("the tenant changes faster than it can be read");
            }
            if (reading.snapshot != null) {
                found.add(reading.snapshot);
            }
        }
        if (found.isEmpty()) {
            return new Unknown();
        }
        return found.size() > 1 ? new Ambiguous() : new Found(TenantReport.of(found.get(0), operator(cluster, here)));
    }

    private Set<Integer> partitionsHere() {
        return streams.metadataForLocalThreads().stream()
                .flatMap(thread -> thread.activeTasks().stream())
                .flatMap(task -> task.topicPartitions().stream())
                .filter(partition -> partition.topic().equals(log.name()))
                .map(partition -> partition.partition())
                .collect(Collectors.toSet());
    }

    /** How the cluster's operator was seen to behave, by every partition that is here. */
    private DialectEvidence operator(String cluster, Set<Integer> here) {
        DialectEvidence evidence = DialectEvidence.NONE;
        for (int partition : here) {
            byte[] state = open(Stores.CLUSTERS, partition).get(StreamsMemory.key(cluster));
            if (state != null) {
                evidence = evidence.plus(StreamsMemory.CLUSTER.toState(state).operator());
            }
        }
        return evidence;
    }

    /** One tenant, read so that its own state was the same before and after all else of it was read. */
    private final class Reading {
        final @Nullable TenantSnapshot snapshot;
        final boolean isTorn;

        Reading(TenantId id, int partition) {
            ReadOnlyKeyValueStore<Bytes, byte[]> tenants = open(Stores.TENANTS, partition);
            ReadOnlyKeyValueStore<Bytes, byte[]> clusters = open(Stores.CLUSTERS, partition);
            ReadOnlyKeyValueStore<Bytes, byte[]> resources = open(Stores.RESOURCES, partition);
            Bytes key = StreamsMemory.key(id.key());
            Bytes clusterKey = StreamsMemory.key(id.cluster());
            TenantSnapshot read = null;
            boolean stable = false;
            byte[] before = tenants.get(key);
            for (int i = 0; i < TRIES && !stable; i++) {
                byte[] cluster = clusters.get(clusterKey);
                read = before == null || cluster == null ? null : snapshot(id, before, cluster, resources);
                byte[] after = tenants.get(key);
                stable = Arrays.equals(before, after);
                before = after;
            }
            snapshot = read;
            isTorn = !stable;
        }
    }

    private static TenantSnapshot snapshot(
            TenantId id, byte[] tenant, byte[] cluster, ReadOnlyKeyValueStore<Bytes, byte[]> resources) {
        TenantState state = StreamsMemory.TENANT.toState(tenant);
        ClusterState of = StreamsMemory.CLUSTER.toState(cluster);
        List<Dependency> dependencies = List.of();
        List<ResourceState> objects = new ArrayList<>();
        List<WarningState> warnings = new ArrayList<>();
        String prefix = id.key();
        int length = prefix.getBytes(StandardCharsets.UTF_8).length;
        Bytes from = StreamsMemory.key(prefix + StreamsMemory.SEPARATOR);
        Bytes to = StreamsMemory.key(prefix + (char) (StreamsMemory.WARNINGS + 1));
        try (KeyValueIterator<Bytes, byte[]> all = resources.range(from, to)) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> entry = all.next();
                byte[] key = entry.key.get();
                if (key[length] == StreamsMemory.WARNINGS) {
                    warnings.add(StreamsMemory.WARNING.toState(entry.value));
                } else if (key.length == length + 1) {
                    dependencies = StreamsMemory.SPEC.toState(entry.value);
                } else {
                    objects.add(StreamsMemory.RESOURCE.toState(entry.value));
                }
            }
        }
        return new TenantSnapshot(of, state, dependencies, objects, warnings);
    }
}
