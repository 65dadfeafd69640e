package io.tenantpulse.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tenantpulse.config.StreamsAppConfig;
import io.tenantpulse.exporter.ExporterApp;
import io.tenantpulse.exporter.ExporterConfig;
import io.tenantpulse.schema.Topics;
import io.tenantpulse.standalone.demo.DemoApiServer;
import io.tenantpulse.standalone.demo.Kinds;
import io.tenantpulse.standalone.demo.ObjectStore;
import io.tenantpulse.standalone.replay.RecordingWriter;
import io.tenantpulse.topology.StreamsApp;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Only whitelisted fields ever leave a cluster: secrets planted in every other field get nowhere. */
@Timeout(900)
class CanaryIT {
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final int PARTITIONS = 4;
    private final ObjectStore store = new ObjectStore(InstantSource.system(), new Random(7), 1_000);

    @TempDir
    Path dir;

    private final Canaries canaries = new Canaries();
    private final CanaryFleet fleet = new CanaryFleet(store, canaries);
    private final Map<String, Set<String>> found = new TreeMap<>();
    private EmbeddedBroker broker;
    private EmbeddedRegistry registry;
    private DemoApiServer east;
    private HostileApiServer hostile;
    private ExporterProcess exporter;

    @BeforeEach
    void startServers() throws IOException {
        store.install(CanaryFleet.kinds());
        broker = new EmbeddedBroker(dir.resolve("data"), 0);
        registry = new EmbeddedRegistry(dir.resolve("data"), 0);
        east = new DemoApiServer(store, new DemoApiServer.Settings(InstantSource.system(), Duration.ofSeconds(1), 0))
                .start();
        hostile = new HostileApiServer(fleet);
    }

    @AfterEach
    void stopServers() {
        Stream.of(exporter, east, hostile, registry, broker)
                .filter(Objects::nonNull)
                .forEach(CanaryIT::close);
    }

    @Test
    void secretsOutsideTheWhitelistGetNowhere() throws Exception {
        fleet.apply("fleet.yaml");
        fleet.createHugeTenant();
        Path recording = dir.resolve("recording.ndjson");
        exporter = ExporterProcess.start(config(), resource("logback.xml"), dir.resolve("output.txt"));

        try (OutputStream out = Files.newOutputStream(recording);
                RecordingWriter writer = RecordingWriter.to(out);
                ExporterApp recorder = new ExporterApp(
                        ExporterConfig.of(List.of(cluster("east")), "none", "none")
                                .withHttp(ExporterConfig.Http.OFF),
                        batch -> {},
                        new SimpleMeterRegistry(),
                        writer)) {
            recorder.start();
            awaitExpected("what was there at the start");
            store.delete(Kinds.EVENT, "shop", "acme.2");
            store.delete(Kinds.CLAIM, "shop", "acme-data");
            fleet.apply("later.yaml");
            east.faults().refuse(500, 3);
            awaitExpected("what changed later");
            await("every wrong answer").atMost(PATIENCE).until(hostile::hasSaidAll);
            await("the recording")
                    .atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(expectedIn(Canaries.in(recording))).hasSizeGreaterThan(20));
        }

        searchHttp();
        Set<String> connections = exporter.connectionThreads();
        assertThat(connections).isNotEmpty();
        east.close();
        hostile.close();
        await("both clusters are given up")
                .atMost(PATIENCE)
                .until(() -> exporter.get("/readyz?verbose").split("unreachable", -1).length == 3);
        found.put("heap", Canaries.in(exporter.heapDump(dir.resolve("heap.hprof"), connections)));
        searchHttp();
        exporter.stop();
        searchDetector();
        found.put("logs and errors", Canaries.in(exporter.output()));
        found.put("recording", Canaries.in(recording));
        registry.close();
        broker.close();
        found.put("files of broker and registry", filesUnder(dir.resolve("data")));

