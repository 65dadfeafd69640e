package io.tenantpulse.exporter.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.exporter.ExporterConfig;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;

class KafkaSettingsTest {
    private static ExporterConfig config(Map<String, String> kafkaProducer) {
        ExporterConfig plain = ExporterConfig.of(
                List.of(new ExporterConfig.Cluster("any", null, null, false)), "127.0.0.1:1", "http://127.0.0.1:1");
        return new ExporterConfig(
                plain.clusters(),
                plain.timing(),
                plain.http(),
                plain.queueSize(),
                plain.load(),
                plain.pageSize(),
                plain.allowClockSkew(),
                plain.topicPrefix(),
                plain.partitions(),
                plain.replication(),
                plain.kafka(),
                kafkaProducer,
                plain.registry());
    }

    /** With two requests under way the first of a new partition can be refused and the second taken: the first is lost for good. */
    @Test
    void nothingThatAUserSaysPutsRecordsOutOfOrderOrGivesThemUp() {
        Map<String, Object> settings = KafkaSettings.producer(config(Map.of(
                "max.in.flight.requests.per.connection", "5",
                "enable.idempotence", "false",
                "acks", "1",
                "delivery.timeout.ms", "1000",
                "linger.ms", "7")));

        assertThat(settings)
                .containsEntry(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1)
                .containsEntry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true)
                .containsEntry(ProducerConfig.ACKS_CONFIG, "all")
                .containsEntry(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE)
                .containsEntry(ProducerConfig.LINGER_MS_CONFIG, "7");
    }
}
