package io.tenantpulse.topology;

import io.tenantpulse.detect.TenantSnapshot;
import io.tenantpulse.metrics.TenantFigures;
import io.tenantpulse.model.TenantId;
import io.tenantpulse.query.TenantSelection;
import io.tenantpulse.schema.Partitions;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Reads figures of chosen tenants from the stores of some partitions. One that is named costs one read; all of a namespace
 * cost a look at the cluster's keys in each partition, and a read of each up to the limit.
 */
final class TenantFiguresReader {
    private final int partitions;
    private final Set<Integer> here;
    private final BiFunction<String, Integer, ? extends ReadOnlyKeyValueStore<Bytes, byte[]>> stores;

    /** What was found, and how many more there are than the limit allows. */
    record Found(List<TenantFigures> figures, int leftOut) {
        Found {
            figures = List.copyOf(figures);
        }
    }

    /**
     * @param partitions of the log
     * @param here those that may be read
     * @param stores finds a store by its name and partition
     */
    TenantFiguresReader(
            int partitions,
            Set<Integer> here,
            BiFunction<String, Integer, ? extends ReadOnlyKeyValueStore<Bytes, byte[]>> stores) {
        this.partitions = partitions;
        this.here = here;
        this.stores = stores;
    }

    Found read(List<TenantSelection> asked, int limit) {
        Set<TenantId> ids = new LinkedHashSet<>();
        asked.forEach(each -> add(each, ids));
        List<TenantFigures> found = new ArrayList<>();
        ids.stream().limit(limit).forEach(id -> {
            TenantSnapshot read = read(id);
            if (read != null) {
                found.add(TenantFigures.of(read));
            }
        });
        return new Found(found, Math.max(0, ids.size() - limit));
    }

    private void add(TenantSelection asked, Set<TenantId> ids) {
        if (asked.isAll()) {
            here.stream().sorted().forEach(partition -> addAll(asked, partition, ids));
            return;
        }
        for (String kind : TenantId.KINDS) {
            TenantId id = new TenantId(asked.cluster(), asked.namespace(), kind, asked.name());
            int partition = Partitions.of(id.key(), partitions);
            if (here.contains(partition)
                    && stores.apply(Stores.TENANTS, partition).get(StreamsMemory.key(id.key())) != null) {
                ids.add(id);
            }
        }
    }

    private void addAll(TenantSelection asked, int partition, Set<TenantId> ids) {
        String prefix = asked.cluster() + '/' + asked.namespace() + '/';
        try (KeyValueIterator<Bytes, byte[]> tenants =
                stores.apply(Stores.TENANTS, partition).prefixScan(prefix, new StringSerializer())) {
            while (tenants.hasNext()) {
                byte[] key = tenants.next().key.get();
                ids.add(TenantId.parse(new String(key, StandardCharsets.UTF_8)));
            }
        }
    }

    /** Null: it has gone, or changes too fast to be read now. */
    private @Nullable TenantSnapshot read(TenantId id) {
        int partition = Partitions.of(id.key(), partitions);
        try {
            TenantReader.Memories read = new TenantReader(name -> stores.apply(name, partition)).read(id);
            return read == null ? null : read.snapshot();
        } catch (TenantReader.TornException changesTooFast) {
            return null;
        }
    }
}
