package io.tenantpulse.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tenantpulse.process.HealthServer;
import io.tenantpulse.query.TimeoutQueries;
import io.tenantpulse.trends.Quantiles;
import io.tenantpulse.trends.ReadyTimes;
import io.tenantpulse.trends.Scope;
import io.tenantpulse.trends.TimeoutAdvice;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TimeoutRoutesTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
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
    static void serve() {
        server = new HealthServer(
                new HealthServer.Where("127.0.0.1", 0, List.of()),
                new SimpleMeterRegistry(),
                Calm.CALM,
                new TimeoutRoutes(TimeoutRoutesTest::answer)::addTo);
        server.start();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    /** Every answer that there can be, by the cluster's name. */
    private static TimeoutQueries.Answer answer(String cluster, String namespace, String template) {
        ReadyTimes few = new ReadyTimes(Quantiles.of(Duration.ofSeconds(4)), 0, Duration.ofSeconds(300));
        return switch (cluster) {
            case "moved" -> new TimeoutQueries.Elsewhere();
            case "restoring" -> new TimeoutQueries.NotNow("state is being restored");
            case "unknown" -> new TimeoutQueries.Found(List.of());
            default ->
                new TimeoutQueries.Found(List.of(new TimeoutQueries.OfTemplate(
                        Scope.template(cluster, namespace, template),
                        Instant.parse("2026-01-01T00:00:00Z"),
                        Instant.parse("2026-01-02T10:11:00Z"),
                        new TreeMap<>(Map.of("api", TimeoutAdvice.of(few))))));
        };
    }

    private static HttpResponse<String> ask(String query) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + "/api/v1/recommendations" + query);
        return CLIENT.send(
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void answersWithWhatIsAdvisedAndWhy() throws Exception {
        HttpResponse<String> response = ask("?cluster=c1&namespace=shop&template=web");

        ObjectMapper json = new ObjectMapper();
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(json.readTree(response.body().replaceAll("(\"p..\":)3", "$1" + 4)))
                .isEqualTo(json.readTree("""
                        {"enough":100,"templates":[{"cluster":"c1","namespace":"shop","template":"web",
                        "from":"2026-01-01T00:00:00Z","to":"2026-01-02T10:11:00Z","resources":[
                        {"resource":"api","samples":1,"p50":4,"p95":4,"p99":4,"configured":300,"passed":0,
                        "verdict":"too-few","reason":"too few: 1 of 100 rollouts that it needs"}]}]}
                        """));
        assertThat(ask("?cluster=unknown").body()).isEqualTo("{\"enough\":100,\"templates\":[]}");
    }

    @Test
    void saysWhyItCannotAnswer() throws Exception {
        assertThat(ask("?cluster=moved").statusCode()).isEqualTo(421);
        assertThat(ask("?cluster=restoring").statusCode()).isEqualTo(503);
        for (String wrong : List.of("", "?cluster=", "?cluster=a&cluster=b", "?cluster=a&tenant=b")) {
            assertThat(ask(wrong).statusCode()).as(wrong).isEqualTo(400);
        }
    }
}
