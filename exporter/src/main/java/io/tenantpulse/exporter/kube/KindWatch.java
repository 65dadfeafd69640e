package io.tenantpulse.exporter.kube;

import io.tenantpulse.exporter.WatchedKind;
import io.tenantpulse.v1.KindState;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Keeps one kind of one cluster in the log, on a thread of its own: a frame, then the watch from where the frame ended, for as long as the exporter runs.
 * A watch is renewed before it ends: for a while two run side by side and each event counts once, until the new one is proven.
 */
final class KindWatch implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(KindWatch.class);
    private static final String CLUSTER = "cluster";
    private static final String KIND = "kind";
    private static final int GONE = 410;
    private static final int UNKNOWN_ERROR = 500;
    private static final Duration QUICK = Duration.ofSeconds(2);
    private static final int QUICK_ENDS = 2;

    /** A server sends a bookmark about once a minute. */
    private static final Duration RENEWAL = Duration.ofSeconds(80);

    private static final Duration RENEWAL_RETRY = Duration.ofSeconds(10);

    /** A list that is useless so soon after it was taken is not taken again at once. */
    private static final Duration SOON = Duration.ofSeconds(30);

    private static final long NOTHING_DUE_MILLIS = 1000;

    private final WatchedKind kind;
    private final WatchParts parts;
    private final BlockingQueue<Delivery> mailbox = new LinkedBlockingQueue<>();
    private final KindLister lister;
    private final Backoff backoff =
            new Backoff(() -> ThreadLocalRandom.current().nextDouble());
    private final Object pausing = new Object();

    private volatile boolean closed;
    private volatile @Nullable WatchStream current;
    private volatile @Nullable WatchStream successor;
    private @Nullable String resume;
    private long watchSeconds;
    private long nextFrameNanos;
    private int quickEnds;
    private boolean framed;
    private int errorCode;
    private long nextRenewalNanos = System.nanoTime();
    private long frameNanos;
    /** Versions seen while two watches run side by side. */
    private final Set<String> seen = new HashSet<>();

    KindWatch(WatchedKind kind, WatchParts parts) {
        this.kind = kind;
        this.parts = parts;
        this.lister = new KindLister(kind, parts, mailbox);
    }

    @Override
    public void run() {
        while (!closed) {
            try {
                step();
            } catch (RefusedException e) {
                refused(e);
            } catch (IOException e) {
                failed(e);
            } catch (InterruptedException e) {
                closed = true;
            } catch (RuntimeException e) {
                // A kind must not fall silent: the cluster begins anew.
                closed = true;
                parts.onFault().accept(e);
            }
        }
        closeStreams();
    }

    /** Whether all that had arrived has been read and handed over. */
    boolean isCaughtUp() {
        WatchStream watch = current;
        WatchStream next = successor;
        return watch != null && watch.isCaughtUp() && (next == null || next.isCaughtUp());
    }

    /** Whether nothing that has arrived waits for us. */
    boolean isIdle() {
        WatchStream watch = current;
        return watch == null || watch.isCaughtUp();
    }

    WatchedKind kind() {
        return kind;
    }

    /** Ends it; the connection must be closed too, so that nothing is waited for. */
    void close() {
        closed = true;
        synchronized (pausing) {
            pausing.notifyAll();
        }
    }

    private void step() throws IOException, InterruptedException {
        parts.discovery().awaitServed(kind);
        if (closed) {
            return;
        }
        watchSeconds = watchSeconds();
        if (resume == null) {
            frame();
        } else {
            open();
        }
        follow();
    }

    private void frame() throws IOException, InterruptedException {
        if (framed) {
            parts.gate().unsettle(kind);
        }
        KindLister.Frame frame;
        try {
            frame = lister.take(watchSeconds);
        } catch (IOException e) {
            parts.meters().kind(kind).listFailed();
            throw e;
        }
        parts.meters().kind(kind).listed(framed);
        LOG.atDebug()
                .addKeyValue(CLUSTER, parts.cluster())
                .addKeyValue(KIND, kind)
                .log("listed");
        framed = true;
        frameNanos = System.nanoTime();
        resume = frame.resourceVersion();
        nextFrameNanos = System.nanoTime() + memoryFrameIn();
        WatchStream watch = frame.watch();
        if (watch == null) {
            open();
        } else {
            current = watch;
            progress();
            for (byte[] line : frame.rest()) {
                line(watch, line, line.length);
            }
            throwError();
        }
    }

    /** Spread over a twentieth of the interval, so that not all kinds repeat themselves at once. */
    private long memoryFrameIn() {
        long interval = parts.timing().memoryFrameInterval().toNanos();
        return interval - ThreadLocalRandom.current().nextLong(Math.max(1, interval / 20));
    }

    private long watchSeconds() {
        long seconds = parts.timing().watchTimeout().toSeconds();
        return seconds + ThreadLocalRandom.current().nextLong(Math.max(1, seconds / 5));
    }

    private void open() throws IOException, InterruptedException {
        current = new WatchStream(request());
    }

    private Exchange request() throws IOException, InterruptedException {
        String path = KindLister.path(kind) + "?watch=true&allowWatchBookmarks=true&timeoutSeconds=" + watchSeconds
                + "&resourceVersion=" + URLEncoder.encode(String.valueOf(resume), StandardCharsets.UTF_8);
        // Headers come only with the first event or bookmark; our own deadline on these comes first.
        return parts.link()
                .open(
                        path,
                        KindLister.JSON,
                        mailbox,
                        parts.timing().firstBookmark().plusSeconds(5));
    }

    /** Reads the watch until it ends; returns if another step is to follow at once. */
    private void follow() throws IOException, InterruptedException {
        while (!closed && current != null) {
            Delivery next = mailbox.poll(NOTHING_DUE_MILLIS, TimeUnit.MILLISECONDS);
            if (next != null) {
                take(next);
            }
            checkDeadlines();
        }
    }

    private void take(Delivery next) throws IOException, InterruptedException {
        WatchStream watch = current;
        WatchStream other = successor;
        if (watch != null && watch.isOf(next.from())) {
            take(watch, next);
        } else if (other != null && other.isOf(next.from())) {
            try {
                take(other, next);
            } catch (IOException e) {
                dropSuccessor(e); // the running watch goes on; what ails the new one will show again at its end
            }
        }
    }

    private void take(WatchStream watch, Delivery next) throws IOException, InterruptedException {
        if (next.signal() instanceof Delivery.Answered head) {
            if (head.status() != 200) {
                throw new RefusedException(head.status(), head.retryAfter());
            }
        } else if (next.signal() instanceof Delivery.Bytes bytes) {
            watch.feed(bytes, (line, length, cut) -> line(watch, line, length));
            throwError();
        } else if (next.signal() instanceof Delivery.Ended ended) {
            ended(watch, ended.failure());
            return;
        }
        next.from().more();
    }

    private void throwError() throws RefusedException {
        int code = errorCode;
        errorCode = 0;
        if (code != 0) {
            throw new RefusedException(code, Optional.empty());
        }
    }

    private void line(WatchStream watch, byte[] bytes, int length) {
        WatchLine line = WatchLine.of(bytes, length);
        switch (line.type()) {
            case "BOOKMARK" -> bookmark(watch, line);
            case "ADDED", "MODIFIED", "DELETED" -> event(watch, line, bytes);
            case "ERROR" -> errorCode = line.code() == 0 ? UNKNOWN_ERROR : line.code();
            default ->
                LOG.atWarn()
                        .addKeyValue(CLUSTER, parts.cluster())
                        .addKeyValue(KIND, kind)
                        .addKeyValue("bytes", length)
                        .log("a line of the watch is no event; it is left out");
        }
    }

    private void bookmark(WatchStream watch, WatchLine line) {
        watch.news(true);
        if (watch == successor) {
            promote();
        } else if (successor == null) {
            seen.clear(); // all that the last two watches had in common has passed
        }
        if (line.resourceVersion() != null) {
            resume = line.resourceVersion();
        }
        parts.coverage().bookmark(kind);
        progress();
    }

    private void event(WatchStream watch, WatchLine line, byte[] bytes) {
        watch.news(true);
        boolean isNew = successor == null && seen.isEmpty()
                || line.resourceVersion() == null
                || seen.add(line.resourceVersion());
        if (isNew) {
            parts.coverage()
                    .record(
                            kind,
                            () -> parts.log().object(kind, line.type(), bytes, line.offset(), line.length(), null));
        }
        if (watch == current && line.resourceVersion() != null) {
            resume = line.resourceVersion();
        }
        progress();
    }

    private void progress() {
        backoff.reset();
        parts.meters().kind(kind).progress(parts.clock().instant());
    }

    private void promote() {
        WatchStream old = current;
        current = successor;
        successor = null;
        if (old != null) {
            old.close();
        }
        // What the new watch has yet to repeat of the old one's last events is known by the versions seen, until its
        // next bookmark.
    }

    private void dropSuccessor(IOException why) {
        WatchStream dropped = successor;
        successor = null;
        nextRenewalNanos = System.nanoTime() + RENEWAL_RETRY.toNanos();
        if (dropped != null) {
            dropped.close();
        }
        LOG.atDebug()
                .addKeyValue(CLUSTER, parts.cluster())
                .addKeyValue(KIND, kind)
                .setCause(why)
                .log("renewal failed");
    }

    private void ended(WatchStream watch, @Nullable Throwable failure) throws IOException {
        if (watch == successor) {
            dropSuccessor(new IOException("ended early"));
            return;
        }
        if (successor != null) {
            current = successor; // not proven yet
            successor = null;
            parts.coverage().lost(kind);
            return;
        }
        current = null;
        parts.coverage().lost(kind);
        seen.clear();
        if (failure != null) {
            throw new IOException(KubeLink.reason(failure), failure);
        }
        boolean quick = !watch.hasSpoken() && watch.ageNanos() < QUICK.toNanos();
        quickEnds = quick ? quickEnds + 1 : 0;
        if (quickEnds >= QUICK_ENDS) {
            // Events with a version that is too old end like this, without a 410 (kubernetes#137089).
            quickEnds = 0;
            resume = null;
        }
        if (quick) {
            throw new IOException("the watch ended at once and without an event");
        }
    }

    private void checkDeadlines() throws IOException, InterruptedException {
        WatchStream watch = current;
        if (watch == null) {
            return;
        }
        long patience = parts.timing().firstBookmark().toNanos();
        if (watch.silentNanos() > (watch.isProven() ? patience * 2 : patience)) {
            watch.close();
            current = null;
            resume = null;
            throw new IOException("the watch has said nothing for "
                    + Duration.ofNanos(patience).toSeconds() + " s or more: taking a new list");
        }
        long renewAt = Math.max(TimeUnit.SECONDS.toNanos(watchSeconds) - RENEWAL.toNanos(), RENEWAL.toNanos());
        if (successor == null
                && watch.isProven()
                && watch.ageNanos() > renewAt
                && System.nanoTime() - nextRenewalNanos >= 0) {
            seen.clear();
            successor = new WatchStream(request());
        }
        if (System.nanoTime() - nextFrameNanos > 0 && parts.coverage().state(kind) == KindState.LIVE) {
            parts.log().memoryFrame(kind, parts.skewMillis().getAsLong(), null);
            nextFrameNanos = System.nanoTime() + memoryFrameIn();
        }
    }

    private void refused(RefusedException e) {
        closeStreams();
        switch (e.status()) {
            case GONE -> gone(e);
            case 403 -> {
                LOG.atWarn()
                        .addKeyValue(CLUSTER, parts.cluster())
                        .addKeyValue(KIND, kind)
                        .log("forbidden: grant get, list and watch as in deploy/rbac/exporter-clusterrole.yaml");
                parts.coverage().forbidden(kind);
                parts.gate().settle(kind);
                resume = null;
                pause(parts.timing().deniedRetry());
            }
            case 404 -> notServed();
            default -> failed(e);
        }
    }

    private void gone(RefusedException e) {
        parts.coverage().lost(kind);
        boolean again = framed && System.nanoTime() - frameNanos < SOON.toNanos();
        if (resume == null || again) {
            resume = null;
            failed(e);
            return;
        }
        resume = null;
        LOG.atInfo()
                .addKeyValue(CLUSTER, parts.cluster())
                .addKeyValue(KIND, kind)
                .log("history is gone: listing again");
    }

    private void notServed() {
        resume = null;
        parts.coverage().lost(kind);
        parts.gate().settle(kind);
        if (parts.discovery().isAskedFor(kind)) {
            parts.discovery().lacks(kind);
        } else {
            LOG.atInfo()
                    .addKeyValue(CLUSTER, parts.cluster())
                    .addKeyValue(KIND, kind)
                    .log("not served");
            parts.coverage().absent(kind, parts.skewMillis().getAsLong());
            pause(parts.timing().deniedRetry());
        }
    }

    private void failed(IOException e) {
        closeStreams();
        if (closed) {
            return;
        }
        parts.coverage().lost(kind);
        parts.meters().kind(kind).watchFailed();
        Duration wait = backoff.next();
        if (e instanceof RefusedException refused && refused.retryAfterSeconds() > 0) {
            wait = Duration.ofSeconds(refused.retryAfterSeconds());
        }
        // A lost connection is told once, by the cluster, not by each of its kinds.
        LOG.atLevel(parts.link().isConnected() ? Level.INFO : Level.DEBUG)
                .addKeyValue(CLUSTER, parts.cluster())
                .addKeyValue(KIND, kind)
                .addKeyValue("why", KubeLink.reason(e))
                .addKeyValue("retryInMs", wait.toMillis())
                .log("list or watch failed");
        pause(wait);
    }

    private void closeStreams() {
        for (WatchStream stream : new WatchStream[] {current, successor}) {
            if (stream != null) {
                stream.close();
            }
        }
        current = null;
        successor = null;
        seen.clear();
        mailbox.clear(); // what is left there is of streams that are closed
    }

    private void pause(Duration time) {
        long until = System.nanoTime() + time.toNanos();
        synchronized (pausing) {
            try {
                long left = until - System.nanoTime();
                while (!closed && left > 0) {
                    TimeUnit.NANOSECONDS.timedWait(pausing, left);
                    left = until - System.nanoTime();
                }
            } catch (InterruptedException e) {
                closed = true;
            }
        }
    }
}
