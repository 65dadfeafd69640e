package io.tenantpulse.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.query.TrendQueries;
import io.tenantpulse.trends.Scope;
import io.tenantpulse.trends.Totals;
import io.tenantpulse.trends.TrendWindow;
import io.tenantpulse.trends.WindowSize;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrendWindowScanTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Scope WEB = Scope.template("c1", "shop", "web");
    private static final int MINUTES = 500;

    @TempDir
    Path dir;

    private KeyValueStore<Bytes, byte[]> store;

    @BeforeEach
    void fill() {
        store = org.apache.kafka.streams.state.Stores.persistentKeyValueStore("trends")
                .get();
        MockProcessorContext<Void, Void> context =
                new MockProcessorContext<>(new Properties(), new TaskId(0, 0), dir.toFile());
        store.init(context.getStateStoreContext(), store);
        for (int minute = 0; minute < MINUTES; minute++) {
            put(WEB, WindowSize.MINUTE, minute);
        }
        put(WEB, WindowSize.HOUR, 0);
        put(Scope.template("c1", "shop", "web2"), WindowSize.MINUTE, 7);
        put(Scope.namespace("c1", "shop"), WindowSize.MINUTE, 7);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private static Instant minute(long n) {
        return NOON.plus(Duration.ofMinutes(n));
    }

    private void put(Scope scope, WindowSize size, int minute) {
        TrendWindow window = new TrendWindow(
                scope, size, minute(minute), 0, List.of(), Totals.NONE, 1, minute(minute), minute(minute + 1));
        store.put(
                StreamsMergerMemory.windowKey(scope, size, window.start()), StreamsMergerMemory.WINDOW.toBytes(window));
    }

    private TrendQueries.Answer ask(Scope scope, WindowSize size, @Nullable Instant from, @Nullable Instant to) {
        return TrendWindowScan.of(store, new TrendQueries.Asked(scope, size, from, to));
    }

    private TrendQueries.Found found(@Nullable Instant from, @Nullable Instant to) {
        return (TrendQueries.Found) ask(WEB, WindowSize.MINUTE, from, to);
    }

    private static List<Instant> starts(TrendQueries.Found found) {
        assertThat(found.windows()).allMatch(each -> each.scope().equals(WEB) && each.size() == WindowSize.MINUTE);
        return found.windows().stream().map(TrendWindow::start).toList();
    }

    private static List<Instant> minutes(int from, int to) {
        return IntStream.range(from, to).mapToObj(TrendWindowScanTest::minute).toList();
    }

    @Test
    void answersWithTheNewestWhereNoStartIsAskedFor() {
        assertThat(starts(found(null, null))).isEqualTo(minutes(MINUTES - TrendQueries.LIMIT, MINUTES));
        assertThat(found(null, null).next()).isNull();
        assertThat(starts(found(null, minute(300)))).isEqualTo(minutes(60, 300));
    }

    @Test
    void answersWithTheOldestFromAStartOnAndTellsWhereToGoOn() {
        TrendQueries.Found first = found(NOON, null);
        TrendQueries.Found second = found(first.next(), null);
        TrendQueries.Found third = found(second.next(), null);

        assertThat(starts(first)).isEqualTo(minutes(0, 240));
        assertThat(starts(second)).isEqualTo(minutes(240, 480));
        assertThat(starts(third)).isEqualTo(minutes(480, MINUTES));
        assertThat(third.next()).isNull();
    }

    @Test
    void takesTheStartInclusiveAndTheEndExclusive() {
        assertThat(starts(found(minute(3), minute(5)))).isEqualTo(minutes(3, 5));
        assertThat(starts(found(minute(3).plusMillis(1), minute(5).plusMillis(1))))
                .isEqualTo(minutes(4, 6));
        assertThat(starts(found(minute(3), minute(243)))).isEqualTo(minutes(3, 243));
        assertThat(found(minute(3), minute(243)).next()).isNull();
    }

    @Test
    void takesTimesThatNoWindowCanHave() {
        assertThat(starts(found(Instant.MIN, minute(2)))).isEqualTo(minutes(0, 2));
        assertThat(starts(found(minute(498), Instant.MAX))).isEqualTo(minutes(498, 500));
        assertThat(starts(found(Instant.MIN, Instant.EPOCH))).isEmpty();
    }

    @Test
    void tellsAScopeWithoutWindowsInTheStretchFromOneThatIsUnknown() {
        assertThat(starts(found(minute(1000), null))).isEmpty();
        assertThat(ask(WEB, WindowSize.DAY, null, null)).isEqualTo(new TrendQueries.Found(List.of(), null));
        assertThat(ask(Scope.template("c1", "shop", "we"), WindowSize.MINUTE, null, null))
                .isEqualTo(new TrendQueries.NoSuchScope());
        assertThat(ask(Scope.FLEET, WindowSize.MINUTE, null, null)).isEqualTo(new TrendQueries.NoSuchScope());
    }
}
