package io.tenantpulse.exporter.kube;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An API server that says what a test tells it to, line by line. */
final class ScriptedApi implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 30;

    private final BlockingQueue<Asked> asked = new LinkedBlockingQueue<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final HttpServer server;

    ScriptedApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** The next request but those for the version. */
    Asked next() throws InterruptedException {
        Asked next = asked.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing was asked for " + PATIENCE_SECONDS + " s");
        }
        return next;
    }

    private void answer(HttpExchange exchange) throws IOException {
        if (exchange.getRequestURI().getPath().equals("/version")) {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write("{}".getBytes(StandardCharsets.UTF_8));
            exchange.close();
            return;
        }
        Asked request = new Asked(exchange);
        asked.add(request);
        try {
            request.over.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    /** A request that is being answered. */
    static final class Asked {
        private final HttpExchange exchange;
        private final CountDownLatch over = new CountDownLatch(1);
        private boolean begun;

        Asked(HttpExchange exchange) {
            this.exchange = exchange;
        }

        String uri() {
            return exchange.getRequestURI().toString();
        }

        /** Writes a line. */
        Asked say(String line) {
            try {
                if (!begun) {
                    begun = true;
                    exchange.sendResponseHeaders(200, 0);
                }
                exchange.getResponseBody().write((line + "\n").getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
                return this;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        /** Answers with a refusal. */
        void refuse(int status, String retryAfter) {
            try {
                exchange.getResponseHeaders().add("Retry-After", retryAfter);
                exchange.sendResponseHeaders(status, -1);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            end();
        }

        /** Sends line feeds until nobody wants them any more, so that something comes all the time and no event ever. */
        void drip() {
            try {
                while (!Thread.currentThread().isInterrupted()) {
                    say("");
                    TimeUnit.MILLISECONDS.sleep(50);
                }
            } catch (UncheckedIOException e) {
                // the client has gone
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        /** Ends the answer. */
        void end() {
            over.countDown();
        }
    }
}
