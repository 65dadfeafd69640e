package io.tenantpulse.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/**
 * Passes requests on to an API server, by HTTP/1.1 over TLS, but leaves those that it is told to without any answer for ever: as a server does, now and
 * then, with watches that are opened in its first second.
 */
public final class MuteProxy implements AutoCloseable {
    private final HttpsServer listener;
    private final HttpClient upstream;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "mute-proxy");
        thread.setDaemon(true);
        return thread;
    });
    private final Set<InputStream> passing = ConcurrentHashMap.newKeySet();
    private final AtomicInteger unanswered = new AtomicInteger();
    private final int target;
    private volatile Predicate<URI> mute = uri -> false;

    /** Listens at once. */
    public MuteProxy(int target, Authority authority) throws IOException {
        this.target = target;
        try {
            SSLContext trusting = SSLContext.getInstance("TLS");
            trusting.init(null, new TrustManager[] {new TrustAll()}, new SecureRandom());
            upstream = HttpClient.newBuilder()
                    .sslContext(trusting)
                    .executor(threads)
                    .build();
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
        listener = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        listener.setHttpsConfigurator(new HttpsConfigurator(authority.serverContext()));
        listener.setExecutor(threads);
        listener.createContext("/", this::pass);
        listener.start();
    }

    /** Where to connect to. */
    public int port() {
        return listener.getAddress().getPort();
    }

    /** From now on requests like these get no answer. */
    public void mute(Predicate<URI> which) {
        mute = which;
    }

    /** How many requests have got no answer. */
    public int unanswered() {
        return unanswered.get();
    }

    /** Ends every answer that is under way. */
    public void breakAnswers() {
        passing.forEach(MuteProxy::shut);
    }

    @Override
    public void close() {
        breakAnswers();
        listener.stop(0);
        threads.shutdownNow();
    }

    private void pass(HttpExchange exchange) throws IOException {
        if (mute.test(exchange.getRequestURI())) {
            unanswered.incrementAndGet();
            return; // open, and silent
        }
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + target + exchange.getRequestURI()));
        for (String name : List.of("Authorization", "Accept")) {
            String value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                request.header(name, value);
            }
        }
        try (exchange) {
            HttpResponse<InputStream> answer =
                    upstream.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            forward(answer, exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void forward(HttpResponse<InputStream> answer, HttpExchange exchange) throws IOException {
        try (InputStream body = answer.body()) {
            passing.add(body);
            answer.headers()
                    .firstValue("Date")
                    .ifPresent(date -> exchange.getResponseHeaders().set("Date", date));
            exchange.sendResponseHeaders(answer.statusCode(), 0);
            OutputStream out = exchange.getResponseBody();
            byte[] buffer = new byte[16 * 1024];
            for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
                out.write(buffer, 0, read);
                out.flush();
            }
        } finally {
            passing.remove(answer.body());
        }
    }

    private static void shut(InputStream body) {
        try {
            body.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
