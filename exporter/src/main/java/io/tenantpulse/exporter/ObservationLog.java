package io.tenantpulse.exporter;

import java.time.Instant;
import java.util.function.LongConsumer;

/**
 * The log as exporters need it: takes batches, says what has been written for good, and settles who may write. Kafka in production, memory in tests.
 *
 * <p>Thread-safe. A failed write ends the log: every later call throws, and a new log, with new epochs, must be opened.
 */
public interface ObservationLog extends ObservationSink, AutoCloseable {
    /**
     * What the log already holds of a cluster.
     *
     * @param highestEpoch 0 if there is none
     * @param lastWatermark {@link Instant#MIN} if there is none
     */
    record Before(long highestEpoch, Instant lastWatermark) {
        public static final Before NOTHING = new Before(0, Instant.MIN);
    }

    /** Reads what the log holds of a cluster; waits while the broker is away. */
    Before before(String cluster) throws InterruptedException;

    /**
     * Settles a claim: to be called after the EPOCH mark went into the sink and before anything else does.
     *
     * <p>The first claim of a number in the log wins it; a higher number beats every lower one.
     */
    Claim settle(String cluster, long epoch, String instance) throws InterruptedException;

    /**
     * How a claim ended.
     *
     * @param highest the highest epoch that is now in the log
     */
    record Claim(boolean won, long highest) {}

    /** Calls back, once, when an epoch higher than ours appears: another exporter watches that cluster now. */
    void onSuperseded(String cluster, long epoch, LongConsumer higher);

    /** Batches taken so far of a cluster. */
    long taken(String cluster);

    /** Batches of a cluster, from the first on, whose records have all been acknowledged. */
    long acknowledged(String cluster);

    /** Batches that wait. */
    int queued();

    /** Writes out what was taken, at most for the time that shutting down allows, and lets go. */
    @Override
    void close();
}
