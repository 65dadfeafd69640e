package io.tenantpulse.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tenantpulse.process.HealthServer;
import io.tenantpulse.query.TenantQueries;
import io.tenantpulse.query.TenantReport;
import io.tenantpulse.topology.RecordedTenant;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The edges of the API, over a real socket: every error is a problem as RFC 9457 has it, and none tells too much. */
class TenantRoutesTest {
    private static final String TENANT = "/api/v1/tenants/alpha/tenants/";
    private static final Instant WRITTEN = Instant.parse("2026-03-01T12:50:07Z");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static TenantReport sick;
    private static HealthServer server;

    private enum Calm implements HealthServer.Checks {
        CALM;

        @Override
        public boolean isAlive() {
            return true;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public List<String> parts() {
            return List.of();
        }

        @Override
        public String effectiveConfig() {
            return "";
        }
    }

    @BeforeAll
    static void serve(@TempDir Path dir) throws Exception {
        sick = RecordedTenant.sick(dir);
        TenantRoutes routes = new TenantRoutes(TenantRoutesTest::answer, () -> WRITTEN);
        server = new HealthServer(
                new HealthServer.Where("127.0.0.1", 0, List.of()), new SimpleMeterRegistry(), Calm.CALM, routes::addTo);
        server.start();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    /** Every answer that there can be, by the tenant's name. */
    private static TenantQueries.Answer answer(String cluster, String namespace, String name, String kind) {
        return switch (name) {
            case "acme" -> new TenantQueries.Found(sick);
            case "twin" -> kind == null ? new TenantQueries.Ambiguous() : new TenantQueries.Found(sick);
            case "moved" -> new TenantQueries.Elsewhere(3);
            case "restoring" -> new TenantQueries.NotNow("state is being restored");
            case "broken" -> throw new IllegalStateException("secret-in-a-message");
            default -> new TenantQueries.Unknown();
        };
    }

    private static HttpResponse<byte[]> ask(String method, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .timeout(PATIENCE)
                .build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofByteArray());
    }

    private static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private static void assertProblem(HttpResponse<byte[]> response, int status, String word, String path)
            throws IOException {
        JsonNode problem = new ObjectMapper().readTree(response.body());
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(header(response, "Content-Type")).startsWith("application/problem+json");
        assertThat(problem.fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("type", "title", "status", "detail", "instance");
        assertThat(problem.path("type").asText()).isEqualTo("urn:tenant-pulse:problem:" + word);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("instance").asText()).isEqualTo(path);
        assertThat(problem.path("detail").asText()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "nobody, 404, unknown-tenant",
        "twin, 409, ambiguous-tenant",
        "moved, 421, another-instance",
        "restoring, 503, not-now",
        "broken, 500, internal"
    })
    void everyEndOfAQuestionIsAProblem(String name, int status, String word) throws Exception {
        for (String path : List.of(TENANT + name, TENANT + name + "/diagnostics")) {
            HttpResponse<byte[]> response = ask("GET", path);

            assertProblem(response, status, word, path);
            assertThat(header(response, "Retry-After")).isEqualTo(status == 503 ? "2" : "");
            assertThat(header(response, "Cache-Control")).isEqualTo("no-store");
            assertThat(new String(response.body(), StandardCharsets.UTF_8)).doesNotContain("secret-in-a-message");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/", "/api/v2/tenants", "/api/v1/tenants/alpha", TENANT + "acme/nothing"})
    void whatIsNotServedIsAProblem(String path) throws Exception {
        assertProblem(ask("GET", path), 404, "unknown-path", path);
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST", "PUT", "DELETE", "PATCH", "OPTIONS"})
    void whatCannotBeDoneIsAProblemThatNamesWhatCan(String method) throws Exception {
        for (String path : List.of(TENANT + "acme", TENANT + "acme/diagnostics")) {
            HttpResponse<byte[]> response = ask(method, path);

            assertProblem(response, 405, "method-not-allowed", path);
            assertThat(header(response, "Allow").split(", ")).containsExactlyInAnyOrder("GET", "HEAD");
        }
    }

    @Test
    void otherPathsRefuseMethodsWithoutAProblem() throws Exception {
        HttpResponse<byte[]> response = ask("POST", "/livez");

        assertThat(response.statusCode()).isEqualTo(405);
        assertThat(header(response, "Content-Type")).doesNotContain("problem");
    }

    @ParameterizedTest
    @CsvSource({
        "acme?color=red, unknown-parameter",
        "acme?kind=Pod, unknown-kind",
        "acme?kind=Tenant&kind=Tenant, unknown-kind",
        "a%0Ab, bad-name"
    })
    void whatIsNotMeantSoIsAProblem(String asked, String word) throws Exception {
        HttpResponse<byte[]> response = ask("GET", TENANT + asked);

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(new ObjectMapper().readTree(response.body()).path("type").asText())
                .endsWith(':' + word);
    }

    @Test
    void aForeignHostIsSentAway() throws Exception {
        assertThat(statusLine("evil.example")).startsWith("HTTP/1.1 421");
        assertThat(statusLine("localhost")).startsWith("HTTP/1.1 200");
    }

    /** Java's own client does not let a Host header be set. */
    private static String statusLine(String host) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
                Writer out = new OutputStreamWriter(socket.getOutputStream(), StandardCharsets.US_ASCII);
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            out.write("GET " + TENANT + "acme HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
            out.flush();
            return in.readLine();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"alpha%2Fbeta", "..%2F.."})
    void anEncodedSlashIsNoWayAround(String part) throws Exception {
        HttpResponse<byte[]> response = ask("GET", "/api/v1/tenants/" + part + "/tenants/acme");

        assertThat(response.statusCode()).isEqualTo(400);
        assertThat(new String(response.body(), StandardCharsets.UTF_8)).doesNotContain("<html");
    }

    @Test
    void aTenantIsTold() throws Exception {
        HttpResponse<byte[]> response = ask("GET", TENANT + "twin?kind=LynqNode");
        JsonNode tenant = new ObjectMapper().readTree(response.body());

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "Content-Type")).startsWith("application/json");
        assertThat(tenant.path("causes").path(0).path("cause").asText()).isEqualTo("ImagePull");
        assertThat(tenant.path("incident").path("blockers").path(0).asText()).isEqualTo("db");
    }

    @Test
    void headTellsThatThereIsAnAnswer() throws Exception {
        HttpResponse<byte[]> response = ask("HEAD", TENANT + "acme");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEmpty();
        assertThat(ask("HEAD", TENANT + "nobody").statusCode()).isEqualTo(404);
    }

    @Test
    void diagnosticsAreAnArchiveWithAName() throws Exception {
        HttpResponse<byte[]> response = ask("GET", TENANT + "acme/diagnostics");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(header(response, "Content-Type")).isEqualTo("application/zip");
        assertThat(header(response, "Content-Disposition"))
                .isEqualTo("attachment; filename=\"diagnostics-alpha-tenants-acme-20260301T125000Z.zip\"");
        assertThat(header(response, "Cache-Control")).isEqualTo("no-store");
        assertThat(response.body()).isEqualTo(new Diagnostics(sick, WRITTEN).archive());
    }
}
