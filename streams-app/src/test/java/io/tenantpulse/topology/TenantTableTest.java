package io.tenantpulse.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Random;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kafka's own store in memory is the measure. */
class TenantTableTest {
    private final TenantTable table = new TenantTable("tenants");
    private final KeyValueStore<Bytes, byte[]> tree =
            Stores.inMemoryKeyValueStore("tree").get();
    private final MockProcessorContext<Object, Object> context = new MockProcessorContext<>();

    @BeforeEach
    void open() {
        table.init(context.getStateStoreContext(), table);
        tree.init(context.getStateStoreContext(), tree);
    }

    @Test
    void holdsAndGivesWhatKafkasStoreDoes() {
        Random random = new Random(1);
        for (int step = 0; step < 5_000; step++) {
            Bytes key = key("c" + random.nextInt(4) + (random.nextBoolean() ? "/t/Tenant/" : "-x/t/Tenant/")
                    + random.nextInt(30));
            byte[] value = new byte[random.nextInt(40) == 0 ? random.nextInt(40_000) : 1 + random.nextInt(700)];
            random.nextBytes(value);
            for (KeyValueStore<Bytes, byte[]> store : List.of(table, tree)) {
                switch (step % 7) {
                    case 0, 1 -> store.delete(key);
                    case 2 -> store.putIfAbsent(key, value);
                    case 3 -> store.putAll(List.of(KeyValue.pair(key, value)));
                    case 4 -> store.put(key, null);
                    default -> store.put(key, value);
                }
            }
            assertThat(table.get(key)).isEqualTo(tree.get(key));
        }

        assertThat(table.approximateNumEntries()).isEqualTo(tree.approximateNumEntries());
        assertThat(all(table.all())).isNotEmpty().isEqualTo(all(tree.all()));
        for (String prefix : List.of("c", "c1", "c1/", "c1/t/Tenant/2", "c1-x/", "c9/", "/", "zz")) {
            assertThat(all(table.prefixScan(prefix, new StringSerializer())))
                    .as(prefix)
                    .isEqualTo(all(tree.prefixScan(prefix, new StringSerializer())));
        }
        Bytes from = key("c1/t/Tenant/2");
        Bytes to = key("c2/");
        assertThat(all(table.range(from, to))).isNotEmpty().isEqualTo(all(tree.range(from, to)));
        assertThat(all(table.range(null, to))).isEqualTo(all(tree.range(null, to)));
        assertThat(all(table.range(from, null))).isEqualTo(all(tree.range(from, null)));
    }

    @Test
    void keepsWhatItIsGivenAndTellsRowsByCluster() {
        byte[] state = {1};
        table.put(key("a/t/Tenant/z"), state);
        table.put(key("a/t/Tenant/y"), new byte[] {2});
        table.put(key("a-b/t/Tenant/x"), new byte[] {3});

        assertThat(table.get(key("a/t/Tenant/z"))).isEqualTo(state);
        assertThat(table.rowsOf("a", any -> true).stream().map(row -> text(row.key())))
                .containsExactly("a/t/Tenant/y", "a/t/Tenant/z");
        assertThat(table.rowsOf("a", row -> row.stateBytes()[0] == 1)).hasSize(1);
        assertThat(table.rowsOf("b", any -> true)).isEmpty();
        assertThat(table.rows()).hasSize(3);
    }

    @Test
    void whatIsTakenAwayMayComeBackAsAnotherRow() {
        Bytes key = key("a/t/Tenant/z");
        table.put(key, new byte[] {1});
        KnownTenant first = table.row(key);
        table.delete(key);
        assertThat(table.row(key)).isNull();
        assertThat(table.delete(key)).isNull();

        table.put(key, new byte[] {2});

        assertThat(table.row(key)).isNotNull().isNotSameAs(first);
        assertThat(table.approximateNumEntries()).isOne();
    }

