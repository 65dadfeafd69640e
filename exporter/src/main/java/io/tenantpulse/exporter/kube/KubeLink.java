package io.tenantpulse.exporter.kube;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The connection to one API server. All watches and probes share one HTTP/2 connection, because one request is finished on it before others begin.
 * When it is given up, everything on it fails at once, and so does what is asked before there is another.
 */
final class KubeLink implements AutoCloseable {
    /** No list page, discovery or error document is larger; a page that is gets asked for again in smaller ones. */
    static final int MAX_BODY_BYTES = 128 * 1024 * 1024;

    /** One for all clusters: callbacks only put into mailboxes, so they are short. */
    private static final ExecutorService POOL = pool();

    private final Supplier<Config> access;
    private final Executor pool;
    private @Nullable Connection current;
    private boolean closed;

    KubeLink(Supplier<Config> access) {
        this(access, POOL);
    }

    /** @param pool does the HTTP client's work */
    KubeLink(Supplier<Config> access, Executor pool) {
        this.access = access;
        this.pool = pool;
    }

    /**
     * An answer read to its end.
     *
     * @param date the server's clock, as its header says
     */
    record Answer(int status, byte[] body, int length, Optional<String> date, Optional<String> retryAfter) {
        boolean ok() {
            return status == 200;
        }
    }

    /** Builds the connection and finishes a first request on it. */
    Answer connect(Duration timeout) throws IOException, InterruptedException {
        drop("the connection is renewed");
        Config config = access.get();
        Connection made = build(config);
        Answer version;
        try {
            version = fetch(made, "/version", Map.of(), timeout, timeout);
        } catch (IOException e) {
            made.abandon(e);
            throw e;
        }
        if (version.status() == 401) {
            made.abandon(new IOException("401"));
            return version;
        }
        synchronized (this) {
            if (closed) {
                throw new IOException("closed");
            }
            current = made;
            notifyAll();
        }
        return version;
    }

    private Connection build(Config config) throws IOException {
        try {
            return new Connection(config, new Callbacks(pool));
        } catch (RuntimeException e) {
            // Its message may quote what it read. A file that is just being replaced is whole the next time.
            throw new IOException("the cluster's certificates or keys cannot be used ("
                    + e.getClass().getSimpleName() + "): check the files that its kubeconfig names");
        }
    }

    /** Gives the connection up; all that runs on it fails. */
    void drop(String why) {
        Connection dropped;
        synchronized (this) {
            dropped = current;
            current = null;
        }
        if (dropped != null) {
            dropped.abandon(new IOException(why));
        }
    }

    /** Whether answers come over HTTP/2. */
    synchronized boolean isMultiplexed() {
        return current != null && current.multiplexed;
    }

    /** The work of the present connection. */
    Callbacks callbacks() throws IOException {
        return connection().callbacks;
    }

    synchronized boolean isConnected() {
        return current != null;
    }

    /** Where the API server is, for messages. */
    synchronized String server() {
        return current == null ? "" : current.base;
    }

    /** Sends a GET whose answer goes piece by piece into the mailbox; fails while there is no connection. */
    Exchange open(String path, Map<String, String> headers, BlockingQueue<Delivery> mailbox, Duration answerWithin)
            throws IOException, InterruptedException {
        return connection().open(path, headers, mailbox, answerWithin);
    }

    /** Sends a GET and reads the whole answer within that time; fails while there is no connection. */
    Answer fetch(String path, Map<String, String> headers, Duration timeout) throws IOException, InterruptedException {
        return fetch(path, headers, timeout, timeout);
    }

    /**
     * The same for a large answer.
     *
     * @param timeout for each piece of it
     * @param whole for all of it
     */
    Answer fetch(String path, Map<String, String> headers, Duration timeout, Duration whole)
            throws IOException, InterruptedException {
        return fetch(connection(), path, headers, timeout, whole);
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        drop("the exporter is closing");
    }

    /**
     * Waits until there is a connection.
     *
     * @throws IOException if the exporter is closing
     */
    synchronized void awaitConnected() throws IOException, InterruptedException {
        while (current == null && !closed) {
            wait();
        }
        if (closed) {
            throw new IOException("the exporter is closing");
        }
    }

    private synchronized Connection connection() throws IOException {
        if (current == null || closed) {
            throw new IOException(closed ? "the exporter is closing" : "there is no connection");
        }
        return current;
    }

