package io.tenantpulse.trends;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Two partitions, minutes counted from noon. */
class MergerTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final Scope A = Scope.cluster("a");
    private static final Scope B = Scope.cluster("b");

    private final MapMergerMemory memory = new MapMergerMemory();
    private final List<TrendWindow> told = new ArrayList<>();
    private final List<String> odd = new ArrayList<>();
    private final Merger merger = new Merger(2, memory, new MergerVoice() {
        @Override
        public void say(TrendWindow window) {
            told.add(window);
        }

        @Override
        public void count(String what) {
            odd.add(what);
        }
    });

    private static Instant minute(int n) {
        return NOON.plus(Duration.ofMinutes(n));
    }

    private static Totals healthy(long tenants) {
        ByHealth all = ByHealth.of(Health.HEALTHY, tenants);
        Population population =
                new Population(all.times(60_000), all, all, new TreeMap<>(), ByHealth.NONE, ByHealth.NONE);
        return Totals.NONE.beside(new Totals(
                population, Members.NONE, Incidents.NONE, new TreeMap<>(), Quantiles.NONE, new TreeMap<>(), 1, 0));
    }

    private void cluster(int partition, String cluster, int n, long tenants) {
        merger.on(new Partial(partition, cluster, minute(n), Scope.cluster(cluster), healthy(tenants)));
        merger.on(new WindowClosed(partition, cluster, minute(n), List.of(), false));
    }

    private void fleet(int partition, int n, String... blind) {
        merger.on(new WindowClosed(partition, null, minute(n), List.of(blind), false));
    }

    private List<TrendWindow> told(Scope scope, WindowSize size) {
        return told.stream()
                .filter(each -> each.scope().equals(scope) && each.size() == size)
                .toList();
    }

    @Test
    void closesAWindowOnceWhenEveryPartitionHas() {
        cluster(0, "a", 0, 3);
        fleet(0, 0);
        assertThat(told).isEmpty();

        cluster(1, "a", 0, 2);
        fleet(1, 0);

        assertThat(told(A, WindowSize.MINUTE)).singleElement().satisfies(window -> {
            assertThat(window.totals().population().atEnd().healthy()).isEqualTo(5);
            assertThat(window.revision()).isZero();
        });
        assertThat(told(Scope.FLEET, WindowSize.MINUTE))
                .singleElement()
                .satisfies(
                        window -> assertThat(window.totals().population().time().healthy())
                                .isEqualTo(300_000));
    }

    @Test
    void waitsForASlowPartitionHoweverFarTheOtherIs() {
        for (int n = 0; n < 30; n++) {
            cluster(0, "a", n, 3);
            fleet(0, n);
        }
        assertThat(told).isEmpty();

        for (int n = 0; n < 30; n++) {
            cluster(1, "a", n, 2);
            fleet(1, n);
        }

        assertThat(told(A, WindowSize.MINUTE)).hasSize(30);
        assertThat(told(Scope.FLEET, WindowSize.QUARTER))
                .hasSize(2)
                .allSatisfy(window ->
                        assertThat(window.totals().population().time().total()).isEqualTo(15 * 300_000));
    }

    @Test
    void countsABlindClusterAsBlindAndCorrectsItsOwnWindowsOnly() {
        for (int partition = 0; partition < 2; partition++) {
            cluster(partition, "a", 0, 3);
            cluster(partition, "b", 0, 2);
            fleet(partition, 0);
        }
        for (int partition = 0; partition < 2; partition++) {
            cluster(partition, "a", 1, 3);
        }
        // One partition alone says that b was behind: the other's word is not enough.
        cluster(0, "b", 1, 2);
        fleet(0, 1);
        fleet(1, 1, "b");

        TrendWindow assumed = told(B, WindowSize.MINUTE).get(1);
        assertThat(assumed.blindClusters()).containsExactly("b");
        assertThat(assumed.totals().population().time()).isEqualTo(ByHealth.of(Health.BLIND, 240_000));
        TrendWindow fleet = told(Scope.FLEET, WindowSize.MINUTE).get(1);
        assertThat(fleet.blindClusters()).containsExactly("b");
        assertThat(fleet.totals().population().time()).isEqualTo(new ByHealth(240_000, 0, 0, 0, 0, 0, 360_000));

        cluster(1, "b", 1, 2);

        TrendWindow corrected = told(B, WindowSize.MINUTE).get(2);
        assertThat(corrected.revision()).isEqualTo(1);
        assertThat(corrected.totals()).isEqualTo(healthy(2).beside(healthy(2)));
        assertThat(told(Scope.FLEET, WindowSize.MINUTE)).hasSize(2);
    }

    @Test
    void correctsARollUpThatWasToldAndCountsThat() {
        for (int n = 0; n < 15; n++) {
            for (int partition = 0; partition < 2; partition++) {
                cluster(partition, "a", n, 3);
                if (n < 13) {
                    cluster(partition, "b", n, 2);
                }
                fleet(partition, n, n < 13 ? new String[0] : new String[] {"b"});
            }
        }
        TrendWindow before = told(B, WindowSize.QUARTER).get(0);
        assertThat(before.totals().population().time()).isEqualTo(new ByHealth(480_000, 0, 0, 0, 0, 0, 13 * 240_000));

        for (int n = 13; n < 15; n++) {
            cluster(0, "b", n, 2);
            cluster(1, "b", n, 2);
        }

        assertThat(told(B, WindowSize.MINUTE))
                .filteredOn(window -> window.revision() == 1)
                .hasSize(2);
        TrendWindow after =
                told(B, WindowSize.QUARTER).get(told(B, WindowSize.QUARTER).size() - 1);
        assertThat(after.revision()).isEqualTo(2);
        assertThat(after.totals().population().time()).isEqualTo(ByHealth.of(Health.HEALTHY, 15 * 240_000));
        assertThat(after.totals().population().atEnd()).isEqualTo(ByHealth.of(Health.HEALTHY, 4));
        assertThat(after.totals().restarts()).isEqualTo(30);
        assertThat(told(Scope.FLEET, WindowSize.QUARTER))
                .singleElement()
                .satisfies(window ->
                        assertThat(window.totals().population().time().blind()).isEqualTo(480_000));
        assertThat(odd).contains("trend-corrected", "trend-after-fleet");
    }

    @Test
    void rollsUpADayOverAHole() {
        for (int n : new int[] {0, 1, 2, 24 * 60, 24 * 60 + 59}) {
            for (int partition = 0; partition < 2; partition++) {
                cluster(partition, "a", n, 3);
                fleet(partition, n);
            }
        }

        for (WindowSize size : List.of(WindowSize.QUARTER, WindowSize.HOUR, WindowSize.DAY)) {
            assertThat(told(A, size))
                    .as(size.word())
                    .first()
                    .satisfies(window -> assertThat(
                                    window.totals().population().time().healthy())
                            .isEqualTo(3 * 360_000));
        }
        assertThat(memory.windows.keySet()).noneMatch(key -> key.contains("@1m@" + minute(0)));
    }

    /** Both clusters are there until {@code b} goes silent in a minute that it has told nothing of; {@code a} goes on. */
    private void outageOfB(int minutes) {
        for (int n = 0; n < minutes; n++) {
            for (int partition = 0; partition < 2; partition++) {
                cluster(partition, "a", n, 3);
                if (n < 2) {
                    cluster(partition, "b", n, 2);
                }
                fleet(partition, n, n < 2 ? new String[0] : new String[] {"b"});
            }
        }
        told.clear();
        cluster(0, "b", 2, 2);
        cluster(1, "b", 2, 2);
    }

    private static ByHealth seen(long healthyMinutes, long blindMinutes) {
        return new ByHealth(blindMinutes * 240_000, 0, 0, 0, 0, 0, healthyMinutes * 240_000);
    }

    @Test
    void correctsRollUpsByAMinuteThatIsKeptNoLonger() {
        outageOfB(4 * 60);

        assertThat(memory.windows.keySet()).noneMatch(key -> key.contains("@1m@" + minute(1)));
        assertThat(told(B, WindowSize.MINUTE))
                .singleElement()
                .satisfies(window -> assertThat(window.revision()).isEqualTo(1));
        assertThat(told(B, WindowSize.QUARTER)).singleElement().satisfies(window -> {
            assertThat(window.totals().population().time()).isEqualTo(seen(3, 12));
            assertThat(window.totals().restarts()).isEqualTo(6);
            assertThat(window.revision()).isPositive();
        });
        assertThat(told(B, WindowSize.HOUR))
                .singleElement()
                .satisfies(window ->
                        assertThat(window.totals().population().time()).isEqualTo(seen(3, 57)));
    }

    @Test
    void tellsNoRollUpAnewOfOneMinuteWhenItIsKeptNoLonger() {
        outageOfB(3 * 24 * 60);

        assertThat(told(B, WindowSize.QUARTER)).isEmpty();
        assertThat(told(B, WindowSize.HOUR))
                .singleElement()
                .satisfies(window ->
                        assertThat(window.totals().population().time()).isEqualTo(seen(3, 57)));
        assertThat(odd).contains("trend-too-late");
    }

    @Test
    void forgetsAClusterThatIsGone() {
        for (int partition = 0; partition < 2; partition++) {
            cluster(partition, "a", 0, 3);
            merger.on(new WindowClosed(partition, "a", minute(1), List.of(), true));
        }

        assertThat(memory.progress()).isEmpty();
        assertThat(memory.levels("a")).isEmpty();
    }
}
