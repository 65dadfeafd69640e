package io.tenantpulse.exporter.kube;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tenantpulse.exporter.ClusterLog;
import io.tenantpulse.exporter.ExporterClock;
import io.tenantpulse.exporter.ExporterConfig;
import io.tenantpulse.exporter.MemoryLog;
import io.tenantpulse.exporter.Meters;
import io.tenantpulse.exporter.WatchedKind;
import io.tenantpulse.testkit.RealApiServer;
import io.tenantpulse.v1.MarkType;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A watermark never comes before what had happened by its time, on a machine whose threads get to run when they like. */
@EnabledIf("isAvailable")
@Timeout(600)
class RealWatermarkIT {
    private static final Duration RUN = Duration.ofSeconds(8);

    /** How long it may take until enough has happened to prove something. */
    private static final Duration LONGEST_RUN = Duration.ofSeconds(120);

    private static final int ENOUGH_WRITTEN = 50;
    private static final int ENOUGH_WATERMARKS = 10;
    private static final Duration LONGEST_DELAY = Duration.ofMillis(120);

    @TempDir
    static Path dir;

    private static RealApiServer server;

    private final SeenLog log = new SeenLog();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Random random = new Random(42);
    private final List<LogCheck.Written> written = new CopyOnWriteArrayList<>();
    private volatile boolean writing = true;

    static boolean isAvailable() {
        return RealApiServer.isAvailable();
    }

    @BeforeAll
    static void startServer() throws IOException {
        server = new RealApiServer(dir);
        server.define("tenant-operator.yaml", FaultRig.TENANTS, "tenants", "tenantregistries", "tenanttemplates");
        server.tenant("acme", 0);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    /** Each piece of the HTTP client's work waits before it is done, as on a machine that has no time for it. */
    private Executor starved() {
        return work -> {
            long delay = delayMillis();
            threads.execute(() -> {
                sleep(delay);
                work.run();
            });
        };
    }

    private synchronized long delayMillis() {
        return random.nextInt(4) == 0 ? random.nextInt((int) LONGEST_DELAY.toMillis()) : 0;
    }

    private static void sleep(long millis) {
        try {
            TimeUnit.MILLISECONDS.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void isNeverAheadOfWhatIsInTheLogHoweverLateItsThreadsRun() throws Exception {
        AtomicReference<RuntimeException> fault = new AtomicReference<>();
        ExporterConfig.Cluster cluster = FaultRig.cluster(server.adminKubeconfig());
        KubeAccess access = new KubeAccess(Map.of());
        try (KubeLink link = new KubeLink(() -> access.config(cluster), starved())) {
            ExporterClock clock = new ExporterClock(InstantSource.system(), System::nanoTime, Instant.MIN);
            ClusterLog clusterLog = new ClusterLog("real", log, clock::instant, null);
            clusterLog.claimEpoch(1, "me");
            Meters.OfCluster meters = new Meters(new SimpleMeterRegistry(), 1).cluster("real");
            Discovery discovery = new Discovery(WatchedKind.ALL, System::nanoTime);
            WatchParts parts = new WatchParts(
                    "real",
                    link,
                    clusterLog,
                    new Coverage(clusterLog, clock, Duration.ofSeconds(10), WatchedKind.ALL),
                    new FrameGate(List.of(WatchedKind.TENANT)),
                    discovery,
                    new ListPermits(1, new Semaphore(1)),
                    ExporterConfig.Timing.DEFAULT,
                    500,
                    clock,
                    () -> 0,
                    meters,
                    fault::set);
            link.connect(Duration.ofSeconds(30));
            KindWatch watch = new KindWatch(WatchedKind.TENANT, parts);
            threads.execute(watch);
            Watermarks watermarks = new Watermarks(parts, List.of(watch), new MemoryLog(log), new Skew("real", meters));
            Instant begun = Instant.now();
            threads.execute(this::write);
            while (isToGoOn(begun)) {
                watermarks.advance(discovery);
            }
            writing = false;
            watch.close();
        } finally {
            writing = false;
            threads.shutdownNow();
            assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(fault.get()).isNull();
        assertThat(log.marks(MarkType.WATERMARK)).hasSizeGreaterThan(ENOUGH_WATERMARKS);
        assertThat(written).hasSizeGreaterThan(ENOUGH_WRITTEN);
        new LogCheck(log).isInOrder().isNeverAheadOf(written);
    }

    private boolean isToGoOn(Instant begun) {
        Duration run = Duration.between(begun, Instant.now());
        boolean enough =
                written.size() > ENOUGH_WRITTEN && log.marks(MarkType.WATERMARK).size() > ENOUGH_WATERMARKS;
        return run.compareTo(RUN) < 0 || !enough && run.compareTo(LONGEST_RUN) < 0;
    }

    private void write() {
        try (KubernetesClient client = server.client()) {
            for (int ready = 1; writing; ready++) {
                int now = ready;
                GenericKubernetesResource changed = client.genericKubernetesResources(FaultRig.TENANTS, "Tenant")
                        .inNamespace("default")
                        .withName("acme")
                        .editStatus(tenant -> {
                            tenant.setAdditionalProperty("status", Map.of("readyResources", now));
                            return tenant;
                        });
                written.add(new LogCheck.Written(
                        "acme", Long.parseLong(changed.getMetadata().getResourceVersion()), Instant.now()));
            }
        }
    }
}
