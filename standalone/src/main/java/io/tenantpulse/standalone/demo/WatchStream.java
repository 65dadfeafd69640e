package io.tenantpulse.standalone.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** One running watch: writes what changed as JSON lines until its time is over, its client leaves or its kind goes. */
final class WatchStream {
    private static final byte[] END = "}\n".getBytes(StandardCharsets.UTF_8);
    private static final Duration LAST_BOOKMARK_BEFORE_END = Duration.ofSeconds(2);
    private static final long LONGEST_WAIT_MILLIS = 1_000;

    /** Where a watch begins: after a resourceVersion, or with all objects as ADDED, which a streaming list ends by a bookmark. */
    enum Start {
        AFTER_VERSION,
        ALL,
        ALL_THEN_BOOKMARK
    }

    /**
     * What the client asked for.
     *
     * @param after the resourceVersion to go on from; counts only for AFTER_VERSION
     */
    record Query(ResourceType type, String namespace, Start start, long after, boolean bookmarks, Duration life) {}

    private final ObjectStore store;
    private final Faults faults;
    private final Duration bookmarkEvery;
    private final BooleanSupplier closing;

    WatchStream(ObjectStore store, Faults faults, Duration bookmarkEvery, BooleanSupplier closing) {
        this.store = store;
        this.faults = faults;
        this.bookmarkEvery = bookmarkEvery;
        this.closing = closing;
    }

    /** Writes until the watch is over; the first flush sends the response's headers, as late as the real server does. */
    void run(Query query, OutputStream out) throws IOException, InterruptedException {
        int generation = faults.watchGeneration();
        long start = System.nanoTime();
        long end = start + query.life().toNanos();
        boolean saidGoodbye = false;
        try {
            long position = query.start() == Start.AFTER_VERSION ? query.after() : sendInitialEvents(query, out);
            long nextBookmark = start + bookmarkEvery.toNanos();
            while (System.nanoTime() < end && generation == faults.watchGeneration() && !closing.getAsBoolean()) {
                if (faults.watchesStalled()) {
                    Thread.sleep(20);
                    continue;
                }
                position = sendNews(query, position, out);
                long now = System.nanoTime();
                boolean goodbye = !saidGoodbye && end - now < LAST_BOOKMARK_BEFORE_END.toNanos();
                if (query.bookmarks() && (now >= nextBookmark || goodbye)) {
                    bookmark(query, position, false, out);
                    nextBookmark = now + bookmarkEvery.toNanos();
                    saidGoodbye |= goodbye;
                }
                long waitNanos = Math.min(nextBookmark, end) - now;
                store.await(query.type(), position, Math.min(waitNanos / 1_000_000 + 1, LONGEST_WAIT_MILLIS));
            }
        } catch (ApiError e) {
            if (e.code() == 410) {
                event("ERROR", Json.bytes(e.toStatus()), out);
                out.flush();
            }
        }
    }

    private long sendInitialEvents(Query query, OutputStream out) throws IOException {
        ObjectStore.Snapshot snapshot = store.snapshot(query.type(), query.namespace());
        for (ObjectNode object : snapshot.objects()) {
            event("ADDED", Json.bytes(object), out);
        }
        if (query.start() == Start.ALL_THEN_BOOKMARK) {
            bookmark(query, snapshot.resourceVersion(), true, out);
        }
        out.flush();
        return snapshot.resourceVersion();
    }

    private long sendNews(Query query, long position, OutputStream out) throws IOException {
        ObjectStore.News news = store.newsAfter(query.type(), position, query.namespace());
        for (ObjectStore.Change change : news.changes()) {
            event(change.type(), change.object(), out);
        }
        if (!news.changes().isEmpty()) {
            out.flush();
        }
        return Math.max(position, news.upTo());
    }

    private static void bookmark(Query query, long resourceVersion, boolean initialEnd, OutputStream out)
            throws IOException {
        ObjectNode meta = Json.object("resourceVersion", Long.toString(resourceVersion), "creationTimestamp", null);
        if (initialEnd) {
            meta.set("annotations", Json.object("k8s.io/initial-events-end", "true"));
        }
        ObjectNode object = Json.object(
                "kind", query.type().kind(), "apiVersion", query.type().apiVersion(), "metadata", meta);
        event("BOOKMARK", Json.bytes(object), out);
        out.flush();
    }

    private static void event(String type, byte[] object, OutputStream out) throws IOException {
        out.write(("{\"type\":\"" + type + "\",\"object\":").getBytes(StandardCharsets.UTF_8));
        out.write(object);
        out.write(END);
    }
}
