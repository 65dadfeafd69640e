package io.tenantpulse.bench.oracle;

import io.tenantpulse.v1.ClusterMark;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/**
 * A record of the log as it lies there.
 *
 * @param observedAt its Kafka timestamp
 */
public record LogEntry(Instant observedAt, SpecificRecord value) {
    public String cluster() {
        return (String) field("cluster");
    }

    long epoch() {
        return (Long) field("epoch");
    }

    long sequence() {
        return (Long) field("sequence");
    }

    /** Whether it stands behind the other in its cluster's part of the log. */
    boolean isNewerThan(LogEntry other) {
        return epoch() != other.epoch() ? epoch() > other.epoch() : sequence() > other.sequence();
    }

    boolean isMark() {
        return value instanceof ClusterMark;
    }

    private Object field(String name) {
        return value.get(value.getSchema().getField(name).pos());
    }

    @Override
    public String toString() {
        return observedAt + " " + value.getSchema().getName() + " " + value;
    }
}
