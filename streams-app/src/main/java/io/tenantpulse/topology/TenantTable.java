package io.tenantpulse.topology;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Predicate;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.WrappedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of the tenants of a task, in memory: to find one costs the same however many there are. Kafka's own store
 * in memory is a tree: when a million tenants came back, three quarters of the CPU compared their keys.
 *
 * <p>Keys are those of tenants. They are kept by cluster, so that a scan of one costs what it has. What is given is kept, not
 * copied. While a task works its thread alone writes: it may ask for rows without the lock that all others need.
 */
final class TenantTable implements KeyValueStore<Bytes, byte[]> {
    /** Nothing asks how far the store is by Kafka's second kind of interactive queries. */
    private static final Position POSITION = Position.emptyPosition();

    private final String name;
    private final Map<Prefix, Map<Bytes, KnownTenant>> clusters = new HashMap<>();
    private volatile long size;
    private volatile boolean open;

    /** The beginning of a key up to its first slash: the cluster. */
    private record Prefix(byte[] bytes, int length) {
        static Prefix of(byte[] key) {
            int length = 0;
            while (length < key.length && key[length] != '/') {
                length++;
            }
            return new Prefix(key, length);
        }

        boolean isWhole() {
            return length < bytes.length;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Prefix prefix && Arrays.equals(bytes, 0, length, prefix.bytes, 0, prefix.length);
        }

        @Override
        public int hashCode() {
            int hash = 1;
            for (int i = 0; i < length; i++) {
                hash = 31 * hash + bytes[i];
            }
            return hash;
        }
    }

    TenantTable(String name) {
        this.name = name;
    }