        assertThat(leaks()).isEmpty();
        assertThat(canaries.count(Canaries.Role.FORBIDDEN)).isGreaterThan(800);
        assertThat(canaries.missing(found.get("topics"))).isEmpty();
        assertThat(expectedIn(found.get("heap"))).hasSizeGreaterThan(20);
        assertThat(expectedIn(found.get("diagnostics"))).hasSizeGreaterThan(20);
        assertThat(expectedIn(found.get("recording"))).hasSizeGreaterThan(20);
    }

    @Test
    void searchFindsWordsOfOneAndOfTwoBytesEachAndWordsCutOff() {
        String word = canaries.plant(Canaries.Role.FORBIDDEN, "a field");

        assertThat(Canaries.in("xCNR" + word + "y")).containsExactly(word);
        assertThat(Canaries.in(("é" + word).getBytes(StandardCharsets.UTF_16LE)))
                .containsExactly(word);
        assertThat(Canaries.in(("x" + word).getBytes(StandardCharsets.UTF_16BE)))
                .containsExactly(word);
        assertThat(Canaries.in(word.substring(0, 7) + "\"")).containsExactly(word.substring(0, 7));
        assertThat(canaries.fields(Canaries.Role.FORBIDDEN, Set.of(word))).containsExactly(word + " a field");
        assertThat(canaries.fields(Canaries.Role.FORBIDDEN, Set.of("CNRY00"))).hasSize(1);
    }

    /** Each place with the forbidden fields whose words were found there. */
    private Map<String, Set<String>> leaks() {
        Map<String, Set<String>> leaks = new TreeMap<>();
        found.forEach((place, words) -> {
            Set<String> fields = canaries.fields(Canaries.Role.FORBIDDEN, words);
            if (!place.equals("heap")) {
                fields.addAll(canaries.fields(Canaries.Role.CONFIGURED, words));
            }
            if (!fields.isEmpty()) {
                leaks.put(place, fields);
            }
        });
        return leaks;
    }

    private Set<String> expectedIn(Set<String> words) {
        return canaries.fields(Canaries.Role.EXPECTED, words);
    }

    private void awaitExpected(String what) {
        found.put("topics", new TreeSet<>());
        await(what).atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).untilAsserted(() -> {
            found.get("topics").addAll(wordsInTopics());
            assertThat(canaries.missing(found.get("topics"))).isEmpty();
        });
    }

    /** Reads every topic from its beginning. */
    private Set<String> wordsInTopics() throws Exception {
        Set<String> words = new TreeSet<>();
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (Admin admin = Admin.create(settings);
                KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            Set<TopicPartition> partitions = new HashSet<>();
            for (String topic : admin.listTopics().names().get()) {
                consumer.partitionsFor(topic)
                        .forEach(each -> partitions.add(new TopicPartition(topic, each.partition())));
            }
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofMillis(200))) {
                    words.addAll(Canaries.in(each.key()));
                    words.addAll(Canaries.in(each.value()));
                    each.headers().forEach(header -> words.addAll(Canaries.in(header.value())));
                }
            }
        }
        return words;
    }

    private void searchHttp() throws Exception {
        for (String path : List.of("/metrics", "/info", "/livez?verbose", "/readyz?verbose", "/nowhere")) {
            found.computeIfAbsent("answers to " + path, ignored -> new TreeSet<>())
                    .addAll(Canaries.in(exporter.get(path)));
        }
    }

    /** A detector reads the whole log; what it tells of its tenants, and what it keeps, holds no more than the log does. */
    private void searchDetector() throws Exception {
        StreamsAppConfig config = new StreamsAppConfig(
                "canary",
                "canary",
                dir.resolve("data").resolve("detector"),
                Topics.DEFAULT_PREFIX,
                PARTITIONS,
                (short) 1,
                null,
                new StreamsAppConfig.Http("127.0.0.1", 0, List.of()),
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                Map.of(),
                Map.of("schema.registry.url", registry.url()),
                List.of());
        try (StreamsApp detector = new StreamsApp(config, new SimpleMeterRegistry(), InstantSource.system())) {
            detector.start();
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
                Processed.awaitAll(admin, config.applicationId(), config.topics(), PATIENCE);
            }
            CheckRun run = new CheckRun("http://127.0.0.1:" + detector.port());
            for (String tenant : List.of("east/shop/acme", "east/shop/bolt")) {
                Path archive = dir.resolve(tenant.replace('/', '-') + ".zip");
                assertThat(run.diagnostics(tenant, archive)).isEqualTo(ExitCode.OK);
                for (byte[] file : CheckRun.unpacked(archive).values()) {
                    found.computeIfAbsent("diagnostics", any -> new TreeSet<>()).addAll(Canaries.in(file));
                }
                run.exitCode(tenant, "--json");
                found.computeIfAbsent("answers of the API", any -> new TreeSet<>())
                        .addAll(Canaries.in(run.out()));
            }
        }
    }

    private Set<String> filesUnder(Path folder) throws IOException {
        Set<String> words = new TreeSet<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                words.addAll(Canaries.in(file));
                // Compression cuts words that resemble one another; what is whole in records is looked for in these.
                words.removeIf(word -> !canaries.isWhole(word));
            }
        }
        return words;
    }

    private ExporterConfig.Cluster cluster(String name) throws IOException {
        Path kubeconfig = dir.resolve(name + ".kubeconfig");
        if (name.equals("east")) {
            DemoApiServer.kubeconfig(kubeconfig, Map.of(name, east));
        } else {
            Files.writeString(kubeconfig, """
                    {"apiVersion":"v1","kind":"Config","current-context":"%1$s","contexts":[{"name":"%1$s","context":{"cluster":"c","user":"u"}}],
                     "clusters":[{"name":"c","cluster":{"server":"%2$s"}}],"users":[{"name":"u","user":{"token":"%3$s"}}]}
                    """.formatted(name, hostile.url(), configured("the kubeconfig's token")));
        }
        return new ExporterConfig.Cluster(name, name, kubeconfig, false);
    }

    /** Without compression: the producer keeps its buffers, and words cut by compression would be neither found nor told from leaks. */
    private Path config() throws IOException {
        return Files.writeString(dir.resolve("exporter.yaml"), """
                clusters:
                  - {name: east, context: east, kubeconfig: "%s"}
                  - {name: west, context: west, kubeconfig: "%s"}
                timing: {probe-interval: PT1S, denied-retry: PT2S}
                topics: {partitions: %d}
                http: {port: 0}
                kafka: {producer.compression.type: none, bootstrap.servers: "%s", ssl.keystore.password: "%s", sasl.jaas.config: "%s"}
                schema.registry: {url: "%s", basic.auth.credentials.source: USER_INFO, basic.auth.user.info: "user:%s"}
                """.formatted(
                        cluster("east").kubeconfig(),
                        cluster("west").kubeconfig(),
                        PARTITIONS,
                        broker.bootstrapServers(),
                        configured("kafka's keystore password"),
                        configured("kafka's SASL credentials"),
                        registry.url(),
                        configured("the registry's password")));
    }

    private String configured(String what) {
        return canaries.plant(Canaries.Role.CONFIGURED, what);
    }

    private static Path resource(String name) throws Exception {
        return Path.of(Objects.requireNonNull(CanaryIT.class.getResource("/canary/" + name))
                .toURI());
    }

    private static void close(AutoCloseable each) {
        try {
            each.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
