package io.tenantpulse.exporter.kube;

import io.tenantpulse.exporter.WatchedKind;
import io.tenantpulse.v1.KindState;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Keeps one kind of one cluster in the log, on a thread of its own: a frame, then the watch from where the frame ended, for as long as the exporter runs.
 */
final class KindWatch implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(KindWatch.class);
    private static final int GONE = 410;

    /** A list that is useless so soon after it was taken is not taken again at once. */
    private static final Duration SOON = Duration.ofSeconds(30);

    private static final long NOTHING_DUE_MILLIS = 1000;

    private final WatchedKind kind;
    private final WatchParts parts;
    private final BlockingQueue<Delivery> mailbox = new LinkedBlockingQueue<>();
    private final KindLister lister;
    private final RunningWatch watch;
    private final Backoff backoff =
            new Backoff(() -> ThreadLocalRandom.current().nextDouble());
    private final Backoff ofConnection =
            new Backoff(() -> ThreadLocalRandom.current().nextDouble());
    private final Pauses pauses = new Pauses();

    private volatile boolean closed;
    private long nextFrameNanos;
    private boolean framed;
    private long frameNanos;
    private long begunNanos; // when the list or watch that goes on now began

    KindWatch(WatchedKind kind, WatchParts parts) {
        this.kind = kind;
        this.parts = parts;
        this.lister = new KindLister(kind, parts, mailbox);
        this.watch = new RunningWatch(kind, parts, mailbox, this::progress);
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
        watch.close();
    }

    /** Where its reader stands, if all that had arrived has been read and handed over; empty if not. */
    List<WatchStream.ReadTo> readTo() {
        return watch.readTo();
    }

    /** Whether nothing that has arrived waits for us. */
    boolean isIdle() {
        return watch.isIdle();
    }

    WatchedKind kind() {
        return kind;
    }

    /** Ends it; the connection must be closed too, so that nothing is waited for. */
    void close() {
        closed = true;
        pauses.end();
    }

    private void step() throws IOException, InterruptedException {
        parts.discovery().awaitServed(kind);
        parts.link().awaitConnected();
        if (closed) {
            return;
        }
        begunNanos = System.nanoTime();
        if (watch.canResume()) {
            watch.resume();
        } else {
            frame();
        }
        follow();
    }

    private void frame() throws IOException, InterruptedException {
        if (framed) {
            parts.gate().unsettle(kind);
        }
        KindLister.Frame frame;
        try {
            frame = lister.take(watch.nextSeconds());
        } catch (IOException e) {
            parts.meters().kind(kind).listFailed();
            throw e;
        }
        parts.meters().kind(kind).listed(framed);
        parts.meters().kind(kind).progress(parts.clock().instant());
        say(Level.DEBUG).log("listed");
        framed = true;
        frameNanos = System.nanoTime();
        begunNanos = frameNanos;
        nextFrameNanos = System.nanoTime() + memoryFrameIn();
        watch.begin(frame);
    }

    /** Spread over a twentieth of the interval, so that not all kinds repeat themselves at once. */
    private long memoryFrameIn() {
        long interval = parts.timing().memoryFrameInterval().toNanos();
        return interval - ThreadLocalRandom.current().nextLong(Math.max(1, interval / 20));
    }

    /** Reads the watch until it ends; returns if another step is to follow at once. */
    private void follow() throws IOException, InterruptedException {
        while (!closed && watch.isRunning()) {
            Delivery next = mailbox.poll(NOTHING_DUE_MILLIS, TimeUnit.MILLISECONDS);
            parts.coverage().reading(kind);
            if (next != null) {
                watch.take(next);
            }
            watch.checkDeadlines();
            repeatWhenDue();
        }
    }

    /** Once in a while everything that is known is told again, so that any stretch of the log that is kept holds it. */
    private void repeatWhenDue() {
        if (System.nanoTime() - nextFrameNanos > 0 && parts.coverage().state(kind) == KindState.LIVE) {
            parts.log().memoryFrame(kind, parts.skewMillis().getAsLong(), null);
            nextFrameNanos = System.nanoTime() + memoryFrameIn();
        }
    }

    /**
     * What the server itself ends again and again soon after its first event must not be tried again as fast for ever. How often a connection that breaks
     * is built anew is the cluster's business.
     */
    private void progress() {
        ofConnection.reset();
        if (System.nanoTime() - begunNanos > SOON.toNanos()) {
            backoff.reset();
        }
        parts.meters().kind(kind).progress(parts.clock().instant());
    }

    private void refused(RefusedException e) {
        watch.close();
        switch (e.status()) {
            case GONE -> gone(e);
            case 403 -> {
                say(Level.WARN).log("forbidden: grant list and watch as in deploy/rbac/exporter-clusterrole.yaml");
                parts.coverage().forbidden(kind);
                parts.gate().settle(kind);
                watch.forgetPosition();
                pause(parts.timing().deniedRetry());
            }
            case 404 -> notServed();
            default -> failed(e);
        }
    }

    private void gone(RefusedException e) {
        parts.coverage().lost(kind);
        boolean again = framed && System.nanoTime() - frameNanos < SOON.toNanos();
        if (!watch.canResume() || again) {
            watch.forgetPosition();
            failed(e);
            return;
        }
        watch.forgetPosition();
        say(Level.INFO).log("history is gone: listing again");
    }

    private void notServed() {
        watch.forgetPosition();
        parts.coverage().lost(kind);
        parts.gate().settle(kind);
        if (parts.discovery().isAskedFor(kind)) {
            parts.discovery().lacks(kind);
        } else {
            say(Level.INFO).log("not served");
            parts.coverage().absent(kind, parts.skewMillis().getAsLong());
            pause(parts.timing().deniedRetry());
        }
    }

    private void failed(IOException e) {
        watch.close();
        if (closed) {
            return;
        }
        parts.coverage().lost(kind);
        parts.meters().kind(kind).watchFailed();
        Duration asked = e instanceof RefusedException refused ? refused.retryAfter() : Duration.ZERO;
        Duration wait = (isOfConnection(e) ? ofConnection : backoff).next().plus(asked);
        // A lost connection is told once, by the cluster, not by each of its kinds.
        say(parts.link().isConnected() ? Level.INFO : Level.DEBUG)
                .addKeyValue("why", KubeLink.reason(e))
                .addKeyValue("retryInMs", wait.toMillis())
                .log("list or watch failed");
        pause(wait);
    }

    private boolean isOfConnection(IOException e) {
        return !(e instanceof RefusedException)
                && (e.getCause() != null || !parts.link().isConnected());
    }

    private void pause(Duration time) {
        try {
            pauses.pause(time);
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    private LoggingEventBuilder say(Level level) {
        return LOG.atLevel(level).addKeyValue("cluster", parts.cluster()).addKeyValue("kind", kind);
    }
}
