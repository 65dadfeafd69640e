package io.tenantpulse.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tenantpulse.process.HealthServer;
import io.tenantpulse.query.TrendQueries;
import io.tenantpulse.trends.ByHealth;
import io.tenantpulse.trends.Counted;
import io.tenantpulse.trends.Health;
import io.tenantpulse.trends.KindLoad;
import io.tenantpulse.trends.Members;
import io.tenantpulse.trends.Population;
import io.tenantpulse.trends.Quantiles;
import io.tenantpulse.trends.TopCounts;
import io.tenantpulse.trends.Totals;
import io.tenantpulse.trends.TrendWindow;
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

class TrendRoutesTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final ObjectMapper JSON = new ObjectMapper();
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
                new TrendRoutes(TrendRoutesTest::answer)::addTo);
        server.start();
    }

    @AfterAll
    static void close() {
        server.close();
    }

    /** Half of an hour: four tenants, one of them failed for a third of it. */
    private static TrendWindow window(TrendQueries.Asked asked) {
        Population population = new Population(
                ByHealth.of(Health.HEALTHY, 110 * 60_000L).plus(ByHealth.of(Health.FAILED, 10 * 60_000L)),
                ByHealth.of(Health.HEALTHY, 3),
                ByHealth.of(Health.HEALTHY, 3).plus(ByHealth.of(Health.FAILED, 1)),
                new TreeMap<>(Map.of(Population.turn(Health.HEALTHY, Health.FAILED), 1L)),
                ByHealth.of(Health.HEALTHY, 1),
                ByHealth.NONE);
        Members members = new Members(
                1, TopCounts.of("ImagePull web:8", 1), TopCounts.of("shop/web@8", 1), NOON, NOON.plusSeconds(60));
        Totals levels = new Totals(
                population,
                members,
                Totals.NONE.incidents(),
                new TreeMap<>(Map.of("Deployment.apps", new KindLoad(15 * 60_000L, 1))),
                Quantiles.of(Duration.ofSeconds(4)),
                new TreeMap<>(),
                0,
                2);
        Totals totals = levels.beside(Counted.opened("ImagePull", "api"))
                .beside(Counted.ended("ImagePull", null, Duration.ofSeconds(4)))
                .beside(Counted.ended(null, "db", null))
                .beside(Counted.resourceReady("api", Duration.ofSeconds(4), Duration.ofSeconds(3)))
                .beside(Counted.restarts(7));
        Instant start = asked.from() == null ? NOON : asked.from();
        return new TrendWindow(
                asked.scope(),
                asked.size(),
                start,
                3,
                List.of("c2"),
                totals,
                30,
                start,
                start.plus(Duration.ofMinutes(30)));
    }

    /** Every answer that there can be, by the cluster's name. */
    private static TrendQueries.Answer answer(TrendQueries.Asked asked) {
        return switch (asked.scope().cluster()) {
            case "moved" -> new TrendQueries.Elsewhere();
            case "restoring" -> new TrendQueries.NotNow("state is being restored");
            case "unknown" -> new TrendQueries.NoSuchScope();
            default -> new TrendQueries.Found(List.of(window(asked)), asked.to());
        };
    }

    private static HttpResponse<String> ask(String query) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + server.port() + "/api/v1/trends" + query);
        return CLIENT.send(
                HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(30)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(String text) throws IOException {
        return JSON.readTree(text);
    }

    @Test
    void answersWithAllThatIsCountedInAWindow() throws Exception {
        HttpResponse<String> response = ask("?scope=template/c1/shop/web&window=1h");

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type")).contains("application/json");
        // A sketch is within 1 %, and whole seconds are cut.
        String body = response.body().replaceAll("(\"p..\":)3", "$1" + 4);
        assertThat(json(body)).isEqualTo(json("""
                {"scope":"template/c1/shop/web","window":"1h","limit":240,"windows":[{
                "start":"2026-01-01T12:00:00Z","end":"2026-01-01T13:00:00Z","upTo":"2026-01-01T12:30:00Z","minutes":30,
                "revision":3,"blindClusters":["c2"],"unhealthyShare":0.08333333333333333,
                "tenants":{
                "average":{"blind":0.0,"unknown":0.0,"failed":0.3333333333333333,"mismatched":0.0,"not-ready":0.0,
                "progressing":0.0,"healthy":3.6666666666666665},
                "atStart":{"blind":0,"unknown":0,"failed":0,"mismatched":0,"not-ready":0,"progressing":0,"healthy":3},
                "atEnd":{"blind":0,"unknown":0,"failed":1,"mismatched":0,"not-ready":0,"progressing":0,"healthy":3},
                "added":1,"removed":0},
                "transitions":[{"from":"healthy","to":"failed","count":1}],
                "unhealthyAtEnd":{"count":1,"byCause":{"counts":[{"name":"ImagePull web:8","count":1}],"other":0},
                "byTemplateGeneration":{"counts":[{"name":"shop/web@8","count":1}],"other":0},
                "firstSince":"2026-01-01T12:00:00Z","lastSince":"2026-01-01T12:01:00Z"},
                "incidents":{"opened":1,"closed":2,"recovered":1,"meanTimeToRecovery":4,
                "length":{"samples":1,"p50":4,"p95":4,"p99":4},
                "openedByCause":{"counts":[{"name":"ImagePull","count":1}],"other":0},
                "openedByBlocker":{"counts":[{"name":"api","count":1}],"other":0},
                "closedByCause":{"counts":[{"name":"ImagePull","count":1},{"name":"Unknown","count":1}],"other":0},
                "closedByBlocker":{"counts":[{"name":"db","count":1}],"other":0}},
                "notReadyByKind":[{"kind":"Deployment.apps","average":0.5,"atEnd":1}],
                "timeToReady":{"samples":1,"p50":4,"p95":4,"p99":4},
                "resources":[{"resource":"api","samples":1,"p50":4,"p95":4,"p99":4,"configured":3,"passed":1}],
                "restarts":7,"late":2}]}
                """));
    }

    @Test
    void asksForTheStretchThatIsGivenAndTellsWhereItGoesOn() throws Exception {
        JsonNode body = json(ask("?scope=fleet&window=15m&from=2026-01-01T10:00:00%2B01:00&to=2026-01-02T00:00:00.5Z")
                .body());

        assertThat(body.at("/scope").asText()).isEqualTo("fleet");
        assertThat(body.at("/windows/0/start").asText()).isEqualTo("2026-01-01T09:00:00Z");
        assertThat(body.at("/windows/0/end").asText()).isEqualTo("2026-01-01T09:15:00Z");
        assertThat(body.at("/next").asText()).isEqualTo("2026-01-02T00:00:00.500Z");
    }

    @Test
    void saysWhyItCannotAnswer() throws Exception {
        assertThat(ask("?scope=cluster/moved&window=1m").statusCode()).isEqualTo(421);
        assertThat(ask("?scope=cluster/unknown&window=1m").statusCode()).isEqualTo(404);
        HttpResponse<String> restoring = ask("?scope=cluster/restoring&window=1m");
        assertThat(restoring.statusCode()).isEqualTo(503);
        assertThat(restoring.headers().firstValue("Retry-After")).contains("2");
        assertThat(restoring.headers().firstValue("Content-Type")).contains("application/problem+json");
    }

    @Test
    void refusesWhatItDoesNotUnderstandAndSaysHowToAsk() throws Exception {
        Map<String, String> wrong = Map.of(
                "", "give scope and window",
                "?scope=fleet", "give scope and window",
                "?scope=fleet&window=1m&window=1h", "each once",
                "?scope=fleet&window=1m&tenant=a", "give scope and window",
                "?scope=fleet&window=2m", "write 1m, 15m, 1h or 1d",
                "?scope=cluster&window=1m", "cluster/CLUSTER",
                "?scope=fleet&window=1m&from=yesterday", "2026-01-31T13:00:00Z",
                "?scope=fleet&window=1m&from=2026-01-01T00:00:00Z&to=2026-01-01T00:00:00Z", "is not before");
        for (Map.Entry<String, String> each : wrong.entrySet()) {
            HttpResponse<String> response = ask(each.getKey());
            assertThat(response.statusCode()).as(each.getKey()).isEqualTo(400);
            assertThat(json(response.body()).at("/detail").asText()).contains(each.getValue());
        }
    }
}
