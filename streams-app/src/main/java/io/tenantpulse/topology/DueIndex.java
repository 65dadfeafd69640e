package io.tenantpulse.topology;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What is due when, per cluster: a question costs what is due, however much waits.
 *
 * <p>A store can keep the entries over a restart; they are read once, into an ordered set per cluster, because a range
 * scan of Kafka's in-memory store copies the keys of its whole range. Keys are {@code cluster NUL time id}, the time as 8
 * bytes, the most significant first, so that their order is that of (cluster, time, id).
 */
final class DueIndex {
    private static final byte[] PRESENT = {1};

    private final @Nullable KeyValueStore<Bytes, byte[]> store;
    private final Map<String, NavigableSet<Due>> byCluster = new HashMap<>();

    private record Due(long time, String id) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return time == other.time ? id.compareTo(other.id) : Long.compare(time, other.time);
        }
    }

    /** Nothing keeps what is added. */
    DueIndex() {
        this.store = null;
    }

    DueIndex(KeyValueStore<Bytes, byte[]> store) {
        this(store, any -> true);
    }

    /** @param counts whether an entry with that id counts */
    DueIndex(KeyValueStore<Bytes, byte[]> store, Predicate<String> counts) {
        this.store = store;
        try (KeyValueIterator<Bytes, byte[]> all = store.all()) {
            while (all.hasNext()) {
                KeyValue<Bytes, byte[]> entry = all.next();
                String cluster = clusterOf(entry.key);
                String id = idOf(entry.key, cluster);
                if (counts.test(id)) {
                    entries(cluster).add(new Due(timeOf(entry.key, cluster), id));
                }
            }
        }
    }

    /** Adds an entry; again is the same. */
    void add(String cluster, Instant time, String id) {
        if (entries(cluster).add(new Due(time.toEpochMilli(), id)) && store != null) {
            store.put(key(cluster, time, id), PRESENT);
        }
    }

    /** Removes an entry, if it is there. */
    void remove(String cluster, Instant time, String id) {
        NavigableSet<Due> entries = byCluster.get(cluster);
        if (entries != null && entries.remove(new Due(time.toEpochMilli(), id))) {
            if (store != null) {
                store.delete(key(cluster, time, id));
            }
            if (entries.isEmpty()) {
                byCluster.remove(cluster);
            }
        }
    }

    /** The ids whose time is not later than {@code upTo}, earliest first, then by id. */
    List<String> due(String cluster, Instant upTo) {
        NavigableSet<Due> entries = byCluster.get(cluster);
        if (entries == null) {
            return List.of();
        }
        // All of a cluster that is gone: the end of time is no number of milliseconds
        long until = upTo.equals(Instant.MAX) ? Long.MAX_VALUE : upTo.toEpochMilli();
        List<String> result = new ArrayList<>();
        for (Due each : entries) {
            if (each.time > until) {
                break;
            }
            result.add(each.id);
        }
        return result;
    }

    /** Calls back for every entry; nothing may be added or removed meanwhile. */
    void each(Entry entry) {
        byCluster.forEach((cluster, entries) ->
                entries.forEach(due -> entry.visit(cluster, Instant.ofEpochMilli(due.time), due.id)));
    }

    int size() {
        return byCluster.values().stream().mapToInt(NavigableSet::size).sum();
    }

    /** Sees one entry. */
    interface Entry {
        void visit(String cluster, Instant time, String id);
    }

    private NavigableSet<Due> entries(String cluster) {
        return byCluster.computeIfAbsent(cluster, any -> new TreeSet<>());
    }

    private static Bytes key(String cluster, Instant time, String id) {
        byte[] clusterBytes = cluster.getBytes(StandardCharsets.UTF_8);
        byte[] idBytes = id.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(clusterBytes.length + 1 + Long.BYTES + idBytes.length)
                .put(clusterBytes)
                .put((byte) 0)
                .putLong(time.toEpochMilli())
                .put(idBytes)
                .array());
    }

    private static String clusterOf(Bytes key) {
        byte[] bytes = key.get();
        int end = 0;
        while (bytes[end] != 0) {
            end++;
        }
        return new String(bytes, 0, end, StandardCharsets.UTF_8);
    }

    private static int timeAt(String cluster) {
        return cluster.getBytes(StandardCharsets.UTF_8).length + 1;
    }

    private static long timeOf(Bytes key, String cluster) {
        return ByteBuffer.wrap(key.get()).getLong(timeAt(cluster));
    }

    private static String idOf(Bytes key, String cluster) {
        int from = timeAt(cluster) + Long.BYTES;
        return new String(key.get(), from, key.get().length - from, StandardCharsets.UTF_8);
    }
}
