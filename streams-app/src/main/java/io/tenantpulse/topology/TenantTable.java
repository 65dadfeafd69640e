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
import org.agrona.collections.Hashing;
import org.agrona.collections.Object2ObjectHashMap;
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
 * <p>Keys are those of tenants. They are kept by cluster, so that a scan of one costs what it has. What is given is copied into
 * pages. While a task works its thread alone writes: it may ask for rows without the lock that all others need.
 */
final class TenantTable implements KeyValueStore<Bytes, byte[]> {
    /** Nothing asks how far the store is by Kafka's second kind of interactive queries. */
    private static final Position POSITION = Position.emptyPosition();

    private final String name;
    private final Map<Prefix, Rows> clusters = new HashMap<>();
    private Pages pages = new Pages();
    private volatile long size;
    private volatile boolean open;
    private @Nullable Bytes lastKey;
    private @Nullable KnownTenant lastRow;

    /** The rows of a cluster, by themselves. */
    private static final class Rows extends Object2ObjectHashMap<TenantKey, KnownTenant> {
        private static final int FIRST = 8;

        Rows() {
            // Iterators are used by several threads.
            super(FIRST, Hashing.DEFAULT_LOAD_FACTOR, false);
        }
    }

    /** The beginning of a key up to its first slash: the cluster. */
    private record Prefix(byte[] bytes, int length) {
        static Prefix of(byte[] key) {
            int length = 0;
            while (length < key.length && key[length] != '/') {
                length++;
            }
            return new Prefix(key, length);
        }

        /** Without the rest of the key. */
        Prefix copy() {
            return new Prefix(Arrays.copyOf(bytes, length), length);
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
        // One turn of a tenant asks often, and with the same key.
        if (key != lastKey) {
            lastRow = find(key);
            lastKey = key;
        }
        return lastRow;
    }

    private @Nullable KnownTenant find(Bytes key) {
        Rows cluster = clusters.get(Prefix.of(key.get()));
        return cluster == null ? null : cluster.get(new TenantKey(key));
    }

    /**
     * Before a task goes to work: nothing is known of its tenants but their states. What an older build wrote stays in the
     * changelog until the tenant is written: here it has room for sights.
     */
    synchronized void begin() {
        for (KnownTenant each : rows()) {
            byte[] renewed = each.renewed();
            if (renewed != null) {
                each.keep(renewed, pages);
            }
            each.begin();
        }
    }

    /** How many bytes the pages of keys and states have. */
    synchronized long pageBytes() {
        return pages.taken();
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
        return sorted(rowsOf(prefix), isMeant);
    }

    private Collection<Rows> rowsOf(Prefix prefix) {
        Rows rows = clusters.get(prefix);
        return rows == null ? List.of() : List.of(rows);
    }

    private static List<KnownTenant> sorted(Collection<Rows> from, Predicate<KnownTenant> isMeant) {
        List<KnownTenant> rows = new ArrayList<>();
        for (Rows cluster : from) {
            for (KnownTenant row : cluster.values()) {
                if (isMeant.test(row)) {
                    rows.add(row);
                }
            }
        }
        rows.sort(Comparator.naturalOrder());
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
        KnownTenant row = find(key);
        if (row == null) {
            TenantKey asked = new TenantKey(key);
            KnownTenant made = KnownTenant.of(asked, value, pages);
            clusters.computeIfAbsent(Prefix.of(key.get()).copy(), any -> new Rows())
                    .put(made, made);
            lastKey = null;
            size++;
        } else {
            row.keep(value, pages);
            renewPages();
        }
    }

    private void renewPages() {
        if (pages.isMostlyUnused()) {
            Pages fresh = new Pages();
            rows().forEach(row -> row.move(fresh));
            pages = fresh;
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
        Rows cluster = clusters.get(prefix);
        KnownTenant row = cluster == null ? null : cluster.remove(new TenantKey(key));
        if (cluster == null || row == null) {
            return null;
        }
        byte[] before = row.stateBytes();
        row.leave(pages);
        lastKey = null;
        size--;
        renewPages();
        if (cluster.isEmpty()) {
            clusters.remove(prefix);
        }
        return before;
    }

    @Override
    public synchronized byte @Nullable [] get(Bytes key) {
        KnownTenant row = find(key);
        return row == null ? null : row.stateBytes();
    }

    @Override
    public synchronized KeyValueIterator<Bytes, byte[]> range(@Nullable Bytes from, @Nullable Bytes to) {
        TenantKey first = from == null ? null : new TenantKey(from);
        TenantKey last = to == null ? null : new TenantKey(to);
        return new Entries(sorted(
                clusters.values(),
                row -> (first == null || row.compareTo(first) >= 0) && (last == null || row.compareTo(last) <= 0)));
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
        return new Entries(
                sorted(cluster.isWhole() ? rowsOf(cluster) : clusters.values(), row -> row.startsWith(begin)));
    }

    @Override
    public long approximateNumEntries() {
        return size;
    }

    @Override
    public synchronized void close() {
        clusters.clear();
        pages = new Pages();
        lastKey = null;
        lastRow = null;
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

    /** Those that were there in the beginning and still are, with what they are now. */
    private final class Entries implements KeyValueIterator<Bytes, byte[]> {
        private final List<KnownTenant> rows;
        private int at;
        private @Nullable KeyValue<Bytes, byte[]> next;

        Entries(List<KnownTenant> rows) {
            this.rows = rows;
        }

        @Override
        public boolean hasNext() {
            synchronized (TenantTable.this) {
                while (next == null && at < rows.size()) {
                    KnownTenant row = rows.get(at++);
                    next = row.isThere() ? KeyValue.pair(row.key(), row.stateBytes()) : null;
                }
            }
            return next != null;
        }

        @Override
        public KeyValue<Bytes, byte[]> next() {
            KeyValue<Bytes, byte[]> entry = peekNext();
            next = null;
            return entry;
        }

        @Override
        public Bytes peekNextKey() {
            return peekNext().key;
        }

        private KeyValue<Bytes, byte[]> peekNext() {
            if (!hasNext() || next == null) {
                throw new NoSuchElementException();
            }
            return next;
        }

        @Override
        public void close() {
            // Holds nothing but memory.
        }
    }
}
