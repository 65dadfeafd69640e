package io.tenantpulse.trends;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Clusters of several partitions that join, go out of sight, catch up or not, lose scopes and go, told to a merger in some
 * order that keeps each partition's own; and what each window must be, by adding up what was told.
 */
final class MergedHistory {
    private static final Instant START = Instant.parse("2026-03-01T09:50:00Z");
    private static final int MINUTES = 190;
    private static final List<String> CLUSTERS = List.of("a", "b", "c");

    private final Random random;
    private final int partitions;
    private final HeldMergerMemory memory = new HeldMergerMemory();
    private final Map<String, TrendWindow> told = new TreeMap<>();
    private final Map<String, Totals> sums = new TreeMap<>();
    private final Map<Integer, TreeSet<String>> blind = new TreeMap<>();
    private final List<ArrayDeque<Report>> reports = new ArrayList<>();
    private final List<Life> lives = new ArrayList<>();
    private final Merger merger;

    /**
     * What a cluster does, in minutes.
     *
     * @param caughtUp whether what happened while it was silent comes after all
     * @param gone after its last minute; or {@link #MINUTES}
     */
    private record Life(String cluster, int from, int silent, int back, boolean caughtUp, int gone) {
        /** Whether a window of it is ever closed. */
        boolean has(int minute) {
            boolean lost = !caughtUp && minute > silent && minute < back;
            return minute >= from && minute <= gone && !lost;
        }

        /** Up to which minute all is told at some other minute's end; its own included. */
        int toldTo(int now) {
            return now > silent - 1 && now < back ? silent - 1 : Math.min(now, gone);
        }
    }

    MergedHistory(long seed) {
        this.random = new Random(seed);
        this.partitions = 1 + random.nextInt(3);
        this.merger = new Merger(partitions, memory, new MergerVoice() {
            @Override
            public void say(TrendWindow window) {
                TrendWindow before = told.put(key(window.scope(), window.size(), window.start()), window);
                assertThat(window.revision()).isEqualTo(before == null ? window.revision() : before.revision() + 1);
            }

            @Override
            public void count(String what) {
                // What is odd here is meant to be.
            }
        });
        for (String cluster : CLUSTERS) {
            int from = random.nextInt(20);
            int silent = from + 5 + random.nextInt(100);
            int back = silent + random.nextInt(60);
            int gone = random.nextInt(3) == 0 ? back + 5 + random.nextInt(60) : MINUTES;
            lives.add(new Life(cluster, from, silent, back, random.nextBoolean(), Math.min(gone, MINUTES)));
        }
    }

    private static String key(Scope scope, WindowSize size, Instant start) {
        return scope.key() + '@' + size.word() + '@' + start;
    }

    private static Instant minute(int n) {
        return START.plus(Duration.ofMinutes(n));
    }

    void run() {
        for (int partition = 0; partition < partitions; partition++) {
            reports.add(new ArrayDeque<>());
            tell(partition);
        }
        List<ArrayDeque<Report>> left = new ArrayList<>(reports);
        while (!left.isEmpty()) {
            ArrayDeque<Report> next = left.get(random.nextInt(left.size()));
            for (int i = random.nextInt(40); i >= 0 && !next.isEmpty(); i--) {
                merger.on(next.remove());
            }
            left.removeIf(ArrayDeque::isEmpty);
        }
        check();
    }

    private void tell(int partition) {
        Map<String, Integer> toldTo = new TreeMap<>();
        int fleet = lives.stream().mapToInt(Life::from).min().orElseThrow();
        // Partitions read the marks of clusters in different orders: one may think a cluster blind that others do not.
        int late = random.nextInt(2);
        for (int now = 0; now < MINUTES; now++) {
            for (Life life : lives) {
                boolean slow = now == life.back() && late == 1;
                int to = life.toldTo(slow ? now - 1 : now);
                for (int at = toldTo.getOrDefault(life.cluster(), life.from() - 1) + 1; at <= to; at++) {
                    tell(partition, life, at);
                }
                toldTo.merge(life.cluster(), to, Math::max);
            }
            for (; fleet <= now && isOver(toldTo, fleet, now); fleet++) {
                TreeSet<String> unseen = new TreeSet<>();
                int window = fleet;
                lives.stream()
                        .filter(life -> life.from() <= window && life.gone() >= window)
                        .filter(life -> toldTo.get(life.cluster()) < window)
                        .forEach(life -> unseen.add(life.cluster()));
                blind.computeIfAbsent(window, any -> new TreeSet<>()).addAll(unseen);
                reports.get(partition)
                        .add(new WindowClosed(partition, null, minute(window), List.copyOf(unseen), false));
            }
        }
    }

