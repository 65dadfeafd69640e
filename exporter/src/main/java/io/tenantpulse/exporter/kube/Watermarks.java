package io.tenantpulse.exporter.kube;

import io.tenantpulse.exporter.ObservationLog;
import io.tenantpulse.exporter.Role;
import io.tenantpulse.exporter.WatchedKind;
import io.tenantpulse.v1.KindState;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Proves up to which time everything of a cluster is in the log, and writes it down.
 *
 * <p>A probe reads through the API server's store, on the connection that carries all watches. When it is answered, all that happened before it was sent
 * has arrived before its answer, or does so within the time that a server takes to send an event to its watchers; when every reader has then once read all
 * that had arrived, and what they wrote is acknowledged, the time at which the probe was sent is a watermark. Used by the cluster's thread alone.
 */
final class Watermarks {
    private static final Logger LOG = LoggerFactory.getLogger(Watermarks.class);
    private static final String CLUSTER = "cluster";

    /**
     * An API server sends its watchers an event a little after the read that already shows it. That is allowed for as long as the probe took, and at
     * least for this: a server that is slow to answer is as slow to send events.
     */
    private static final Duration DISPATCH = Duration.ofMillis(20);

    private static final Duration LONGEST_DISPATCH = Duration.ofSeconds(1);

    private static final long POLL_MILLIS = 1;

    private final WatchParts parts;
    private final List<KindWatch> watches;
    private final ObservationLog log;
    private final Skew skew;
    private Instant last = Instant.MIN;
    private long lastNanos = System.nanoTime(); // when last everything was proven to be read and written out

    Watermarks(WatchParts parts, List<KindWatch> watches, ObservationLog log, Skew skew) {
        this.parts = parts;
        this.watches = watches;
        this.log = log;
        this.skew = skew;
    }

    Instant now() {
        return parts.clock().instant();
    }

    void served(WatchedKind kind, boolean isServed) {
        parts.coverage().served(kind, isServed);
    }

    void absent(WatchedKind kind) {
        parts.coverage().absent(kind, skew.millis());
    }

    /**
     * Probes once and writes a watermark if it can be proven.
     *
     * @throws IOException if the connection is dead
     */
    void advance(Discovery discovery) throws IOException, InterruptedException {
        Instant sent = now();
        long begun = System.nanoTime();
        if (!probe(discovery, sent)) {
            return;
        }
        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        parts.meters().probe(took);
        long deadline = begun + parts.timing().probeTimeout().toNanos();
        TimeUnit.NANOSECONDS.sleep(dispatch(took).toNanos());
        boolean multiplexed = parts.link().isMultiplexed();
        Instant time = multiplexed ? sent : parts.coverage().earliestBookmark();
        awaitReaders(time, deadline);
        if (!time.isAfter(last) || !awaitWritten(deadline)) {
            return;
        }
        write(time, multiplexed);
    }

    /** Returns whether a watermark can rest on it. */
    private boolean probe(Discovery discovery, Instant sent) throws IOException, InterruptedException {
        KubeLink.Answer answer;
        try {
            answer = read(discovery);
        } catch (IOException e) {
            parts.meters().probeFailed();
            if (watches.stream().allMatch(KindWatch::isIdle)) {
                throw e;
            }
            // Streams that we ourselves leave unread can hold up the probe's answer: that proves nothing about the
            // server.
            LOG.atWarn()
                    .addKeyValue(CLUSTER, parts.cluster())
                    .log("no answer to a probe while our own readers are busy");
            return false;
        }
        answer.date().ifPresent(date -> skew.measure(date, sent, now()));
        if (answer.status() == 401) {
            parts.meters().probeFailed();
            throw new IOException("the API server does not know our credentials any more (401)");
        }
        if (!answer.ok()) {
            parts.meters().probeFailed();
        }
        return answer.ok();
    }

    static Duration dispatch(Duration probe) {
        Duration slow = probe.compareTo(LONGEST_DISPATCH) > 0 ? LONGEST_DISPATCH : probe;
        return slow.compareTo(DISPATCH) < 0 ? DISPATCH : slow;
    }

