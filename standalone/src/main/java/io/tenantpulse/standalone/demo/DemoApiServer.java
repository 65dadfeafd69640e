package io.tenantpulse.standalone.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.Fields;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * A small Kubernetes API server on loopback HTTP: one instance is one cluster. It serves lists, streaming lists and watches of
 * what its {@link ObjectStore} holds as a real one does, to clients that bring its token; nothing can be written through it.
 */
public final class DemoApiServer implements AutoCloseable {

    /**
     * How a server behaves.
     *
     * @param clock tells the time of the {@code Date} header
     * @param bookmarkEvery how often a watch gets a bookmark; a real server does it about once a minute
     * @param port 0 for any free one
     */
    public record Settings(InstantSource clock, Duration bookmarkEvery, int port) {
        public static final Duration REAL_BOOKMARKS = Duration.ofMinutes(1);
    }

    private static final int MAX_THREADS = 400;
    private static final int WATCH_BUFFER_BYTES = 32 * 1024;
    private static final DateTimeFormatter HTTP_DATE = DateTimeFormatter.RFC_1123_DATE_TIME.withZone(ZoneOffset.UTC);

    private final ObjectStore store;
    private final Settings settings;
    private final Faults faults;
    private final Discovery discovery;
    private final Lists lists;
    private final Set<ResourceType> forbidden = ConcurrentHashMap.newKeySet();
    private final String token;
    private final Server server;
    private final ServerConnector connector;
    private volatile boolean closing;

