package io.tenantpulse.trends;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.topology.serde.StateSerde;
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

    private final HeldMergerMemory memory = new HeldMergerMemory();
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
        assertNothingKeptOf(minute(0));
    }

    private void assertNothingKeptOf(Instant minute) {
        assertThat(memory.windows())
                .isNotEmpty()
                .noneMatch(
                        each -> each.size() == WindowSize.MINUTE && each.start().equals(minute));
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

        assertNothingKeptOf(minute(1));
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

    private void scope(String cluster, int n, Scope scope, long tenants) {
        for (int partition = 0; partition < 2; partition++) {
            merger.on(new Partial(partition, cluster, minute(n), scope, healthy(tenants)));
        }
    }

    @Test
    void countsTheLastMinuteOfAClusterThatGoesInTheFleetsToo() {
        for (int partition = 0; partition < 2; partition++) {
            cluster(partition, "a", 0, 3);
            cluster(partition, "b", 0, 2);
            fleet(partition, 0);
            merger.on(new Partial(partition, "b", minute(1), B, healthy(2)));
            merger.on(new WindowClosed(partition, "b", minute(1), List.of(), true));
        }
        for (int partition = 0; partition < 2; partition++) {
            cluster(partition, "a", 1, 3);
            fleet(partition, 1);
            cluster(partition, "a", 2, 3);
            fleet(partition, 2);
        }

        List<TrendWindow> fleet = told(Scope.FLEET, WindowSize.MINUTE);
        assertThat(fleet.get(1).totals().population().time().healthy()).isEqualTo(10 * 60_000);
        assertThat(fleet.get(2).totals().population().time().healthy()).isEqualTo(6 * 60_000);
        assertThat(memory.progress()).containsOnlyKeys("", "a");
    }

    @Test
    void tellsTheLastLongWindowsOfAClusterThatGoes() {
        for (int partition = 0; partition < 2; partition++) {
            cluster(partition, "a", 0, 3);
            merger.on(new WindowClosed(partition, "a", minute(1), List.of(), true));
        }

        assertThat(told(A, WindowSize.QUARTER))
                .singleElement()
                .satisfies(
                        window -> assertThat(window.totals().population().time().healthy())
                                .isEqualTo(6 * 60_000));
        assertThat(told(A, WindowSize.DAY)).hasSize(1);
    }

    @Test
    void aClusterThatComesBackInTheMinuteInWhichItWentIsCountedTwiceInIt() {
        for (int partition = 0; partition < 2; partition++) {
            merger.on(new Partial(partition, "a", minute(0), A, healthy(3)));
            merger.on(new WindowClosed(partition, "a", minute(0), List.of(), true));
        }
        for (int partition = 0; partition < 2; partition++) {
            cluster(partition, "a", 0, 2);
            cluster(partition, "a", 1, 2);
        }

        assertThat(told(A, WindowSize.MINUTE)).extracting(TrendWindow::revision).containsExactly(0, 1, 0);
        assertThat(told(A, WindowSize.MINUTE).get(1).totals().restarts()).isEqualTo(4);
        TrendWindow hour = memory.window(A, WindowSize.HOUR, minute(0));
        assertThat(hour.totals().restarts()).isEqualTo(6);
        assertThat(hour.totals().population().time().healthy()).isEqualTo((6 + 4 + 4) * 60_000);
        assertThat(memory.progress("a").gone()).isEmpty();
    }

    /** Its tenants went while nobody saw the cluster; the fleet counted them as blind for three minutes. */
    @Test
    void aScopeThatHadGoneWhileItsClusterWasBlindIsBlindInNoWindow() {
        Scope web = Scope.template("b", "ns", "web");
        for (int n = 0; n < 5; n++) {
            for (int partition = 0; partition < 2; partition++) {
                cluster(partition, "a", n, 3);
            }
            if (n == 0) {
                scope("b", n, web, 4);
            }
            for (int partition = 0; partition < 2; partition++) {
                if (n == 0) {
                    cluster(partition, "b", n, 2);
                }
                fleet(partition, n, n == 0 ? new String[0] : new String[] {"b"});
            }
        }
        assertThat(memory.window(web, WindowSize.MINUTE, minute(4))
                        .totals()
                        .population()
                        .time()
                        .blind())
                .isEqualTo(8 * 60_000);

        for (int n = 1; n < 6; n++) {
            cluster(0, "b", n, 2);
            cluster(1, "b", n, 2);
        }

        for (int n = 1; n < 5; n++) {
            TrendWindow window = memory.window(web, WindowSize.MINUTE, minute(n));
            assertThat(window.totals()).as("minute " + n).isEqualTo(Totals.NONE);
            assertThat(window.revision()).isEqualTo(1);
        }
        assertThat(memory.window(web, WindowSize.QUARTER, minute(0))
                        .totals()
                        .population()
                        .time())
                .isEqualTo(ByHealth.of(Health.HEALTHY, 8 * 60_000));
        assertThat(memory.levels(web)).isNull();
    }

    @Test
    void aHeldMemoryKeepsTheTotalsOfLikeMinutesOnce() {
        for (int n = 0; n < 3; n++) {
            cluster(0, "a", n, n < 2 ? 3 : 4);
            cluster(1, "a", n, 1);
        }

        Totals first = memory.window(A, WindowSize.MINUTE, minute(0)).totals();
        assertThat(memory.window(A, WindowSize.MINUTE, minute(1)).totals()).isSameAs(first);
        assertThat(memory.window(A, WindowSize.MINUTE, minute(2)).totals()).isNotEqualTo(first);
    }

    /** 3,000 templates: what a minute reads grows with them, not with their square. */
    @Test
    void readsAsMuchForEachOfManyScopesAsForEachOfFew() {
        assertThat(readsFor(3000)).isLessThan(3000 * 40L).isLessThan(readsFor(300) * 11);
    }

    private long readsFor(int templates) {
        CountingMergerMemory many = new CountingMergerMemory();
        Merger merging = new Merger(1, many, new MergerVoice() {
            @Override
            public void say(TrendWindow window) {}

            @Override
            public void count(String what) {}
        });
        for (int n = 0; n < 2; n++) {
            many.read = 0;
            for (int i = 0; i < templates; i++) {
                merging.on(new Partial(0, "a", minute(n), Scope.template("a", "ns", "t" + i), healthy(1)));
            }
            merging.on(new WindowClosed(0, "a", minute(n), List.of(), false));
            merging.on(new WindowClosed(0, null, minute(n), List.of(), false));
        }
        return many.read;
    }

    /** One partition is read a week before the other. */
    @Test
    void whatIsKnownOfPartitionsIsSmallHoweverFarOneIsAhead() {
        for (int n = 0; n < 7 * 24 * 60; n++) {
            merger.on(new WindowClosed(0, "a", minute(n), List.of(), false));
            fleet(0, n, "some-cluster-that-is-blind", "another-one");
        }

        StateSerde<Progress> serde = new StateSerde<>(Progress.class);
        memory.progress()
                .values()
                .forEach(each -> assertThat(serde.toBytes(each)).hasSizeLessThan(1 << 10));
    }

    @Test
    void tellsTheSameMinutesWhereOnlyThoseAreLookedAt() {
        List<TrendWindow> all = new ArrayList<>();
        List<TrendWindow> minutes = new ArrayList<>();
        Merger whole = new Merger(1, new HeldMergerMemory(), collecting(all));
        Merger ofMinutes = Merger.ofMinutes(new HeldMergerMemory(), collecting(minutes));

        for (Merger each : List.of(whole, ofMinutes)) {
            for (int n = 0; n < 400; n++) {
                each.on(new Partial(0, "a", minute(n), A, healthy(n % 7)));
                each.on(new WindowClosed(0, "a", minute(n), List.of(), false));
                boolean blind = n > 100 && n < 380;
                each.on(new WindowClosed(0, null, minute(n), blind ? List.of("b") : List.of(), false));
                if (n == 380) { // more than what is kept of minutes behind the fleet, and a scope of it is gone
                    caughtUp(each);
                }
                if (!blind) {
                    each.on(new Partial(0, "b", minute(n), B, healthy(3)));
                    each.on(new Partial(0, "b", minute(n), Scope.registry("b", "ns", "r"), healthy(2)));
                    each.on(new WindowClosed(0, "b", minute(n), List.of(), false));
                }
            }
        }

        assertThat(minutes.stream()
                        .filter(each -> each.size() == WindowSize.MINUTE)
                        .toList())
                .hasSizeGreaterThan(700)
                .isEqualTo(all.stream()
                        .filter(each -> each.size() == WindowSize.MINUTE)
                        .toList());
    }

    private static void caughtUp(Merger merger) {
        for (int n = 101; n < 380; n++) {
            merger.on(new Partial(0, "b", minute(n), B, healthy(n % 5)));
            merger.on(new WindowClosed(0, "b", minute(n), List.of(), false));
        }
    }

    private static MergerVoice collecting(List<TrendWindow> to) {
        return new MergerVoice() {
            @Override
            public void say(TrendWindow window) {
                to.add(window);
            }

            @Override
            public void count(String what) {}
        };
    }
}
