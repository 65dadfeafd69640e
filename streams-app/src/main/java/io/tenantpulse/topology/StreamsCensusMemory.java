package io.tenantpulse.topology;

import io.tenantpulse.topology.serde.StateSerde;
import io.tenantpulse.trends.CensusMemory;
import io.tenantpulse.trends.ClusterClock;
import io.tenantpulse.trends.Group;
import io.tenantpulse.trends.GroupState;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** What the census of one task remembers, in a Kafka Streams store; read whole when a task begins, for it is small. */
final class StreamsCensusMemory implements CensusMemory {
    private static final String GROUP = "group/";
    private static final String CLUSTER = "cluster/";
    private static final Bytes FLEET = StreamsMemory.key("fleet");
    private static final StateSerde<GroupState> GROUPS = new StateSerde<>(GroupState.class);
    private static final StateSerde<ClusterClock> CLOCKS = new StateSerde<>(ClusterClock.class);

    private final KeyValueStore<Bytes, byte[]> store;

    StreamsCensusMemory(OwnedStore store) {
        this.store = store.entries();
    }

    @Override
    public List<GroupState> groups() {
        return all(GROUP, GROUPS);
    }

    @Override
    public List<ClusterClock> clusters() {
        return all(CLUSTER, CLOCKS);
    }

    private <T> List<T> all(String prefix, StateSerde<T> serde) {
        List<T> all = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> entries = store.prefixScan(prefix, new StringSerializer())) {
            entries.forEachRemaining(entry -> all.add(serde.toState(entry.value)));
        }
        return all;
    }

    @Override
    public @Nullable Instant fleetClosedTo() {
        byte[] bytes = store.get(FLEET);
        return bytes == null
                ? null
                : Instant.ofEpochMilli(ByteBuffer.wrap(bytes).getLong());
    }

    @Override
    public void put(GroupState group) {
        store.put(StreamsMemory.key(GROUP + group.group().key()), GROUPS.toBytes(group));
    }

    @Override
    public void forget(Group group) {
        store.delete(StreamsMemory.key(GROUP + group.key()));
    }

    @Override
    public void put(ClusterClock cluster) {
        store.put(StreamsMemory.key(CLUSTER + cluster.cluster()), CLOCKS.toBytes(cluster));
    }

    @Override
    public void forget(String cluster) {
        store.delete(StreamsMemory.key(CLUSTER + cluster));
    }

    @Override
    public void putFleetClosedTo(Instant closedTo) {
        store.put(
                FLEET,
                ByteBuffer.allocate(Long.BYTES).putLong(closedTo.toEpochMilli()).array());
    }
}
