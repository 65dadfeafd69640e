package io.tenantpulse.bench.oracle.surge;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All minutes of a scope from the first in which it has tenants to the last, in order. */
final class ScopeLife {
    static final Duration QUARTER = Duration.ofMinutes(15);
    private static final int SHARE_DIGITS = 6;

    private final List<Minute> minutes = new ArrayList<>();

    /** Of a template or registry, how far its cluster was when the minute of the same index was told; null: not known. */
    private final List<@Nullable Sight> clusters = new ArrayList<>();

    private @Nullable Minute vanished;

    /**
     * A life up to one of its minutes.
     *
     * @param index of that minute
     */
    record Sight(ScopeLife life, int index, SurgeSetting setting) {
        boolean isKnownBefore(Instant instant) {
            return !instant.isBefore(life.began().plus(QUARTER));
        }

        @Nullable
        BigDecimal usual() {
            return life.median(index, setting.baseline());
        }
    }

    void add(Minute minute, @Nullable Sight cluster) {
        minutes.add(minute);
        clusters.add(cluster);
    }

    void vanish(Minute minute) {
        vanished = minute;
    }

    /** The minute in which it had no tenants any more; null: there is none. */
    @Nullable
    Minute vanished() {
        return vanished;
    }

    int size() {
        return minutes.size();
    }

    Minute get(int index) {
        return minutes.get(index);
    }

    Minute last() {
        return minutes.get(minutes.size() - 1);
    }

    @Nullable
    Sight cluster(int index) {
        return clusters.get(index);
    }

    Instant began() {
        return minutes.get(0).start();
    }

    /** The median of the quarter hours before the one in which a minute lies; null: there is none. */
    @Nullable
    BigDecimal median(int index, Duration baseline) {
        Instant now = quarter(minutes.get(index).start());
        TreeMap<Instant, List<Counts>> quarters = new TreeMap<>();
        for (Minute each : minutes.subList(0, index)) {
            Instant start = quarter(each.start());
            if (each.isSeen() && start.isBefore(now) && !start.isBefore(now.minus(baseline))) {
                quarters.computeIfAbsent(start, any -> new ArrayList<>()).add(each.counts());
            }
        }
        List<BigDecimal> means = quarters.values().stream()
                .filter(each -> Minute.LENGTH.multipliedBy(2L * each.size()).compareTo(QUARTER) > 0)
                .map(ScopeLife::mean)
                .sorted()
                .toList();
        return means.isEmpty() ? null : middle(means);
    }

    private static BigDecimal middle(List<BigDecimal> sorted) {
        BigDecimal lower = sorted.get((sorted.size() - 1) / 2);
        BigDecimal upper = sorted.get(sorted.size() / 2);
        return lower.add(upper).divide(BigDecimal.valueOf(2));
    }

    private static BigDecimal mean(List<Counts> minutes) {
        BigDecimal sum = minutes.stream().map(ScopeLife::share).reduce(BigDecimal.ZERO, BigDecimal::add);
        return sum.divide(BigDecimal.valueOf(minutes.size()), SHARE_DIGITS, java.math.RoundingMode.DOWN);
    }

    private static BigDecimal share(Counts counts) {
        return counts.judged() == 0
                ? BigDecimal.ZERO
                : BigDecimal.valueOf(counts.unhealthy())
                        .divide(BigDecimal.valueOf(counts.judged()), SHARE_DIGITS, java.math.RoundingMode.DOWN);
    }

    private static Instant quarter(Instant instant) {
        return instant.minusSeconds(Math.floorMod(instant.getEpochSecond(), QUARTER.toSeconds()));
    }

    /** Where the number of the unhealthy went in the last four minutes seen up to one. */
    String direction(int index) {
        List<Long> seen = new ArrayList<>();
        for (int i = index; i >= 0 && seen.size() < 4; i--) {
            if (minutes.get(i).isSeen()) {
                seen.add(minutes.get(i).counts().unhealthy());
            }
        }
        long before = seen.isEmpty() ? 0 : seen.get(seen.size() - 1);
        long change = seen.isEmpty() ? 0 : seen.get(0) - before;
        boolean isLittle = Math.abs(change) < 2 || 20 * Math.abs(change) < before;
        return isLittle ? "steady" : change > 0 ? "rising" : "falling";
    }
}
