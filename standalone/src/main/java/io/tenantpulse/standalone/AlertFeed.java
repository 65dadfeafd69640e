package io.tenantpulse.standalone;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tenantpulse.schema.RecordSerde;
import io.tenantpulse.schema.RegistryClients;
import io.tenantpulse.schema.SerdeSettings;
import io.tenantpulse.schema.Topics;
import io.tenantpulse.schema.UndecodableRecordException;
import io.tenantpulse.v1.AlertTransition;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Follows the alerts topic from where it ends now, reading only what was committed. */
final class AlertFeed implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AlertFeed.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long CLOSE_MILLIS = 3000;

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final SchemaRegistryClient registry;
    private final RecordSerde records;
    private final Consumer<AlertTransition> reader;
    private final Thread thread;
    private volatile boolean closing;

    /** Begins at the end of the topic, which must exist; {@code reader} is called on a thread of its own. */
    AlertFeed(String bootstrapServers, String registryUrl, Consumer<AlertTransition> reader) {
        SerdeSettings settings = SerdeSettings.of(registryUrl);
        this.registry = RegistryClients.create(settings);
        this.records = new RecordSerde(registry, settings);
        this.reader = reader;
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(Topics.ALERTS.name()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        this.thread = new Thread(this::follow, "alert-feed");
        thread.setDaemon(true);
        thread.start();
    }

    private void follow() {
        try {
            while (!closing) {
                for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
                    read(each);
                }
            }
        } catch (WakeupException e) {
            // closing
        } catch (KafkaException e) {
            LOG.atError().addKeyValue("why", e.getMessage()).log("alerts are no longer shown");
        } finally {
            consumer.close();
        }
    }

    private void read(ConsumerRecord<byte[], byte[]> each) {
        try {
            SpecificRecord decoded = records.deserializer().deserialize(each.topic(), each.value());
            if (decoded instanceof AlertTransition transition) {
                reader.accept(transition);
            }
        } catch (UndecodableRecordException e) {
            LOG.atWarn()
                    .addKeyValue("partition", each.partition())
                    .addKeyValue("offset", each.offset())
                    .log("a transition could not be decoded and is not shown");
        }
    }

    @Override
    public void close() throws IOException {
        closing = true;
        consumer.wakeup();
        try {
            thread.join(CLOSE_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        registry.close();
    }
}
