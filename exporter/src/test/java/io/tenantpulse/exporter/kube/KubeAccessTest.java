package io.tenantpulse.exporter.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.tenantpulse.exporter.ExporterConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
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

    /** A plugin that asks for a password, say, or whose server does not answer. */
    @Test
    void waitsForNoCredentialPluginForEverAndStartsItOnce() throws IOException {
        Path plugin = Files.writeString(dir.resolve("plugin.sh"), """
                #!/bin/sh
                echo x >> %1$s/starts
                while [ ! -e %1$s/go ]; do sleep 0.1; done
                printf '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","status":{"token":"s3cret"}}'
                """.formatted(dir));
        assertThat(plugin.toFile().setExecutable(true)).isTrue();
        ExporterConfig.Cluster cluster = cluster(
                "green",
                TWO.replace(
                        "{token: s3cret}",
                        "{exec: {apiVersion: client.authentication.k8s.io/v1, interactiveMode: Never, command: \"%s\"}}"
                                .formatted(plugin)));
        KubeAccess impatient = new KubeAccess(Map.of(), dir, Duration.ofMillis(300));
        try {
            assertThatExceptionOfType(KubeAccessException.class).isThrownBy(() -> impatient.config(cluster));
            await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(dir.resolve("starts")));
            for (int i = 0; i < 3; i++) {
                assertThatExceptionOfType(KubeAccessException.class)
                        .isThrownBy(() -> impatient.config(cluster))
                        .withMessageContaining("credential plugin");
            }
            assertThat(Files.readAllLines(dir.resolve("starts"))).hasSize(1);
        } finally {
            Files.createFile(dir.resolve("go"));
        }

        await().atMost(Duration.ofSeconds(60))
                .ignoreExceptionsInstanceOf(KubeAccessException.class)
                .until(() -> impatient.config(cluster).getOauthTokenProvider().getToken(), "s3cret"::equals);
    }
}
