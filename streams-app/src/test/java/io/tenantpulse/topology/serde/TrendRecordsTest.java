package io.tenantpulse.topology.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.trends.ByHealth;
import io.tenantpulse.trends.Group;
import io.tenantpulse.trends.GroupState;
import io.tenantpulse.trends.Health;
import io.tenantpulse.trends.Incidents;
import io.tenantpulse.trends.KindLoad;
import io.tenantpulse.trends.Members;
import io.tenantpulse.trends.Partial;
import io.tenantpulse.trends.Population;
import io.tenantpulse.trends.Progress;
import io.tenantpulse.trends.Quantiles;
import io.tenantpulse.trends.ReadyTimes;
import io.tenantpulse.trends.Scope;
import io.tenantpulse.trends.TopCounts;
import io.tenantpulse.trends.Totals;
import io.tenantpulse.trends.TrendWindow;
import io.tenantpulse.trends.WindowClosed;
import io.tenantpulse.trends.WindowSize;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TrendRecordsTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    static Totals totals() {
        Quantiles times = Quantiles.of(Duration.ofSeconds(3)).plus(Duration.ofMinutes(5));
        return new Totals(
                new Population(
                        new ByHealth(1, 2, 3, 4, 5, 6, 7),
                        ByHealth.of(Health.HEALTHY, 3),
                        ByHealth.of(Health.FAILED, 2),
                        new TreeMap<>(Map.of("healthy>failed", 2L)),
                        ByHealth.of(Health.UNKNOWN, 1),
                        ByHealth.of(Health.HEALTHY, 2)),
                new Members(
                        2, TopCounts.of("ImagePull web:1", 2), TopCounts.of("ns/web@3", 1), START, START.plusMillis(7)),
                new Incidents(
                        TopCounts.of("ImagePull", 1),
                        TopCounts.of("db", 1),
                        new TopCounts(new TreeMap<>(Map.of("Unknown", 2L)), 4),
                        TopCounts.NONE,
                        times,
                        2,
                        303_000),
                new TreeMap<>(Map.of("Deployment.apps", new KindLoad(9, 1))),
                times,
                new TreeMap<>(Map.of("web", new ReadyTimes(times, 1, Duration.ofSeconds(300)))),
                11,
                1);
    }

    @Test
    void comeBackFromTheLogAsTheyWere() {
        Partial partial = new Partial(3, "c1", START, Scope.template("c1", "ns", "web"), totals());
        WindowClosed closed = new WindowClosed(3, null, START, List.of("c2"), false);

        assertThat(TrendRecords.report(TrendRecords.toRecord(partial))).isEqualTo(partial);
        assertThat(TrendRecords.report(TrendRecords.toRecord(closed))).isEqualTo(closed);
    }

    @Test
    void comeBackFromStateAsTheyWere() {
        TrendWindow window = new TrendWindow(
                Scope.FLEET, WindowSize.HOUR, START, 1, List.of("c2"), totals(), 1, START, START.plusSeconds(60));
        GroupState group = new GroupState(
                new Group("c1", "ns", "Tenant.operator.kubernetes-tenants.org", "r", ""),
                START,
                new ByHealth(1, 2, 3, 4, 5, 6, 7),
                new TreeMap<>(Map.of("Pod", 1L)),
                new TreeMap<>(Map.of("ImagePull", 1L)),
                new TreeMap<>(Map.of(1L, 1L)),
                new TreeMap<>(Map.of(START.toEpochMilli(), 1L)),
                2000,
                new TreeMap<>(Map.of(START.toEpochMilli(), totals())));
        Progress progress = new Progress(new TreeMap<>(Map.of(0, START)), null, new TreeSet<>(List.of(1)));

        assertThat(back(window, TrendWindow.class)).isEqualTo(window);
        assertThat(back(group, GroupState.class)).isEqualTo(group);
        assertThat(back(progress, Progress.class)).isEqualTo(progress);
        assertThat(back(Totals.NONE, Totals.class)).isEqualTo(Totals.NONE);
    }

    private static <T> T back(T state, Class<T> type) {
        StateSerde<T> serde = new StateSerde<>(type);
        return serde.toState(serde.toBytes(state));
    }
}
