package io.tenantpulse.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tenantpulse.schema.RegistryClients;
import io.tenantpulse.schema.SerdeSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What was acknowledged is there after the process was killed. */
@Timeout(360)
class KilledServersIT {
    private static final Duration START = Duration.ofSeconds(120);
    private static final AvroSchema SCHEMA = new AvroSchema("\"long\"");

    @TempDir
    Path dir;

    /** Starts both servers and says where they listen. */
    static final class Servers {
        private Servers() {}

        public static void main(String[] args) throws InterruptedException {
            try (EmbeddedBroker broker = new EmbeddedBroker(Path.of(args[0]), 0);
                    EmbeddedRegistry registry = new EmbeddedRegistry(Path.of(args[0]), 0)) {
                System.out.println("kafka " + broker.bootstrapServers());
                System.out.println("registry " + registry.url());
                Thread.currentThread().join();
            }
        }
    }

    @Test
    void brokerAndRegistryKeepWhatTheyAcknowledged() throws Exception {
        int id;
        try (ChildJvm servers = start()) {
            write(servers.await("kafka ", START));
            id = registry(servers.await("registry ", START)).register("s", SCHEMA);
            servers.kill();
        }

        try (ChildJvm servers = start()) {
            assertThat(records(servers.await("kafka ", START))).isEqualTo(100);
            assertThat(registry(servers.await("registry ", START)).getId("s", SCHEMA))
                    .isEqualTo(id);
            servers.kill();
        }
    }

    private ChildJvm start() throws IOException {
        return ChildJvm.start(Servers.class, dir.toString());
    }

    private static void write(String brokers) throws Exception {
        Map<String, Object> config = Map.of("bootstrap.servers", brokers);
        try (Admin admin = Admin.create(config);
                KafkaProducer<String, String> producer =
                        new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            admin.createTopics(List.of(new NewTopic("t", 1, (short) 1))).all().get();
            for (int i = 0; i < 100; i++) {
                producer.send(new ProducerRecord<>("t", "v" + i)).get();
            }
        }
    }

    private static long records(String brokers) throws Exception {
        TopicPartition partition = new TopicPartition("t", 0);
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", brokers))) {
            return admin.listOffsets(Map.of(partition, OffsetSpec.latest()))
                    .partitionResult(partition)
                    .get()
                    .offset();
        }
    }

    private static SchemaRegistryClient registry(String url) {
        return RegistryClients.create(SerdeSettings.of(url));
    }
}
