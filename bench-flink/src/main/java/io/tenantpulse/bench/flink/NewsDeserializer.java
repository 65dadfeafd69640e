package io.tenantpulse.bench.flink;

import io.tenantpulse.bench.detector.LiteralRule;
import io.tenantpulse.schema.RecordSerde;
import io.tenantpulse.schema.RegistryClients;
import io.tenantpulse.schema.SerdeSettings;
import io.tenantpulse.v1.ClusterMark;
import io.tenantpulse.v1.MarkType;
import io.tenantpulse.v1.TenantObserved;
import java.nio.charset.StandardCharsets;
import org.apache.avro.specific.SpecificRecord;
import org.apache.flink.api.common.serialization.DeserializationSchema;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.connector.kafka.source.reader.deserializer.KafkaRecordDeserializationSchema;
import org.apache.flink.util.Collector;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** Decodes the log with the Avro decoder that all use. */
final class NewsDeserializer implements KafkaRecordDeserializationSchema<TenantNews> {
    private static final long serialVersionUID = 1L;

    private final String registryUrl;
    private transient Deserializer<SpecificRecord> decoder;

    NewsDeserializer(String registryUrl) {
        this.registryUrl = registryUrl;
    }

    @Override
    public void open(DeserializationSchema.InitializationContext context) {
        SerdeSettings settings = SerdeSettings.of(registryUrl);
        decoder = new RecordSerde(RegistryClients.create(settings), settings).deserializer();
    }

    @Override
    public void deserialize(ConsumerRecord<byte[], byte[]> record, Collector<TenantNews> out) {
        SpecificRecord value = decoder.deserialize(record.topic(), record.value());
        TenantNews news = new TenantNews();
        news.at = record.timestamp();
        if (value instanceof TenantObserved tenant) {
            news.key = new String(record.key(), StandardCharsets.UTF_8);
            news.holding = LiteralRule.holding(tenant);
            news.degraded = LiteralRule.degradedReason(tenant);
            news.epoch = tenant.getEpoch();
            news.sequence = tenant.getSequence();
        } else if (value instanceof ClusterMark mark && mark.getType() == MarkType.WATERMARK) {
            news.cluster = mark.getCluster();
            news.watermark = mark.getWatermark().toEpochMilli();
        }
        out.collect(news);
    }

    @Override
    public TypeInformation<TenantNews> getProducedType() {
        return TypeInformation.of(TenantNews.class);
    }
}
