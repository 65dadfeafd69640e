package io.tenantpulse.topology;

import com.fasterxml.jackson.core.type.TypeReference;
import io.tenantpulse.topology.serde.StateSerde;
import io.tenantpulse.trends.ByHealth;
import io.tenantpulse.trends.MergerMemory;
import io.tenantpulse.trends.Progress;
import io.tenantpulse.trends.Scope;
import io.tenantpulse.trends.Totals;
import io.tenantpulse.trends.TrendWindow;
import io.tenantpulse.trends.WindowSize;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What the merger remembers, in two Kafka Streams stores: what is under way, and the windows.
 *
 * <p>Keys of what is under way: {@code partial NUL cluster NUL start NUL scope}, {@code progress NUL name}, {@code closing NUL
 * name NUL start}, {@code levels NUL cluster NUL scope}, {@code open NUL size NUL cluster NUL scope}. Keys of windows: {@code scope NUL size NUL start}, the
 * start as 8 bytes, the most significant first.
 */
final class StreamsMergerMemory implements MergerMemory {
    private static final String PARTIAL = "partial\0";
    private static final String PROGRESS = "progress\0";
    private static final String CLOSING = "closing\0";
    private static final String LEVELS = "levels\0";
    private static final String OPEN = "open\0";

    private static final StateSerde<Totals> TOTALS = new StateSerde<>(Totals.class);
    private static final StateSerde<Progress> PROGRESSES = new StateSerde<>(Progress.class);
    private static final StateSerde<ByHealth> AMOUNTS = new StateSerde<>(ByHealth.class);
    private static final StateSerde<Instant> INSTANTS = new StateSerde<>(new TypeReference<Instant>() {});
    private static final StateSerde<List<String>> NAMES = new StateSerde<>(new TypeReference<List<String>>() {});
    static final StateSerde<TrendWindow> WINDOW = new StateSerde<>(TrendWindow.class);

    /** It has as many digits as keys have for one. */
    private static final Instant LATEST = Instant.ofEpochMilli(999_999_999_999_999L);

    private final KeyValueStore<Bytes, byte[]> underWay;
    private final KeyValueStore<Bytes, byte[]> windows;

    StreamsMergerMemory(ProcessingContext context) {
        this.underWay = context.getStateStore(Stores.PARTIALS);
        this.windows = context.getStateStore(Stores.TRENDS);
    }

    @Override
    public SortedMap<Scope, Totals> partials(String cluster, Instant start) {
        return all(partialPrefix(cluster, start), Scope::parse, TOTALS);
    }

    @Override
    public @Nullable Totals partial(String cluster, Instant start, Scope scope) {
        byte[] bytes = underWay.get(StreamsMemory.key(partialPrefix(cluster, start) + scope.key()));
        return bytes == null ? null : TOTALS.toState(bytes);
    }

    @Override
    public void putPartial(String cluster, Instant start, Scope scope, Totals totals) {
        underWay.put(StreamsMemory.key(partialPrefix(cluster, start) + scope.key()), TOTALS.toBytes(totals));
    }

    @Override
    public void forgetPartials(String cluster, Instant start) {
        String prefix = partialPrefix(cluster, start);
        partials(cluster, start).keySet().forEach(scope -> underWay.delete(StreamsMemory.key(prefix + scope.key())));
    }

    private static String partialPrefix(String cluster, Instant start) {
        return PARTIAL + cluster + '\0' + start.toEpochMilli() + '\0';
    }

    @Override
    public SortedMap<String, Progress> progress() {
        return all(PROGRESS, Function.identity(), PROGRESSES);
    }

    @Override
    public @Nullable Progress progress(String name) {
        byte[] bytes = underWay.get(StreamsMemory.key(PROGRESS + name));
        return bytes == null ? null : PROGRESSES.toState(bytes);
    }

    @Override
    public void put(String name, Progress progress) {
        underWay.put(StreamsMemory.key(PROGRESS + name), PROGRESSES.toBytes(progress));
    }

    @Override
    public void forgetProgress(String name) {
        underWay.delete(StreamsMemory.key(PROGRESS + name));
    }

    @Override
    public @Nullable Instant firstClosing(String name, Instant from) {
        try (KeyValueIterator<Bytes, byte[]> entries =
                underWay.range(closingKey(name, from), closingKey(name, LATEST))) {
            if (!entries.hasNext()) {
                return null;
            }
            String key = new String(entries.next().key.get(), StandardCharsets.UTF_8);
            return Instant.ofEpochMilli(Long.parseLong(key.substring(key.lastIndexOf('\0') + 1)));
        }
    }

    @Override
    public @Nullable SortedSet<String> closing(String name, Instant start) {
        byte[] bytes = underWay.get(closingKey(name, start));
        return bytes == null ? null : new TreeSet<>(NAMES.toState(bytes));
    }

    @Override
    public void putClosing(String name, Instant start, SortedSet<String> blind) {
        underWay.put(closingKey(name, start), NAMES.toBytes(List.copyOf(blind)));
    }

    @Override
    public void forgetClosing(String name, Instant start) {
        underWay.delete(closingKey(name, start));
    }

