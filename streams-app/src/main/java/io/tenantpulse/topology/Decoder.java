package io.tenantpulse.topology;

import io.tenantpulse.detect.Observation;
import io.tenantpulse.metrics.Meters;
import io.tenantpulse.schema.UndecodableRecordException;
import io.tenantpulse.topology.serde.LogCodec;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Turns bytes into observations; what it cannot read goes to the dead letters as it came, and the log goes on. */
final class Decoder {
    private final LogCodec codec;
    private final Meters meters;
    private final String topic;
    private final ProcessorContext<Object, Object> context;

    Decoder(TopologyParts parts, ProcessorContext<Object, Object> context) {
        this.codec = parts.codec();
        this.meters = parts.meters();
        this.topic = parts.topics().observations().name();
        this.context = context;
    }

    /** What a record says; null: that cannot be read. */
    @Nullable
    Observation read(Record<byte[], byte[]> record) {
        try {
            return decode(record);
        } catch (UndecodableRecordException e) {
            DeadLetters.bury(record, e, context, meters, FleetTopology.WRITE_DEAD_LETTERS);
            return null;
        }
    }

    private Observation decode(Record<byte[], byte[]> record) {
        if (record.timestamp() == 0) {
            throw new UndecodableRecordException(
                    "the record has no timestamp, which would be the time of the observation");
        }
        return codec.decode(topic, record.value(), Instant.ofEpochMilli(record.timestamp()));
    }
}
