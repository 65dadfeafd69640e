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
    private static final int TAIL = 1000;
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
        Tail tail = new Tail();
        try (Exchange exchange = link.open(path, KindLister.JSON, mailbox, TIMEOUT)) {
            while (true) {
                Delivery next = mailbox.poll(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
                if (next == null || next.signal() instanceof Delivery.Ended) {
                    throw new IOException("a streaming list of " + kind + " did not come to its end");
                }
                if (next.signal() instanceof Delivery.Answered head && head.status() != 200) {
                    throw new RefusedException(head.status(), head.retryAfter());
                }
                if (next.signal() instanceof Delivery.Bytes arrived) {
                    for (ByteBuffer piece : arrived.buffers()) {
                        bytes += piece.remaining();
                        tail.add(piece);
                        if (into != null) {
                            into.feed(kind, piece);
                        }
                    }
                }
                if (tail.isEnd()) {
                    return bytes;
                }
                exchange.more();
            }
        }
    }

    /** The last bytes that arrived, however they were cut into pieces. */
    private static final class Tail {
        private byte[] bytes = new byte[0];

        void add(ByteBuffer piece) {
            int taken = Math.min(TAIL, piece.remaining());
            int kept = Math.min(bytes.length, TAIL - taken);
            byte[] now = new byte[kept + taken];
            System.arraycopy(bytes, bytes.length - kept, now, 0, kept);
            piece.get(piece.limit() - taken, now, kept, taken);
            bytes = now;
        }

        /** Whether the line that ends here is the bookmark that ends a streaming list. */
        boolean isEnd() {
            if (bytes.length == 0 || bytes[bytes.length - 1] != '\n') {
                return false;
            }
            for (int i = 0; i + END.length <= bytes.length; i++) {
                if (Arrays.equals(bytes, i, i + END.length, END, 0, END.length)) {
                    return true;
                }
            }
            return false;
        }
    }

    @Override
    public void close() {
        link.close();
    }
}
