package io.tenantpulse.standalone.demo;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.LongSupplier;

/** A clock that starts at a given instant and runs faster than real time: at speed 60 an hour passes in a minute. */
public final class DemoClock extends Clock {
    private final Instant origin;
    private final double speed;
    private final LongSupplier nanos;
    private final long start;
    private final ZoneId zone;

    /**
     * @param speed simulated seconds for each real one; more than zero
     * @param nanos a monotonic clock, {@code System::nanoTime} in life
     */
    public DemoClock(Instant origin, double speed, LongSupplier nanos) {
        this(origin, speed, nanos, nanos.getAsLong(), ZoneOffset.UTC);
    }

    private DemoClock(Instant origin, double speed, LongSupplier nanos, long start, ZoneId zone) {
        if (speed <= 0) {
            throw new IllegalArgumentException("the demo's speed must be more than 0, not " + speed);
        }
        this.origin = origin;
        this.speed = speed;
        this.nanos = nanos;
        this.start = start;
        this.zone = zone;
    }

    public double speed() {
        return speed;
    }

    @Override
    public Instant instant() {
        return origin.plus(Duration.ofNanos((long) ((nanos.getAsLong() - start) * speed)));
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new DemoClock(origin, speed, nanos, start, other);
    }
}
