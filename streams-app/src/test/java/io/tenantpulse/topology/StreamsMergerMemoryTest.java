package io.tenantpulse.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.trends.ByHealth;
import io.tenantpulse.trends.Health;
import io.tenantpulse.trends.HeldMergerMemory;
import io.tenantpulse.trends.MergerMemory;
import io.tenantpulse.trends.Scope;
import io.tenantpulse.trends.Totals;
import io.tenantpulse.trends.TrendWindow;
import io.tenantpulse.trends.WindowSize;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On the stores that are used in production. */
class StreamsMergerMemoryTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final List<Scope> SCOPES = List.of(
            Scope.FLEET,
            Scope.cluster("a"),
            Scope.cluster("a-b"),
            Scope.namespace("a", "shop"),
            Scope.template("a", "shop", "web"),
            Scope.template("a", "shop", "web2"));

    @TempDir
    Path dir;

    private KeyValueStore<Bytes, byte[]> underWay;
    private KeyValueStore<Bytes, byte[]> windows;
    private StreamsMergerMemory memory;

    @BeforeEach
    void open() {
        MockProcessorContext<Void, Void> context =
                new MockProcessorContext<>(new Properties(), new TaskId(0, 0), dir.toFile());
        underWay = store(context, org.apache.kafka.streams.state.Stores.persistentKeyValueStore(Stores.PARTIALS));
        windows = store(context, org.apache.kafka.streams.state.Stores.persistentKeyValueStore(Stores.TRENDS));
        memory = new StreamsMergerMemory(context);
    }

    private static KeyValueStore<Bytes, byte[]> store(
            MockProcessorContext<Void, Void> context, KeyValueBytesStoreSupplier supplier) {
        KeyValueStore<Bytes, byte[]> store = supplier.get();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        return store;
    }

    @AfterEach
    void close() {
        underWay.close();
        windows.close();
    }

    private static Instant minute(long n) {
        return NOON.plus(Duration.ofMinutes(n));
    }

    private static TrendWindow window(Scope scope, WindowSize size, Instant start) {
        return new TrendWindow(scope, size, start, 0, List.of(), Totals.NONE, 1, start, start.plus(size.length()));
    }

    @Test
    void forgetsTheOldWindowsOfEachScopeAndNoOthers() {
        forgetsOldWindows(memory);
        int left = 0;
        try (KeyValueIterator<Bytes, byte[]> all = windows.all()) {
            while (all.hasNext()) {
                all.next();
                left++;
            }
        }
        assertThat(left).isEqualTo(SCOPES.size() * 11);
    }

    @Test
    void aHeldMemoryForgetsTheSame() {
        forgetsOldWindows(new HeldMergerMemory());
    }

    private static void forgetsOldWindows(MergerMemory memory) {
        for (Scope scope : SCOPES) {
            for (int n = 0; n < 30; n++) {
                memory.put(window(scope, WindowSize.MINUTE, minute(n)));
            }
            memory.put(window(scope, WindowSize.QUARTER, minute(0)));
        }

        memory.forgetBefore(WindowSize.MINUTE, minute(20));

        for (Scope scope : SCOPES) {
            assertThat(memory.window(scope, WindowSize.MINUTE, minute(19)))
                    .as(scope.key())
                    .isNull();
            assertThat(memory.window(scope, WindowSize.MINUTE, minute(20)))
                    .as(scope.key())
                    .isNotNull();
            assertThat(memory.window(scope, WindowSize.QUARTER, minute(0)))
                    .as(scope.key())
                    .isNotNull();
        }
    }

    @Test
    void findsWindowsThatAreClosingInTheOrderOfTime() {
        findsWindowsThatAreClosing(memory);
        findsWindowsThatAreClosing(new HeldMergerMemory());
    }

    private static void findsWindowsThatAreClosing(MergerMemory memory) {
        Instant early = Instant.parse("2001-09-09T01:45:00Z");
        Instant later = early.plus(Duration.ofMinutes(2));
        memory.putClosing("a", later, new TreeSet<>(List.of("x")));
        memory.putClosing("a", early, new TreeSet<>());
        memory.putClosing("a-b", early, new TreeSet<>());
        memory.putClosing("", early, new TreeSet<>());

        assertThat(memory.firstClosing("a", Instant.EPOCH)).isEqualTo(early);
        memory.forgetClosing("a", early);
        assertThat(memory.firstClosing("a", Instant.EPOCH)).isEqualTo(later);
        assertThat(memory.closing("a", later)).containsExactly("x");
        memory.forgetClosing("a", later);
        assertThat(memory.firstClosing("a", Instant.EPOCH)).isNull();
        assertThat(memory.firstClosing("", Instant.EPOCH)).isEqualTo(early);
    }

    @Test
    void keepsTheLevelsOfClustersApart() {
        keepsLevels(memory);
        keepsLevels(new HeldMergerMemory());
    }

    private static void keepsLevels(MergerMemory memory) {
        ByHealth three = ByHealth.of(Health.HEALTHY, 3);
        SCOPES.subList(1, SCOPES.size()).forEach(scope -> memory.putLevels(scope, three));

        assertThat(memory.levels("a")).hasSize(4).doesNotContainKey(Scope.cluster("a-b"));
        assertThat(memory.levels(Scope.cluster("a-b"))).isEqualTo(three);
        memory.forgetLevels(Scope.cluster("a"));
        assertThat(memory.levels(Scope.cluster("a"))).isNull();
    }
}
