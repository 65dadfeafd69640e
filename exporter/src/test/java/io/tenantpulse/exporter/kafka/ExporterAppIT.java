package io.tenantpulse.exporter.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tenantpulse.exporter.ExporterApp;
import io.tenantpulse.exporter.ExporterConfig;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A whole exporter whose only cluster cannot be reached: it runs, says so, and ends when it is told to. */
@Timeout(120)
class ExporterAppIT {
    @TempDir
    private Path dir;

    private final HttpClient client = HttpClient.newHttpClient();

    private HttpResponse<String> get(int port, String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private ExporterConfig config(TestBroker broker, TestRegistry registry) throws IOException {
        Path kubeconfig = Files.writeString(dir.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: gone, cluster: {server: "https://127.0.0.1:1"}}]
                users: [{name: u, user: {token: s3cret}}]
                contexts: [{name: gone, context: {cluster: gone, user: u}}]
                current-context: gone
                """);
        return ExporterConfig.of(
                        List.of(new ExporterConfig.Cluster("gone", null, kubeconfig, false)),
                        broker.bootstrapServers(),
                        registry.url())
                .withHttp(new ExporterConfig.Http("127.0.0.1", 0, List.of()));
    }

    @Test
    void runsWithoutItsClusterAndSaysSo() throws IOException, InterruptedException {
        try (TestBroker broker = new TestBroker(Files.createDirectory(dir.resolve("kafka")));
                TestRegistry registry = new TestRegistry();
                ExporterApp app = ExporterApp.onKafka(
                        config(broker, registry),
                        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                        null,
                        InstantSource.system())) {
            app.start();
            int port = app.httpPort();

            await().atMost(Duration.ofSeconds(60))
                    .until(() -> get(port, "/readyz").statusCode() == 200);
            assertThat(get(port, "/livez?verbose").body()).contains("gone unreachable");
            assertThat(get(port, "/metrics").body())
                    .contains("tenantpulse_exporter_cluster_reachable{watched_cluster=\"gone\"} 0.0")
                    .contains("tenantpulse_exporter_queue_capacity_batches 10000.0");
            assertThat(get(port, "/info").body()).contains("gone").doesNotContain("s3cret");
            assertThat(statusFor(port, "evil.example")).contains(" 421 ");
            assertThat(statusFor(port, "localhost:" + port)).contains(" 200 ");
        }
    }

    private static String statusFor(int port, String host) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            socket.getOutputStream()
                    .write(("GET /livez HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .findFirst()
                    .orElse("");
        }
    }
}
