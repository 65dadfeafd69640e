package io.tenantpulse.exporter;

import java.time.Duration;
import java.util.function.DoubleSupplier;

/**
 * When each cluster of a process begins, so that many do not ask at once what stands before all of them: each has a share of the stretch to itself and
 * begins somewhere in it. No share is longer than {@link #LONGEST_SHARE}, so that few clusters do not wait for nothing.
 */
final class StartSpread {
    static final Duration LONGEST_SHARE = Duration.ofMillis(200);

    private final int clusters;
    private final Duration share;
    private final DoubleSupplier random;

    /**
     * @param spread 0: all begin at once
     * @param random from 0, inclusive, to 1, exclusive
     */
    StartSpread(int clusters, Duration spread, DoubleSupplier random) {
        Duration equal = spread.dividedBy(clusters);
        this.clusters = clusters;
        this.share = equal.compareTo(LONGEST_SHARE) < 0 ? equal : LONGEST_SHARE;
        this.random = random;
    }

    /**
     * How long a cluster waits; one that is alone does not.
     *
     * @param index from 0, inclusive, to the number of clusters, exclusive
     */
    Duration delay(int index) {
        if (clusters == 1) {
            return Duration.ZERO;
        }
        return share.multipliedBy(index).plusNanos((long) (share.toNanos() * random.getAsDouble()));
    }
}
