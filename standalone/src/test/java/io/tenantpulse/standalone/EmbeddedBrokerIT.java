package io.tenantpulse.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tenantpulse.testkit.FreePorts;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class EmbeddedBrokerIT {
    private static final TopicPartition PARTITION = new TopicPartition("kept", 0);
    private static final long YEAR_2100 = 4_102_444_800_000L;

    @TempDir
    Path dir;

    @Test
    void keepsRecordsOfAnyTimeOverARestart() throws Exception {
        try (EmbeddedBroker broker = new EmbeddedBroker(dir, 0)) {
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
                admin.createTopics(List.of(new NewTopic("kept", 1, (short) 1)))
                        .all()
                        .get();
            }
            write(broker, YEAR_2100, "ahead");
            write(broker, 0, "behind");
        }
        int port = FreePorts.next();
        try (EmbeddedBroker broker = new EmbeddedBroker(dir, port)) {
            assertThat(broker.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
            assertThat(readTwo(broker)).containsExactly("ahead", "behind");
        }
    }

    @Test
    void saysWhichPortIsBusyAndWhichFlagChoosesAnother() throws IOException {
        try (ServerSocket busy = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatExceptionOfType(EmbeddedStartException.class)
                    .isThrownBy(() -> new EmbeddedBroker(dir, busy.getLocalPort()))
                    .withMessageContaining("port " + busy.getLocalPort())
                    .withMessageContaining("--kafka-port");
        }
    }

    @Test
    void saysThatADataDirectoryIsInUse() {
        try (EmbeddedBroker first = new EmbeddedBroker(dir, 0)) {
            assertThat(first.bootstrapServers()).startsWith("127.0.0.1:");
            assertThatExceptionOfType(EmbeddedStartException.class)
                    .isThrownBy(() -> new EmbeddedBroker(dir, 0))
                    .withMessageContaining(dir.toString())
                    .withMessageContaining(
                            "is in use by process " + ProcessHandle.current().pid());
        }
    }

    @Test
    void saysThatADataDirectoryCannotBeMade() throws IOException {
        Path file = Files.writeString(dir.resolve("file"), "");

        assertThatExceptionOfType(EmbeddedStartException.class)
                .isThrownBy(() -> new EmbeddedBroker(file, 0))
                .withMessageContaining(file.toString())
                .withMessageContaining("--data");
    }

    private static void write(EmbeddedBroker broker, long timestamp, String value) throws Exception {
        Map<String, Object> config = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(config, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>("kept", 0, timestamp, "k", value))
                    .get();
        }
    }

    private static List<String> readTwo(EmbeddedBroker broker) {
        Map<String, Object> config =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "auto.offset.reset", "earliest");
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(PARTITION));
            long giveUp = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (values.size() < 2 && System.nanoTime() < giveUp) {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> values.add(record.value()));
            }
        }
        return values;
    }
}
