package io.tenantpulse.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tenantpulse.config.StreamsAppConfig;
import io.tenantpulse.query.TenantSelection;
import io.tenantpulse.schema.AvroLimits;
import io.tenantpulse.schema.Partitions;
import io.tenantpulse.schema.RecordSerde;
import io.tenantpulse.schema.RegistryClients;
import io.tenantpulse.schema.SerdeSettings;
import io.tenantpulse.schema.TopicAdmin;
import io.tenantpulse.schema.TopicSpec;
import io.tenantpulse.schema.Topics;
import io.tenantpulse.topology.StreamsApp;
import io.tenantpulse.topology.StreamsMain;
import io.tenantpulse.v1.AlertTransition;
import io.tenantpulse.v1.ClusterMark;
import io.tenantpulse.v1.MarkType;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.core.ConditionTimeoutException;

/** One installation on a real broker and registry: its log is written by the test, its detector runs here or as a process. */
final class DetectorInstallation implements AutoCloseable {
    private static final int PARTITIONS = 2;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    final Topics topics;
    private final Path dir;
    private final EmbeddedRegistry registry;
    private final SchemaRegistryClient client;
    private final RecordSerde records;
    private final StreamsAppConfig config;
    private final List<Process> processes = new ArrayList<>();

    DetectorInstallation(String name, Path dir) throws InterruptedException {
        AvroLimits.install();
        this.dir = dir;
        this.topics = Topics.of(name, PARTITIONS);
        this.registry = new EmbeddedRegistry(dir, 0);
        this.client = RegistryClients.create(SerdeSettings.of(registry.url()));
        this.records = new RecordSerde(client, SerdeSettings.of(registry.url()));
        this.config = new StreamsAppConfig(
                name,
                "test",
                dir.resolve("state"),
                name,
                PARTITIONS,
                (short) 1,
                null,
                StreamsAppConfig.Http.OFF,
                Map.of("bootstrap.servers", SharedBroker.bootstrapServers()),
                Map.of(),
                Map.of("schema.registry.url", registry.url()),
                List.of(TenantSelection.parse("alpha/tenants/*")));
        try (Admin admin = SharedBroker.admin()) {
            new TopicAdmin(admin, (short) 1, Duration.ofSeconds(30)).ensure(topics.all());
        }
    }

    /** Writes as an exporter does: marks into every partition, but EPOCH into that of the cluster's name. */
    void write(List<DetectorLog.Line> lines) {
        Map<String, Object> settings = Map.of(
                "bootstrap.servers",
                SharedBroker.bootstrapServers(),
                "acks",
                "all",
                "max.in.flight.requests.per.connection",
                1);
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        try (KafkaProducer<String, SpecificRecord> producer =
                new KafkaProducer<>(settings, new StringSerializer(), records.serializer())) {
            for (DetectorLog.Line line : lines) {
                if (line.value() instanceof ClusterMark mark && mark.getType() != MarkType.EPOCH) {
                    Partitions.all(topics.observations())
                            .forEach(partition -> sent.add(producer.send(record(line, partition))));
                } else {
                    sent.add(producer.send(record(line, Partitions.of(line.key(), PARTITIONS))));
                }
            }
        }
        assertThat(sent).allSatisfy(each -> assertThat(each).succeedsWithin(Duration.ZERO));
    }

    private ProducerRecord<String, SpecificRecord> record(DetectorLog.Line line, int partition) {
        return new ProducerRecord<>(
                topics.observations().name(), partition, line.timestamp().toEpochMilli(), line.key(), line.value());
    }

    /** The detector in this JVM. */
    StreamsApp start() throws InterruptedException {
        StreamsApp app = new StreamsApp(config, new SimpleMeterRegistry(), InstantSource.system());
        app.start();
        return app;
    }

    /** The detector in this JVM, with its API on any free port and series of the tenants that were chosen. */
    StreamsApp startServing(MeterRegistry meters) throws InterruptedException {
        StreamsAppConfig serving = config.withHttp(new StreamsAppConfig.Http("127.0.0.1", 0, List.of()));
        StreamsApp app = new StreamsApp(serving, meters, InstantSource.system());
        app.start();
        return app;
    }

