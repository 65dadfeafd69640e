package io.tenantpulse.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tenantpulse.exporter.ExporterApp;
import io.tenantpulse.testkit.RealApiServer;
import io.tenantpulse.testkit.TcpProxy;
import io.tenantpulse.testkit.TcpProxy.Direction;
import io.tenantpulse.topology.StreamsApp;
import io.tenantpulse.v1.AlertTransition;
import io.tenantpulse.v1.TenantObserved;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What nobody saw makes no alert: from a real API server, over a connection that loses its packets, to the detector's decisions. */
@EnabledIf("isAvailable")
@Timeout(900)
class RealBlindIT {
    private static final String UNKNOWN = "TenantStatusUnknown";

    @TempDir
    static Path shared;

    private static RealApiServer server;
    private static RealTenants tenants;
    private static EmbeddedRegistry registry;

    @TempDir
    Path dir;

    static boolean isAvailable() {
        return RealApiServer.isAvailable();
    }

    @BeforeAll
    static void startServers() throws IOException {
        server = new RealApiServer(shared);
        tenants = new RealTenants(server);
        server.define(
                "tenant-operator.yaml",
                "operator.kubernetes-tenants.org/v1",
                "tenants",
                "tenantregistries",
                "tenanttemplates");
        registry = new EmbeddedRegistry(shared, 0);
    }

    @AfterAll
    static void stopServers() {
        registry.close();
        server.close();
    }

    /** Half-open: two tenants are sick when the packets stop; one recovers unseen, and the other is sick for longer than its rule holds. */
    @Test
    void noAlertFiresOnWhatWasNotSeen() throws Exception {
        server.tenant("mended", 1);
        server.tenant("sick", 1);
        try (RealPipeline pipeline = new RealPipeline("blind", dir, SharedBroker.bootstrapServers(), registry.url());
                TcpProxy proxy = new TcpProxy(server.port());
                StreamsApp detector = pipeline.startDetector();
                ExporterApp exporter = ExporterApp.onKafka(
                        pipeline.exporter(server.adminKubeconfigVia(proxy.port())),
                        new SimpleMeterRegistry(),
                        null,
                        InstantSource.system())) {
            exporter.start();
            pipeline.awaitLast("sick", "TenantResourcesMismatch", "firing");
            unknown("mended");
            unknown("sick");
            await("both are seen to be unknown")
                    .atMost(RealPipeline.PATIENCE)
                    .until(() -> isSeenUnknown(pipeline, "mended") && isSeenUnknown(pipeline, "sick"));
            Instant lost = Instant.now();
            proxy.hold(Direction.TO_SERVER, Direction.TO_CLIENT);
            tenants.status("mended", "{\"desiredResources\": 3, \"readyResources\": 3}");
            TimeUnit.SECONDS.sleep(RealPipeline.UNKNOWN_HOLD
                    .plus(RealPipeline.PROBE_TIMEOUT)
                    .toSeconds()); // no event is due: nothing must happen
            pipeline.awaitProcessed();
            assertThat(pipeline.alerts()).noneMatch(each -> each.getAlert().equals(UNKNOWN));

            proxy.cut();
            proxy.flow();
            proxy.mend();
            pipeline.awaitLast("sick", UNKNOWN, "firing");
            pipeline.awaitLast("mended", "TenantResourcesMismatch", "resolved");
            pipeline.awaitProcessed();

            assertThat(pipeline.alerts())
                    .noneMatch(each ->
                            "mended".equals(each.getTenant()) && each.getAlert().equals(UNKNOWN));
            AlertTransition late = pipeline.alerts().stream()
                    .filter(each -> each.getAlert().equals(UNKNOWN))
                    .findFirst()
                    .orElseThrow();
            assertThat(late.getSince()).isBefore(lost);
            assertThat(late.getAt())
                    .isEqualTo(late.getSince().plus(RealPipeline.UNKNOWN_HOLD).plusMillis(late.getFrozenMillis()));
            assertThat(detector.isAlive()).isTrue();
        }
    }

    private static void unknown(String tenant) {
        tenants.status(tenant, """
                {"desiredResources": 3, "readyResources": 1, "conditions": [
                  {"type": "Ready", "status": "Unknown", "reason": "Reconciling", "lastTransitionTime": "2026-01-01T00:00:00Z"}]}""");
    }

    private static boolean isSeenUnknown(RealPipeline pipeline, String tenant) {
        return pipeline.log().stream()
                .anyMatch(each -> each.value() instanceof TenantObserved seen
                        && seen.getName().equals(tenant)
                        && seen.toString().contains("Unknown"));
    }
}
