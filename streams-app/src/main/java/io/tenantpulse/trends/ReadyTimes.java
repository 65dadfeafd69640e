package io.tenantpulse.trends;

import java.time.Duration;

/**
 * How long a resource id took to become ready, over the tenants of a template: from the instant at which its object was
 * made or began another generation to the one at which it was ready, and only where both were seen.
 *
 * @param times what was measured
 * @param overTimeout how many of them took longer than {@code timeout}: exact, but where another was configured when they
 *     were measured; of those within {@link Quantiles#RELATIVE_ERROR} of the time
 * @param timeout the {@code timeoutSeconds} that was configured last; the longest, where tenants differ
 */
public record ReadyTimes(Quantiles times, long overTimeout, Duration timeout) {

    static ReadyTimes of(Duration time, Duration timeout) {
        return new ReadyTimes(Quantiles.of(time), time.compareTo(timeout) > 0 ? 1 : 0, timeout);
    }

    /** Of other tenants. */
    public ReadyTimes beside(ReadyTimes other) {
        return plus(other, timeout.compareTo(other.timeout) < 0 ? other.timeout : timeout);
    }

    /** And then, later. */
    public ReadyTimes followedBy(ReadyTimes later) {
        return plus(later, later.timeout);
    }

    private ReadyTimes plus(ReadyTimes other, Duration now) {
        return new ReadyTimes(times.plus(other.times), over(now) + other.over(now), now);
    }

    private long over(Duration now) {
        return timeout.equals(now) ? overTimeout : times.longerThan(now);
    }
}
