package io.tenantpulse.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tenantpulse.query.TenantSelection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamsConfigLoaderTest {
    private static final Map<String, String> NEEDED = Map.of(
            "TENANT_PULSE_KAFKA_BOOTSTRAP_SERVERS", "broker:9092",
            "TENANT_PULSE_SCHEMA_REGISTRY_URL", "http://registry:8081");

    @TempDir
    Path dir;

    private Path file(String text) throws IOException {
        return Files.writeString(dir.resolve("streams.yaml"), text);
    }

    @Test
    void readsTheEnvironmentAlone() {
        StreamsAppConfig config = StreamsConfigLoader.load(null, NEEDED);

        assertThat(config.kafka()).containsExactly(Map.entry("bootstrap.servers", "broker:9092"));
        assertThat(config.registry()).containsExactly(Map.entry("schema.registry.url", "http://registry:8081"));
        assertThat(config.applicationId()).isEqualTo("tenant-pulse-detector");
        assertThat(config.http().port()).isEqualTo(9465);
    }

    @Test
    void readsWhichTenantsHaveMetricsOfTheirOwn() throws IOException {
        Path file = file("""
                metrics:
                  tenants: [prod-eu/shop/acme, prod-eu/crm/*]
                """);

        assertThat(StreamsConfigLoader.load(file, NEEDED).metricTenants())
                .containsExactly(
                        new TenantSelection("prod-eu", "shop", "acme"), new TenantSelection("prod-eu", "crm", "*"));
    }

    @Test
    void refusesWhatNamesNoTenants() {
        Map<String, String> environment = new HashMap<>(NEEDED);
        environment.put("TENANT_PULSE_METRICS_TENANTS", "prod-eu/shop/acme,*/shop/acme,prod-eu/shop,prod-eu/shop/a*");

        assertThatThrownBy(() -> StreamsConfigLoader.load(null, environment))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll(
                        "metrics.tenants: \"*/shop/acme\" names no tenants: write CLUSTER/NAMESPACE/NAME",
                        "\"prod-eu/shop\"",
                        "\"prod-eu/shop/a*\"");
    }

    @Test
    void readsAFileAndLetsTheEnvironmentWin() throws IOException {
        Path file = file("""
                instance: detector-0
                topics:
                  partitions: 12
                http:
                  port: 1234
                  hosts: [pulse.example.org, other]
                kafka:
                  bootstrap.servers: here:1
                  security.protocol: SSL
                streams:
                  num.stream.threads: 2
                schema.registry:
                  url: http://here:2
                  basic.auth.user.info: me:secret
                """);

        StreamsAppConfig config = StreamsConfigLoader.load(
                file, Map.of("TENANT_PULSE_HTTP_PORT", "99", "TENANT_PULSE_KAFKA_BOOTSTRAP_SERVERS", "there:1"));

        assertThat(config.instance()).isEqualTo("detector-0");
        assertThat(config.partitions()).isEqualTo(12);
        assertThat(config.http().port()).isEqualTo(99);
        assertThat(config.http().hosts()).containsExactly("pulse.example.org", "other");
        assertThat(config.kafka())
                .containsEntry("bootstrap.servers", "there:1")
                .containsEntry("security.protocol", "SSL");
        assertThat(config.streams()).containsEntry("num.stream.threads", "2");
        assertThat(config.registry())
                .containsEntry("schema.registry.url", "http://here:2")
                .containsEntry("basic.auth.user.info", "me:secret");
    }

    @Test
    void tellsAllThatIsWrongAtOnce() throws IOException {
        Path file = file("htpp:\n  port: 1\ntopics:\n  partitions: many\n");

        ConfigException wrong = catchThrowableOfType(
                ConfigException.class, () -> StreamsConfigLoader.load(file, Map.of("TENANT_PULSE_HTTP_PROT", "1")));

        assertThat(wrong.faults())
                .anySatisfy(fault -> assertThat(fault).isEqualTo("htpp.port is not known: did you mean http.port?"))
                .anySatisfy(fault -> assertThat(fault).contains("topics.partitions", "many"))
                .anySatisfy(fault ->
                        assertThat(fault).contains("TENANT_PULSE_HTTP_PROT", "did you mean TENANT_PULSE_HTTP_PORT?"));
        assertThat(wrong).hasMessageContaining("streams.yaml");
    }

    @Test
    void saysWhatIsMissingAndWhatCannotBeSet() throws IOException {
        Path file = file("streams:\n  processing.guarantee: at_least_once\n");

        assertThatThrownBy(() -> StreamsConfigLoader.load(file, Map.of()))
                .hasMessageContaining("kafka.bootstrap.servers is missing")
                .hasMessageContaining("schema.registry.url is missing")
                .hasMessageContaining("streams.processing.guarantee cannot be set");
    }

    @Test
    void quotesNothingOfABrokenFile() throws IOException {
        Path file = file("kafka:\n  sasl.jaas.config: \"password=hunter2\n");

        assertThatThrownBy(() -> StreamsConfigLoader.load(file, NEEDED))
                .hasMessageContaining("not valid YAML")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void masksSecrets() {
        StreamsAppConfig config = StreamsConfigLoader.load(
                null,
                Map.of(
                        "TENANT_PULSE_KAFKA_BOOTSTRAP_SERVERS", "broker:9092",
                        "TENANT_PULSE_KAFKA_SASL_JAAS_CONFIG", "password=hunter2",
                        "TENANT_PULSE_SCHEMA_REGISTRY_URL", "http://me:hunter2@registry:8081",
                        "TENANT_PULSE_SCHEMA_REGISTRY_BASIC_AUTH_USER_INFO", "me:hunter2"));

        assertThat(config.toString())
                .contains("broker:9092", "http://***@registry:8081", "sasl.jaas.config")
                .doesNotContain("hunter2");
    }
}
