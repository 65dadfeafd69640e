package io.tenantpulse.topology.serde;

import io.tenantpulse.detect.Observation;
import io.tenantpulse.detect.Transition;
import io.tenantpulse.schema.UndecodableRecordException;
import io.tenantpulse.v1.AlertTransition;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/** What records of the log mean, for a process that hands them over as they are and needs no bytes of them. */
public final class LogRecords {
    private LogRecords() {}

    /**
     * What a record of the log says.
     *
     * @throws UndecodableRecordException if it will never be understood
     */
    public static Observation observation(SpecificRecord record, Instant observedAt) {
        return Observations.of(record, observedAt);
    }

    /** A transition as the topic of alerts holds it. */
    public static AlertTransition record(Transition transition) {
        return Decisions.toRecord(transition);
    }
}
