package io.tenantpulse.exporter.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.tenantpulse.exporter.ExporterConfig;
import io.tenantpulse.exporter.WatchedKind;
import io.tenantpulse.testkit.AuditLog;
import io.tenantpulse.testkit.RealApiServer;
import io.tenantpulse.v1.Change;
import io.tenantpulse.v1.ClusterMark;
import io.tenantpulse.v1.MarkType;
import io.tenantpulse.v1.TenantObserved;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** Watches of a real API server that end, for whatever reason: no event is lost, none is told twice, and nothing is listed again. */
@EnabledIf("isAvailable")
@Timeout(600)
class RealWatchIT {
    private static final String TENANTS = "operator.kubernetes-tenants.org/v1";
    private static final String TENANT_RESOURCE = "operator.kubernetes-tenants.org/tenants";
    private static final String STORAGE_CLASSES = "storage.k8s.io/storageclasses";
    private static final String DEFINITION = "tenants.operator.kubernetes-tenants.org";

    @TempDir
    static Path dir;

    private static RealApiServer server;
    private static Requests audit;

    static boolean isAvailable() {
        return RealApiServer.isAvailable();
    }

    @BeforeAll
    static void startServer() throws IOException {
        AuditLog log = new AuditLog(dir);
        audit = new Requests(log);
        server = new RealApiServer(dir, log.flags());
        server.define("tenant-operator.yaml", TENANTS, "tenants", "tenantregistries", "tenanttemplates");
        RealExporter.grant(server);
        server.tenant("acme", 3);
        server.tenant("bolt", 1);
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private static List<Requests.Request> requests(String resource, Instant since) throws IOException {
        return audit.of(resource, since);
    }

    /** What the log says of tenants outside of frames, as {@code uid@resourceVersion}, in its order. */
    private static List<String> told(SeenLog log) {
        return log.tenants().stream()
                .filter(tenant -> tenant.getChange() != Change.SNAPSHOT)
                .map(tenant -> tenant.getUid() + "@" + tenant.getResourceVersion())
                .toList();
    }

    private static void awaitTold(SeenLog log, Churn churn) {
        List<String> made = churn.versions();
        await().atMost(RealExporter.PATIENCE).until(() -> told(log).containsAll(made));
    }

    @Test
    void renewsWatchesSideBySideWithoutAGapWhileObjectsChange() throws IOException, InterruptedException {
        Instant begin = Instant.now();
        ExporterConfig.Timing timing = RealExporter.quick(Duration.ofSeconds(30), Duration.ofSeconds(18));
        try (RealExporter exporter = new RealExporter(server.exporterKubeconfig(), timing);
                Churn churn = churnOnceLive(exporter, WatchedKind.TENANT, WatchedKind.STORAGE_CLASS)) {
            awaitWatches(TENANT_RESOURCE, begin, 5);
            awaitWatches(STORAGE_CLASSES, begin, 4);
            churn.stop();
            awaitTold(exporter.log(), churn);

            assertThat(told(exporter.log())).isEqualTo(churn.versions());
            assertThat(exporter.log().marksOf(WatchedKind.TENANT, MarkType.GAP)).isEmpty();
            assertThat(exporter.log().marksOf(WatchedKind.TENANT, MarkType.SYNC_BEGIN))
                    .hasSize(1);
            List<Requests.Request> watches = requests(TENANT_RESOURCE, begin).stream()
                    .filter(Requests.Request::isWatch)
                    .toList();
            assertThat(Requests.together(watches)).isEqualTo(2);
            for (int i = 1; i < watches.size(); i++) {
                assertThat(watches.get(i).begin()).isBefore(watches.get(i - 1).end());
            }
            bookmarksAloneCarryAQuietKind(exporter.log(), requests(STORAGE_CLASSES, begin));
        }
    }

    /** So short a watch gets its first bookmark only 2 seconds before its end, after that of its predecessor. */
    private static void bookmarksAloneCarryAQuietKind(SeenLog log, List<Requests.Request> requests) {
        assertThat(requests.stream().filter(Requests.Request::isList)).hasSize(1);
        assertThat(log.marksOf(WatchedKind.STORAGE_CLASS, MarkType.SYNC_BEGIN)).hasSize(1);
        assertThat(log.marksOf(WatchedKind.STORAGE_CLASS, MarkType.GAP)).allMatch(ClusterMark::getResumed);
        assertThat(requests.stream()
                        .filter(request -> request.isWatch() && !request.isList())
                        .map(Requests.Request::resourceVersion)
                        .distinct())
                .hasSizeGreaterThan(1);
    }

    @Test
    void goesOnWhereItWasWhenTheServerClosesWatchesAgainAndAgain() throws IOException, InterruptedException {
        Instant begin = Instant.now();
        try (RealExporter exporter = new RealExporter(server.exporterKubeconfig(), RealExporter.quick());
                Churn churn = churnOnceLive(exporter, WatchedKind.TENANT, WatchedKind.POD);
                KubernetesClient client = server.client()) {
            for (int i = 1; i <= 4; i++) {
                // A definition that changes ends all watches of its objects.
                client.genericKubernetesResources("apiextensions.k8s.io/v1", "CustomResourceDefinition")
                        .withName(DEFINITION)
                        .patch(
                                PatchContext.of(PatchType.JSON_MERGE),
                                "{\"spec\":{\"names\":{\"shortNames\":[\"t" + i + "\"]}}}");
                awaitWatches(TENANT_RESOURCE, begin, i + 1);
                awaitMore(() -> told(exporter.log()).size());
            }
            churn.stop();
            awaitTold(exporter.log(), churn);

            assertThat(told(exporter.log())).doesNotHaveDuplicates();
            if (churn.refused() == 0) {
                assertThat(told(exporter.log())).isEqualTo(churn.versions());
            }
            assertThat(requests(TENANT_RESOURCE, begin).stream().filter(Requests.Request::isList))
                    .hasSize(1);
            assertThat(exporter.log().marksOf(WatchedKind.TENANT, MarkType.SYNC_BEGIN))
                    .hasSize(1);
            assertThat(exporter.log().marksOf(WatchedKind.TENANT, MarkType.GAP))
                    .isNotEmpty()
                    .allMatch(ClusterMark::getResumed);
            assertThat(exporter.log().marksOf(WatchedKind.POD, MarkType.GAP)).isEmpty();
        }
    }

    @Test
    void repeatsAllThatIsKnownFromMemoryWithoutAList() throws IOException {
        Instant begin = Instant.now();
        ExporterConfig.Timing normal = RealExporter.quick();
        ExporterConfig.Timing timing = new ExporterConfig.Timing(
                normal.probeInterval(),
                normal.probeTimeout(),
                normal.firstBookmark(),
                normal.watchTimeout(),
                normal.discoveryInterval(),
                normal.absenceGrace(),
                Duration.ofSeconds(2),
                normal.deniedRetry());
        try (RealExporter exporter = new RealExporter(server.exporterKubeconfig(), timing)) {
            SeenLog log = exporter.log();

            await().atMost(RealExporter.PATIENCE)
                    .until(() ->
                            log.marksOf(WatchedKind.TENANT, MarkType.SYNC_END).size() >= 3);

            assertThat(log.marksOf(WatchedKind.TENANT, MarkType.SYNC_BEGIN))
                    .extracting(ClusterMark::getFromMemory)
                    .startsWith(false, true, true);
            assertThat(log.tenantsOfLastFrame()).containsExactly("acme", "bolt");
            assertThat(log.tenants())
                    .filteredOn(tenant -> tenant.getName().equals("acme"))
                    .extracting(TenantObserved::getChange)
                    .hasSizeGreaterThanOrEqualTo(3)
                    .containsOnly(Change.SNAPSHOT);
            assertThat(log.marks(MarkType.GAP)).isEmpty();
            assertThat(requests(TENANT_RESOURCE, begin).stream().filter(Requests.Request::isList))
                    .hasSize(1);
            assertThat(requests(TENANT_RESOURCE, begin).stream().filter(Requests.Request::isWatch))
                    .hasSize(1);
        }
    }

    @Test
    void keepsTheWatchOfEventsWhereNothingHappens() {
        Instant begin = Instant.now();
        ExporterConfig.Timing timing = RealExporter.quick(Duration.ofSeconds(12), Duration.ofSeconds(30));
        try (RealExporter exporter = new RealExporter(server.exporterKubeconfig(), timing)) {
            SeenLog log = exporter.log();
            awaitWatches("/events", begin, 2);
            Instant renewed = Instant.now();

            // Until the first watch has ended; its successor never said a word.
            await().atMost(RealExporter.PATIENCE)
                    .until(() -> requests("/events", begin).get(0).end().isBefore(Instant.MAX));
            exporter.awaitLive(WatchedKind.EVENT);
            await().atMost(RealExporter.PATIENCE).until(() -> log.hasWatermarkAfter(renewed));

            assertThat(log.marksOf(WatchedKind.EVENT, MarkType.GAP)).isEmpty();
            assertThat(log.marksOf(WatchedKind.EVENT, MarkType.SYNC_BEGIN)).hasSize(1);
        }
    }

    private static Churn churnOnceLive(RealExporter exporter, WatchedKind... kinds) {
        exporter.awaitLive(kinds);
        return new Churn(server, "acme", "bolt");
    }

    private static void awaitWatches(String resource, Instant since, int count) {
        await(count + " watches of " + resource)
                .atMost(RealExporter.PATIENCE)
                .until(() -> requests(resource, since).stream()
                                .filter(Requests.Request::isWatch)
                                .count()
                        >= count);
    }

    private static void awaitMore(IntSupplier size) {
        int before = size.getAsInt();
        await().atMost(RealExporter.PATIENCE).until(() -> size.getAsInt() > before);
    }
}
