package io.tenantpulse.topology;

import io.tenantpulse.detect.Observation;
import io.tenantpulse.metrics.Meters;
import io.tenantpulse.schema.UndecodableRecordException;
import io.tenantpulse.topology.serde.LogCodec;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns bytes into observations; what it cannot read goes to the dead letters as it came, and the log goes on. */
final class DecodeProcessor implements Processor<byte[], byte[], Object, Object> {
    private static final Logger LOG = LoggerFactory.getLogger(DecodeProcessor.class);

    private final LogCodec codec;
    private final Meters meters;
    private final String topic;
    private ProcessorContext<Object, Object> context;

    DecodeProcessor(TopologyParts parts) {
        this.codec = parts.codec();
        this.meters = parts.meters();
        this.topic = parts.topics().observations().name();
    }

    @Override
    public void init(ProcessorContext<Object, Object> context) {
        this.context = context;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Observation observation;
        try {
            observation = decode(record);
        } catch (UndecodableRecordException e) {
            bury(record, e);
            return;
        }
        meters.record(observation.getClass().getSimpleName());
        context.forward(record.withKey(observation.cluster()).withValue(observation), FleetTopology.DETECT);
    }

    private Observation decode(Record<byte[], byte[]> record) {
        if (record.timestamp() == 0) {
            throw new UndecodableRecordException(
                    "the record has no timestamp, which would be the time of the observation");
        }
        return codec.decode(topic, record.value(), Instant.ofEpochMilli(record.timestamp()));
    }

    private void bury(Record<byte[], byte[]> record, UndecodableRecordException error) {
        RecordMetadata from = context.recordMetadata().orElseThrow();
        LOG.atWarn()
                .addKeyValue("topic", from.topic())
                .addKeyValue("partition", from.partition())
                .addKeyValue("offset", from.offset())
                .addKeyValue("cause", error.getMessage())
                .log("record cannot be decoded: it goes to the dead letters");
        meters.deadLetter(error.getClass().getSimpleName());
        context.forward(
                record.withHeaders(DeadLetters.headers(record.headers(), from, error)),
                FleetTopology.WRITE_DEAD_LETTERS);
    }
}