    @Test
    void anIteratorGivesWhatWasThereInTheBeginningAndStillIs() {
        table.put(key("a/1"), new byte[] {1});
        table.put(key("a/2"), new byte[] {2});
        table.put(key("a/3"), new byte[] {3});
        try (KeyValueIterator<Bytes, byte[]> entries = table.prefixScan("a/", new StringSerializer())) {
            table.delete(key("a/2"));
            table.put(key("a/1"), new byte[100]);
            table.put(key("a/4"), new byte[] {4});

            assertThat(text(entries.peekNextKey())).isEqualTo("a/1");
            assertThat(entries.next().value).hasSize(100);
            assertThat(entries.next().value).containsExactly(3);
            assertThat(entries.hasNext()).isFalse();
            assertThatThrownBy(entries::peekNextKey).isInstanceOf(NoSuchElementException.class);
        }
    }

    /** A tenant with hundreds of resources can be the first that comes back in a restart. */
    @ParameterizedTest
    @ValueSource(ints = {16_000, 17_000, 20_000, 32_000, 33_000})
    void holdsALongStateFirst(int length) {
        byte[] value = new byte[length];
        new Random(length).nextBytes(value);
        byte[] grown = Arrays.copyOf(value, length + length / 20);
        table.put(key("a/t/Tenant/z"), value);
        assertThat(table.get(key("a/t/Tenant/z"))).isEqualTo(value);

        table.put(key("a/t/Tenant/z"), grown);

        assertThat(table.get(key("a/t/Tenant/z"))).isEqualTo(grown);
    }

    /** A fleet that breaks as a whole, and is well again. */
    @Test
    void keepsLittleMoreThanAllStatesNeed() {
        int tenants = 40_000;
        long most = 0;
        for (int length : new int[] {300, 500, 900, 300, 600, 1_200, 300, 20}) {
            for (int i = 0; i < tenants; i++) {
                byte[] state = new byte[length];
                Arrays.fill(state, (byte) (i + length));
                table.put(key("a/t/Tenant/" + i), state);
                most = Math.max(most, table.pageBytes());
            }
            assertThat(table.pageBytes()).isLessThan(Math.max(24L << 20, 3L * tenants * (length + 20)));
        }
        assertThat(most).isLessThan(3L * tenants * 1_200);
        for (int i = 0; i < tenants; i++) {
            assertThat(table.get(key("a/t/Tenant/" + i))).hasSize(20).containsOnly((byte) (i + 20));
            table.delete(key("a/t/Tenant/" + i));
        }
        assertThat(table.pageBytes()).isLessThan(24L << 20);
    }

    @Test
    void isFoundBelowWhatStreamsPutsAroundIt() {
        KeyValueStore<Bytes, byte[]> made = io.tenantpulse.topology.Stores.all(false).stream()
                .filter(builder -> builder.name().equals("tenants"))
                .findFirst()
                .orElseThrow()
                .build();

        assertThat(TenantTable.of(made)).isNotSameAs(made);
        assertThatThrownBy(() -> TenantTable.of(tree)).hasMessageContaining("tree");
    }

    @Test
    void isEmptyAndClosedAfterwards() {
        table.put(key("a/1"), new byte[] {1});
        assertThat(table.isOpen()).isTrue();

        table.close();

        assertThat(table.isOpen()).isFalse();
        assertThat(table.get(key("a/1"))).isNull();
        assertThat(table.approximateNumEntries()).isZero();
    }

    private static List<Map.Entry<String, ByteBuffer>> all(KeyValueIterator<Bytes, byte[]> entries) {
        List<Map.Entry<String, ByteBuffer>> all = new ArrayList<>();
        try (entries) {
            entries.forEachRemaining(entry -> all.add(Map.entry(text(entry.key), ByteBuffer.wrap(entry.value))));
        }
        return all;
    }

    private static Bytes key(String text) {
        return Bytes.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Bytes key) {
        return new String(key.get(), StandardCharsets.UTF_8);
    }
}
