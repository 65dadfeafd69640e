package io.tenantpulse.exporter.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tenantpulse.exporter.ExporterConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExporterConfigLoaderTest {
    private static final String CLIENTS = """
            kafka:
              bootstrap.servers: broker:9092
              sasl.jaas.config: s3cret
              producer:
                linger.ms: 5
            schema.registry:
              url: http://me:s3cret@registry:8081
              basic.auth.user.info: me:s3cret
            """;

    @TempDir
    private Path dir;

    private Path kubeconfig;

    @BeforeEach
    void writeKubeconfig() throws IOException {
        kubeconfig = Files.writeString(dir.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: a, cluster: {server: "https://127.0.0.1:1"}}]
                users: [{name: u, user: {token: t}}]
                contexts: [{name: Prod_EU@a, context: {cluster: a, user: u}}]
                current-context: Prod_EU@a
                """);
    }

    private ExporterConfig load(String yaml, Map<String, String> environment) throws IOException {
        return ExporterConfigLoader.load(Files.writeString(dir.resolve("exporter.yaml"), yaml), environment);
    }

    private ConfigException refused(String yaml, Map<String, String> environment) {
        return catchThrowableOfType(ConfigException.class, () -> load(yaml, environment));
    }

    @Test
    void readsAFileAndTheEnvironmentOverIt() throws IOException {
        ExporterConfig config = load(
                "clusters:\n  - kubeconfig: " + kubeconfig + "\nqueue-size: 5\ntiming:\n  probe-interval: 7s\n"
                        + CLIENTS,
                Map.of("TENANT_PULSE_QUEUE_SIZE", "9", "TENANT_PULSE_KAFKA_CLIENT_ID", "me"));

        assertThat(config.clusters()).singleElement().matches(c -> c.name().equals("prod-eu-a"));
        assertThat(config.queueSize()).isEqualTo(9);
        assertThat(config.timing().probeInterval()).isEqualTo(Duration.ofSeconds(7));
        assertThat(config.timing().probeTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.kafka())
                .containsEntry("bootstrap.servers", "broker:9092")
                .containsEntry("client.id", "me");
        assertThat(config.kafkaProducer()).containsEntry("linger.ms", "5");
        assertThat(config.registry()).containsKeys("schema.registry.url", "basic.auth.user.info");
    }

    @Test
    void takesAClusterFromTheEnvironment() {
        ExporterConfig config = ExporterConfigLoader.load(
                null,
                Map.of(
                        "TENANT_PULSE_CLUSTERS_0__NAME", "blue",
                        "TENANT_PULSE_CLUSTERS_0__KUBECONFIG", kubeconfig.toString(),
                        "TENANT_PULSE_KAFKA_BOOTSTRAP_SERVERS", "b:1",
                        "TENANT_PULSE_SCHEMA_REGISTRY_URL", "http://r:1"));

        assertThat(config.clusters()).singleElement().matches(c -> c.name().equals("blue"));
    }

    @Test
    void showsNoSecret() throws IOException {
        assertThat(load("clusters:\n  - kubeconfig: " + kubeconfig + "\n" + CLIENTS, Map.of())
                        .toString())
                .doesNotContain("s3cret")
                .contains("broker:9092");
    }

    @Test
    void tellsEverythingThatIsWrongAtOnce() {
        ConfigException e = refused(
                "clusters:\n  - name: a\n    contxt: x\nqueue-sise: 5\npage-size: many\n",
                Map.of("TENANT_PULSE_PAGE_SISE", "1"));

        assertThat(e.faults())
                .anyMatch(f -> f.contains("queue-sise is not known: did you mean queue-size?"))
                .anyMatch(f -> f.contains("contxt is not known: did you mean context?"))
                .anyMatch(f -> f.contains("TENANT_PULSE_PAGE_SISE is not known: did you mean TENANT_PULSE_PAGE_SIZE?"))
                .anyMatch(f -> f.contains("page-size"))
                .anyMatch(f -> f.contains("kafka.bootstrap.servers is missing"))
                .anyMatch(f -> f.contains("schema.registry.url is missing"));
    }

    @Test
    void namesTheClusterWhoseContextIsUnknown() {
        ConfigException e =
                refused("clusters:\n  - kubeconfig: " + kubeconfig + "\n    context: none\n" + CLIENTS, Map.of());

        assertThat(e).hasMessageContaining("clusters[0]").hasMessageContaining("Prod_EU@a");
    }

    @Test
    void wantsANameInCluster() {
        assertThat(refused("clusters:\n  - in-cluster: true\n" + CLIENTS, Map.of()))
                .hasMessageContaining("clusters[0]: name is missing");
    }
}
