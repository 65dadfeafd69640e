package io.tenantpulse.exporter.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tenantpulse.exporter.ExporterApp;
import io.tenantpulse.exporter.ExporterConfig;
import io.tenantpulse.exporter.ExporterConfig.Timing;
import io.tenantpulse.exporter.WatchedKind;
import io.tenantpulse.testkit.RealApiServer;
import io.tenantpulse.v1.KindState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * An exporter on a real API server whose tenants change all the time, and what must be true of its log whatever happens in between.
 */
final class FaultRig implements AutoCloseable {
    static final String TENANTS = "operator.kubernetes-tenants.org/v1";
    static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int TENANT_COUNT = 4;
    private static final int MANY = 1000;

    final SeenLog log = new SeenLog();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final KubernetesClient client;
    private final ExporterApp app;
    private final List<LogCheck.Written> written = new ArrayList<>();
    private final Thread writer = new Thread(this::write, "writer");
    private final Instant begun;
    private final long begunNanos = System.nanoTime();
    private volatile boolean writing = true;

    /** Starts both. */
    FaultRig(RealApiServer server, ExporterConfig.Cluster cluster, Timing timing) {
        this(server, config(cluster, timing), new ExporterApp.Time(InstantSource.system(), System::nanoTime));
    }

    FaultRig(RealApiServer server, ExporterConfig config, ExporterApp.Time time) {
        client = server.client();
        begun = time.wall().instant();
        app = new ExporterApp(config, log, meters, null, time);
        for (int i = 0; i < TENANT_COUNT; i++) {
            server.tenant("t" + i, 0);
        }
        writer.setDaemon(true);
        writer.start();
        app.start();
    }

    static ExporterConfig config(ExporterConfig.Cluster cluster, Timing timing) {
        return ExporterConfig.of(List.of(cluster), "unused:9092", "http://unused")
                .withHttp(ExporterConfig.Http.OFF)
                .withTiming(timing);
    }

    static ExporterConfig.Cluster cluster(Path kubeconfig) {
        return new ExporterConfig.Cluster("real", null, kubeconfig, false);
    }

    /** All as short as a busy machine allows. A machine that stands still for two seconds makes a gap, and so does a kind that is quiet for twelve. */
    static Timing quick() {
        return timing(Duration.ofSeconds(2), Duration.ofSeconds(6));
    }

    /** For faults that show at once: what only takes long is none. */
    static Timing patient() {
        return timing(Duration.ofSeconds(20), Duration.ofSeconds(6));
    }

    /** For what is no fault at all: nothing is given up, neither for slowness nor for silence. */
    static Timing undisturbed() {
        return timing(Duration.ofSeconds(20), Duration.ofSeconds(90));
    }

    private static Timing timing(Duration probeTimeout, Duration firstBookmark) {
        return new Timing(
                Duration.ofMillis(300),
                probeTimeout,
                firstBookmark,
                Timing.DEFAULT.watchTimeout(),
                Duration.ofSeconds(1),
                Duration.ofSeconds(3),
                Timing.DEFAULT.memoryFrameInterval(),
                Duration.ofSeconds(1));
    }

    /** Makes the tenants change, again and again, until {@link #settle}; while the server is away, in vain. */
    private void write() {
        int ready = 1;
        while (writing) {
            for (int i = 0; i < TENANT_COUNT && writing; i++) {
                set("t" + i, ready);
            }
            ready = ready % MANY + 1;
        }
    }

    private void set(String name, int ready) {
        try {
            GenericKubernetesResource changed = client.genericKubernetesResources(TENANTS, "Tenant")
                    .inNamespace("default")
                    .withName(name)
                    .editStatus(tenant -> {
                        tenant.setAdditionalProperty(
                                "status", Map.of("desiredResources", MANY, "readyResources", ready));
                        return tenant;
                    });
            Instant confirmed = now();
            synchronized (written) {
                written.add(new LogCheck.Written(
                        name, Long.parseLong(changed.getMetadata().getResourceVersion()), confirmed));
            }
            TimeUnit.MILLISECONDS.sleep(20);
        } catch (KubernetesClientException e) {
            pause();
        } catch (InterruptedException e) {
            writing = false;
        }
    }

    /** By the clock that the exporter began with; what is done to that clock later does not touch it. */
    Instant now() {
        return begun.plusNanos(System.nanoTime() - begunNanos);
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException e) {
            writing = false;
        }
    }

    /** Waits until the tenants, proven up to after this call, are live. Returns when that was. */
    Instant awaitLive() {
        return awaitLive(WatchedKind.TENANT);
    }

    Instant awaitLive(WatchedKind kind) {
        Instant asked = now();
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> log.hasWatermarkAfter(asked)
                        && log.lastState(kind).filter(KindState.LIVE::equals).isPresent()
                        // The log is told first: the meter may still say what was before.
                        && metric("kind.live", kind) == 1);
        return asked;
    }

    Instant watermark() {
        return log.lastWatermark().orElseThrow().getWatermark();
    }

    /** Not a number as long as the exporter has not made it. */
    double metric(String name) {
        Gauge gauge = meters.find("tenantpulse.exporter." + name).gauge();
        return gauge == null ? Double.NaN : gauge.value();
    }

    double metric(String name, WatchedKind kind) {
        return meters.get("tenantpulse.exporter." + name)
                .tag("kind", kind.name())
                .gauge()
                .value();
    }

    double count(String name) {
        return meters.get("tenantpulse.exporter." + name).counter().count();
    }

    /** Ends the changes and waits until the log has the last of them. */
    LogCheck settle() throws InterruptedException {
        writing = false;
        writer.join(TimeUnit.SECONDS.toMillis(60));
        TreeMap<String, Integer> there = new TreeMap<>();
        await().atMost(PATIENCE)
                .ignoreException(KubernetesClientException.class)
                .until(() -> {
                    there.clear();
                    client.genericKubernetesResources(TENANTS, "Tenant")
                            .inAnyNamespace()
                            .list()
                            .getItems()
                            .forEach(tenant -> there.put(tenant.getMetadata().getName(), ready(tenant)));
                    return true;
                });
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(new LogCheck(log).state()).isEqualTo(there));
        LogCheck check = new LogCheck(log).isInOrder();
        synchronized (written) {
            return check.isNeverAheadOf(List.copyOf(written));
        }
    }

    private static int ready(GenericKubernetesResource tenant) {
        return tenant.getAdditionalProperties().get("status") instanceof Map<?, ?> status
                        && status.get("readyResources") instanceof Integer ready
                ? ready
                : -1;
    }

    @Override
    public void close() {
        writing = false;
        app.close();
        try {
            writer.join(TimeUnit.SECONDS.toMillis(60));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (int i = 0; i < TENANT_COUNT; i++) {
            client.genericKubernetesResources(TENANTS, "Tenant")
                    .inNamespace("default")
                    .withName("t" + i)
                    .delete();
        }
        client.close();
    }

    /** The connection is given up, and no metric says that tenants are live. */
    void awaitUnreachable() {
        await().atMost(PATIENCE)
                .until(() -> metric("cluster.reachable") == 0 && metric("kind.live", WatchedKind.TENANT) == 0);
    }
}
