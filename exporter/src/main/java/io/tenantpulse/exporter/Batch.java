package io.tenantpulse.exporter;

import java.time.Instant;
import java.util.List;

/**
 * All records made from one watch event or one mark: they are sent together, nothing comes between.
 *
 * @param observedAt when it was read; the timestamp of each record
 */
public record Batch(String cluster, Instant observedAt, List<LogRecord> records) {
    public Batch {
        records = List.copyOf(records);
    }
}
