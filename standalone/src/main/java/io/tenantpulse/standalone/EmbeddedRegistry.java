package io.tenantpulse.standalone;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A schema registry inside this process, for a laptop, a demo and tests: Confluent's HTTP API for Avro on 127.0.0.1, what it
 * knows under one directory, which a later start takes up again.
 */
public final class EmbeddedRegistry implements AutoCloseable {
    /** Option of the command line that chooses the port. */
    static final String PORT_FLAG = "--registry-port";

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRegistry.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String WHAT = "the embedded schema registry";
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final int MAX_BODY_BYTES = 1 << 20;

    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int TOO_LARGE = 413;
    private static final int MISDIRECTED = 421;
    private static final int INTERNAL = 500;

    private final DirectoryLock lock;
    private final RegistryFile file;
    private final RegistryRoutes routes;
    private final ExecutorService threads;
    private final HttpServer server;

    /**
     * Starts and returns when clients can connect.
     *
     * @param dir where the data is kept; made if it does not exist
     * @param port to listen on; 0 for a free one
     * @throws EmbeddedStartException if the port or the directory cannot be used
     */
    public EmbeddedRegistry(Path dir, int port) {
        Path data = dir.toAbsolutePath().resolve("registry");
        this.server = listen(port);
        try {
            this.lock = DirectoryLock.take(data, WHAT);
            this.file = open(data);
        } catch (RuntimeException e) {
            server.stop(0);
            throw e;
        }
        this.routes = new RegistryRoutes(new SchemaCatalog(file));
        AtomicInteger number = new AtomicInteger();
        this.threads = Executors.newCachedThreadPool(work -> {
            Thread thread = new Thread(work, "registry-http-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
        server.createContext("/", this::serve);
        server.setExecutor(threads);
        server.start();
    }

    /** For clients' {@code schema.registry.url}. */
    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        file.close();
        lock.close();
    }

    private static HttpServer listen(int port) {
        LoopbackPorts.free(port, WHAT, PORT_FLAG);
        try {
            return HttpServer.create(new InetSocketAddress(LoopbackPorts.loopback(), port), 0);
        } catch (IOException e) {
            throw LoopbackPorts.unusable(port, WHAT, PORT_FLAG, e);
        }
    }

    private RegistryFile open(Path data) {
        try {
            return new RegistryFile(data.resolve("schemas.jsonl"));
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            int status = OK;
            Object answer;
            try {
                answer = routes.answer(request(exchange));
            } catch (RegistryProblem e) {
                status = e.status();
                answer = error(e.code(), e.getMessage());
            } catch (RuntimeException e) {
                LOG.atError()
                        .addKeyValue("method", exchange.getRequestMethod())
                        .setCause(e)
                        .log("registry request failed");
                status = INTERNAL;
                answer = error(INTERNAL, "Internal error, see the log");
            }
            send(exchange, status, answer);
        }
    }

    private static void send(HttpExchange exchange, int status, Object answer) throws IOException {
        byte[] json = JSON.writeValueAsBytes(answer);
        exchange.getResponseHeaders().set("Content-Type", CONTENT_TYPE);
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(status, head ? -1 : json.length);
        if (!head) {
            exchange.getResponseBody().write(json);
        }
    }

    private static RegistryRoutes.Request request(HttpExchange exchange) throws IOException {
        String method = exchange.getRequestMethod();
        if (!LoopbackHost.isNamedBy(exchange.getRequestHeaders().getFirst("Host"))) {
            throw new RegistryProblem(
                    MISDIRECTED, MISDIRECTED, "this registry answers only to localhost, 127.0.0.0/8 and [::1]");
        }
        boolean changes = !method.equals("GET") && !method.equals("HEAD");
        if (changes && !LoopbackHost.isOrigin(exchange.getRequestHeaders().getFirst("Origin"))) {
            throw new RegistryProblem(FORBIDDEN, FORBIDDEN, "a page of another site may not change this registry");
        }
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BODY_BYTES + 1);
        if (body.length > MAX_BODY_BYTES) {
            throw new RegistryProblem(TOO_LARGE, TOO_LARGE, "the body is larger than " + MAX_BODY_BYTES + " bytes");
        }
        return new RegistryRoutes.Request(
                method.equals("HEAD") ? "GET" : method,
                segments(exchange.getRequestURI().getRawPath()),
                query(exchange.getRequestURI().getRawQuery()),
                body);
    }

    private static List<String> segments(String rawPath) {
        return Arrays.stream(rawPath.split("/"))
                .filter(segment -> !segment.isEmpty())
                // A plus is a plus in a path.
                .map(segment -> decoded(segment.replace("+", "%2B")))
                .toList();
    }

    private static Map<String, String> query(@Nullable String raw) {
        Map<String, String> query = new HashMap<>();
        for (String pair : raw == null ? new String[0] : raw.split("&")) {
            int equals = pair.indexOf('=');
            query.put(
                    decoded(equals < 0 ? pair : pair.substring(0, equals)),
                    equals < 0 ? "" : decoded(pair.substring(equals + 1)));
        }
        return query;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new RegistryProblem(BAD_REQUEST, BAD_REQUEST, "the address is not percent-encoded correctly");
        }
    }

    private static Map<String, Object> error(int code, String message) {
        return Map.of("error_code", code, "message", message);
    }
}
