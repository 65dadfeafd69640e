package io.tenantpulse.exporter.kube;

import io.tenantpulse.exporter.WatchedKind;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
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

    /** Times that the same position gives what is no event until only a list helps. */
    private static final int GARBLED = 2;

    private final WatchedKind kind;
    private final WatchParts parts;
    private final BlockingQueue<Delivery> mailbox;
    private final Runnable onProgress;
    private final Enquiry enquiry;
    private final WatchTimes times;

    private volatile @Nullable WatchStream current;
    private volatile @Nullable WatchStream successor;
    private @Nullable String resume;
    private long watchSeconds;
    private int quickEnds;
    private int errorCode;
    private int garbledLines;
    private boolean garbled;
    private long nextRenewalNanos = System.nanoTime();

    private final Overlap overlap = new Overlap();

    /** Where the successor stands; null before it has said anything. */
    private @Nullable String successorAt;

    private boolean replaceable;

    /** The old watch ended ahead of its successor. */
    private volatile boolean catchingUp;

    /** @param onProgress is called for every event and bookmark that was read */
    RunningWatch(WatchedKind kind, WatchParts parts, BlockingQueue<Delivery> mailbox, Runnable onProgress) {
        this.kind = kind;
        this.parts = parts;
        this.mailbox = mailbox;
        this.onProgress = onProgress;
        this.enquiry = new Enquiry(kind, parts);
        this.times = new WatchTimes(parts.timing());
    }

    /** Where its reader stands, if all that had arrived has been read and handed over; empty if not. */
    List<WatchStream.ReadTo> readTo() {
        WatchStream watch = current;
        WatchStream next = successor;
        WatchStream.ReadTo first = watch == null ? null : watch.readTo();
        WatchStream.ReadTo second = next == null ? null : next.readTo();
        if (first == null || next != null && second == null || catchingUp) {
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
        watchSeconds = times.seconds();
        return watchSeconds;
    }

    /** Goes on from a list that has been taken. */
    void begin(KindLister.Frame frame) throws IOException, InterruptedException {
        resume = frame.resourceVersion();
        enquiry.news();
        WatchStream watch = frame.watch();
        if (watch == null) {
            open();
            return;
        }
        current = watch;
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
        replaceIfEven();
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

    private void throwError() throws IOException {
        int code = errorCode;
        boolean unreadable = garbled;
        errorCode = 0;
        garbled = false;
        if (code != 0) {
            throw new RefusedException(code, Optional.empty());
        }
        if (unreadable) {
            if (++garbledLines >= GARBLED) {
                garbledLines = 0;
                resume = null;
            }
            throw new IOException("a line of the watch is no event: what it should have told is asked for again");
        }
    }

    private void line(WatchStream watch, byte[] bytes, int length) {
        if (garbled || errorCode != 0) {
            return; // it is read again, from the position before
        }
        WatchLine line = WatchLine.of(bytes, length);
        switch (line.type()) {
            case "BOOKMARK" -> bookmark(watch, line);
            case "ADDED", "MODIFIED", "DELETED" -> event(watch, line, bytes);
            case "ERROR" -> errorCode = line.code() == 0 ? UNKNOWN_ERROR : line.code();
            default -> garbled = true;
        }
    }

    private void bookmark(WatchStream watch, WatchLine line) {
        watch.news(true);
        moved(watch, line.resourceVersion());
        if (watch == successor) {
            replaceable = true;
        } else {
            if (successor == null) {
                overlap.end(); // all that the last two watches had in common has passed
                catchingUp = false;
            }
            parts.coverage().bookmark(kind);
        }
        garbledLines = 0;
        onProgress.run();
    }

    private void event(WatchStream watch, WatchLine line, byte[] bytes) {
        watch.news(true);
        if (overlap.isNew(line, watch == successor || successor == null)) {
            parts.coverage().record(kind, () -> parts.log().object(kind, line.type(), line.object(bytes), null));
        }
        moved(watch, line.resourceVersion());
        catchingUp &= !overlap.isEven();
        garbledLines = 0;
        enquiry.news();
        onProgress.run();
    }

    private void moved(WatchStream watch, @Nullable String to) {
        if (watch == current && to != null) {
            resume = to;
        } else if (watch == successor && to != null) {
            successorAt = to;
        }
    }

    /** The proven successor takes over once it has told all that the old watch has, and nothing of that one waits unread. */
    private void replaceIfEven() {
        WatchStream old = current;
        if (replaceable && old != null && old.isIdle() && overlap.isEven()) {
            old.close();
            promote();
            parts.coverage().bookmark(kind);
        }
    }

    /** What the successor has yet to repeat of the old watch's last events is known until its next bookmark. */
    private void promote() {
        current = successor;
        resume = successorAt == null ? resume : successorAt;
        noSuccessor();
    }

    private void noSuccessor() {
        successor = null;
        successorAt = null;
        replaceable = false;
    }

    private void dropSuccessor(IOException why) {
        WatchStream dropped = successor;
        noSuccessor();
        overlap.end();
        nextRenewalNanos = System.nanoTime() + times.retryNanos();
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
        WatchStream next = successor;
        if (next != null) {
            catchingUp = next.isProven() && !overlap.isEven();
            promote();
            if (!next.isProven()) {
                parts.coverage().lost(kind); // nobody knows yet whether it tells what happens
            }
            return;
        }
        current = null;
        parts.coverage().lost(kind);
        overlap.end();
        catchingUp = false;
        if (failure != null) {
            throw new IOException(KubeLink.reason(failure), failure);
        }
        boolean quick = watch.ageNanos() < QUICK.toNanos();
        quickEnds = quick && !watch.hasSpoken() ? quickEnds + 1 : 0;
        if (quickEnds >= QUICK_ENDS) {
            // Events with a version that is too old end like this, without a 410 (kubernetes#137089).
            quickEnds = 0;
            resume = null;
        }
        if (quick) {
            throw new IOException("the watch ended at once");
        }
    }

    /** Does what is due: asks about a watch that is silent, gives it up when it stays so, renews one that is near its end. */
    void checkDeadlines() throws IOException, InterruptedException {
        WatchStream watch = current;
        if (watch == null) {
            return;
        }
        Duration patience = times.patience(watch.isProven());
        if (watch.silentNanos() > patience.toNanos()) {
            throw listAnew(watch, "the watch has said nothing for " + patience.toSeconds() + " s");
        }
        if (watch.ageNanos() > times.patience(false).toNanos()
                && !Enquiry.isNeededFor(kind)
                && parts.coverage().awaitsBookmark(kind)) {
            throw listAnew(watch, "the watch has events but no bookmark");
        }
        WatchStream next = successor;
        if (next != null
                && next.silentNanos()
                        > times.patience(next.isProven() || Enquiry.isNeededFor(kind))
                                .toNanos()) {
            dropSuccessor(new IOException("the new watch said nothing"));
        }
        if (successor == null
                && watch.isProven()
                && watch.ageNanos() > times.renewAtNanos(watchSeconds)
                && System.nanoTime() - nextRenewalNanos >= 0) {
            overlap.begin();
            successor = new WatchStream(request());
        }
        ask(watch);
    }

    private IOException listAnew(WatchStream watch, String why) {
        watch.close();
        current = null;
        resume = null;
        return new IOException(why + ": taking a new list");
    }

    private void ask(WatchStream watch) throws InterruptedException {
        WatchStream next = successor;
        WatchStream silent = next == null || Enquiry.isNeededFor(kind) ? watch : next;
        if (!enquiry.isDue(silent)) {
            return;
        }
        Optional<Enquiry.Standing> since = enquiry.ask();
        if (since.isPresent()) {
            quiet(watch, next, since.get());
        }
    }

    /** What happened before {@code since} had all the time until now to arrive, so the position may move up to there. */
    private void quiet(WatchStream watch, @Nullable WatchStream next, Enquiry.Standing since) {
        watch.news(true);
        resume = since.resourceVersion();
        if (next == null) {
            overlap.end();
            catchingUp = false;
        } else if (next.openedNanos() - since.askedNanos() < 0) {
            next.news(true);
            watch.close();
            promote();
        }
        parts.coverage().quiet(kind, since.at());
        onProgress.run();
    }

    /** Ends what runs. */
    void close() {
        for (WatchStream stream : new WatchStream[] {current, successor}) {
            if (stream != null) {
                stream.close();
            }
        }
        current = null;
        noSuccessor();
        overlap.end();
        catchingUp = false;
        mailbox.clear(); // what is left there is of streams that are closed
    }

    private LoggingEventBuilder say(Level level) {
        return LOG.atLevel(level).addKeyValue("cluster", parts.cluster()).addKeyValue("kind", kind);
    }
}
