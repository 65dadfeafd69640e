package io.tenantpulse.exporter.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.tenantpulse.exporter.ExporterApp;
import io.tenantpulse.exporter.ExporterConfig;
import io.tenantpulse.exporter.ExporterConfig.Timing;
import io.tenantpulse.exporter.WatchedKind;
import io.tenantpulse.testkit.RealApiServer;
import io.tenantpulse.testkit.TcpProxy;
import io.tenantpulse.v1.Change;
import io.tenantpulse.v1.MarkType;
import io.tenantpulse.v1.TenantObserved;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What ails a real API server and its store, or what it holds against us, under constant change: nothing is lost, doubled or claimed too early, and all heals. */
@EnabledIf("isAvailable")
@Timeout(600)
class RealFaultsIT {
    @TempDir
    static Path dir;

    private static RealApiServer server;

    static boolean isAvailable() {
        return RealApiServer.isAvailable();
    }

    @BeforeAll
    static void startServer() throws IOException {
        server = new RealApiServer(dir);
        server.define("tenant-operator.yaml", FaultRig.TENANTS, "tenants", "tenantregistries", "tenanttemplates");
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    private static FaultRig start(Timing timing) {
        return new FaultRig(server, FaultRig.cluster(server.adminKubeconfig()), timing);
    }

    private static FaultRig start(InstantSource wall, boolean skewAllowed) {
        ExporterConfig config = FaultRig.config(FaultRig.cluster(server.adminKubeconfig()), FaultRig.undisturbed());
        return new FaultRig(
                server,
                skewAllowed ? config.withClockSkewAllowed() : config,
                new ExporterApp.Time(wall, System::nanoTime));
    }

    /** It is watched again from its first second on, when it may leave watches without an answer. */
    @Test
    void outlivesAServerThatIsKilledAndStartedAgain() throws Exception {
        try (FaultRig rig = start(FaultRig.patient())) {
            rig.awaitLive();
            server.kill();
            Instant killed = rig.now();
            rig.awaitUnreachable();
            Instant starts = rig.now();
            server.start();
            rig.awaitLive();

            rig.settle().declares(killed.plusMillis(50), starts);
            assertThat(rig.log.marks(MarkType.EPOCH)).hasSize(1);
        }
    }

    @Test
    void standsStillWhileTheServerIsStopped() throws Exception {
        try (FaultRig rig = start(FaultRig.quick())) {
            rig.awaitLive();
            server.pause();
            Instant stopped = rig.now();
            rig.awaitUnreachable();
            Instant goesOn = rig.now();
            server.resume();
            rig.awaitLive();

            rig.settle().declares(stopped.plusMillis(50), goesOn);
            assertThat(rig.count("probe.failures")).isPositive();
            assertThat(rig.log.marks(MarkType.EPOCH)).hasSize(1);
        }
    }

    @Test
    void standsStillWhileTheStoreIsStoppedOrGone() throws Exception {
        try (FaultRig rig = start(FaultRig.quick())) {
            rig.awaitLive();
            double before = rig.count("probe.failures");
            server.pauseEtcd();
            Instant stopped = rig.now();
            await().atMost(FaultRig.PATIENCE).until(() -> rig.count("probe.failures") > before);
            Instant goesOn = rig.now();
            server.resumeEtcd();
            rig.awaitLive();
            double between = rig.count("probe.failures");
            server.killEtcd();
            Instant killed = rig.now();
            await().atMost(FaultRig.PATIENCE).until(() -> rig.count("probe.failures") > between);
            Instant starts = rig.now();
            server.startEtcd();
            rig.awaitLive();

            rig.settle().declares(stopped.plusMillis(50), goesOn).declares(killed.plusMillis(50), starts);
            assertThat(rig.log.marks(MarkType.EPOCH)).hasSize(1);
        }
    }

    @Test
    void freezesAnObjectThatCannotBeReadAndTakesItUpWhenItIsMended() throws Exception {
        try (FaultRig rig = start(FaultRig.undisturbed())) {
            server.tenant("odd", 1);
            rig.awaitLive();
            status("odd", Map.of("desiredResources", 3, "readyResources", "many"));
            await().atMost(FaultRig.PATIENCE).until(() -> changes(rig, "odd").contains(Change.UNDECODABLE));
            status("odd", Map.of("desiredResources", 3, "readyResources", 2, "conditions", "fine"));
            await().atMost(FaultRig.PATIENCE).until(() -> undecodable(rig) >= 2);
            rig.awaitLive();
            status("odd", Map.of("desiredResources", 3, "readyResources", 2));

            rig.settle();
            assertThat(new LogCheck(rig.log).state()).containsEntry("odd", 2);
            assertThat(rig.log.marks(MarkType.GAP)).isEmpty();
        } finally {
            server.deleteTenant("odd");
        }
    }

    private static void status(String tenant, Map<String, Object> status) {
        try (KubernetesClient client = server.client()) {
            client.genericKubernetesResources(FaultRig.TENANTS, "Tenant")
                    .inNamespace("default")
                    .withName(tenant)
                    .editStatus(object -> {
                        object.setAdditionalProperty("status", status);
                        return object;
                    });
        }
    }

    private static List<Change> changes(FaultRig rig, String tenant) {
        return rig.log.tenants().stream()
                .filter(each -> each.getName().equals(tenant))
                .map(TenantObserved::getChange)
                .toList();
    }

    private static double undecodable(FaultRig rig) {
        return rig.meters
                .get("tenantpulse.exporter.events.undecodable")
                .tag("kind", WatchedKind.TENANT.name())
                .functionCounter()
                .count();
    }

    /** The server's own priority and fairness, told to reject what we ask at the same time as something else: all kinds come back at once. */
    @Test
    void waitsAsLongAsItIsToldWhenItAsksTooMuch() throws Exception {
        String none = """
                apiVersion: flowcontrol.apiserver.k8s.io/v1
                kind: PriorityLevelConfiguration
                metadata: {name: nothing}
                spec: {type: Limited, limited: {nominalConcurrencyShares: 0, lendablePercent: 0, borrowingLimitPercent: 0, limitResponse: {type: Reject}}}
                ---
                apiVersion: flowcontrol.apiserver.k8s.io/v1
                kind: FlowSchema
                metadata: {name: reject-exporter}
                spec:
                  priorityLevelConfiguration: {name: nothing}
                  matchingPrecedence: 2
                  rules: [{subjects: [{kind: User, user: {name: exporter}}], resourceRules: [{verbs: ["*"], apiGroups: ["*"], resources: ["*"], namespaces: ["*"], clusterScope: true}]}]
                """;
        server.apply(Files.readString(Path.of("../deploy/rbac/exporter-clusterrole.yaml"))
                .replaceAll("(?s)\n---\napiVersion: v1\nkind: ServiceAccount.*?\n---", "\n---")
                .replaceAll(
                        "(?s)subjects:.*",
                        "subjects: [{kind: User, name: exporter, apiGroup: rbac.authorization.k8s.io}]\n"));
        try (Said said = new Said(KindWatch.class);
                TcpProxy proxy = new TcpProxy(server.port());
                FaultRig rig = new FaultRig(
                        server, FaultRig.cluster(server.exporterKubeconfigVia(proxy.port())), FaultRig.patient())) {
            rig.awaitLive();
            server.apply(none);
            // Only what overlaps is rejected: the requests of one return may just miss each other.
            await().atMost(FaultRig.PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofSeconds(5))
                    .until(() -> {
                        if (said.names("the API server answered 429")) {
                            return true;
                        }
                        proxy.cut();
                        proxy.mend();
                        return false;
                    });
            rig.awaitLive();
            rig.awaitLive(WatchedKind.POD);

            rig.settle();
            assertThat(rig.log.marks(MarkType.EPOCH)).hasSize(1);
        } finally {
            try (KubernetesClient client = server.client()) {
                client.load(new ByteArrayInputStream(none.getBytes(StandardCharsets.UTF_8)))
                        .delete();
            }
        }
    }

    @Test
    void refusesToStartByAClockThatIsAnHourOff() {
        try (Said said = new Said(ClusterWatch.class);
                FaultRig rig = start(() -> Instant.now().minusSeconds(3600), false)) {
            await().atMost(FaultRig.PATIENCE).until(() -> Math.abs(rig.metric("clock.skew")) > 3_500);

            await().atMost(FaultRig.PATIENCE)
                    .until(() -> said.names("set both clocks by NTP, or start with allow-clock-skew"));
            assertThat(rig.metric("cluster.reachable")).isZero();
            assertThat(rig.log.all()).isEmpty();
        }
    }

    /** Started an hour ahead, as was allowed; then somebody puts the clock right. */
    @Test
    void keepsItsTimeWhenTheClockIsSetBackByAnHour() throws Exception {
        AtomicLong ahead = new AtomicLong(3600);
        Instant begun = Instant.now();
        try (FaultRig rig = start(() -> Instant.now().plusSeconds(ahead.get()), true)) {
            rig.awaitLive();
            // The answer that it was read from took less than all of this, and may be off by half of what it took.
            long toleranceMillis = 2000 + Duration.between(begun, Instant.now()).toMillis() / 2;
            assertThat(rig.metric("clock.skew")).isCloseTo(-3600, within(toleranceMillis / 1000.0));
            assertThat(rig.log
                            .marksOf(WatchedKind.TENANT, MarkType.SYNC_BEGIN)
                            .get(0)
                            .getSkewMillis())
                    .isCloseTo(-3_600_000L, within(toleranceMillis));
            ahead.set(0);
            rig.awaitLive();

            rig.settle();
            assertThat(rig.log.marks(MarkType.GAP)).isEmpty();
        }
    }
}
