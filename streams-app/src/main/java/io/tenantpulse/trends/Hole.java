package io.tenantpulse.trends;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stretch in which nobody saw a cluster: from one watermark to a later one that is more than {@link #LONG} away. Windows
 * that lie wholly between are not counted, for there is nothing to say of them, and after an outage of days they are many.
 * It follows from the marks alone, so all partitions agree on it.
 *
 * @param watermark the last before it; null: there was none yet
 */
record Hole(@Nullable Instant watermark) {
    static final Duration LONG = Duration.ofMinutes(15);

    /** Whether a window lies in it, seen from an instant after it. */
    boolean holds(long window, long to) {
        return watermark != null
                && to - watermark.toEpochMilli() > LONG.toMillis()
                && window > WindowSize.MINUTE.startOf(watermark.toEpochMilli())
                && window < WindowSize.MINUTE.startOf(to);
    }
}