    private boolean isOver(Map<String, Integer> toldTo, int window, int now) {
        return lives.stream()
                .filter(life -> life.from() <= window && life.gone() >= window)
                .allMatch(life -> toldTo.get(life.cluster()) >= window || toldTo.get(life.cluster()) < now - 2);
    }

    private void tell(int partition, Life life, int at) {
        if (!life.has(at)) {
            return;
        }
        boolean last = at == life.gone();
        for (Scope scope : List.of(
                Scope.cluster(life.cluster()),
                Scope.namespace(life.cluster(), "ns"),
                Scope.template(life.cluster(), "ns", "t" + at / 40))) {
            boolean ends = last || (scope.level() == Scope.Level.TEMPLATE && at % 40 == 39);
            // Some partitions have no tenant of some scopes.
            if (partition == 0 || random.nextInt(3) > 0) {
                Totals totals = totals(ends);
                sums.merge(key(scope, WindowSize.MINUTE, minute(at)), totals, Totals::beside);
                reports.get(partition).add(new Partial(partition, life.cluster(), minute(at), scope, totals));
            }
        }
        reports.get(partition).add(new WindowClosed(partition, life.cluster(), minute(at), List.of(), last));
    }

    private Totals totals(boolean ends) {
        ByHealth end = ends ? ByHealth.NONE : levels();
        Population population = new Population(
                levels().times(30_000),
                levels(),
                end,
                new TreeMap<>(Map.of("healthy>failed", 1L + random.nextInt(3))),
                levels(),
                levels());
        return new Totals(
                population,
                new Members(end.unhealthy(), TopCounts.NONE, TopCounts.NONE, null, null),
                Counted.opened("ImagePull", random.nextBoolean() ? "db" : null)
                        .beside(Counted.ended(null, null, Duration.ofMillis(random.nextInt(9_000_000))))
                        .incidents(),
                new TreeMap<>(Map.of("Pod", new KindLoad(random.nextInt(1000), random.nextInt(5)))),
                Quantiles.of(Duration.ofMillis(random.nextInt(9_000_000))),
                new TreeMap<>(Map.of(
                        "r" + random.nextInt(2),
                        ReadyTimes.of(Duration.ofMillis(random.nextInt(900_000)), Duration.ofSeconds(300)))),
                random.nextInt(4),
                random.nextInt(2));
    }

    private ByHealth levels() {
        return new ByHealth(0, 0, random.nextInt(4), random.nextInt(4), 0, 0, 1 + random.nextInt(9));
    }

    private void check() {
        for (Life life : lives) {
            for (int at = life.from(); at < Math.min(MINUTES, life.gone() + 1); at++) {
                boolean comes = life.has(at) && at <= life.toldTo(MINUTES - 1);
                for (int t = 0; t * 40 < MINUTES && comes; t++) {
                    minuteOf(Scope.template(life.cluster(), "ns", "t" + t), at);
                }
                if (comes) {
                    minuteOf(Scope.cluster(life.cluster()), at);
                    minuteOf(Scope.namespace(life.cluster(), "ns"), at);
                }
            }
        }
        blind.keySet().forEach(this::fleet);
        rollUps();
    }

    /** The last word on a minute that all partitions have told is what they told. */
    private void minuteOf(Scope scope, int at) {
        String key = key(scope, WindowSize.MINUTE, minute(at));
        Totals expected = sums.getOrDefault(key, Totals.NONE);
        TrendWindow window = told.get(key);
        assertThat(window == null ? Totals.NONE : window.totals()).as(key).isEqualTo(expected);
        assertThat(window == null ? List.of() : window.blindClusters()).as(key).isEmpty();
    }

