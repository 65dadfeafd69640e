package io.tenantpulse.exporter.kube;

import io.tenantpulse.exporter.Role;
import io.tenantpulse.exporter.WatchedKind;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * The watch of one kind as long as it runs without a break. It is renewed before it ends: for a while two run side by side and each event counts once,
 * until the new one is proven. Used by its kind's thread alone, but for the questions whether it has caught up.
 */
final class RunningWatch {
    private static final Logger LOG = LoggerFactory.getLogger(RunningWatch.class);
    private static final int UNKNOWN_ERROR = 500;
    private static final Duration QUICK = Duration.ofSeconds(2);
    private static final int QUICK_ENDS = 2;

    /** A server sends a bookmark about once a minute, but on a quiet kind a first one can be missing: time for two tries. */
    private static final Duration RENEWAL = Duration.ofSeconds(200);

    /** A watch this young is not renewed, nor one in the first half of its time. */
    private static final Duration YOUNG = Duration.ofSeconds(80);

    private static final Duration RENEWAL_RETRY = Duration.ofSeconds(10);

    private final WatchedKind kind;
    private final WatchParts parts;
    private final BlockingQueue<Delivery> mailbox;
    private final Runnable onProgress;

    private volatile @Nullable WatchStream current;
    private volatile @Nullable WatchStream successor;
    private @Nullable String resume;
    private long watchSeconds;
    private int quickEnds;
    private int errorCode;
    private long nextRenewalNanos = System.nanoTime();

    /** Versions seen while two watches run side by side. */
    private final Set<String> seen = new HashSet<>();

    /** @param onProgress is called for every event and bookmark that was read */
    RunningWatch(WatchedKind kind, WatchParts parts, BlockingQueue<Delivery> mailbox, Runnable onProgress) {
        this.kind = kind;
        this.parts = parts;
        this.mailbox = mailbox;
        this.onProgress = onProgress;
    }

    /** Where its reader stands, if all that had arrived has been read and handed over; empty if not. */
    List<WatchStream.ReadTo> readTo() {
        WatchStream watch = current;
        WatchStream next = successor;
        WatchStream.ReadTo first = watch == null ? null : watch.readTo();
        WatchStream.ReadTo second = next == null ? null : next.readTo();
        if (first == null || next != null && second == null) {
            return List.of();
        }
        return second == null ? List.of(first) : List.of(first, second);
    }

    /** Whether nothing that has arrived waits for us. */
    boolean isIdle() {
        WatchStream watch = current;
        return watch == null || watch.isIdle();
    }

    boolean isRunning() {
        return current != null;
    }

    /** Whether it can go on where it stopped; if not, a list must be taken. */
    boolean canResume() {
        return resume != null;
    }

    /** Only a list can say what happened since. */
    void forgetPosition() {
        resume = null;
    }

    /** How long the next watch is to last; some longer than others, so that not all end at once. */
    long nextSeconds() {
        watchSeconds = seconds();
        return watchSeconds;
    }

    /** Goes on from a list that has been taken. */
    void begin(KindLister.Frame frame) throws IOException, InterruptedException {
        resume = frame.resourceVersion();
        WatchStream watch = frame.watch();
        if (watch == null) {
            open();
            return;
        }
        current = watch;
        onProgress.run();
        for (byte[] line : frame.rest()) {
            line(watch, line, line.length);
        }
        throwError();
    }

    /** Goes on where it stopped. */
    void resume() throws IOException, InterruptedException {
        nextSeconds();
        open();
    }

    private long seconds() {
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

    /** Takes what has arrived for it. */
    void take(Delivery next) throws IOException, InterruptedException {
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
                say(Level.WARN).addKeyValue("bytes", length).log("a line of the watch is no event; it is left out");
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
        onProgress.run();
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
        onProgress.run();
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
        say(Level.DEBUG).setCause(why).log("renewal failed");
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

    /** Events come straight from etcd, without bookmarks: on a quiet cluster their watch says nothing for as long as it lasts. */
    private Duration patience(WatchStream watch) {
        Duration first = parts.timing().firstBookmark();
        if (!watch.isProven()) {
            return first;
        }
        return kind.role() == Role.EVENT ? parts.timing().watchTimeout().multipliedBy(2) : first.multipliedBy(2);
    }

    /** Does what is due: gives up a watch that has fallen silent, renews one that is near its end. */
    void checkDeadlines() throws IOException, InterruptedException {
        WatchStream watch = current;
        if (watch == null) {
            return;
        }
        long patience = patience(watch).toNanos();
        if (watch.silentNanos() > patience) {
            watch.close();
            current = null;
            resume = null;
            throw new IOException("the watch has said nothing for "
                    + Duration.ofNanos(patience).toSeconds() + " s: taking a new list");
        }
        long first = parts.timing().firstBookmark().toNanos();
        if (watch.ageNanos() > first
                && kind.role() != Role.EVENT
                && parts.coverage().awaitsBookmark(kind)) {
            watch.close();
            current = null;
            resume = null;
            throw new IOException("the watch has events but no bookmark: taking a new list");
        }
        WatchStream next = successor;
        if (next != null && next.silentNanos() > first) {
            dropSuccessor(new IOException("the new watch said nothing"));
        }
        long length = TimeUnit.SECONDS.toNanos(watchSeconds);
        long renewAt = Math.max(length - RENEWAL.toNanos(), Math.min(length / 2, YOUNG.toNanos()));
        if (successor == null
                && watch.isProven()
                && watch.ageNanos() > renewAt
                && System.nanoTime() - nextRenewalNanos >= 0) {
            seen.clear();
            successor = new WatchStream(request());
        }
    }

    /** Ends what runs. */
    void close() {
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

    private LoggingEventBuilder say(Level level) {
        return LOG.atLevel(level).addKeyValue("cluster", parts.cluster()).addKeyValue("kind", kind);
    }
}
