package io.tenantpulse.bench.detector;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tenantpulse.schema.RecordSerde;
import io.tenantpulse.schema.RegistryClients;
import io.tenantpulse.schema.SerdeSettings;
import io.tenantpulse.v1.AlertStatus;
import io.tenantpulse.v1.AlertTransition;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * What a contender's alerts say of the literal rules.
 *
 * @param count of alerts that began to fire
 * @param digest of which tenant's, since when and when exactly, in no order: two contenders agree if theirs are equal
 * @param byAlert all that began to fire, of any rule
 */
record Firings(long count, long digest, Map<String, Integer> byAlert) {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long MIX = 0x9E3779B97F4A7C15L;

    boolean agreesWith(Firings other) {
        return count == other.count && digest == other.digest;
    }

    /** Reads the topic from its begin to its present end, what was committed. */
    static Firings of(Job job) throws IOException {
        SerdeSettings settings = SerdeSettings.of(job.registryUrl());
        long count = 0;
        long digest = 0;
        Map<String, Integer> byAlert = new TreeMap<>();
        try (SchemaRegistryClient registry = RegistryClients.create(settings);
                KafkaConsumer<byte[], byte[]> consumer = Clients.consumer(job, job.alerts())) {
            Deserializer<AlertTransition> decoder = new RecordSerde(registry, settings)
                    .only(AlertTransition.class)
                    .deserializer();
            Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
                    AlertTransition alert = decoder.deserialize(job.alerts(), each.value());
                    if (alert.getStatus() == AlertStatus.FIRING) {
                        byAlert.merge(alert.getAlert(), 1, Integer::sum);
                        if (LiteralRule.isOne(alert.getAlert())) {
                            count++;
                            digest += digest(alert);
                        }
                    }
                }
            }
        }
        return new Firings(count, digest, byAlert);
    }

    private static long digest(AlertTransition alert) {
        long one = Objects.hash(
                alert.getAlert(),
                alert.getCluster(),
                alert.getNamespace(),
                alert.getTenant(),
                alert.getLabels().getOrDefault("reason", ""));
        long two = alert.getSince().toEpochMilli() * MIX + alert.getAt().toEpochMilli();
        long mixed = (one << Integer.SIZE ^ two) * MIX;
        return mixed ^ mixed >>> Integer.SIZE;
    }
}
