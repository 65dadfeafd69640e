package io.tenantpulse.exporter.kube;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tenantpulse.exporter.ExporterApp;
import io.tenantpulse.exporter.ExporterConfig;
import io.tenantpulse.exporter.ObservationSink;
import io.tenantpulse.exporter.WatchedKind;
import io.tenantpulse.testkit.RealApiServer;
import io.tenantpulse.v1.KindState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** An exporter of one real API server, and all that it has written. */
final class RealExporter implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(90);

    private final SeenLog log = new SeenLog();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ExporterApp app;

    /** @param before sees each batch before the log has it, and may hold it up */
    RealExporter(Path kubeconfig, ExporterConfig.Timing timing, int pageSize, ObservationSink before) {
        ExporterConfig.Cluster cluster = new ExporterConfig.Cluster("real", null, kubeconfig, false);
        ExporterConfig config = new ExporterConfig(
                List.of(cluster),
                timing,
                ExporterConfig.Http.OFF,
                10_000,
                new ExporterConfig.Load(4, 4, Duration.ZERO),
                pageSize,
                false,
                "unused",
                1,
                (short) 1,
                Map.of(),
                Map.of(),
                Map.of());
        app = new ExporterApp(
                config,
                batch -> {
                    before.accept(batch);
                    log.accept(batch);
                },
                meters,
                null);
        app.start();
    }

    RealExporter(Path kubeconfig, ExporterConfig.Timing timing) {
        this(kubeconfig, timing, 500, batch -> {});
    }

    /** Quick probes and looks at what is served, the rest as in production. */
    static ExporterConfig.Timing quick() {
        return quick(ExporterConfig.Timing.DEFAULT.firstBookmark(), ExporterConfig.Timing.DEFAULT.watchTimeout());
    }

    static ExporterConfig.Timing quick(Duration firstBookmark, Duration watchTimeout) {
        return new ExporterConfig.Timing(
                Duration.ofMillis(500),
                Duration.ofSeconds(10),
                firstBookmark,
                watchTimeout,
                Duration.ofMillis(500),
                Duration.ofSeconds(2),
                ExporterConfig.Timing.DEFAULT.memoryFrameInterval(),
                Duration.ofSeconds(1));
    }

    /** Gives the user {@code exporter} the rights that are shipped. */
    static void grant(RealApiServer server) throws IOException {
        server.grantToExporter(Files.readString(Path.of("../deploy/rbac/exporter-clusterrole.yaml")));
    }

    SeenLog log() {
        return log;
    }

    /** Objects of the kind that the exporter remembers. */
    double remembered(WatchedKind kind) {
        return meters.get("tenantpulse.exporter.objects")
                .tag("kind", kind.name())
                .gauge()
                .value();
    }

    void awaitLive(WatchedKind... kinds) {
        for (WatchedKind kind : kinds) {
            awaitState(kind, KindState.LIVE);
        }
    }

    void awaitState(WatchedKind kind, KindState state) {
        await(kind + " is " + state)
                .atMost(PATIENCE)
                .until(() -> log.lastState(kind).filter(state::equals).isPresent());
    }

    @Override
    public void close() {
        app.close();
    }
}
