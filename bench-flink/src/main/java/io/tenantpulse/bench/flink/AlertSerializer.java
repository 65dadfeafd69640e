package io.tenantpulse.bench.flink;

import io.tenantpulse.bench.detector.LiteralRule;
import io.tenantpulse.bench.detector.PlainAlerts;
import io.tenantpulse.schema.RecordSerde;
import io.tenantpulse.schema.RegistryClients;
import io.tenantpulse.schema.SerdeSettings;
import java.nio.charset.StandardCharsets;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.serialization.SerializationSchema;
import org.apache.flink.connector.kafka.sink.KafkaRecordSerializationSchema;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;

/** Writes transitions in the record in which all write them. */
final class AlertSerializer implements KafkaRecordSerializationSchema<Told> {
    private static final long serialVersionUID = 1L;

    private final String registryUrl;
    private final String topic;
    private transient Serializer<SpecificRecord> encoder;

    AlertSerializer(String registryUrl, String topic) {
        this.registryUrl = registryUrl;
        this.topic = topic;
    }

    @Override
    public void open(SerializationSchema.InitializationContext context, KafkaSinkContext sink) {
        SerdeSettings settings = SerdeSettings.of(registryUrl);
        encoder = new RecordSerde(RegistryClients.create(settings), settings).serializer();
    }

    @Override
    public ProducerRecord<byte[], byte[]> serialize(Told told, KafkaSinkContext context, Long timestamp) {
        byte[] value = encoder.serialize(
                topic,
                PlainAlerts.of(
                        told.key,
                        LiteralRule.of(told.rule),
                        told.reason,
                        told.fires,
                        told.since,
                        told.at,
                        told.decidedAt));
        return new ProducerRecord<>(topic, null, told.decidedAt, told.key.getBytes(StandardCharsets.UTF_8), value);
    }
}
