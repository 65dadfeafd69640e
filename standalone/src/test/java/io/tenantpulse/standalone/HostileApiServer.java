package io.tenantpulse.standalone;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An API server, or something between it and us, that answers wrongly and talks of secrets while it does: refusals with them in
 * body and headers, lines that are no events, lists that end too early.
 */
final class HostileApiServer implements AutoCloseable {
    private static final String TENANTS = "/apis/operator.kubernetes-tenants.org/v1/tenants";

    /** What it answers to lists and watches of these. Kinds that wait for them are never asked for. */
    private static final Map<String, Integer> REFUSALS = Map.of(
            "/apis/operator.lynq.sh/v1/lynqnodes", 410,
            "/apis/operator.lynq.sh/v1/lynqhubs", 401,
            "/apis/operator.lynq.sh/v1/lynqforms", 403,
            "/apis/operator.kubernetes-tenants.org/v1/tenantregistries", 500,
            "/apis/operator.kubernetes-tenants.org/v1/tenanttemplates", 503);

    private static final String TORN = "/apis/storage.k8s.io/v1/storageclasses";
    private static final String HTML = "/api/v1/nodes";

    private static final List<String> LAST_LINES = List.of(
            "$$ is no line",
            "{\"type\":\"$$\",\"object\":{\"$$\":\"$$\"}}",
            "{\"type\":[\"$$\"],\"object\":\"$$\"}",
            "{\"object\":{\"metadata\":{\"name\":\"$$\",\"$$",
            "{\"type\":\"ERROR\",\"object\":{\"kind\":\"Status\",\"message\":\"$$\",\"details\":{\"causes\":[{\"message\":\"$$\"}]},\"code\":500}}");

    private final CanaryFleet fleet;
    private final AtomicInteger watches = new AtomicInteger();

    /** Each text is filled once: the same question gets the same answer. */
    private final Map<String, String> filled = new ConcurrentHashMap<>();

    private final Set<String> answered = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    HostileApiServer(CanaryFleet fleet) throws IOException {
        this.fleet = fleet;
        server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Whether every refusal, and all that is torn, has been asked for and given. */
    boolean hasSaidAll() {
        return answered.containsAll(REFUSALS.keySet())
                && answered.containsAll(Set.of(TENANTS, TORN, "again " + TORN, HTML))
                && watches.get() > LAST_LINES.size();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        exchange.getResponseHeaders().set("X-Debug", fill("password=$$", "header of " + path));
        Integer refusal = REFUSALS.get(path);
        if (path.equals("/version")) {
            exchange.getResponseHeaders()
                    .set("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(ZoneOffset.UTC)));
            send(exchange, 200, "{\"gitVersion\":\"$$\",\"$$\":\"$$\"}");
        } else if (path.equals("/apis/operator.kubernetes-tenants.org/v1")) {
            send(
                    exchange,
                    200,
                    "{\"groupVersion\":\"$$\",\"resources\":[{\"name\":\"tenants\",\"singularName\":\"$$\",\"$$\":\"$$\"},{\"name\":\"tenantregistries\"},{\"name\":\"tenanttemplates\"}]}");
        } else if (refusal != null) {
            exchange.getResponseHeaders().set("Retry-After", fill("$$", "Retry-After of " + path));
            send(
                    exchange,
                    refusal,
                    "{\"kind\":\"Status\",\"code\":" + refusal + ",\"message\":\"$$\",\"details\":{\"$$\":\"$$\"}}");
        } else if (path.equals(TENANTS)) {
            tenants(exchange, query);
        } else if (path.equals(TORN)) {
            // A list that ends too early, then what is no list.
            send(
                    exchange,
                    200,
                    answered.contains(path)
                            ? "$$ is no list"
                            : "{\"kind\":\"StorageClassList\",\"metadata\":{\"resourceVersion\":\"1\"},\"items\":[{\"metadata\":{\"name\":\"$$");
        } else if (path.equals(HTML)) {
            send(exchange, 200, "<html><body>Proxy error: $$ {\"type\":\"$$\"}</body></html>");
        } else if (path.equals("/apis/operator.lynq.sh/v1")) {
            send(exchange, 500, "no $$");
            return;
        } else {
            send(exchange, 404, "$$ not found");
            return;
        }
        if (!answered.add(path)) {
            answered.add("again " + path);
        }
    }

    /** No streaming lists; a list of which items are torn; a watch whose lines are. */
    private void tenants(HttpExchange exchange, String query) throws IOException {
        if (query.contains("sendInitialEvents")) {
            send(exchange, 400, "{\"message\":\"sendInitialEvents=$$ is not known\"}");
        } else if (!query.contains("watch=true")) {
            send(exchange, 200, """
                    {"kind":"TenantList","metadata":{"resourceVersion":"7","$$":"$$","selfLink":"$$"},"$$":{"$$":["$$"]},"items":[
                    "$$", {"$$":"$$"},
                    {"metadata":{"name":"nobody","annotations":{"$$":"$$"},"resourceVersion":"3"},"spec":{"secrets":[{"spec":{"$$":"$$"}}]}},
                    {"metadata":{"annotations":{"$$":"$$"},"name":"listed-++","namespace":"shop","uid":"u1","resourceVersion":"4"},
                     "spec":{"secrets":[{"id":"s","spec":{"stringData":{"$$":"$$"}}}]},"status":{"readyResources":"$$"}}]}
                    """);
        } else {
            watch(exchange);
        }
    }

    /** Each watch ends with another line that is no event: whoever meets one asks again from before it. */
    private void watch(HttpExchange exchange) throws IOException {
        int last = watches.getAndIncrement();
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            line(
                    out,
                    "{\"type\":\"BOOKMARK\",\"object\":{\"metadata\":{\"resourceVersion\":\"8\",\"annotations\":{\"$$\":\"$$\"}}}}");
            line(
                    out,
                    "{\"type\":\"MODIFIED\",\"object\":{\"metadata\":{\"name\":\"torn-++\",\"namespace\":\"shop\",\"uid\":\"u2\",\"resourceVersion\":\"9\"},\"spec\":{\"secrets\":[{\"spec\":{\"$$\":\"$$");
            line(
                    out,
                    "{\"type\":\"ADDED\",\"object\":{\"metadata\":{\"annotations\":{\"$$\":\"$$\"},\"name\":\"watched-++\",\"namespace\":\"shop\",\"uid\":\"u3\",\"resourceVersion\":\"10\"},\"spec\":{\"$$\":\"$$\"}}}");
            line(out, LAST_LINES.get(last % LAST_LINES.size()));
        }
    }

    private void line(OutputStream out, String text) throws IOException {
        out.write((fill(text, "hostile watch: " + text) + "\n").getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    private void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body =
                fill(text, exchange.getRequestURI().getPath() + ": " + text).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private String fill(String text, String field) {
        return filled.computeIfAbsent(field, ignored -> fleet.text(text, field));
    }
}
