package io.tenantpulse.bench;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.tenantpulse.exporter.Batch;
import io.tenantpulse.exporter.LogRecord;
import io.tenantpulse.exporter.ObservationSink;
import io.tenantpulse.schema.RecordSerde;
import io.tenantpulse.schema.SerdeSettings;
import io.tenantpulse.schema.Topics;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;

/** Encodes every record as it would be sent to Kafka, and counts. */
final class EncodedLog implements ObservationSink {
    private final Serializer<SpecificRecord> serializer =
            new RecordSerde(new MockSchemaRegistryClient(), SerdeSettings.of("http://none")).serializer();
    private volatile long records;
    private volatile long bytes;

    @Override
    public synchronized void accept(Batch batch) {
        long made = 0;
        for (LogRecord each : batch.records()) {
            made += serializer.serialize(Topics.OBSERVATIONS.name(), each.value()).length;
        }
        records += batch.records().size();
        bytes += made;
    }

    /** Records taken so far. */
    long records() {
        return records;
    }

    /** Bytes of these, in Confluent's wire format. */
    long bytes() {
        return bytes;
    }
}