    private KubeLink.Answer read(Discovery discovery) throws IOException, InterruptedException {
        List<String> paths = WatchedKind.ALL.stream()
                .filter(kind -> kind.role() == Role.TENANT && discovery.isServed(kind))
                .filter(kind -> parts.coverage().state(kind) != KindState.FORBIDDEN)
                .map(kind -> KindLister.path(kind) + "?limit=1")
                .toList();
        KubeLink.Answer answer = null;
        for (String path : paths.isEmpty() ? List.of("/version") : paths) {
            answer = parts.link()
                    .fetch(path, Enquiry.METADATA_ONLY, parts.timing().probeTimeout());
            if (answer.status() != 403) {
                break; // one that we may no longer read must not keep the others from being proven
            }
        }
        return java.util.Objects.requireNonNull(answer);
    }

    /** What came before the probe's answer is in the log of every covered kind, or that kind turns blind. */
    private void awaitReaders(Instant time, long deadline) throws IOException, InterruptedException {
        List<WatchedKind> covered = parts.coverage().liveSince(time);
        List<KindWatch> behind = new ArrayList<>(watches);
        while (true) {
            dropProven(behind, deadline);
            if (behind.stream().noneMatch(watch -> covered.contains(watch.kind()))
                    || System.nanoTime() - deadline >= 0) {
                break;
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        for (KindWatch watch : watches) {
            if (!behind.contains(watch)) {
                parts.coverage().caughtUp(watch.kind());
            } else if (covered.contains(watch.kind())) {
                LOG.atWarn()
                        .addKeyValue(CLUSTER, parts.cluster())
                        .addKeyValue("kind", watch.kind())
                        .log("its reader does not keep up: it is blind until it has caught up");
                parts.coverage().lagging(watch.kind());
            }
        }
    }

    /**
     * Takes out the readers that have consumed everything. One that waits for more proves nothing by itself: what has arrived may still be on its way
     * to it. But if it stands where it stood when all the connection's work of that instant has ended, nothing was.
     */
    private void dropProven(List<KindWatch> behind, long deadline) throws IOException, InterruptedException {
        Callbacks callbacks = parts.link().callbacks();
        Map<KindWatch, List<WatchStream.ReadTo>> stood = new HashMap<>();
        behind.forEach(watch -> stood.put(watch, watch.readTo()));
        Set<Object> begun = callbacks.unfinished();
        while (!callbacks.haveEnded(begun)) {
            if (System.nanoTime() - deadline >= 0) {
                return;
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        behind.removeIf(watch -> {
            List<WatchStream.ReadTo> before = java.util.Objects.requireNonNull(stood.get(watch));
            return !before.isEmpty() && before.equals(watch.readTo());
        });
    }

    private boolean awaitWritten(long deadline) throws InterruptedException {
        long taken = log.taken(parts.cluster());
        while (log.acknowledged(parts.cluster()) < taken) {
            if (System.nanoTime() - deadline >= 0) {
                LOG.atWarn()
                        .addKeyValue(CLUSTER, parts.cluster())
                        .addKeyValue("waiting", log.queued())
                        .log("the log does not acknowledge what was written: no watermark until it does");
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        return true;
    }

    private void write(Instant time, boolean multiplexed) {
        long patience = parts.timing()
                .probeInterval()
                .plus(parts.timing().probeTimeout())
                .multipliedBy(2)
                .toNanos();
        if (multiplexed && !last.equals(Instant.MIN) && System.nanoTime() - lastNanos > patience) {
            parts.coverage().stalled();
            lastNanos = System.nanoTime(); // the next probe is sent after the gap, and covers the kinds again
            return;
        }
        lastNanos = System.nanoTime();
        if (parts.coverage().watermark(time, multiplexed)) {
            last = time;
            parts.meters().watermark(time, now());
            List<WatchedKind> live = parts.coverage().liveSince(time);
            WatchedKind.ALL.forEach(kind -> parts.meters().kind(kind).live(live.contains(kind)));
        } else {
            parts.meters().blind();
        }
    }
}
