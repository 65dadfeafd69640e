package io.tenantpulse.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tenantpulse.testkit.RealApiServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** With the shipped role as it is and a token of its service account: what a real API server tells of a tenant's secrets gets nowhere, nor does the token. */
@EnabledIf("isAvailable")
@Timeout(240)
class RealCanaryIT {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @TempDir
    Path dir;

    private final Canaries canaries = new Canaries();

    static boolean isAvailable() {
        return RealApiServer.isAvailable();
    }

    @Test
    void neitherSecretsOfARealClusterNorTheTokenGetAnywhere() throws Exception {
        Path serverDir = Files.createDirectory(dir.resolve("server"));
        Map<String, Set<String>> found = new TreeMap<>();
        try (RealApiServer server = new RealApiServer(serverDir);
                EmbeddedBroker broker = new EmbeddedBroker(dir.resolve("data"), 0);
                EmbeddedRegistry registry = new EmbeddedRegistry(dir.resolve("data"), 0)) {
            server.define(
                    "tenant-operator.yaml",
                    "operator.kubernetes-tenants.org/v1",
                    "tenants",
                    "tenantregistries",
                    "tenanttemplates");
            String token = grant(server);
            server.apply(filled("real.yaml"));
            Path config = config(kubeconfig(server, token), broker, registry);
            Path output = dir.resolve("output.txt");
            try (ExporterProcess exporter = ExporterProcess.start(config, resource("logback.xml"), output)) {
                found.put("topics", new TreeSet<>());
                await("all that may be seen")
                        .atMost(PATIENCE)
                        .pollInterval(Duration.ofSeconds(1))
                        .untilAsserted(() -> {
                            found.get("topics").addAll(Canaries.in(topics(broker)));
                            assertThat(canaries.missing(found.get("topics"))).isEmpty();
                        });
                for (String path : List.of("/metrics", "/info", "/readyz?verbose")) {
                    String answer = exporter.get(path);
                    found.put(path, Canaries.in(answer));
                    assertThat(answer).doesNotContain(end(token));
                }
                assertThat(new String(topics(broker), StandardCharsets.ISO_8859_1))
                        .doesNotContain(end(token));
                exporter.stop();
            }
            found.put("log", Canaries.in(output));
            assertThat(Files.readString(output)).contains("DEBUG").doesNotContain(end(token));
        }

        Map<String, Set<String>> leaks = new TreeMap<>();
        found.forEach((place, words) -> leaks.put(place, canaries.fields(Canaries.Role.FORBIDDEN, words)));
        leaks.values().removeIf(Set::isEmpty);
        assertThat(leaks).isEmpty();
        assertThat(canaries.count(Canaries.Role.FORBIDDEN)).isGreaterThan(60);
    }

    /** The signature of a JSON Web Token: nothing else has it. */
    private static String end(String token) {
        return token.substring(token.lastIndexOf('.') + 1);
    }

    private static String grant(RealApiServer server) throws IOException, InterruptedException {
        server.apply("apiVersion: v1\nkind: Namespace\nmetadata: {name: tenant-pulse}\n");
        server.apply(Files.readString(Path.of("../deploy/rbac/exporter-clusterrole.yaml")));
        String token = server.kubectl(
                        server.adminKubeconfig(), "create", "token", "-n", "tenant-pulse", "tenant-pulse-exporter")
                .strip();
        assertThat(token).matches("eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]{20,}");
        return token;
    }

    /** {@code $$} becomes a word that must get nowhere, {@code ++} one that must arrive. */
    private String filled(String file) throws Exception {
        StringBuilder filled = new StringBuilder();
        for (String line : Files.readString(resource(file)).lines().toList()) {
            String text = line;
            while (text.contains("$$")) {
                text = text.replaceFirst("\\$\\$", canaries.plant(Canaries.Role.FORBIDDEN, line.strip()));
            }
            while (text.contains("++")) {
                text = text.replaceFirst("\\+\\+", canaries.plant(Canaries.Role.EXPECTED, line.strip()));
            }
            filled.append(text).append('\n');
        }
        return filled.toString();
    }

    private Path kubeconfig(RealApiServer server, String token) throws IOException {
        return Files.writeString(dir.resolve("kubeconfig"), """
                {"apiVersion":"v1","kind":"Config","current-context":"c","contexts":[{"name":"c","context":{"cluster":"c","user":"u"}}],
                 "clusters":[{"name":"c","cluster":{"server":"https://127.0.0.1:%d","insecure-skip-tls-verify":true}}],"users":[{"name":"u","user":{"token":"%s"}}]}
                """.formatted(server.port(), token));
    }

    private Path config(Path kubeconfig, EmbeddedBroker broker, EmbeddedRegistry registry) throws IOException {
        return Files.writeString(
                dir.resolve("exporter.yaml"), """
                clusters: [{name: real, kubeconfig: "%s"}]
                timing: {probe-interval: PT1S}
                topics: {partitions: 2}
                http: {port: 0}
                kafka: {bootstrap.servers: "%s"}
                schema.registry: {url: "%s"}
                """.formatted(kubeconfig, broker.bootstrapServers(), registry.url()));
    }

    /** All that is in all topics. */
    private static byte[] topics(EmbeddedBroker broker) throws Exception {
        java.io.ByteArrayOutputStream all = new java.io.ByteArrayOutputStream();
        Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
        try (Admin admin = Admin.create(settings);
                KafkaConsumer<byte[], byte[]> consumer =
                        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = admin.listTopics().names().get().stream()
                    .flatMap(topic -> consumer.partitionsFor(topic).stream())
                    .map(each -> new TopicPartition(each.topic(), each.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                for (ConsumerRecord<byte[], byte[]> each : consumer.poll(Duration.ofMillis(200))) {
                    all.writeBytes(Objects.requireNonNullElse(each.key(), new byte[0]));
                    all.write(0);
                    all.writeBytes(Objects.requireNonNullElse(each.value(), new byte[0]));
                    all.write(0);
                }
            }
        }
        return all.toByteArray();
    }

    private static Path resource(String name) throws Exception {
        return Path.of(Objects.requireNonNull(RealCanaryIT.class.getResource("/canary/" + name))
                .toURI());
    }
}