    /** Another instance beside it, which leaves as soon as it is closed. */
    StreamsApp startAnother() throws InterruptedException {
        StreamsAppConfig another = new StreamsAppConfig(
                config.applicationId(),
                null,
                dir.resolve("another"),
                config.topicPrefix(),
                PARTITIONS,
                (short) 1,
                null,
                new StreamsAppConfig.Http("127.0.0.1", 0, List.of()),
                config.kafka(),
                Map.of(),
                config.registry(),
                List.of());
        StreamsApp app = new StreamsApp(another, new SimpleMeterRegistry(), InstantSource.system());
        app.start();
        return app;
    }

    /** The detector as a process of its own. */
    Process startProcess() throws IOException {
        return startProcess("test");
    }

    /** One of several processes that share the work. */
    Process startProcess(String instance) throws IOException {
        String classPath = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        Path java = Path.of(System.getProperty("java.home"), "bin", "java");
        ProcessBuilder builder = new ProcessBuilder(java.toString(), "-Xmx256m", "-cp", classPath, mainClass());
        Map<String, String> environment = new HashMap<>();
        environment.put("TENANT_PULSE_KAFKA_BOOTSTRAP_SERVERS", SharedBroker.bootstrapServers());
        environment.put("TENANT_PULSE_SCHEMA_REGISTRY_URL", registry.url());
        environment.put("TENANT_PULSE_APPLICATION_ID", config.applicationId());
        environment.put("TENANT_PULSE_INSTANCE", instance);
        environment.put(
                "TENANT_PULSE_STATE_DIR", dir.resolve("state-" + instance).toString());
        environment.put("TENANT_PULSE_TOPICS_PREFIX", config.topicPrefix());
        environment.put("TENANT_PULSE_TOPICS_PARTITIONS", "" + PARTITIONS);
        environment.put("TENANT_PULSE_HTTP_PORT", "-1");
        builder.environment().putAll(environment);
        File output = dir.resolve("process-" + processes.size() + ".log").toFile();
        Process process =
                builder.redirectErrorStream(true).redirectOutput(output).start();
        processes.add(process);
        return process;
    }

    private static String mainClass() {
        return StreamsMain.class.getName();
    }

    /** SIGKILL. */
    static void kill(Process process) throws InterruptedException {
        process.destroyForcibly();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    }

    /** Waits until all that is in the log was processed, and all that came of it is there to be read. */
    void awaitProcessed() throws Exception {
        try (Admin admin = SharedBroker.admin()) {
            Processed.awaitAll(admin, config.applicationId(), topics, PATIENCE);
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(e.getMessage() + "\nIts processes said:\n" + processesSaid(), e);
        }
    }

    private String processesSaid() throws IOException {
        StringBuilder said = new StringBuilder();
        for (int i = 0; i < processes.size(); i++) {
            said.append(Files.readString(dir.resolve("process-" + i + ".log")));
        }
        return said.toString();
    }

    /** All committed transitions of an alert, by partition in their order. */
    List<AlertTransition> alerts(String alert) {
        return read(topics.alerts(), AlertTransition.class).stream()
                .filter(transition -> transition.getAlert().equals(alert))
                .toList();
    }

    /** All committed records of a type, by partition in their order. */
    <T extends SpecificRecord> List<T> read(TopicSpec topic, Class<T> type) {
        List<T> result = new ArrayList<>();
        try (KafkaConsumer<String, SpecificRecord> reader = reader()) {
            List<TopicPartition> partitions = Processed.partitions(topic);
            reader.assign(partitions);
            reader.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
            while (partitions.stream().anyMatch(one -> reader.position(one) < ends.get(one))) {
                reader.poll(Duration.ofMillis(200)).forEach(record -> {
                    if (type.isInstance(record.value())) {
                        result.add(type.cast(record.value()));
                    }
                });
            }
        }
        return result;
    }

    private KafkaConsumer<String, SpecificRecord> reader() {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", SharedBroker.bootstrapServers(), "isolation.level", "read_committed"),
                new StringDeserializer(),
                records.deserializer());
    }

    RecordSerde records() {
        return records;
    }

    Map<String, String> kafka() {
        return config.kafka();
    }

    @Override
    public void close() throws IOException {
        processes.forEach(Process::destroyForcibly);
        // They write into a folder that is deleted next.
        processes.forEach(
                process -> process.onExit().orTimeout(60, TimeUnit.SECONDS).join());
        client.close();
        registry.close();
    }
}
