package io.tenantpulse.exporter;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * A cluster's clock: begins at the later of the wall clock and what the log has already seen, runs on the monotonic clock, and follows the wall clock
 * by going at most 1 % faster or slower. It never jumps and never goes back, whatever is done to the machine's clock. Thread-safe.
 */
public final class ExporterClock implements InstantSource {
    /** Of each elapsed unit of time, the part by which the clock may be corrected. */
    private static final long SLEW_DIVISOR = 100;

    private final InstantSource wall;
    private final LongSupplier nanos;
    private long lastNanos;
    private Instant now;

    /**
     * @param nanos monotonic, as {@link System#nanoTime}
     * @param floor the last watermark in the log, {@link Instant#MIN} if there is none
     */
    public ExporterClock(InstantSource wall, LongSupplier nanos, Instant floor) {
        this.wall = wall;
        this.nanos = nanos;
        this.lastNanos = nanos.getAsLong();
        Instant begin = wall.instant();
        this.now = begin.isAfter(floor) ? begin : floor;
    }

    @Override
    public synchronized Instant instant() {
        long read = nanos.getAsLong();
        long elapsed = Math.max(0, read - lastNanos);
        lastNanos = read;
        Instant unslewed = now.plusNanos(elapsed);
        Duration behind = Duration.between(unslewed, wall.instant());
        long mayMove = elapsed / SLEW_DIVISOR;
        long move;
        if (behind.compareTo(Duration.ofNanos(mayMove)) > 0) {
            move = mayMove;
        } else if (behind.compareTo(Duration.ofNanos(-mayMove)) < 0) {
            move = -mayMove;
        } else {
            move = behind.toNanos();
        }
        now = unslewed.plusNanos(move);
        return now;
    }
}