    /** Makes the table of a task. */
    static KeyValueBytesStoreSupplier supplier(String name) {
        return new KeyValueBytesStoreSupplier() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public KeyValueStore<Bytes, byte[]> get() {
                return new TenantTable(name);
            }

            @Override
            public String metricsScope() {
                return "in-memory";
            }
        };
    }

    /** The table below what Kafka Streams puts around it to measure and to log. */
    static TenantTable of(StateStore store) {
        StateStore inner = store;
        while (inner instanceof WrappedStateStore<?, ?, ?> wrapper) {
            inner = wrapper.wrapped();
        }
        if (inner instanceof TenantTable table) {
            return table;
        }
        throw new IllegalArgumentException("the store " + store.name() + " is no table of tenants but a " + inner);
    }

    /** A tenant's row, for the task's thread; null: it is not known. */
    @Nullable
    KnownTenant row(Bytes key) {
        Map<Bytes, KnownTenant> cluster = clusters.get(Prefix.of(key.get()));
        return cluster == null ? null : cluster.get(key);
    }

    /** All rows in no order, for the task's thread; none may be added or taken away meanwhile. */
    Iterable<KnownTenant> rows() {
        return () -> clusters.values().stream()
                .flatMap(cluster -> cluster.values().stream())
                .iterator();
    }

    /** A cluster's rows by key, for the task's thread: those that are meant and there now. */
    List<KnownTenant> rowsOf(String cluster, Predicate<KnownTenant> isMeant) {
        Prefix prefix = Prefix.of(StreamsMemory.key(cluster + '/').get());
        return sorted(List.of(clusters.getOrDefault(prefix, Map.of())), isMeant);
    }

    private static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    private static List<KnownTenant> sorted(Collection<Map<Bytes, KnownTenant>> from, Predicate<KnownTenant> isMeant) {
        List<KnownTenant> rows = new ArrayList<>();
        for (Map<Bytes, KnownTenant> cluster : from) {
            for (KnownTenant row : cluster.values()) {
                if (isMeant.test(row)) {
                    rows.add(row);
                }
            }
        }
        rows.sort(Comparator.comparing(row -> row.key));
        return rows;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void init(StateStoreContext context, StateStore root) {
        open = true;
        context.register(root, this::restore);
    }

    private void restore(byte[] key, byte @Nullable [] value) {
        put(Bytes.wrap(key), value);
    }

    @Override
    public synchronized void put(Bytes key, byte @Nullable [] value) {
        if (value == null) {
            delete(key);
            return;
        }
        Prefix prefix = Prefix.of(key.get());
        Map<Bytes, KnownTenant> cluster = clusters.computeIfAbsent(prefix, any -> new HashMap<>());
        KnownTenant row = cluster.get(key);
        if (row == null) {
            cluster.put(key, new KnownTenant(key, value));
            size++;
        } else {
            row.state = value;
        }
    }

    @Override
    public synchronized byte @Nullable [] putIfAbsent(Bytes key, byte[] value) {
        byte[] before = get(key);
        if (before == null) {
            put(key, value);
        }
        return before;
    }

    @Override
    public synchronized void putAll(List<KeyValue<Bytes, byte[]>> entries) {
        entries.forEach(entry -> put(entry.key, entry.value));
    }

    @Override
    public synchronized byte @Nullable [] delete(Bytes key) {
        Prefix prefix = Prefix.of(key.get());
        Map<Bytes, KnownTenant> cluster = clusters.get(prefix);
        KnownTenant row = cluster == null ? null : cluster.remove(key);
        if (row == null) {
            return null;
        }
        size--;
        if (cluster.isEmpty()) {
            clusters.remove(prefix);
        }
        return row.state;
    }

    @Override
    public synchronized byte @Nullable [] get(Bytes key) {
        KnownTenant row = row(key);
        return row == null ? null : row.state;
    }

    @Override
    public synchronized KeyValueIterator<Bytes, byte[]> range(@Nullable Bytes from, @Nullable Bytes to) {
        return entries(sorted(
                clusters.values(),
                row -> (from == null || row.key.compareTo(from) >= 0) && (to == null || row.key.compareTo(to) <= 0)));
    }

    @Override
    public synchronized KeyValueIterator<Bytes, byte[]> all() {
        return range(null, null);
    }

    @Override
    public synchronized <P extends Serializer<T>, T> KeyValueIterator<Bytes, byte[]> prefixScan(
            T prefix, P serializer) {
        byte[] begin = serializer.serialize(null, prefix);
        Prefix cluster = Prefix.of(begin);
        return entries(sorted(
                cluster.isWhole() ? List.of(clusters.getOrDefault(cluster, Map.of())) : clusters.values(),
                row -> startsWith(row.key.get(), begin)));
    }

    /** As the rows are now: what is written later is not seen. */
    private static KeyValueIterator<Bytes, byte[]> entries(List<KnownTenant> rows) {
        return new Entries(
                rows.stream().map(row -> KeyValue.pair(row.key, row.state)).toList());
    }

    @Override
    public long approximateNumEntries() {
        return size;
    }

    @Override
    public synchronized void close() {
        clusters.clear();
        size = 0;
        open = false;
    }

    @Override
    public boolean persistent() {
        return false;
    }

    @Override
    public boolean isOpen() {
        return open;
    }

    @Override
    public Position getPosition() {
        return POSITION;
    }

    private static final class Entries implements KeyValueIterator<Bytes, byte[]> {
        private final List<KeyValue<Bytes, byte[]>> all;
        private int next;

        Entries(List<KeyValue<Bytes, byte[]>> all) {
            this.all = all;
        }

        @Override
        public boolean hasNext() {
            return next < all.size();
        }

        @Override
        public KeyValue<Bytes, byte[]> next() {
            KeyValue<Bytes, byte[]> entry = peekNext();
            next++;
            return entry;
        }

        @Override
        public Bytes peekNextKey() {
            return peekNext().key;
        }

        private KeyValue<Bytes, byte[]> peekNext() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return all.get(next);
        }

        @Override
        public void close() {
            // Holds nothing but memory.
        }
    }
}
