package io.tenantpulse.bench.oracle;

import io.tenantpulse.v1.Change;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/**
 * One sight of an object.
 *
 * @param index in its era
 */
record Look(int index, Instant at, Change change, String uid, String resourceVersion, SpecificRecord record) {
    static Look of(Era era, int index) {
        LogEntry entry = era.at(index);
        return new Look(
                index,
                entry.observedAt(),
                (Change) field(entry.value(), "change"),
                (String) field(entry.value(), "uid"),
                (String) field(entry.value(), "resourceVersion"),
                entry.value());
    }

    private static Object field(SpecificRecord record, String name) {
        return record.get(record.getSchema().getField(name).pos());
    }
}