    private void fleet(int at) {
        TrendWindow window = told.get(key(Scope.FLEET, WindowSize.MINUTE, minute(at)));
        assertThat(window).as("fleet " + at).isNotNull();
        assertThat(window.revision()).isZero();
        Totals expected = Totals.NONE;
        for (Life life : lives) {
            Totals sum = sums.get(key(Scope.cluster(life.cluster()), WindowSize.MINUTE, minute(at)));
            boolean seen = !blind.get(at).contains(life.cluster());
            expected = sum != null && seen ? expected.beside(sum) : expected;
        }
        ByHealth time = window.totals().population().time();
        assertThat(time.plus(ByHealth.of(Health.BLIND, -time.blind())))
                .as("fleet " + at)
                .isEqualTo(expected.population().time());
        assertThat(time.blind() % 60_000).isZero();
        assertThat(time.blind() > 0).isEqualTo(!window.blindClusters().isEmpty());
        assertThat(window.totals().population().turns())
                .isEqualTo(expected.population().turns());
        assertThat(window.totals().population().removed())
                .isEqualTo(expected.population().removed());
        assertThat(window.totals().incidents()).isEqualTo(expected.incidents());
        assertThat(window.totals().timeToReady()).isEqualTo(expected.timeToReady());
        assertThat(window.totals().restarts()).isEqualTo(expected.restarts());
        assertThat(window.totals().late()).isEqualTo(expected.late());
    }

    /** Longer windows are the sum of the last words on their minutes, each told when it was over, or its cluster had gone. */
    private void rollUps() {
        Map<String, TrendWindow> expected = new TreeMap<>();
        List<TrendWindow> minutes = told.values().stream()
                .filter(each -> each.size() == WindowSize.MINUTE)
                .sorted(java.util.Comparator.comparing(TrendWindow::start))
                .toList();
        for (TrendWindow minute : minutes) {
            for (WindowSize size : List.of(WindowSize.QUARTER, WindowSize.HOUR, WindowSize.DAY)) {
                Instant start = size.startOf(minute.start());
                expected.merge(
                        key(minute.scope(), size, start),
                        new TrendWindow(
                                minute.scope(),
                                size,
                                start,
                                0,
                                List.of(),
                                minute.totals(),
                                1,
                                minute.start(),
                                minute.end()),
                        (one, other) -> new TrendWindow(
                                one.scope(),
                                size,
                                start,
                                0,
                                List.of(),
                                one.totals().followedBy(other.totals()),
                                one.minutes() + other.minutes(),
                                one.from(),
                                other.upTo()));
            }
        }
        expected.forEach((key, sum) -> {
            TrendWindow kept = memory.window(sum.scope(), sum.size(), sum.start());
            assertThat(kept).as(key).isNotNull();
            assertThat(kept.totals()).as(key).isEqualTo(sum.totals());
            assertThat(kept.from()).as(key).isEqualTo(sum.from());
            assertThat(kept.minutes()).as(key).isEqualTo(sum.minutes());
            assertThat(kept.upTo()).as(key).isEqualTo(sum.upTo());
            TrendWindow last = told.get(key);
            if (last != null) {
                assertThat(last).as(key).isEqualTo(kept);
            }
            assertThat(last == null).as("not told: " + key).isEqualTo(isGoingOn(kept));
        });
    }

    private boolean isGoingOn(TrendWindow window) {
        Life life = lives.stream()
                .filter(each -> each.cluster().equals(window.scope().cluster()))
                .findAny()
                .orElse(null);
        if (life != null && life.gone() < MINUTES && life.gone() <= life.toldTo(MINUTES - 1)) {
            return false;
        }
        return window.end().isAfter(lastMinuteOf(life));
    }

    /** Up to where the fleet, or a cluster, was told: of a silent cluster by the fleet. */
    private Instant lastMinuteOf(@Nullable Life life) {
        int fleet = ((TreeMap<Integer, TreeSet<String>>) blind).lastKey() + 1;
        int own = life == null ? 0 : life.toldTo(MINUTES - 1) + 1;
        boolean assumed = life != null && blind.get(fleet - 1).contains(life.cluster());
        return minute(life == null || assumed ? fleet : own);
    }
}
