package io.tenantpulse.exporter.kube;

import io.tenantpulse.exporter.ClusterLog;
import io.tenantpulse.exporter.ExporterClock;
import io.tenantpulse.exporter.ExporterConfig;
import io.tenantpulse.exporter.Meters;
import io.tenantpulse.exporter.ObservationLog;
import io.tenantpulse.exporter.Tap;
import io.tenantpulse.exporter.WatchedKind;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one cluster in the log: claims its epoch, takes the frames, follows the watches, and proves with probes up to which time everything is there.
 *
 * <p>One thread connects, probes and writes watermarks; each kind has one of its own. A cluster that cannot be reached is tried for ever.
 */
public final class ClusterWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ClusterWatch.class);
    private static final String CLUSTER = "cluster";
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final ExporterConfig.Cluster cluster;
    private final ExporterConfig config;
    private final ObservationLog log;
    private final Setting setting;
    private final Meters.OfCluster meters;
    private final KubeLink link;
    private final Backoff backoff =
            new Backoff(() -> ThreadLocalRandom.current().nextDouble());
    private final Discovery discovery;
    private final FrameGate gate = new FrameGate(WatchedKind.ALL);
    private final Skew skew;
    private final List<KindWatch> watches = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final Pauses pauses = new Pauses();

    private volatile boolean closed;
    private @Nullable Watermarks watermarks;
    private long nextDiscoveryNanos;

    /**
     * What every cluster of a process shares.
     *
     * @param instance name of this process, in EPOCH marks
     * @param wall the machine's clock
     * @param nanos the monotonic clock that goes with it
     * @param tap sees what goes into the log; null: nobody listens
     * @param lists permits for lists of all clusters together
     * @param onFailure the log failed, or the watch ended by a fault of ours; called once, on the cluster's thread
     */
    public record Setting(
            String instance,
            InstantSource wall,
            LongSupplier nanos,
            @Nullable Tap tap,
            Meters meters,
            KubeAccess access,
            Semaphore lists,
            Consumer<Exception> onFailure) {}

    public ClusterWatch(ExporterConfig.Cluster cluster, ExporterConfig config, ObservationLog log, Setting setting) {
        this.cluster = cluster;
        this.config = config;
        this.log = log;
        this.setting = setting;
        this.meters = setting.meters().cluster(cluster.name());
        this.link = new KubeLink(() -> setting.access().config(cluster));
        this.discovery = new Discovery(WatchedKind.ALL, setting.nanos());
        this.skew = new Skew(cluster.name(), meters);
    }

    /** Begins after a while; returns at once. */
    public void start(Duration after) {
        spawn("watch-" + cluster.name(), () -> run(after));
    }

    /** Whether there is a connection to the API server. */
    public boolean isConnected() {
        return link.isConnected();
    }

    @Override
    public void close() {
        stop();
        long deadline = System.nanoTime() + CLOSE_TIMEOUT.toNanos();
        List<Thread> started;
        synchronized (threads) {
            started = List.copyOf(threads);
        }
        for (Thread thread : started) {
            try {
                long left = Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime()));
                if (thread != Thread.currentThread()) {
                    thread.join(left);
                    if (thread.isAlive()) {
                        thread.interrupt(); // it waits for a queue that nobody empties any more
                    }
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void stop() {
        closed = true;
        synchronized (watches) {
            watches.forEach(KindWatch::close);
        }
        link.close();
        gate.close();
        discovery.close();
        pauses.end();
    }

    private void spawn(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        // An Error must not silence a kind: what is left of the cluster begins anew.
        thread.setUncaughtExceptionHandler(
                (dead, why) -> fail(new IllegalStateException("thread " + dead.getName() + " ended by an error", why)));
        synchronized (threads) {
            threads.add(thread);
        }
        thread.start();
    }

    private void run(Duration after) {
        try {
            pauses.pause(after);
            while (!closed) {
                if (connect()) {
                    begin();
                    if (!stayConnected()) {
                        pauses.pause(backoff.next());
                    }
                }
                meters.reachable(false);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    /** The log ended, or a fault of ours: either way only a new epoch makes the cluster whole. */
    private void fail(RuntimeException e) {
        if (!closed) {
            LOG.atError().addKeyValue(CLUSTER, cluster.name()).setCause(e).log("the cluster's epoch ends");
            stop();
            setting.onFailure().accept(e);
        }
    }

    /** Returns whether it worked; waits a little if not. */
    private boolean connect() throws InterruptedException {
        String why;
        try {
            Instant sent = now();
            KubeLink.Answer version = link.connect(CONNECT_TIMEOUT);
            version.date().ifPresent(date -> skew.measure(date, sent, now()));
            if (version.status() == 401) {
                why = "the API server does not know our credentials (401): renew the token or certificate of its user";
            } else if (watermarks == null && skew.isTooLarge() && !config.allowClockSkew()) {
                link.drop("the clocks differ");
                why = "its clock differs from ours by " + skew.millis() / 1000
                        + " s: set both clocks by NTP, or start with allow-clock-skew";
            } else {
                discover();
                LOG.atInfo()
                        .addKeyValue(CLUSTER, cluster.name())
                        .addKeyValue("server", link.server())
                        .addKeyValue("http2", link.isMultiplexed())
                        .log("connected");
                meters.reachable(true);
                return true;
            }
        } catch (IOException | KubeAccessException e) {
            why = KubeLink.reason(e);
        }
        Duration wait = backoff.next();
        LOG.atWarn()
                .addKeyValue(CLUSTER, cluster.name())
                .addKeyValue("why", why)
                .addKeyValue("retryInMs", wait.toMillis())
                .log(
                        "cluster cannot be reached: check that its API server runs and that the kubeconfig is right; others go on");
        pauses.pause(wait);
        return false;
    }

    private Instant now() {
        Watermarks begun = watermarks;
        return begun == null ? setting.wall().instant() : begun.now();
    }

    /** The first time: claims the epoch and starts the kinds. */
    private void begin() throws InterruptedException {
        if (watermarks != null) {
            return;
        }
        ObservationLog.Before before = log.before(cluster.name());
        Instant floor = before.lastWatermark().equals(Instant.MIN)
                ? Instant.MIN
                : before.lastWatermark().plusMillis(1);
        ExporterClock clock = new ExporterClock(setting.wall(), setting.nanos(), floor);
        // The first frames begin before the first probe measures against this clock, which the log may have set ahead.
        skew.oursMoved(Duration.between(setting.wall().instant(), clock.instant()));
        ClusterLog clusterLog = new ClusterLog(cluster.name(), log, clock::instant, setting.tap());
        claim(clusterLog, before.highestEpoch());
        meters.stats(clusterLog::stats);
        Coverage coverage = new Coverage(clusterLog, clock, config.timing().probeTimeout(), WatchedKind.ALL);
        WatchParts parts = new WatchParts(
                cluster.name(),
                link,
                clusterLog,
                coverage,
                gate,
                discovery,
                new ListPermits(config.load().listConcurrency(), setting.lists()),
                config.timing(),
                config.pageSize(),
                clock,
                skew::millis,
                meters,
                this::fail);
        synchronized (watches) {
            WatchedKind.ALL.forEach(kind -> watches.add(new KindWatch(kind, parts)));
        }
        watermarks = new Watermarks(parts, watches, log, skew);
        settleAbsent();
        watches.forEach(watch -> spawn("watch-" + cluster.name() + "-" + watch.kind(), watch));
    }

    private void claim(ClusterLog clusterLog, long highest) throws InterruptedException {
        long epoch = Math.max(highest + 1, setting.wall().instant().toEpochMilli());
        ObservationLog.Claim claim;
        while (true) {
            clusterLog.claimEpoch(epoch, setting.instance());
            claim = log.settle(cluster.name(), epoch, setting.instance());
            if (claim.won()) {
                break;
            }
            epoch = Math.max(claim.highest() + 1, setting.wall().instant().toEpochMilli());
        }
        long won = epoch;
        LOG.atInfo()
                .addKeyValue(CLUSTER, cluster.name())
                .addKeyValue("epoch", won)
                .log("epoch claimed");
        meters.epoch(won);
        log.onSuperseded(cluster.name(), won, higher -> {
            LOG.atError()
                    .addKeyValue(CLUSTER, cluster.name())
                    .addKeyValue("epoch", won)
                    .addKeyValue("higher", higher)
                    .log(
                            "another exporter has claimed this cluster, or it was removed, so this one stops: run only one for each cluster");
            meters.superseded();
            stop();
        });
    }

    /** Returns, when the connection is lost, whether it had ever worked. */
    private boolean stayConnected() throws InterruptedException {
        Watermarks marks = java.util.Objects.requireNonNull(watermarks);
        boolean worked = false;
        while (!closed) {
            long begun = System.nanoTime();
            try {
                if (begun - nextDiscoveryNanos >= 0) {
                    discover();
                }
                settleAbsent();
                marks.advance(discovery);
                worked = true;
                backoff.reset();
            } catch (IOException e) {
                LOG.atWarn()
                        .addKeyValue(CLUSTER, cluster.name())
                        .addKeyValue("why", KubeLink.reason(e))
                        .log("the connection is given up: every kind is blind until it is back");
                link.drop(KubeLink.reason(e));
                meters.blind();
                return worked;
            }
            long left = config.timing().probeInterval().toNanos() - (System.nanoTime() - begun);
            pauses.pause(Duration.ofNanos(Math.max(0, left)));
        }
        return worked;
    }

    private void discover() throws IOException, InterruptedException {
        nextDiscoveryNanos =
                System.nanoTime() + config.timing().discoveryInterval().toNanos();
        discovery.poll(link, CONNECT_TIMEOUT);
    }

    /** Nobody waits for the frame of a kind that is not served; when it has been so for a while, it is said. */
    private void settleAbsent() {
        WatchedKind.ALL.stream().filter(kind -> !discovery.isServed(kind)).forEach(gate::settle);
        Watermarks marks = watermarks;
        if (marks != null) {
            WatchedKind.ALL.forEach(kind -> marks.served(kind, discovery.isServed(kind)));
            discovery.absent(config.timing().absenceGrace()).forEach(marks::absent);
        }
    }
}
