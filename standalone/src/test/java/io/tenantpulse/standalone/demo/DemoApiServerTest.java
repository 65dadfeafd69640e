package io.tenantpulse.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What clients rely on in a real API server, over a real socket. */
@Timeout(30)
class DemoApiServerTest {
    private static final Instant NOW = Instant.parse("2026-11-23T16:33:34Z");

    private final ObjectStore store = new ObjectStore(() -> NOW, new Random(1), 100);
    private final HttpClient http = HttpClient.newHttpClient();
    private DemoApiServer server;

    @BeforeEach
    void start() {
        store.install(Kinds.BUILT_IN);
        server = new DemoApiServer(store, new DemoApiServer.Settings(() -> NOW, Duration.ofMillis(200), 0)).start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void saysWhatItServes() throws Exception {
        store.install(List.of(Kinds.TENANT));

        assertThat(get("/version").path("gitVersion").asText()).isEqualTo("v1.34.2");
        assertThat(get("/apis").path("groups").findValuesAsText("name"))
                .contains("apps", "operator.kubernetes-tenants.org");
        assertThat(get("/apis/operator.kubernetes-tenants.org/v1")
                        .path("resources")
                        .findValuesAsText("name"))
                .containsExactly("tenants");
        assertThat(get("/api/v1").path("resources").findValuesAsText("name")).contains("pods", "events");
        assertThat(send("/apis/nobody.example/v1").statusCode()).isEqualTo(404);
    }

    @Test
    void refusesWhoBringsNoToken() throws Exception {
        HttpResponse<String> answer = http.send(
                HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/pods"))
                        .build(),
                BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(Json.parse(answer.body()).path("reason").asText()).isEqualTo("Unauthorized");
    }

    @Test
    void tellsTheClocksTime() throws Exception {
        assertThat(send("/version").headers().firstValue("date")).contains("Mon, 23 Nov 2026 16:33:34 GMT");
    }

    @Test
    void listsAllOrOneNamespace() throws Exception {
        configMap("a", "one");
        configMap("b", "two");

        JsonNode all = get("/api/v1/configmaps");
        assertThat(all.path("kind").asText()).isEqualTo("ConfigMapList");
        assertThat(names(all)).containsExactly("one", "two");
        assertThat(all.path("items").get(0).has("kind")).isFalse();
        assertThat(names(get("/api/v1/namespaces/b/configmaps"))).containsExactly("two");
        assertThat(get("/api/v1/namespaces/b/configmaps/two").path("kind").asText())
                .isEqualTo("ConfigMap");
        assertThat(send("/api/v1/namespaces/b/configmaps/three").statusCode()).isEqualTo(404);
    }

    @Test
    void pagesShowOneResourceVersion() throws Exception {
        configMap("a", "one");
        configMap("a", "two");
        configMap("a", "three");

        JsonNode first = get("/api/v1/configmaps?limit=2");
        configMap("a", "zero");
        JsonNode second = get("/api/v1/configmaps?limit=2&continue="
                + first.path("metadata").path("continue").asText());

        assertThat(names(first)).containsExactly("one", "three");
        assertThat(names(second)).containsExactly("two");
        assertThat(second.path("metadata").path("resourceVersion"))
                .isEqualTo(first.path("metadata").path("resourceVersion"));
        assertThat(second.path("metadata").has("continue")).isFalse();
    }

    @Test
    void refusesAContinueTokenThatIsTooOld() throws Exception {
        configMap("a", "one");
        configMap("a", "two");
        String token = get("/api/v1/configmaps?limit=1")
                .path("metadata")
                .path("continue")
                .asText();
        server.expireContinueTokens();

        assertThat(send("/api/v1/configmaps?limit=1&continue=" + token).statusCode())
                .isEqualTo(410);
    }

    @Test
    void listsMetadataOnly() throws Exception {
        configMap("a", "one");

        HttpResponse<String> answer = http.send(
                request("/api/v1/configmaps?limit=1")
                        .header("Accept", "application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1")
                        .build(),
                BodyHandlers.ofString());

        JsonNode list = Json.parse(answer.body());
        assertThat(list.path("kind").asText()).isEqualTo("PartialObjectMetadataList");
        assertThat(list.path("items").get(0).has("data")).isFalse();
    }

    @Test
    void watchesWhatChangesAfterAVersion() throws Exception {
        configMap("a", "one");
        String from = get("/api/v1/configmaps")
                .path("metadata")
                .path("resourceVersion")
                .asText();
        configMap("a", "two");
        store.delete(Kinds.CONFIG_MAP, "a", "one");
        store.create(Kinds.NODE, object("", "other-kind"), "test");

        List<JsonNode> events = watch("/api/v1/configmaps?watch=true&timeoutSeconds=1&resourceVersion=" + from);

        assertThat(events).extracting(event -> event.path("type").asText()).containsExactly("ADDED", "DELETED");
        assertThat(events.get(1).path("object").path("metadata").path("name").asText())
                .isEqualTo("one");
    }

    @Test
    void sendsBookmarksWhileNothingHappens() throws Exception {
        List<JsonNode> events =
                watch("/api/v1/pods?watch=true&timeoutSeconds=3&allowWatchBookmarks=true&resourceVersion="
                        + store.resourceVersion());

        assertThat(events)
                .hasSizeGreaterThan(2)
                .allMatch(event -> event.path("type").asText().equals("BOOKMARK"));
    }

    @Test
    void streamsAListThatABookmarkEnds() throws Exception {
        configMap("a", "one");

        List<JsonNode> events = watch("/api/v1/configmaps?watch=true&sendInitialEvents=true&timeoutSeconds=1"
                + "&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true");

        assertThat(events.get(0).path("type").asText()).isEqualTo("ADDED");
        assertThat(events.get(1)
                        .path("object")
                        .path("metadata")
                        .path("annotations")
                        .path("k8s.io/initial-events-end")
                        .asText())
                .isEqualTo("true");
    }

    @Test
    void saysGoneToAWatchOlderThanItsHistory() throws Exception {
        configMap("a", "one");
        long from = store.resourceVersion();
        store.forgetHistory();

        List<JsonNode> events = watch("/api/v1/configmaps?watch=true&timeoutSeconds=5&resourceVersion=" + from);

        assertThat(events).hasSize(1);
        assertThat(events.get(0).path("type").asText()).isEqualTo("ERROR");
        assertThat(events.get(0).path("object").path("code").asInt()).isEqualTo(410);
    }

    @Test
    void forgetsWhatIsBeyondItsHistory() throws Exception {
        long from = store.resourceVersion();
        for (int i = 0; i < 101; i++) {
            configMap("a", "n" + i);
        }

        assertThat(watch("/api/v1/configmaps?watch=true&timeoutSeconds=5&resourceVersion=" + from)
                        .get(0)
                        .path("type")
                        .asText())
                .isEqualTo("ERROR");
        assertThat(watch("/api/v1/configmaps?watch=true&timeoutSeconds=1&resourceVersion=" + (from + 1)))
                .hasSize(100);
    }

    @Test
    void servesAKindOnlyWhileItIsInstalled() throws Exception {
        assertThat(send("/apis/operator.lynq.sh/v1/lynqnodes").statusCode()).isEqualTo(404);
        store.install(List.of(Kinds.LYNQ_NODE));
        assertThat(send("/apis/operator.lynq.sh/v1/lynqnodes").statusCode()).isEqualTo(200);
        store.uninstall(Kinds.LYNQ_NODE);
        assertThat(send("/apis/operator.lynq.sh/v1/lynqnodes").statusCode()).isEqualTo(404);
    }

    @Test
    void refusesAForbiddenKindOnly() throws Exception {
        server.forbid(Kinds.POD);

        assertThat(send("/api/v1/pods").statusCode()).isEqualTo(403);
        assertThat(send("/api/v1/nodes").statusCode()).isEqualTo(200);
    }

    @Test
    void closesWatchesOnDemand() throws Exception {
        HttpResponse<InputStream> running = http.send(
                request("/api/v1/pods?watch=true&allowWatchBookmarks=true&resourceVersion=" + store.resourceVersion())
                        .build(),
                BodyHandlers.ofInputStream());

        server.faults().closeWatches();

        assertThat(new String(running.body().readAllBytes(), StandardCharsets.UTF_8))
                .contains("BOOKMARK");
    }

    @Test
    void refusesAsManyRequestsAsOrdered() throws Exception {
        server.faults().refuse(429, 2);

        assertThat(List.of(
                        send("/version").statusCode(),
                        send("/version").statusCode(),
                        send("/version").statusCode()))
                .containsExactly(429, 429, 200);
    }

    @Test
    void countsAGenerationForASpecOnly() {
        store.create(Kinds.DEPLOYMENT, with(object("a", "api"), "spec", Json.object("replicas", 1)), "test");

        store.updateStatus(Kinds.DEPLOYMENT, "a", "api", Json.object("replicas", 1), "test");
        long afterStatus = generation();
        store.update(Kinds.DEPLOYMENT, with(object("a", "api"), "spec", Json.object("replicas", 2)), "test");

        assertThat(afterStatus).isEqualTo(1);
        assertThat(generation()).isEqualTo(2);
        assertThat(store.get(Kinds.DEPLOYMENT, "a", "api").orElseThrow().has("status"))
                .isTrue();
    }

    @Test
    void writesNothingWhenNothingDiffers() {
        configMap("a", "one");
        long before = store.resourceVersion();

        store.update(Kinds.CONFIG_MAP, with(object("a", "one"), "data", Json.object("k", "v")), "test");

        assertThat(store.resourceVersion()).isEqualTo(before);
    }

    private long generation() {
        return store.get(Kinds.DEPLOYMENT, "a", "api")
                .orElseThrow()
                .path("metadata")
                .path("generation")
                .asLong();
    }

    private void configMap(String namespace, String name) {
        store.create(Kinds.CONFIG_MAP, with(object(namespace, name), "data", Json.object("k", "v")), "test");
    }

    private static ObjectNode object(String namespace, String name) {
        ObjectNode meta = Json.object("name", name);
        if (!namespace.isEmpty()) {
            meta.put("namespace", namespace);
        }
        return Json.object("metadata", meta);
    }

    private static ObjectNode with(ObjectNode object, String field, ObjectNode value) {
        object.set(field, value);
        return object;
    }

    private static List<String> names(JsonNode list) {
        List<String> names = new ArrayList<>();
        list.path("items")
                .forEach(item -> names.add(item.path("metadata").path("name").asText()));
        return names;
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        HttpResponse<String> answer = send(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        return Json.parse(answer.body());
    }

    private HttpResponse<String> send(String path) throws IOException, InterruptedException {
        return http.send(request(path).build(), BodyHandlers.ofString());
    }

    private List<JsonNode> watch(String path) throws IOException, InterruptedException {
        HttpResponse<InputStream> answer = http.send(request(path).build(), BodyHandlers.ofInputStream());
        try (var lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            return new ArrayList<>(
                    lines.lines().map(line -> (JsonNode) Json.parse(line)).toList());
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(server.url() + path))
                .header("Authorization", "Bearer " + server.token())
                .timeout(Duration.ofSeconds(20));
    }
}
