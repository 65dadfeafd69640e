package io.tenantpulse.standalone;

import static org.awaitility.Awaitility.await;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tenantpulse.config.RulesFile;
import io.tenantpulse.config.StreamsAppConfig;
import io.tenantpulse.exporter.ExporterConfig;
import io.tenantpulse.schema.AvroLimits;
import io.tenantpulse.schema.RecordSerde;
import io.tenantpulse.schema.RegistryClients;
import io.tenantpulse.schema.SerdeSettings;
import io.tenantpulse.schema.TopicAdmin;
import io.tenantpulse.schema.TopicSpec;
import io.tenantpulse.schema.Topics;
import io.tenantpulse.standalone.replay.BadLines;
import io.tenantpulse.standalone.replay.LiveLines;
import io.tenantpulse.standalone.replay.Replay;
import io.tenantpulse.standalone.replay.ReplayOptions;
import io.tenantpulse.topology.StreamsApp;
import io.tenantpulse.v1.AlertTransition;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** From a real API server to alerts within seconds: short holds, frequent watermarks, topics of its own on a broker that others may share. */
final class RealPipeline implements AutoCloseable {
    static final String CLUSTER = "real";
    static final Duration PATIENCE = Duration.ofSeconds(120);

    /** Of TenantStatusUnknown: the one rule that takes its time. */
    static final Duration UNKNOWN_HOLD = Duration.ofSeconds(20);

    /** Of the exporter: longer than a busy machine lets a process wait. */
    static final Duration PROBE_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration FIRST_BOOKMARK = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(300);
    private static final int PARTITIONS = 3;

    final Topics topics;
    private final String name;
    private final Path dir;
    private final Map<String, String> kafka;
    private final Map<String, String> registry;
    private final Path rules;
    private final SchemaRegistryClient client;
    private final RecordSerde records;

    RealPipeline(String name, Path dir, String bootstrapServers, String registryUrl) throws IOException {
        AvroLimits.install();
        this.name = name;
        this.dir = dir;
        this.topics = Topics.of(name, PARTITIONS);
        this.kafka = Map.of("bootstrap.servers", bootstrapServers);
        this.registry = Map.of("schema.registry.url", registryUrl);
        this.client = RegistryClients.create(SerdeSettings.of(registryUrl));
        this.records = new RecordSerde(client, SerdeSettings.of(registryUrl));
        this.rules = Files.writeString(dir.resolve("rules.yaml"), """
                rules:
                  - {name: TenantResourcesMismatch, predicate: count-mismatch, hold: 1500ms, severity: warning}
                  - {name: TenantResourcesFailed, predicate: resources-failed, hold: 1s, severity: critical, keep-firing: 2s}
                  - {name: TenantNotReady, predicate: ready-false, hold: 2s, severity: critical}
                  - {name: TenantStatusUnknown, predicate: ready-unknown, hold: %ds, severity: critical}
                  - {name: TenantDegraded, predicate: degraded-true, hold: 1s, severity: critical}
                  - {name: TenantNotConverged, predicate: not-converged, hold: 2s, severity: warning}
                cluster: {kind-blind-hold: 1s, telemetry-stale-hold: off, telemetry-stale-hold-unprobed: off}
                """.formatted(UNKNOWN_HOLD.toSeconds()));
    }

    /** Of an exporter of the one cluster, to be found by this kubeconfig. */
    ExporterConfig exporter(Path kubeconfig) {
        return exporter(kubeconfig, FIRST_BOOKMARK);
    }

    /** @param firstBookmark half of how long a watch may be silent, or its reader held up, until there is a new list */
    ExporterConfig exporter(Path kubeconfig, Duration firstBookmark) {
        return new ExporterConfig(
                List.of(new ExporterConfig.Cluster(CLUSTER, null, kubeconfig, false)),
                timing(firstBookmark),
                ExporterConfig.Http.OFF,
                10,
                new ExporterConfig.Load(4, 4, Duration.ZERO),
                500,
                false,
                name,
                PARTITIONS,
                (short) 1,
                kafka,
                // Little more than one batch waits in the producer, so that the queue is what fills
                Map.of("buffer.memory", "16384", "batch.size", "4096"),
                registry);
    }

    /** The same for a process of its own. */
    Path exporterFile(Path kubeconfig) throws IOException {
        return Files.writeString(dir.resolve("exporter.yaml"), """
                clusters: [{name: %s, kubeconfig: "%s"}]
                timing: {probe-interval: PT0.3S, probe-timeout: PT%dS, memory-frame-interval: PT2S}
                topics: {prefix: %s, partitions: %d}
                http: {port: -1}
                kafka: {bootstrap.servers: "%s"}
                schema.registry: {url: "%s"}
                """.formatted(
                        CLUSTER,
                        kubeconfig,
                        PROBE_TIMEOUT.toSeconds(),
                        name,
                        PARTITIONS,
                        kafka.get("bootstrap.servers"),
                        registry.get("schema.registry.url")));
    }

