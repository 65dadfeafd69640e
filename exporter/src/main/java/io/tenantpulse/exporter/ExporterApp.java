package io.tenantpulse.exporter;

import io.micrometer.core.instrument.MeterRegistry;
import io.tenantpulse.exporter.kafka.KafkaLog;
import io.tenantpulse.exporter.kube.ClusterWatch;
import io.tenantpulse.exporter.kube.KubeAccess;
import io.tenantpulse.process.HealthServer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An exporter: watches every configured cluster and keeps them in one log. When the log fails it begins anew: a new log, new epochs, new frames.
 *
 * <p>Everything is closed in reverse order, within 25 seconds.
 */
public final class ExporterApp implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ExporterApp.class);
    private static final Duration RESTART_AFTER = Duration.ofSeconds(2);
    private static final long CLOSE_SECONDS = 25;

    private final ExporterConfig config;
    private final LogOpener opener;
    private final Meters meters;
    private final ClusterWatch.Setting setting;
    private final @Nullable HealthServer health;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final CompletableFuture<@Nullable Exception> ended = new CompletableFuture<>();
    private final Thread supervisor;

    private volatile CompletableFuture<Exception> failure = new CompletableFuture<>();
    private volatile List<ClusterWatch> watches = List.of();
    private volatile @Nullable ObservationLog log;

    /** Opens a log; may wait for what it needs, but only while it is wanted. */
    public interface LogOpener {
        ObservationLog open(Consumer<Exception> onFailure, BooleanSupplier wanted) throws InterruptedException;
    }

    /**
     * @param opener of the log to write to; called again after the log has failed
     * @param tap sees what goes into the log, for {@code record}; null: nobody listens
     * @param wall the machine's clock
     */
    public ExporterApp(
            ExporterConfig config, LogOpener opener, MeterRegistry registry, @Nullable Tap tap, InstantSource wall) {
        this(config, opener, registry, tap, new Time(wall, System::nanoTime));
    }

    /**
     * By which time an exporter lives; a demo brings its own.
     *
     * @param wall what the clocks on the wall say
     * @param nanos the monotonic clock, which runs as fast as they do
     */
    public record Time(InstantSource wall, LongSupplier nanos) {}

    private ExporterApp(ExporterConfig config, LogOpener opener, MeterRegistry registry, @Nullable Tap tap, Time time) {
        this.config = config;
        this.opener = opener;
        this.meters = new Meters(registry, config.queueSize());
        this.setting = new ClusterWatch.Setting(
                instance(),
                time.wall(),
                time.nanos(),
                tap,
                meters,
                new KubeAccess(System.getenv()),
                new Semaphore(config.load().totalListConcurrency(), true),
                this::failed);
        this.health = config.http().port() < 0 ? null : new HealthServer(where(config.http()), registry, new Status());
        this.supervisor = new Thread(this::supervise, "exporter");
        meters.queue(() -> {
            ObservationLog present = log;
            return present == null ? 0 : present.queued();
        });
    }

    /** An exporter to the configured Kafka. */
    public static ExporterApp onKafka(
            ExporterConfig config, MeterRegistry registry, @Nullable Tap tap, InstantSource wall) {
        return onKafka(config, registry, tap, new Time(wall, System::nanoTime));
    }

    /** An exporter to the configured Kafka that lives by another time. */
    public static ExporterApp onKafka(ExporterConfig config, MeterRegistry registry, @Nullable Tap tap, Time time) {
        return new ExporterApp(
                config,
                (onFailure, wanted) -> KafkaLog.open(config, time.wall(), onFailure, wanted),
                registry,
                tap,
                time);
    }

    /** An exporter to a sink that never fails and that nobody else writes to, such as a recording or a test's list. */
    public ExporterApp(ExporterConfig config, ObservationSink sink, MeterRegistry registry, @Nullable Tap tap) {
        this(config, sink, registry, tap, new Time(InstantSource.system(), System::nanoTime));
    }

    /** The same, living by another time. */
    public ExporterApp(
            ExporterConfig config, ObservationSink sink, MeterRegistry registry, @Nullable Tap tap, Time time) {
        this(config, (onFailure, wanted) -> new MemoryLog(sink), registry, tap, time);
    }

    /**
     * Begins; returns at once.
     *
     * @throws io.tenantpulse.exporter.kube.KubeAccessException if the configuration of a cluster cannot be used
     */
    public void start() {
        config.clusters().forEach(setting.access()::check);
        if (health != null) {
            health.start();
        }
        supervisor.start();
    }

    /** Where health and metrics are served; -1 if nowhere. */
    public int httpPort() {
        return health == null ? -1 : health.port();
    }

    /**
     * Waits until it has ended.
     *
     * @return null after {@link #close}, else what makes going on impossible
     */
    public @Nullable Exception await() throws InterruptedException {
        try {
            return ended.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        closing.countDown();
        failure.complete(new InterruptedException("closing"));
        try {
            supervisor.join(TimeUnit.SECONDS.toMillis(CLOSE_SECONDS));
            if (supervisor.isAlive()) {
                supervisor.interrupt();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (health != null) {
                health.close();
            }
            ended.complete(null);
        }
    }

    private void failed(Exception why) {
        failure.complete(why);
    }

    private boolean isWanted() {
        return closing.getCount() > 0;
    }

    private void supervise() {
        try {
            while (isWanted()) {
                runOnce();
                if (isWanted()) {
                    meters.logEnded();
                    closing.await(RESTART_AFTER.toMillis(), TimeUnit.MILLISECONDS);
                }
            }
            ended.complete(null);
        } catch (InterruptedException e) {
            ended.complete(null);
        } catch (RuntimeException e) {
            if (isWanted()) {
                LOG.atError().addKeyValue("why", e.getMessage()).log("cannot go on");
            }
            ended.complete(isWanted() ? e : null);
        }
    }

    /** From opening a log to its end. */
    private void runOnce() throws InterruptedException {
        CompletableFuture<Exception> end = new CompletableFuture<>();
        failure = end;
        if (!isWanted()) {
            return;
        }
        ObservationLog opened = opener.open(this::failed, this::isWanted);
        List<ClusterWatch> started = new ArrayList<>();
        try {
            config.clusters().forEach(cluster -> started.add(new ClusterWatch(cluster, config, opened, setting)));
            watches = List.copyOf(started);
            log = opened;
            StartSpread spread = new StartSpread(
                    started.size(), config.load().startSpread(), ThreadLocalRandom.current()::nextDouble);
            for (int i = 0; i < started.size(); i++) {
                started.get(i).start(spread.delay(i));
            }
            Exception why = end.get();
            if (isWanted()) {
                LOG.atError()
                        .addKeyValue("why", String.valueOf(why.getMessage()))
                        .log("the log failed: beginning new epochs");
            }
        } catch (ExecutionException e) {
            throw new AssertionError(e);
        } finally {
            watches = List.of();
            started.parallelStream().forEach(ClusterWatch::close);
            opened.close();
            log = null;
        }
    }

    private static String instance() {
        return ProcessHandle.current().pid() + "-" + UUID.randomUUID();
    }

    /** What health checks ask. */
    private static HealthServer.Where where(ExporterConfig.Http http) {
        return new HealthServer.Where(http.address(), http.port(), http.hosts());
    }

    private final class Status implements HealthServer.Checks {
        @Override
        public boolean isAlive() {
            return supervisor.isAlive() || !ended.isDone();
        }

        /** Whether the log takes observations: an unreachable cluster is a metric, not a reason to be taken for broken. */
        @Override
        public boolean isReady() {
            return log != null && isWanted();
        }

        @Override
        public List<String> parts() {
            List<String> lines = new ArrayList<>();
            List<ClusterWatch> present = watches;
            for (int i = 0; i < present.size(); i++) {
                lines.add(config.clusters().get(i).name() + " "
                        + (present.get(i).isConnected() ? "connected" : "unreachable"));
            }
            return lines;
        }

        @Override
        public String effectiveConfig() {
            return config.toString();
        }
    }
}
