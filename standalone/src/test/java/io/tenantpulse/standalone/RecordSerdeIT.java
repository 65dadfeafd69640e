package io.tenantpulse.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.tenantpulse.schema.Keys;
import io.tenantpulse.schema.Partitions;
import io.tenantpulse.schema.RecordSerde;
import io.tenantpulse.schema.RegistryClients;
import io.tenantpulse.schema.SerdeSettings;
import io.tenantpulse.schema.TopicAdmin;
import io.tenantpulse.schema.TopicSpec;
import io.tenantpulse.schema.Topics;
import io.tenantpulse.v1.Change;
import io.tenantpulse.v1.ClusterMark;
import io.tenantpulse.v1.MarkType;
import io.tenantpulse.v1.TenantObserved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Our records through the embedded broker and registry, read by ourselves and by a foreign client. */
@Timeout(120)
class RecordSerdeIT {
    private static final String KEY = Keys.of("alpha", "prod", "Tenant", "bolt-web");

    @TempDir
    Path dir;

    private final TopicSpec topic = Topics.of("it-" + UUID.randomUUID(), 4).observations();
    /** Older records a broker that runs long deletes. */
    private final long at = Instant.now().toEpochMilli();

    private EmbeddedRegistry registry;
    private RecordSerde serde;

    @BeforeEach
    void start() throws InterruptedException {
        registry = new EmbeddedRegistry(dir, 0);
        SerdeSettings settings = SerdeSettings.of(registry.url());
        serde = new RecordSerde(RegistryClients.create(settings), settings);
        try (Admin admin = SharedBroker.admin()) {
            new TopicAdmin(admin, (short) 1, Duration.ofSeconds(30)).ensure(List.of(topic));
        }
        write();
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void severalTypesOfOneTopicComeBackFromTheKeysPartition() {
        List<ConsumerRecord<String, SpecificRecord>> read = read();

        assertThat(read).extracting(ConsumerRecord::value).containsExactly(tenant(), mark());
        assertThat(read).extracting(ConsumerRecord::timestamp).containsExactly(at, at + 1);
    }

    @Test
    void kcatDecodesThem() throws Exception {
        Path answer = dir.resolve("answer");
        // Debian's build can do it or not, by release.
        assumeTrue(decodesAvro(), "kcat is not installed, or built without Avro");
        Process kcat = new ProcessBuilder(
                        "kcat",
                        "-C",
                        "-q",
                        "-e",
                        "-b",
                        SharedBroker.bootstrapServers(),
                        "-t",
                        topic.name(),
                        "-s",
                        "value=avro",
                        "-r",
                        registry.url(),
                        "-f",
                        "%k %s\\n")
                .redirectErrorStream(true)
                .redirectOutput(answer.toFile())
                .start();
        boolean ended = kcat.waitFor(60, TimeUnit.SECONDS);
        kcat.destroyForcibly();

        String printed = Files.readString(answer);
        assertThat(ended).as(printed).isTrue();
        assertThat(printed).contains(KEY + " {", "\"bolt-web\"", "\"MODIFIED\"", "alpha {", "\"WATERMARK\"");
    }

    private void write() {
        Map<String, Object> config = Map.of("bootstrap.servers", SharedBroker.bootstrapServers());
        int partition = Partitions.of(KEY, topic.partitions());
        try (KafkaProducer<String, SpecificRecord> producer =
                new KafkaProducer<>(config, new StringSerializer(), serde.serializer())) {
            producer.send(new ProducerRecord<>(topic.name(), null, at, KEY, tenant()));
            producer.send(new ProducerRecord<>(topic.name(), partition, at + 1, "alpha", mark()));
        }
    }

    private List<ConsumerRecord<String, SpecificRecord>> read() {
        Map<String, Object> config =
                Map.of("bootstrap.servers", SharedBroker.bootstrapServers(), "auto.offset.reset", "earliest");
        List<ConsumerRecord<String, SpecificRecord>> read = new ArrayList<>();
        try (KafkaConsumer<String, SpecificRecord> consumer =
                new KafkaConsumer<>(config, new StringDeserializer(), serde.deserializer())) {
            consumer.assign(List.of(new TopicPartition(topic.name(), Partitions.of(KEY, topic.partitions()))));
            long giveUp = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (read.size() < 2 && System.nanoTime() < giveUp) {
                consumer.poll(Duration.ofMillis(200)).forEach(read::add);
            }
        }
        return read;
    }

    private boolean decodesAvro() throws InterruptedException, IOException {
        Path version = dir.resolve("version");
        try {
            Process asked = new ProcessBuilder("kcat", "-V")
                    .redirectErrorStream(true)
                    .redirectOutput(version.toFile())
                    .start();
            asked.waitFor(10, TimeUnit.SECONDS);
        } catch (IOException e) {
            return false;
        }
        return Files.readString(version).contains("Avro");
    }

    private static TenantObserved tenant() {
        return TenantObserved.newBuilder()
                .setCluster("alpha")
                .setEpoch(3)
                .setSequence(4)
                .setChange(Change.MODIFIED)
                .setKind("Tenant")
                .setNamespace("prod")
                .setName("bolt-web")
                .setUid("u")
                .setDesired(5)
                .setReady(3)
                .setFailed(0)
                .build();
    }

    private static ClusterMark mark() {
        return ClusterMark.newBuilder()
                .setCluster("alpha")
                .setEpoch(3)
                .setSequence(5)
                .setType(MarkType.WATERMARK)
                .build();
    }
}
