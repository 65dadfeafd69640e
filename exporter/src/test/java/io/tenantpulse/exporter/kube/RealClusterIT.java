package io.tenantpulse.exporter.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tenantpulse.exporter.ExporterApp;
import io.tenantpulse.exporter.ExporterConfig;
import io.tenantpulse.exporter.WatchedKind;
import io.tenantpulse.testkit.RealApiServer;
import io.tenantpulse.testkit.TcpProxy;
import io.tenantpulse.v1.Change;
import io.tenantpulse.v1.ClusterMark;
import io.tenantpulse.v1.KindState;
import io.tenantpulse.v1.MarkType;
import io.tenantpulse.v1.TenantObserved;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** The exporter against a real API server: what is in the cluster is in the log, whatever happens to either of them. */
@EnabledIf("isAvailable")
@Timeout(600)
class RealClusterIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String TENANTS = "operator.kubernetes-tenants.org/v1";

    @TempDir
    static Path dir;

    private static RealApiServer server;

    private final SeenLog log = new SeenLog();
    private ExporterApp app;

    static boolean isAvailable() {
        return RealApiServer.isAvailable();
    }

    @BeforeAll
    static void startServer() throws IOException {
        server = new RealApiServer(dir);
        server.define("tenant-operator.yaml", TENANTS, "tenants", "tenantregistries", "tenanttemplates");
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void fillCluster() {
        server.tenant("acme", 3);
        server.tenant("bolt", 1);
    }

    @AfterEach
    void stopExporter() {
        app.close();
        List.of("acme", "bolt", "coil").forEach(server::deleteTenant);
    }

    private static ExporterConfig.Cluster cluster(Path kubeconfig) {
        return new ExporterConfig.Cluster("real", null, kubeconfig, false);
    }

    private static ExporterConfig.Cluster admin(RealApiServer of) {
        return cluster(of.adminKubeconfig());
    }

    private ExporterApp start(ExporterConfig.Cluster cluster, SeenLog into) {
        ExporterConfig config = ExporterConfig.of(List.of(cluster), "unused:9092", "http://unused")
                .withHttp(ExporterConfig.Http.OFF)
                .withTiming(quick());
        ExporterApp started = new ExporterApp(config, into, new SimpleMeterRegistry(), null);
        started.start();
        return started;
    }

    private static ExporterConfig.Timing quick() {
        ExporterConfig.Timing normal = ExporterConfig.Timing.DEFAULT;
        return new ExporterConfig.Timing(
                Duration.ofMillis(500),
                Duration.ofSeconds(20), // a machine that is slow is no fault
                normal.firstBookmark(),
                normal.watchTimeout(),
                Duration.ofSeconds(1),
                Duration.ofSeconds(3),
                normal.memoryFrameInterval(),
                Duration.ofSeconds(2));
    }

    private void awaitLive(WatchedKind kind) {
        await().atMost(PATIENCE)
                .until(() -> log.lastState(kind).filter(KindState.LIVE::equals).isPresent());
    }

    @Test
    void tellsWhatIsThereAndThenWhatHappens() {
        app = start(admin(server), log);
        awaitLive(WatchedKind.TENANT);

        server.tenant("bolt", 2);
        server.deleteTenant("acme");

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(log.tenants())
                        .extracting(TenantObserved::getName, TenantObserved::getChange, TenantObserved::getReady)
                        .contains(
                                org.assertj.core.groups.Tuple.tuple("acme", Change.SNAPSHOT, 3),
                                org.assertj.core.groups.Tuple.tuple("bolt", Change.SNAPSHOT, 1),
                                org.assertj.core.groups.Tuple.tuple("bolt", Change.MODIFIED, 2))
                        .anySatisfy(t -> {
                            assertThat(t.toList().get(0)).isEqualTo("acme");
                            assertThat(t.toList().get(1)).isEqualTo(Change.DELETED);
                        }));
        assertThat(log.lastWatermark().orElseThrow().getProbed()).isTrue();
        assertThat(log.marks(MarkType.GAP)).isEmpty();
    }

    @Test
    void readsEverythingOverOneConnection() throws IOException {
        try (TcpProxy proxy = new TcpProxy(server.port())) {
            app = start(cluster(server.adminKubeconfigVia(proxy.port())), log);
            awaitLive(WatchedKind.TENANT);
            awaitLive(WatchedKind.EVENT);

            assertThat(proxy.accepted()).isEqualTo(1);
            app.close();
        }
    }

    @Test
    void tellsTheTruthAfterBeingAway() {
        app = start(admin(server), log);
        awaitLive(WatchedKind.TENANT);
        app.close();
        server.deleteTenant("acme");
        server.tenant("bolt", 3);
        server.tenant("coil", 0);
        SeenLog second = new SeenLog();

        app = start(admin(server), second);

        await().atMost(PATIENCE)
                .until(() -> second.lastState(WatchedKind.TENANT)
                        .filter(KindState.LIVE::equals)
                        .isPresent());
        assertThat(second.tenantsOfLastFrame()).containsExactly("bolt", "coil");
        assertThat(second.marks(MarkType.EPOCH).get(0).getEpoch())
                .isGreaterThan(log.marks(MarkType.EPOCH).get(0).getEpoch());
    }

    @Test
    void findsADefinitionThatComesLater() throws IOException {
        app = start(admin(server), log);
        awaitLive(WatchedKind.TENANT);
        await().atMost(PATIENCE)
                .until(() -> log.lastState(WatchedKind.LYNQ_NODE)
                        .filter(KindState.ABSENT::equals)
                        .isPresent());
        assertThat(log.marksOf(WatchedKind.LYNQ_NODE, MarkType.SYNC_END)).hasSize(1);

        server.define("lynq.yaml", "operator.lynq.sh/v1", "lynqnodes", "lynqhubs", "lynqforms");

        awaitLive(WatchedKind.LYNQ_NODE);
        awaitLive(WatchedKind.LYNQ_FORM);
    }

    @Test
    void readsTheOthersWhenOneKindIsForbidden() throws IOException {
        String rights = Files.readString(Path.of("../deploy/rbac/exporter-clusterrole.yaml"));
        server.grantToExporter(rights.replace("configmaps, ", ""));

        app = start(cluster(server.exporterKubeconfig()), log);

        awaitLive(WatchedKind.TENANT);
        awaitLive(WatchedKind.POD);
        await().atMost(PATIENCE)
                .until(() -> log.lastState(WatchedKind.CONFIG_MAP)
                        .filter(KindState.FORBIDDEN::equals)
                        .isPresent());
        server.grantToExporter(rights);
        awaitLive(WatchedKind.CONFIG_MAP);
    }

    /** Where the exporter's watch of Events stands at most. */
    private static String versionOfEvents(RealApiServer of) {
        try (KubernetesClient client = of.client()) {
            return client.v1().events().inAnyNamespace().list().getMetadata().getResourceVersion();
        }
    }

    private static boolean isGone(RealApiServer of, String version) {
        try (KubernetesClient client = of.client()) {
            String first = client.raw("/api/v1/events?watch=true&timeoutSeconds=1&resourceVersion=" + version);
            return first != null && first.contains("410");
        } catch (KubernetesClientException e) {
            return e.getCode() == 410;
        }
    }

    @Test
    void listsAgainOnlyTheKindWhoseHistoryIsGone(@TempDir Path other) throws IOException {
        try (RealApiServer compacting = new RealApiServer(other, "--etcd-compaction-interval=2s");
                TcpProxy proxy = new TcpProxy(compacting.port())) {
            compacting.define("tenant-operator.yaml", TENANTS, "tenants", "tenantregistries", "tenanttemplates");
            compacting.tenant("acme", 1);
            app = start(cluster(compacting.adminKubeconfigVia(proxy.port())), log);
            awaitLive(WatchedKind.TENANT);
            awaitLive(WatchedKind.EVENT);

            proxy.cut();
            // Events are served from etcd itself, which compacts its history meanwhile; the others from a cache.
            String version = versionOfEvents(compacting);
            int[] ready = {0};
            await().atMost(PATIENCE).pollInterval(Duration.ofSeconds(1)).until(() -> {
                compacting.tenant("acme", ready[0]++ % 3);
                return isGone(compacting, version);
            });
            proxy.mend();

            await().atMost(PATIENCE)
                    .until(() ->
                            log.marksOf(WatchedKind.EVENT, MarkType.SYNC_END).size() >= 2);
            awaitLive(WatchedKind.TENANT);
            assertThat(log.marksOf(WatchedKind.TENANT, MarkType.SYNC_BEGIN)).hasSize(1);
            assertThat(log.marksOf(WatchedKind.TENANT, MarkType.GAP))
                    .allMatch(ClusterMark::getResumed)
                    .isNotEmpty();
            assertThat(log.marksOf(WatchedKind.EVENT, MarkType.GAP))
                    .noneMatch(ClusterMark::getResumed)
                    .isNotEmpty();
            assertThat(log.marks(MarkType.EPOCH)).hasSize(1);
            app.close();
        }
    }
}
