package io.tenantpulse.exporter.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tenantpulse.exporter.WatchedKind;
import io.tenantpulse.testkit.RealApiServer;
import io.tenantpulse.testkit.TcpProxy;
import io.tenantpulse.v1.Change;
import io.tenantpulse.v1.ClusterMark;
import io.tenantpulse.v1.MarkType;
import io.tenantpulse.v1.TenantObserved;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What the exporter could not watch, on a real API server that soon forgets its history: the truth is in the log afterwards, and only what must be is listed. */
@EnabledIf("isAvailable")
@Timeout(600)
class RealResumeIT {
    private static final String TENANTS = "operator.kubernetes-tenants.org/v1";

    @TempDir
    static Path dir;

    private static RealApiServer server;

    static boolean isAvailable() {
        return RealApiServer.isAvailable();
    }

    @BeforeAll
    static void startServer() throws IOException {
        server = new RealApiServer(dir, "--etcd-compaction-interval=2s");
        server.define("tenant-operator.yaml", TENANTS, "tenants", "tenantregistries", "tenanttemplates");
        server.tenant("acme", 3);
        server.tenant("bolt", 1);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @Test
    void listsOneKindAgainWhenItsHistoryIsGoneAndLeavesTheOthersAlone() throws InterruptedException {
        // Nothing tells the position of Events, so when their watch ends it has long been compacted away.
        Duration neverAsked = Duration.ofSeconds(90);
        try (RealExporter exporter =
                new RealExporter(server.adminKubeconfig(), RealExporter.quick(neverAsked, Duration.ofSeconds(20)))) {
            exporter.awaitLive(WatchedKind.TENANT, WatchedKind.EVENT);
            SeenLog log = exporter.log();
            try (Churn churn = new Churn(server, "acme", "bolt")) {
                await().atMost(RealExporter.PATIENCE)
                        .until(() -> log.marksOf(WatchedKind.EVENT, MarkType.SYNC_END)
                                        .size()
                                >= 2);
                churn.stop();
            }

            assertThat(log.marksOf(WatchedKind.EVENT, MarkType.GAP))
                    .isNotEmpty()
                    .anyMatch(gap -> !gap.getResumed());
            assertThat(log.marksOf(WatchedKind.TENANT, MarkType.GAP)).isEmpty();
            for (WatchedKind kind : WatchedKind.ALL) {
                if (kind != WatchedKind.EVENT) {
                    assertThat(log.marksOf(kind, MarkType.SYNC_BEGIN)).hasSizeLessThanOrEqualTo(1);
                }
            }
            assertThat(log.marks(MarkType.EPOCH)).hasSize(1);
        }
    }

    @Test
    void tellsApartObjectsOfOneNameWheneverTheyWereExchanged() throws IOException {
        server.tenant("coil", 1);
        server.tenant("gone", 1);
        try (TcpProxy proxy = new TcpProxy(server.port())) {
            SeenLog log;
            try (RealExporter exporter =
                    new RealExporter(server.adminKubeconfigVia(proxy.port()), RealExporter.quick())) {
                log = exporter.log();
                exporter.awaitLive(WatchedKind.TENANT);
                exchange("coil");
                awaitUids(log, "coil", 2);

                proxy.cut();
                exchange("coil");
                server.deleteTenant("gone");
                proxy.mend();
                awaitUids(log, "coil", 3);
                await().atMost(RealExporter.PATIENCE)
                        .until(() -> !changes(log, "gone", Change.DELETED).isEmpty());
            }
            List<String> uids = uids(log, "coil");
            assertThat(changes(log, "coil", Change.SNAPSHOT)).containsExactly(uids.get(0));
            assertThat(changes(log, "coil", Change.ADDED)).containsExactly(uids.get(1), uids.get(2));
            assertThat(changes(log, "coil", Change.DELETED)).containsExactly(uids.get(0), uids.get(1));
            assertThat(log.marksOf(WatchedKind.TENANT, MarkType.SYNC_BEGIN)).hasSize(1);
            assertThat(log.marksOf(WatchedKind.TENANT, MarkType.GAP))
                    .isNotEmpty()
                    .allMatch(ClusterMark::getResumed);

            exchange("coil");
            try (RealExporter again = new RealExporter(server.adminKubeconfig(), RealExporter.quick())) {
                again.awaitLive(WatchedKind.TENANT);

                assertThat(changes(again.log(), "coil", Change.SNAPSHOT))
                        .hasSize(1)
                        .doesNotContainAnyElementsOf(uids);
                assertThat(again.log().tenantsOfLastFrame()).containsExactly("acme", "bolt", "coil");
            }
        }
    }

    private static void exchange(String name) {
        server.deleteTenant(name);
        server.tenant(name, 2);
    }

    private static void awaitUids(SeenLog log, String name, int count) {
        await().atMost(RealExporter.PATIENCE).until(() -> uids(log, name).size() == count);
    }

    private static List<TenantObserved> of(SeenLog log, String name) {
        return log.tenants().stream()
                .filter(tenant -> tenant.getName().equals(name))
                .toList();
    }

    /** In the order in which the log first names them. */
    private static List<String> uids(SeenLog log, String name) {
        return of(log, name).stream().map(TenantObserved::getUid).distinct().toList();
    }

    private static List<String> changes(SeenLog log, String name, Change change) {
        return of(log, name).stream()
                .filter(tenant -> tenant.getChange() == change)
                .map(TenantObserved::getUid)
                .toList();
    }
}
