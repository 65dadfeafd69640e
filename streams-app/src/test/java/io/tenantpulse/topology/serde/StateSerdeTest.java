package io.tenantpulse.topology.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.type.TypeReference;
import io.tenantpulse.detect.Position;
import io.tenantpulse.detect.Severity;
import io.tenantpulse.model.Counts;
import io.tenantpulse.model.Dependency;
import io.tenantpulse.model.ObjectId;
import io.tenantpulse.model.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StateSerdeTest {
    private static final TenantId ACME = new TenantId("alpha", "tenants", "Tenant", "acme");
    private static final ObjectId API = new ObjectId("", "Service", "tenants", "api");
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00.123Z");

    record Clock(Instant since, @Nullable Instant deadline, Duration frozen, Severity severity) {
        boolean isRunning() {
            return deadline != null;
        }
    }

    record Memory(
            TenantId id,
            @Nullable String uid,
            String group,
            boolean frozen,
            long generation,
            @Nullable Long observed,
            @Nullable Counts counts,
            Map<String, Clock> clocks,
            SortedMap<String, Instant> times,
            Set<ObjectId> objects,
            Map<ObjectId, Position> positions,
            List<String> ids) {
        Memory {
            clocks = Map.copyOf(clocks);
            times = new TreeMap<>(times);
            objects = Set.copyOf(objects);
            ids = List.copyOf(ids);
        }
    }

    record Before(TenantId id, String uid, int gone) {}

    private static Memory full() {
        Clock clock = new Clock(NOON, NOON.plusSeconds(900), Duration.ofMillis(1234), Severity.CRITICAL);
        return new Memory(
                ACME,
                "uid",
                "",
                true,
                7,
                6L,
                new Counts(1, 2, 0),
                Map.of("TenantResourcesMismatch", clock),
                new TreeMap<>(Map.of("b", NOON)),
                Set.of(API),
                Map.of(API, new Position(3, 4)),
                List.of("a", "b"));
    }

    @Test
    void keepsAllThatARecordHolds() {
        StateSerde<Memory> serde = new StateSerde<>(Memory.class);

        Memory back = serde.toState(serde.toBytes(full()));

        assertThat(back).isEqualTo(full());
    }

    @Test
    void keepsNothingOfWhatIsAbsent() {
        StateSerde<Memory> serde = new StateSerde<>(Memory.class);
        Memory empty = new Memory(
                ACME, null, "", false, 0, null, null, Map.of(), new TreeMap<>(), Set.of(), Map.of(), List.of());

        byte[] bytes = serde.toBytes(empty);

        assertThat(serde.toState(bytes)).isEqualTo(empty);
        assertThat(new String(bytes, java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("clocks", "uid", "counts");
    }

    @Test
    void readsWhatAnOlderVersionWrote() {
        byte[] old = new StateSerde<>(Before.class).toBytes(new Before(ACME, "uid", 5));

        Memory back = new StateSerde<>(Memory.class).toState(old);

        assertThat(back.uid()).isEqualTo("uid");
        assertThat(back.clocks()).isEmpty();
        assertThat(back.positions()).isEmpty();
        assertThat(back.generation()).isZero();
    }

    @Test
    void keepsTimesAsWholeMilliseconds() {
        StateSerde<Clock> serde = new StateSerde<>(Clock.class);
        Clock fine = new Clock(NOON.plusNanos(999_999), null, Duration.ofNanos(1_999_999), Severity.INFO);

        assertThat(serde.toState(serde.toBytes(fine)))
                .isEqualTo(new Clock(NOON, null, Duration.ofMillis(1), Severity.INFO));
    }

    @Test
    void keepsAListOfDependencies() {
        StateSerde<List<Dependency>> serde = new StateSerde<>(new TypeReference<List<Dependency>>() {});
        List<Dependency> spec = List.of(
                new Dependency("db", API, List.of(), true, Duration.ofMinutes(5), false),
                new Dependency("api", API, List.of("db"), false, Duration.ofSeconds(1), true));

        assertThat(serde.toState(serde.toBytes(spec))).isEqualTo(spec);
    }

    @Test
    void refusesAVersionThatItDoesNotKnow() {
        StateSerde<Before> serde = new StateSerde<>(Before.class);

        assertThatThrownBy(() -> serde.toState(new byte[] {9, 1}))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("version 9");
    }
}
