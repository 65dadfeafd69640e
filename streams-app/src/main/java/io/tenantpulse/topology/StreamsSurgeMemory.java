package io.tenantpulse.topology;

import io.tenantpulse.topology.serde.StateSerde;
import io.tenantpulse.trends.Scope;
import io.tenantpulse.trends.ScopeSurges;
import io.tenantpulse.trends.SurgeMemory;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** What is remembered of surges, in a Kafka Streams store, by the scope's key. */
final class StreamsSurgeMemory implements SurgeMemory {
    private static final StateSerde<ScopeSurges> SURGES = new StateSerde<>(ScopeSurges.class);

    private final KeyValueStore<Bytes, byte[]> store;

    StreamsSurgeMemory(ProcessingContext context) {
        this.store = context.getStateStore(Stores.SURGES);
    }

    @Override
    public @Nullable ScopeSurges surges(Scope scope) {
        byte[] bytes = store.get(StreamsMemory.key(scope.key()));
        return bytes == null ? null : SURGES.toState(bytes);
    }

    @Override
    public void put(ScopeSurges surges) {
        store.put(StreamsMemory.key(surges.scope().key()), SURGES.toBytes(surges));
    }

    @Override
    public void forget(Scope scope) {
        store.delete(StreamsMemory.key(scope.key()));
    }

    void each(Consumer<ScopeSurges> visitor) {
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            all.forEachRemaining(entry -> visitor.accept(SURGES.toState(entry.value)));
        }
    }
}
