package io.tenantpulse.exporter.kafka;

import io.tenantpulse.v1.Change;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecord;

/** What is left of a record that is too large for the log: which object it is about, and that it could not be told more. */
final class MinimalRecord {
    private static final Set<String> IDENTITY = Set.of("resourceVersion", "parentUid", "resourceId", "owned");
    private static final String CHANGE = "change";

    private MinimalRecord() {}

    /** Identity and position of the record; everything else is as if it had not been said. */
    static SpecificRecord of(SpecificRecord large) {
        Schema schema = large.getSchema();
        SpecificData data = SpecificData.getForClass(large.getClass());
        SpecificRecord minimal = (SpecificRecord) data.newRecord(null, schema);
        for (Schema.Field field : schema.getFields()) {
            Object value;
            if (field.name().equals(CHANGE)) {
                value = leastChange(large.get(field.pos()));
            } else if (!field.hasDefaultValue() || IDENTITY.contains(field.name())) {
                value = large.get(field.pos());
            } else {
                value = data.getDefaultValue(field);
            }
            minimal.put(field.pos(), value);
        }
        return minimal;
    }

    /** That an object is gone must be said, however large its record is; otherwise what was known of it would stay. */
    private static Change leastChange(Object change) {
        return change == Change.DELETED || change == Change.RELEASED ? (Change) change : Change.UNDECODABLE;
    }
}