    private static ExporterConfig.Timing timing(Duration firstBookmark) {
        return new ExporterConfig.Timing(
                POLL,
                PROBE_TIMEOUT,
                firstBookmark,
                ExporterConfig.Timing.DEFAULT.watchTimeout(),
                Duration.ofSeconds(1),
                Duration.ofSeconds(3),
                Duration.ofSeconds(2),
                Duration.ofSeconds(2));
    }

    /** Makes the topics and starts the detector in this JVM. */
    StreamsApp startDetector() throws InterruptedException {
        try (Admin admin = admin()) {
            new TopicAdmin(admin, (short) 1, Duration.ofSeconds(30)).ensure(topics.all());
        }
        StreamsApp app = new StreamsApp(
                new StreamsAppConfig(
                        name,
                        "test",
                        dir.resolve("state"),
                        name,
                        PARTITIONS,
                        (short) 1,
                        rules,
                        StreamsAppConfig.Http.OFF,
                        kafka,
                        Map.of(),
                        registry,
                        List.of()),
                new SimpleMeterRegistry(),
                InstantSource.system());
        app.start();
        return app;
    }

    Admin admin() {
        return Admin.create(Map.copyOf(kafka));
    }

    /** All committed transitions. */
    List<AlertTransition> alerts() {
        return read(topics.alerts()).stream()
                .map(each -> (AlertTransition) each.value())
                .toList();
    }

    /** Waits until an alert of a tenant has last come to this status. */
    void awaitLast(String tenant, String alert, String status) {
        await(tenant + ' ' + alert + ' ' + status)
                .atMost(PATIENCE)
                .pollInterval(POLL)
                .until(() -> alerts().stream()
                        .filter(each -> tenant.equals(each.getTenant())
                                && each.getAlert().equals(alert))
                        .reduce((first, second) -> second)
                        .filter(last -> last.getStatus().name().equalsIgnoreCase(status))
                        .isPresent());
    }

    /** The same of what a recording that is being written says. */
    void awaitLastIn(Path recording, String tenant, String alert, String status) {
        await(tenant + ' ' + alert + ' ' + status + " in " + recording.getFileName())
                .atMost(PATIENCE)
                .pollInterval(POLL)
                .ignoreExceptions()
                .until(() -> Transitions.byIdentity(replay(recording)).entrySet().stream()
                        .filter(each -> each.getKey().startsWith(tenant + ' ' + alert + ' '))
                        .map(each -> each.getValue().get(each.getValue().size() - 1))
                        .anyMatch(last -> last.get("status").asText().equals(status)));
    }

    /** All that is in the log. */
    List<ConsumerRecord<String, SpecificRecord>> log() {
        return read(topics.observations());
    }

    private List<ConsumerRecord<String, SpecificRecord>> read(TopicSpec topic) {
        List<ConsumerRecord<String, SpecificRecord>> all = new ArrayList<>();
        try (KafkaConsumer<String, SpecificRecord> reader = reader()) {
            List<TopicPartition> partitions = Processed.partitions(topic);
            reader.assign(partitions);
            reader.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = reader.endOffsets(partitions);
            while (partitions.stream().anyMatch(one -> reader.position(one) < ends.get(one))) {
                reader.poll(Duration.ofMillis(100)).forEach(all::add);
            }
        }
        return all;
    }

    private KafkaConsumer<String, SpecificRecord> reader() {
        return new KafkaConsumer<>(
                Map.of("bootstrap.servers", kafka.get("bootstrap.servers"), "isolation.level", "read_committed"),
                new StringDeserializer(),
                records.deserializer());
    }

    /** Waits until the detector has processed all that is in the log, and all that it said is there to be read. */
    void awaitProcessed() throws Exception {
        try (Admin admin = admin()) {
            Processed.awaitAll(admin, name, topics, PATIENCE);
        }
    }

    /** What the detector has said, as a replay says it. */
    String liveLines() throws IOException {
        return LiveLines.of(alerts());
    }

    /** What a replay of recordings says by the same rules. */
    String replay(Path... files) throws IOException {
        return replay(BadLines.fail(), files);
    }

    String replay(BadLines badLines, Path... files) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Replay(new ReplayOptions(
                        Stream.of(files).map(Path::toString).toList(),
                        Duration.ofSeconds(30),
                        null,
                        badLines,
                        RulesFile.read(rules)))
                .run(new ByteArrayInputStream(new byte[0]), out);
        return out.toString(StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
