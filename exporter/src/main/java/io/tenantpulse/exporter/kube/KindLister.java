package io.tenantpulse.exporter.kube;

import io.tenantpulse.exporter.WatchedKind;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the frames of one kind: as a streaming list, which goes over into the watch that follows and so is proven live at its end, or, where the API
 * server does not serve that, page by page.
 */
final class KindLister {
    private static final Logger LOG = LoggerFactory.getLogger(KindLister.class);
    private static final int UNKNOWN_ERROR = 500;
    private static final Duration PAGE_TIMEOUT = Duration.ofSeconds(60);
    private static final Duration WHOLE_PAGE_TIMEOUT = Duration.ofMinutes(5);
    static final Map<String, String> JSON = Map.of("Accept", "application/json");

    private final WatchedKind kind;
    private final WatchParts parts;
    private final BlockingQueue<Delivery> mailbox;
    private boolean streaming = true;
    private int pageSize;

    KindLister(WatchedKind kind, WatchParts parts, BlockingQueue<Delivery> mailbox) {
        this.kind = kind;
        this.parts = parts;
        this.mailbox = mailbox;
        this.pageSize = parts.pageSize();
    }

    /**
     * A completed frame.
     *
     * @param resourceVersion from which the watch goes on
     * @param watch that has already begun, after a streaming list
     * @param rest lines of that watch that arrived together with the list's end
     */
    record Frame(String resourceVersion, @Nullable WatchStream watch, List<byte[]> rest) {}

    /** Takes one frame; if that fails, the frame stays open and the next one takes its place: nothing is swept. */
    Frame take(long watchSeconds) throws IOException, InterruptedException {
        parts.gate().awaitEarlier(kind);
        Frame frame;
        parts.lists().acquire(parts.link());
        try {
            frame = streaming ? stream(watchSeconds) : null;
            if (frame == null) {
                streaming = false;
                frame = new Frame(pages(), null, List.of());
            }
        } finally {
            parts.lists().release();
        }
        parts.gate().awaitEarlier(kind);
        parts.coverage().frameEnds(kind, frame.watch() != null);
        parts.gate().settle(kind);
        return frame;
    }

    static String path(WatchedKind kind) {
        return (kind.group().isEmpty() ? "/api/" : "/apis/") + kind.apiVersion() + '/' + kind.plural();
    }

    /** Null if the server does not know streaming lists. */
    private @Nullable Frame stream(long watchSeconds) throws IOException, InterruptedException {
        String path = path(kind) + "?watch=true&allowWatchBookmarks=true&sendInitialEvents=true"
                + "&resourceVersionMatch=NotOlderThan&timeoutSeconds=" + watchSeconds;
        Duration silence = parts.timing().firstBookmark();
        WatchStream watch = new WatchStream(parts.link().open(path, JSON, mailbox, silence));
        boolean done = false;
        try {
            Initial initial = new Initial(watch);
            while (initial.end == null) {
                Delivery next = mailbox.poll(silence.toMillis(), TimeUnit.MILLISECONDS);
                if (next == null || watch.silentNanos() > silence.toNanos()) {
                    streaming = false; // it may be one that ignores what it does not know
                    throw new IOException("a streaming list said nothing for " + silence.toSeconds() + " s");
                }
                if (watch.isOf(next.from()) && !initial.take(next)) {
                    return null;
                }
            }
            done = true;
            return new Frame(initial.end, watch, initial.rest);
        } finally {
            if (!done) {
                watch.close();
            }
        }
    }

    /** The part of a streaming list up to the bookmark that closes it. */
    private final class Initial {
        private final WatchStream watch;
        private final List<byte[]> rest = new ArrayList<>();
        private @Nullable String end;
        private boolean unknown;
        private int errorCode;

        Initial(WatchStream watch) {
            this.watch = watch;
        }

        /** Returns false if the server does not serve streaming lists. */
        boolean take(Delivery next) throws IOException, InterruptedException {
            if (next.signal() instanceof Delivery.Answered head) {
                if (head.status() == 400 || head.status() == 422 || head.status() == 501) {
                    return false;
                }
                if (head.status() != 200) {
                    throw new RefusedException(head.status(), head.retryAfter());
                }
                parts.coverage().frameBegins(kind, parts.skewMillis().getAsLong());
            } else if (next.signal() instanceof Delivery.Bytes bytes) {
                watch.feed(bytes, this::line);
                if (errorCode != 0) {
                    throw new RefusedException(errorCode, Optional.empty());
                }
            } else if (next.signal() instanceof Delivery.Ended ended) {
                throw new IOException(KubeLink.reason(ended.failure()), ended.failure());
            }
            if (!unknown) {
                next.from().more();
            }
            return !unknown;
        }

        private void line(byte[] bytes, int length, boolean cut) {
            if (end != null) {
                rest.add(Arrays.copyOf(bytes, length)); // belongs after the frame
                return;
            }
            WatchLine line = WatchLine.of(bytes, length);
            watch.news(line.initialEventsEnd());
            switch (line.type()) {
                case "ADDED", "MODIFIED", "DELETED" -> parts.log().object(kind, line.type(), line.object(bytes), null);
                case "BOOKMARK" -> {
                    if (line.initialEventsEnd() && line.resourceVersion() != null) {
                        end = line.resourceVersion();
                    } else {
                        unknown = true; // an ordinary watch, which ignores sendInitialEvents
                    }
                }
                case "ERROR" -> errorCode = line.code() == 0 ? UNKNOWN_ERROR : line.code();
                default -> unknown = true;
            }
        }
    }

    private String pages() throws IOException, InterruptedException {
        String version = null;
        String next = null;
        do {
            String path = path(kind) + "?limit=" + pageSize
                    + (next == null ? "" : "&continue=" + URLEncoder.encode(next, StandardCharsets.UTF_8));
            KubeLink.Answer answer;
            try {
                answer = parts.link().fetch(path, JSON, PAGE_TIMEOUT, WHOLE_PAGE_TIMEOUT);
            } catch (KubeLink.BodyTooLargeException e) {
                pageSize = Math.max(1, pageSize / 2);
                throw e;
            }
            if (!answer.ok()) {
                // A token that expired comes with 410: the rest would be of another time, so the whole list begins
                // anew.
                throw new RefusedException(answer.status(), answer.retryAfter());
            }
            if (next == null) {
                parts.coverage().frameBegins(kind, parts.skewMillis().getAsLong());
            }
            ListPage page = ListPage.read(
                    answer.body(),
                    answer.length(),
                    (bytes, offset, length) -> parts.log().object(kind, "ADDED", bytes, offset, length, null));
            version = version == null ? page.resourceVersion() : version; // the same on every page; if not, the oldest
            next = page.next();
        } while (next != null);
        if (version == null) {
            throw new IOException("the list of " + kind + " has no resourceVersion");
        }
        LOG.atDebug()
                .addKeyValue("cluster", parts.cluster())
                .addKeyValue("kind", kind)
                .log("listed page by page");
        return version;
    }
}
