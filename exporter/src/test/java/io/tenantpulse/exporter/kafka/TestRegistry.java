package io.tenantpulse.exporter.kafka;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** As much of a schema registry as writing and reading need; it can be out of order for a while. */
final class TestRegistry implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<String> schemas = new ArrayList<>();
    private final HttpServer server;
    private volatile boolean down;

    TestRegistry() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void down(boolean is) {
        down = is;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        Map<String, ?> body;
        int status = 200;
        if (down) {
            status = 503;
            body = Map.of("error_code", 50301, "message", "out of order");
        } else if (path.startsWith("/schemas/ids/")) {
            body = Map.of("schema", schema(Integer.parseInt(path.substring("/schemas/ids/".length()))));
        } else {
            JsonNode request = JSON.readTree(exchange.getRequestBody());
            body = Map.of("id", id(request.get("schema").asText()), "version", 1, "subject", "any");
        }
        byte[] bytes = JSON.writeValueAsBytes(body);
        exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private synchronized String schema(int id) {
        return schemas.get(id - 1);
    }

    private synchronized int id(String schema) {
        if (!schemas.contains(schema)) {
            schemas.add(schema);
        }
        return schemas.indexOf(schema) + 1;
    }
}
