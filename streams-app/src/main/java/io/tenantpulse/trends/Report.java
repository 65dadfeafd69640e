package io.tenantpulse.trends;

import java.time.Instant;

/** What a partition of the log tells of its tenants, for all partitions together. */
public sealed interface Report permits Partial, WindowClosed {
    int partition();

    /** Start of the window of one minute of which it speaks. */
    Instant start();
}
