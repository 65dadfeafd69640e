package io.tenantpulse.trends;

import java.time.Duration;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What share of a scope's tenants is usually unhealthy: the median of the mean shares of its last quarter hours. What was
 * blind is not in it, and a quarter hour counts only if most of it was seen.
 *
 * @param quarters mean share of each quarter hour that is over, in millionths, rounded down, by its start in milliseconds
 * @param quarter start of the one that is going on, in milliseconds
 * @param sum of the shares of its minutes, in millionths
 * @param minutes how many of them there are
 */
public record Baseline(SortedMap<Long, Integer> quarters, long quarter, long sum, int minutes) {
    static final Baseline NONE = new Baseline(new TreeMap<>(), 0, 0, 0);

    private static final long MILLION = 1_000_000;
    private static final int MOST = 8;

    public Baseline {
        quarters = Quarters.of(quarters);
    }

    /** With one minute more; what is older than {@code length} is forgotten. */
    Baseline plus(Instant minute, ByHealth seen, Duration length) {
        long start = WindowSize.QUARTER.startOf(minute.toEpochMilli());
        // Rounded down: three times 2 of 30 is reached with 6, which is no matter of millionths.
        long millionths = seen.judged() == 0 ? 0 : MILLION * seen.unhealthy() / seen.judged();
        if (start == quarter) {
            return new Baseline(quarters, quarter, sum + millionths, minutes + 1);
        }
        TreeMap<Long, Integer> all = new TreeMap<>(quarters);
        if (minutes >= MOST) {
            all.put(quarter, (int) (sum / minutes));
        }
        all.headMap(start - length.toMillis()).clear();
        return new Baseline(all, start, millionths, 1);
    }

    /** The usual share, 0 to 1; null: too little has been seen to tell. */
    @Nullable
    Double usual() {
        return Quarters.of(quarters).median();
    }
}
