package io.tenantpulse.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tenantpulse.schema.AvroLimits;
import io.tenantpulse.schema.RecordSerde;
import io.tenantpulse.schema.RegistryClients;
import io.tenantpulse.schema.SerdeSettings;
import io.tenantpulse.schema.Topics;
import io.tenantpulse.v1.AlertStatus;
import io.tenantpulse.v1.AlertTransition;
import io.tenantpulse.v1.TrendWindow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole of {@code up --demo} as its users run it: in a process of its own, killed and started again. */
class UpIT {
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    static {
        AvroLimits.install();
    }

    @TempDir
    private Path folder;

    private final List<Process> started = new ArrayList<>();

    @AfterEach
    void endProcesses() throws InterruptedException {
        for (Process process : started) {
            process.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void firesEveryAlertOnceAtItsTimeThoughTheProcessIsKilled() throws IOException, InterruptedException {
        Process first = up("first");
        await().atMost(PATIENCE).untilAsserted(() -> {
            if (!first.isAlive()) {
                throw new IllegalStateException("up ended with " + first.exitValue() + ": " + said("first.err"));
            }
            assertThat(said("first.out")).as(said("first.err")).contains(" FIRING ");
        });
        Process second = up("second");
        assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(second.exitValue()).isEqualTo(ExitCode.USAGE);
        assertThat(said("second.err")).contains("is in use by process " + first.pid());

        first.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
        Process third = up("third");

        await().atMost(PATIENCE).until(() -> said("third.err").contains("ready in") || !third.isAlive());
        assertThat(said("third.err")).contains("ready in");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(said("third.out")).contains(" FIRING "));
        assertThat(said("third.err")).contains("process " + first.pid() + " did not end in order");
        List<AlertTransition> all = transitions();
        assertThat(all).isNotEmpty().allSatisfy(UpIT::isInTime);
        assertThat(firingTwice(all)).isEmpty();
        CheckRun run = new CheckRun(detector("third.err"));
        tellsOfTenants(run, all);
        tellsOfTheFleet(run);

        third.destroy();
        assertThat(third.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(third.exitValue()).isEqualTo(143);
        assertThat(run.exitCode("prod-eu/shop/acme")).isEqualTo(ExitCode.CANNOT_REACH);
        assertThat(run.diagnostics("prod-eu/shop/acme", folder.resolve("none.zip")))
                .isEqualTo(ExitCode.CANNOT_REACH);
        assertThat(folder.resolve("none.zip")).doesNotExist();
    }

    /** {@code check} and {@code diagnostics}, as they are used while it runs. */
    private void tellsOfTenants(CheckRun run, List<AlertTransition> alerts) throws IOException {
        Path archive = folder.resolve("sick.zip");
        String sick = await("a sick tenant whose cause is known, while it is sick")
                .atMost(PATIENCE)
                .until(
                        () -> first(
                                names(alerts),
                                name -> hasPods(run, name, archive)
                                        && run.exitCode(name) == ExitCode.FOUND
                                        && run.out().contains("UNHEALTHY")
                                        && run.out().contains("what to do")),
                        name -> !name.isEmpty());
        assertThat(run.out())
                .contains(sick, "causes, the leading one first", "kubectl ")
                .doesNotContain("none found");
        await("a healthy tenant")
                .atMost(PATIENCE)
                .until(() -> first(names(alerts), name -> run.exitCode(name) == ExitCode.OK), name -> !name.isEmpty());
        assertThat(run.out()).contains(" HEALTHY");
        assertThat(run.exitCode("prod-eu/shop/nobody")).isEqualTo(ExitCode.UNKNOWN_TENANT);
        assertThat(run.diagnostics("prod-eu/shop/nobody", folder.resolve("none.zip")))
                .isEqualTo(ExitCode.UNKNOWN_TENANT);

        assertThat(CheckRun.json(archive, "resources.json").path("resources")).isNotEmpty();
        JsonNode manifest = CheckRun.json(archive, "manifest.json");
        assertThat(manifest.path("writer").path("instance").asText()).isEqualTo("up");
        assertThat(manifest.path("log").path("epoch").asLong()).isPositive();
        assertThat(manifest.path("log").path("watermark").asText()).isNotEmpty();
    }

    /** In the demo tenants heal and go within seconds. */
    private static boolean hasPods(CheckRun run, String tenant, Path archive) {
        try {
            return run.diagnostics(tenant, archive, "--force") == ExitCode.OK
                    && !CheckRun.json(archive, "pods.json").path("pods").isEmpty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Trends over HTTP are those of the topic, at any window that both have. */
    private void tellsOfTheFleet(CheckRun run) throws IOException, InterruptedException {
        await("three windows of the fleet")
                .atMost(PATIENCE)
                .until(() -> minutes(run).size() >= 3);
        JsonNode windows = minutes(run);
        String last = windows.get(windows.size() - 1).path("start").asText();
        Map<String, TrendWindow> told = await("they are committed")
                .atMost(PATIENCE)
                .until(this::minutesTold, minutes -> minutes.containsKey(last));
        for (JsonNode window : windows) {
            TrendWindow same = told.get(window.path("start").asText());
            assertThat(same).as(window.toString()).isNotNull();
            JsonNode atEnd = window.path("tenants").path("atEnd");
            assertThat(atEnd.path("healthy").asLong())
                    .isEqualTo(same.getTotals().getAtEnd().getHealthy());
            assertThat(atEnd.path("mismatched").asLong())
                    .isEqualTo(same.getTotals().getAtEnd().getMismatched());
            assertThat(window.path("restarts").asLong())
                    .isEqualTo(same.getTotals().getRestarts());
        }
        await("a template of which times are known")
                .atMost(PATIENCE)
                .until(() -> !run.get("/api/v1/recommendations?cluster=prod-eu")
                        .path("templates")
                        .isEmpty());
    }

    private Map<String, TrendWindow> minutesTold() throws IOException {
        Map<String, TrendWindow> told = new TreeMap<>();
        for (TrendWindow each : read(Topics.TRENDS.name(), TrendWindow.class)) {
            if (each.getScope().equals("fleet") && each.getSize().equals("1m")) {
                TrendWindow before = told.put(each.getStart().toString(), each);
                assertThat(before).as("the fleet's windows close once").isNull();
            }
        }
        return told;
    }

    private static JsonNode minutes(CheckRun run) throws IOException, InterruptedException {
        return run.get("/api/v1/trends?scope=fleet&window=1m").path("windows");
    }

    private static String first(Set<String> names, Predicate<String> wanted) {
        return names.stream().filter(wanted).findFirst().orElse("");
    }

    /** Tenants that have had an alert: some are sick now, some have recovered. */
    private static Set<String> names(List<AlertTransition> alerts) {
        Set<String> names = new TreeSet<>();
        for (AlertTransition each : alerts) {
            if (each.getTenant() != null) {
                names.add(each.getCluster() + '/' + each.getNamespace() + '/' + each.getTenant());
            }
        }
        return names;
    }

    /** Where the detector says that it listens. */
    private String detector(String file) throws IOException {
        Matcher says = Pattern.compile("detector +(http://[0-9.:]+)/").matcher(said(file));
        assertThat(says.find()).isTrue();
        return says.group(1);
    }

    private static void isInTime(AlertTransition transition) {
        if (transition.getStatus() == AlertStatus.FIRING && transition.getTenant() != null) {
            assertThat(transition.getAt())
                    .isEqualTo(transition
                            .getSince()
                            .plusMillis(transition.getHoldMillis())
                            .plusMillis(transition.getFrozenMillis()));
        }
    }

    /** Alerts that fire although they fire already. */
    private static List<String> firingTwice(List<AlertTransition> transitions) {
        Set<String> firing = new HashSet<>();
        List<String> twice = new ArrayList<>();
        for (AlertTransition each : transitions) {
            String identity = each.getAlert()
                    + ' '
                    + each.getCluster()
                    + '/'
                    + each.getNamespace()
                    + '/'
                    + each.getKind()
                    + '/'
                    + each.getTenant()
                    + ' '
                    + each.getLabels().get("reason")
                    + ' '
                    + each.getLabels().get("resource_kind");
            if (each.getStatus() == AlertStatus.RESOLVED) {
                firing.remove(identity);
            } else if (each.getStatus() == AlertStatus.FIRING && !firing.add(identity)) {
                twice.add(identity + " at " + each.getAt());
            }
        }
        return twice;
    }

    private Process up(String name) throws IOException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-Dtenantpulse.kafka.level=WARN",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Launcher.class.getName(),
                "up",
                "--demo",
                "--speed",
                "60",
                "--tenants",
                "30",
                "--data",
                folder.resolve("data").toString(),
                EmbeddedBroker.PORT_FLAG,
                "0",
                EmbeddedRegistry.PORT_FLAG,
                "0",
                "--exporter-port",
                "0",
                "--streams-port",
                "0");
        Process process = new ProcessBuilder(command)
                .redirectOutput(folder.resolve(name + ".out").toFile())
                .redirectError(folder.resolve(name + ".err").toFile())
                .start();
        started.add(process);
        return process;
    }

    private String said(String file) throws IOException {
        return Files.readString(folder.resolve(file));
    }

    private List<AlertTransition> transitions() throws IOException {
        return read(Topics.ALERTS.name(), AlertTransition.class);
    }

    /** Everything of one type that was committed to a topic so far, each partition in its order. */
    private <T> List<T> read(String topic, Class<T> type) throws IOException {
        Addresses addresses = Addresses.read(folder.resolve("data"));
        SerdeSettings settings = SerdeSettings.of(addresses.registryUrl());
        List<T> read = new ArrayList<>();
        try (SchemaRegistryClient registry = RegistryClients.create(settings);
                RecordSerde records = new RecordSerde(registry, settings);
                KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                        Map.of("bootstrap.servers", addresses.bootstrapServers(), "isolation.level", "read_committed"),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofSeconds(1))) {
                    Object record = records.deserializer().deserialize(each.topic(), each.value());
                    if (type.isInstance(record)) {
                        read.add(type.cast(record));
                    }
                }
            }
        }
        return read;
    }
}