    /** Keys are in the order of time. */
    private static Bytes closingKey(String name, Instant start) {
        return StreamsMemory.key(CLOSING + name + '\0' + String.format(Locale.ROOT, "%015d", start.toEpochMilli()));
    }

    @Override
    public @Nullable ByHealth levels(Scope scope) {
        byte[] bytes = underWay.get(levelsKey(scope));
        return bytes == null ? null : AMOUNTS.toState(bytes);
    }

    @Override
    public SortedMap<Scope, ByHealth> levels(String cluster) {
        return all(levelsPrefix(cluster), Scope::parse, AMOUNTS);
    }

    @Override
    public void putLevels(Scope scope, ByHealth levels) {
        underWay.put(levelsKey(scope), AMOUNTS.toBytes(levels));
    }

    @Override
    public void forgetLevels(Scope scope) {
        underWay.delete(levelsKey(scope));
    }

    /** Of the keys of all scopes of a cluster that have tenants; the scope's own key follows. */
    static String levelsPrefix(String cluster) {
        return LEVELS + cluster + '\0';
    }

    private static Bytes levelsKey(Scope scope) {
        return StreamsMemory.key(levelsPrefix(scope.cluster()) + scope.key());
    }

    @Override
    public @Nullable TrendWindow window(Scope scope, WindowSize size, Instant start) {
        byte[] bytes = windows.get(windowKey(scope, size, start));
        return bytes == null ? null : WINDOW.toState(bytes);
    }

    @Override
    public void put(TrendWindow window) {
        windows.put(windowKey(window.scope(), window.size(), window.start()), WINDOW.toBytes(window));
    }

    static Bytes windowKey(Scope scope, WindowSize size, Instant start) {
        return windowKey((scope.key() + '\0' + size.word() + '\0').getBytes(StandardCharsets.UTF_8), start);
    }

    private static Bytes windowKey(byte[] prefix, Instant start) {
        return Bytes.wrap(ByteBuffer.allocate(prefix.length + Long.BYTES)
                .put(prefix)
                .putLong(start.toEpochMilli())
                .array());
    }

    @Override
    public SortedMap<Scope, Instant> open(String cluster, WindowSize size) {
        return all(openPrefix(cluster, size), Scope::parse, INSTANTS);
    }

    @Override
    public @Nullable Instant open(Scope scope, WindowSize size) {
        byte[] bytes = underWay.get(openKey(scope, size));
        return bytes == null ? null : INSTANTS.toState(bytes);
    }

    @Override
    public void putOpen(Scope scope, WindowSize size, @Nullable Instant start) {
        Bytes key = openKey(scope, size);
        if (start == null) {
            underWay.delete(key);
        } else {
            underWay.put(key, INSTANTS.toBytes(start));
        }
    }

    private static Bytes openKey(Scope scope, WindowSize size) {
        return StreamsMemory.key(openPrefix(scope.cluster(), size) + scope.key());
    }

    private static String openPrefix(String cluster, WindowSize size) {
        return OPEN + size.word() + '\0' + cluster + '\0';
    }

    private <K extends Comparable<K>, V> SortedMap<K, V> all(
            String prefix, Function<String, K> key, StateSerde<V> serde) {
        SortedMap<K, V> all = new TreeMap<>();
        try (KeyValueIterator<Bytes, byte[]> entries = underWay.prefixScan(prefix, new StringSerializer())) {
            while (entries.hasNext()) {
                KeyValue<Bytes, byte[]> entry = entries.next();
                String name = new String(entry.key.get(), StandardCharsets.UTF_8);
                all.put(key.apply(name.substring(prefix.length())), serde.toState(entry.value));
            }
        }
        return all;
    }

    /** Reads what it forgets and no more: it jumps from scope to scope. */
    @Override
    public void forgetBefore(WindowSize size, Instant start) {
        byte[] word = ('\0' + size.word() + '\0').getBytes(StandardCharsets.UTF_8);
        byte[] scope = firstScope(new byte[0]);
        while (scope.length > 0) {
            byte[] prefix = concat(scope, word);
            forget(windowKey(prefix, Instant.EPOCH), windowKey(prefix, start.minusMillis(1)));
            // Behind all windows of the scope: what separates its key from the rest is a zero.
            scope = firstScope(concat(scope, new byte[] {1}));
        }
    }

    /** Key of the scope whose windows come first from some bytes on; empty: there are none. */
    private byte[] firstScope(byte[] from) {
        try (KeyValueIterator<Bytes, byte[]> entries = windows.range(Bytes.wrap(from), null)) {
            return entries.hasNext() ? untilZero(entries.peekNextKey().get()) : new byte[0];
        }
    }

    private void forget(Bytes from, Bytes to) {
        List<Bytes> old = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> entries = windows.range(from, to)) {
            entries.forEachRemaining(entry -> old.add(entry.key));
        }
        old.forEach(windows::delete);
    }

    private static byte[] untilZero(byte[] bytes) {
        int length = 0;
        while (bytes[length] != 0) {
            length++;
        }
        return Arrays.copyOf(bytes, length);
    }

    private static byte[] concat(byte[] one, byte[] other) {
        return ByteBuffer.allocate(one.length + other.length)
                .put(one)
                .put(other)
                .array();
    }
}
