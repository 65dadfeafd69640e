package io.tenantpulse.exporter.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tenantpulse.exporter.ExporterConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubeAccessTest {
    private static final String TWO = """
            apiVersion: v1
            kind: Config
            clusters: [{name: a, cluster: {server: "https://127.0.0.1:1"}}]
            users: [{name: u, user: {token: s3cret}}]
            contexts: [{name: blue, context: {cluster: a, user: u}}, {name: green, context: {cluster: a, user: u}}]
            current-context: green
            """;

    @TempDir
    private Path dir;

    private final KubeAccess access = new KubeAccess(Map.of());

    private ExporterConfig.Cluster cluster(String context, String text) throws IOException {
        Path file = Files.writeString(dir.resolve("config"), text);
        return new ExporterConfig.Cluster("any", context, file, false);
    }

    @Test
    void usesTheContextThatIsNamed() throws IOException {
        assertThat(access.config(cluster("blue", TWO)).getMasterUrl()).startsWith("https://127.0.0.1:1");
    }

    @Test
    void namesTheKnownContextsWhenOneIsUnknown() throws IOException {
        ExporterConfig.Cluster cluster = cluster("red", TWO);

        assertThatExceptionOfType(KubeAccessException.class)
                .isThrownBy(() -> access.check(cluster))
                .withMessageContaining("\"red\"")
                .withMessageContaining("[blue, green]");
    }

    @Test
    void refusesAFileThatDoesNotParseWithoutQuotingIt() throws IOException {
        ExporterConfig.Cluster cluster = cluster("blue", "users: [{token: s3cret\n  : : [");

        assertThatExceptionOfType(KubeAccessException.class)
                .isThrownBy(() -> access.check(cluster))
                .withMessageContaining("does not parse")
                .satisfies(e -> assertThat(e.toString() + e.getCause()).doesNotContain("s3cret"));
    }

    @Test
    void namesAFileThatIsMissing() {
        ExporterConfig.Cluster cluster = new ExporterConfig.Cluster("any", null, dir.resolve("none"), false);

        assertThatExceptionOfType(KubeAccessException.class)
                .isThrownBy(() -> access.check(cluster))
                .withMessageContaining(dir.resolve("none").toString());
    }
}
