package io.tenantpulse.exporter.kube;

import io.tenantpulse.exporter.ExporterConfig;
import io.tenantpulse.exporter.WatchedKind;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Reads streaming lists over the exporter's own connection, with or without looking at the bytes. */
public final class LinkReads implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final byte[] END = "initial-events-end".getBytes(StandardCharsets.UTF_8);
    private static final int TAIL = 400;
    private static final int TRIES = 60;

    private final KubeLink link;

    public LinkReads(Path kubeconfig) throws IOException, InterruptedException {
        ExporterConfig.Cluster cluster = new ExporterConfig.Cluster("bench", null, kubeconfig, false);
        KubeAccess access = new KubeAccess(Map.of());
        link = new KubeLink(() -> access.config(cluster));
        link.connect(TIMEOUT);
    }

    /**
     * Reads one streaming list up to the bookmark that ends it.
     *
     * @param into null: the bytes are only counted
     * @return how many bytes
     */
    public long read(WatchedKind kind, @Nullable WatchBytes into) throws IOException, InterruptedException {
        for (int i = 0; i < TRIES; i++) {
            try {
                return readOnce(kind, into);
            } catch (RefusedException e) {
                TimeUnit.SECONDS.sleep(1); // a server whose caches are not filled yet says 429
            }
        }
        throw new IOException("the API server refuses a streaming list of " + kind);
    }

    private long readOnce(WatchedKind kind, @Nullable WatchBytes into) throws IOException, InterruptedException {
        String path = KindLister.path(kind) + "?watch=true&allowWatchBookmarks=true&sendInitialEvents=true"
                + "&resourceVersionMatch=NotOlderThan&timeoutSeconds=60";
        BlockingQueue<Delivery> mailbox = new LinkedBlockingQueue<>();
        long bytes = 0;
        try (Exchange exchange = link.open(path, KindLister.JSON, mailbox, TIMEOUT)) {
            while (true) {
                Delivery next = mailbox.poll(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
                if (next == null || next.signal() instanceof Delivery.Ended) {
                    throw new IOException("a streaming list of " + kind + " did not come to its end");
                }
                if (next.signal() instanceof Delivery.Answered head && head.status() != 200) {
                    throw new RefusedException(head.status(), head.retryAfter());
                }
                boolean end = false;
                if (next.signal() instanceof Delivery.Bytes arrived) {
                    for (ByteBuffer piece : arrived.buffers()) {
                        bytes += piece.remaining();
                        end = isEnd(piece);
                        if (into != null) {
                            into.feed(kind, piece);
                        }
                    }
                }
                if (end) {
                    return bytes;
                }
                exchange.more();
            }
        }
    }

    private static boolean isEnd(ByteBuffer piece) {
        if (!piece.hasRemaining() || piece.get(piece.limit() - 1) != '\n') {
            return false;
        }
        byte[] tail = new byte[Math.min(TAIL, piece.remaining())];
        piece.get(piece.limit() - tail.length, tail);
        for (int i = 0; i + END.length <= tail.length; i++) {
            if (Arrays.equals(tail, i, i + END.length, END, 0, END.length)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        link.close();
    }
}