    public DemoApiServer(ObjectStore store, Settings settings) {
        this.store = store;
        this.settings = settings;
        faults = new Faults(store::wakeWatches);
        discovery = new Discovery(store);
        lists = new Lists(store);
        byte[] secret = new byte[24];
        new SecureRandom().nextBytes(secret);
        token = HexFormat.of().formatHex(secret);
        QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS);
        threads.setName("demo-api");
        threads.setDaemon(true);
        server = new Server(threads);
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setSendDateHeader(false);
        connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost("127.0.0.1");
        connector.setPort(settings.port());
        connector.setIdleTimeout(Duration.ofHours(2).toMillis());
        server.addConnector(connector);
        server.setHandler(new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
                return answer(request, response, callback);
            }
        });
    }

    /** Starts listening; fails when the port is taken. */
    public DemoApiServer start() {
        try {
            server.start();
        } catch (Exception e) { // Jetty declares no narrower type
            throw new IllegalStateException(
                    "cannot start the demo API server on 127.0.0.1:%d: %s; choose another port"
                            .formatted(settings.port(), e.getMessage()),
                    e);
        }
        return this;
    }

    public String url() {
        return "http://127.0.0.1:" + address().getPort();
    }

    public String token() {
        return token;
    }

    public ObjectStore store() {
        return store;
    }

    public Faults faults() {
        return faults;
    }

    /** Answers 403 for a kind, as RBAC does, until allowed again. */
    public void forbid(ResourceType type) {
        forbidden.add(type);
        faults.closeWatches();
    }

    public void allow(ResourceType type) {
        forbidden.remove(type);
    }

    /** Makes every continue token useless, as time does. */
    public void expireContinueTokens() {
        lists.expireTokens();
    }

    /** Writes a kubeconfig whose contexts are the given clusters, for any Kubernetes client. */
    public static void kubeconfig(Path file, Map<String, DemoApiServer> clusters) throws IOException {
        Kubeconfig.write(file, clusters);
    }

    @Override
    public void close() {
        closing = true;
        faults.closeWatches();
        faults.hang(false);
        try {
            server.stop();
        } catch (Exception e) { // Jetty declares no narrower type
            throw new IllegalStateException("the demo API server did not stop: " + e.getMessage(), e);
        }
    }

    private InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", connector.getLocalPort());
    }

    private boolean answer(Request request, Response response, Callback callback) {
        try (OutputStream out = Content.Sink.asOutputStream(response)) {
            response.getHeaders()
                    .put(HttpHeader.DATE, HTTP_DATE.format(settings.clock().instant()));
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
            try {
                faults.beforeAnswer();
                authenticate(request);
                route(request, response, out);
            } catch (ApiError e) {
                if (e.code() == 429) {
                    response.getHeaders().put("Retry-After", "1");
                }
                response.setStatus(e.code());
                send(Json.bytes(e.toStatus()), response, out);
            }
        } catch (EofException | UncheckedIOException e) {
            callback.failed(e); // the client left: nothing to tell anybody
            return true;
        } catch (IOException e) {
            callback.failed(e);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            callback.failed(e);
            return true;
        }
        callback.succeeded();
        return true;
    }

    private void authenticate(Request request) {
        if (!("Bearer " + token).equals(request.getHeaders().get(HttpHeader.AUTHORIZATION))) {
            throw ApiError.unauthorized();
        }
        if (!request.getMethod().equals("GET")) {
            throw new ApiError(405, "MethodNotAllowed", "the demo API server is read-only");
        }
        if ("websocket".equalsIgnoreCase(request.getHeaders().get(HttpHeader.UPGRADE))) {
            // fabric8 tries a WebSocket first, and falls back to a plain watch on this code only
            throw new ApiError(503, "ServiceUnavailable", "the demo API server speaks no WebSocket; use a plain watch");
        }
    }

    private void route(Request request, Response response, OutputStream out) throws IOException, InterruptedException {
        List<String> path = Arrays.stream(Request.getPathInContext(request).split("/"))
                .filter(part -> !part.isEmpty())
                .toList();
        var document = discovery.answer(path);
        if (document.isPresent()) {
            send(Json.bytes(document.get()), response, out);
            return;
        }
        Target target = Target.of(path, store);
        if (forbidden.contains(target.type())) {
            throw ApiError.forbidden(target.type());
        }
        Fields query = Request.extractQueryParameters(request);
        if (!target.name().isEmpty()) {
            send(Json.bytes(one(target)), response, out);
        } else if (flag(query, "watch")) {
            new WatchStream(store, faults, settings.bookmarkEvery(), () -> closing)
                    .run(watchQuery(target, query), new BufferedOutputStream(out, WATCH_BUFFER_BYTES));
        } else {
            String accept = String.valueOf(request.getHeaders().get(HttpHeader.ACCEPT));
            Lists.Query list = new Lists.Query(
                    target.type(),
                    target.namespace(),
                    (int) number(query, "limit", 0),
                    text(query, "continue"),
                    accept.contains("as=PartialObjectMetadataList"));
            send(Json.bytes(lists.answer(list)), response, out);
        }
    }

    private ObjectNode one(Target target) {
        return store.get(target.type(), target.namespace(), target.name())
                .orElseThrow(() -> ApiError.notFound(target.type(), target.name()));
    }

    private WatchStream.Query watchQuery(Target target, Fields query) {
        boolean initial = flag(query, "sendInitialEvents");
        if (initial && !text(query, "resourceVersionMatch").equals("NotOlderThan")) {
            throw new ApiError(
                    422, "Invalid", "sendInitialEvents is set: resourceVersionMatch must be NotOlderThan, set it too");
        }
        long after = number(query, "resourceVersion", 0);
        WatchStream.Start start = initial
                ? WatchStream.Start.ALL_THEN_BOOKMARK
                : after == 0 ? WatchStream.Start.ALL : WatchStream.Start.AFTER_VERSION;
        return new WatchStream.Query(
                target.type(),
                target.namespace(),
                start,
                after,
                flag(query, "allowWatchBookmarks"),
                Duration.ofSeconds(number(
                        query, "timeoutSeconds", ThreadLocalRandom.current().nextInt(1800, 3600))));
    }

    private static void send(byte[] body, Response response, OutputStream out) throws IOException {
        response.getHeaders().put(HttpHeader.CONTENT_LENGTH, body.length);
        out.write(body);
    }

    private static boolean flag(Fields query, String name) {
        return text(query, name).equals("true") || text(query, name).equals("1");
    }

    private static String text(Fields query, String name) {
        String value = query.getValue(name);
        return value == null ? "" : value;
    }

    private static long number(Fields query, String name, long absent) {
        String text = text(query, name);
        try {
            return text.isEmpty() ? absent : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new ApiError(400, "BadRequest", "%s must be a number, not %s".formatted(name, text));
        }
    }
}