    private static Answer fetch(
            Connection connection, String path, Map<String, String> headers, Duration timeout, Duration whole)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + whole.toNanos();
        BlockingQueue<Delivery> mailbox = new LinkedBlockingQueue<>();
        ByteArrayOutputStream body = new ByteArrayOutputStream(8192);
        Delivery.Answered answered = null;
        try (Exchange exchange = connection.open(path, headers, mailbox, timeout)) {
            while (true) {
                // One that comes drop by drop must not hold us for ever.
                long left = Math.min(timeout.toNanos(), deadline - System.nanoTime());
                Delivery next = mailbox.poll(left, TimeUnit.NANOSECONDS);
                if (next == null || left <= 0) {
                    throw new IOException("no whole answer within " + whole.toSeconds()
                            + " s, or none of its pieces within " + timeout.toSeconds() + " s");
                }
                if (next.signal() instanceof Delivery.Answered head) {
                    answered = head;
                    connection.multiplexed = head.multiplexed();
                } else if (next.signal() instanceof Delivery.Bytes bytes) {
                    append(body, bytes);
                } else if (next.signal() instanceof Delivery.Ended end) {
                    if (end.failure() != null || answered == null) {
                        throw new IOException(reason(end.failure()), end.failure());
                    }
                    byte[] all = body.toByteArray();
                    return new Answer(answered.status(), all, all.length, answered.date(), answered.retryAfter());
                }
                exchange.more();
            }
        }
    }

    /** What went wrong, for people: messages of the JDK's client are often null. */
    static String reason(@Nullable Throwable failure) {
        if (failure == null) {
            return "the answer ended early";
        }
        String message = failure.getMessage();
        return failure.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }

    private static void append(ByteArrayOutputStream body, Delivery.Bytes bytes) throws BodyTooLargeException {
        for (ByteBuffer piece : bytes.buffers()) {
            if (body.size() + piece.remaining() > MAX_BODY_BYTES) {
                throw new BodyTooLargeException();
            }
            byte[] copy = new byte[piece.remaining()];
            piece.get(copy);
            body.write(copy, 0, copy.length);
        }
    }

    /** An answer is larger than we take in one piece. */
    static final class BodyTooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        BodyTooLargeException() {
            super("the answer is larger than " + MAX_BODY_BYTES + " bytes");
        }
    }

    private static ExecutorService pool() {
        AtomicInteger number = new AtomicInteger();
        return Executors.newCachedThreadPool(task -> {
            Thread thread = new Thread(task, "kube-http-" + number.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        });
    }

    private static final class Connection {
        private final Set<Exchange> running = ConcurrentHashMap.newKeySet();
        private final KubernetesClient client;
        private final String base;
        private final Callbacks callbacks;
        private volatile boolean multiplexed;
        private volatile @Nullable IOException abandoned;

        Connection(Config config, Callbacks callbacks) {
            this.callbacks = callbacks;
            JdkHttpClientFactory factory = new JdkHttpClientFactory() {
                @Override
                protected java.net.http.HttpClient.Builder createNewHttpClientBuilder() {
                    return java.net.http.HttpClient.newBuilder().executor(callbacks);
                }
            };
            client = new KubernetesClientBuilder()
                    .withConfig(config)
                    .withHttpClientFactory(factory)
                    // At TRACE it would log the bodies of all answers, and our token.
                    .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor("HttpLogging", null))
                    .build();
            base = config.getMasterUrl().replaceAll("/+$", "");
        }

        Exchange open(String path, Map<String, String> headers, BlockingQueue<Delivery> mailbox, Duration answerWithin)
                throws IOException {
            HttpClient http = client.getHttpClient();
            var request = http.newHttpRequestBuilder()
                    .uri(URI.create(base + path))
                    .timeout(answerWithin.toMillis(), TimeUnit.MILLISECONDS);
            headers.forEach(request::header);
            Exchange exchange = new Exchange(mailbox, callbacks, running::remove);
            running.add(exchange);
            try {
                exchange.start(http, request.build());
            } catch (RuntimeException e) {
                // fabric8's client refuses what comes after its end, and reads credentials anew, by unchecked
                // exceptions.
                exchange.close();
                IOException gone = abandoned;
                throw gone == null ? new IOException("the request cannot be sent", e) : gone;
            }
            IOException gone = abandoned;
            if (gone != null) {
                exchange.close();
                throw gone;
            }
            return exchange;
        }

        void abandon(IOException why) {
            abandoned = why;
            running.forEach(exchange -> exchange.fail(why));
            client.close();
        }
    }
}
