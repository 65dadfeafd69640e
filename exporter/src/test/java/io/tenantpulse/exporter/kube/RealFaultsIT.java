package io.tenantpulse.exporter.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.tenantpulse.exporter.ExporterApp;
import io.tenantpulse.exporter.ExporterConfig;
import io.tenantpulse.exporter.ExporterConfig.Timing;
import io.tenantpulse.exporter.WatchedKind;
import io.tenantpulse.testkit.Authority;
import io.tenantpulse.testkit.MuteProxy;
import io.tenantpulse.testkit.RealApiServer;
import io.tenantpulse.testkit.TcpProxy;
import io.tenantpulse.v1.Change;
import io.tenantpulse.v1.ClusterMark;
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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What ails a real API server, its store and the way to it, under constant change: nothing is lost, doubled or claimed too early, and all heals. */
@EnabledIf("isAvailable")
@Timeout(240)
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

    private static FaultRig start() {
        return new FaultRig(server, FaultRig.cluster(server.adminKubeconfig()), FaultRig.quick());
    }

    private static FaultRig start(TcpProxy proxy, Timing timing) throws IOException {
        return new FaultRig(server, FaultRig.cluster(server.adminKubeconfigVia(proxy.port())), timing);
    }

    private static void awaitUnreachable(FaultRig rig) {
        await().atMost(FaultRig.PATIENCE).until(() -> rig.metric("cluster.reachable") == 0);
        assertThat(rig.metric("kind.live", WatchedKind.TENANT)).isZero();
    }

    private static FaultRig start(InstantSource wall, boolean skewAllowed) {
        ExporterConfig config = FaultRig.config(FaultRig.cluster(server.adminKubeconfig()), FaultRig.quick());
        return new FaultRig(
                server,
                skewAllowed ? config.withClockSkewAllowed() : config,
                new ExporterApp.Time(wall, System::nanoTime));
    }

    /** It is watched again from its first second on, when it may leave watches without an answer. */
    @Test
    void outlivesAServerThatIsKilledAndStartedAgain() throws Exception {
        try (FaultRig rig = start()) {
            rig.awaitLive();
            Instant killed = Instant.now();
            server.kill();
            awaitUnreachable(rig);
            Instant starts = Instant.now();
            server.start();
            rig.awaitLive();

            rig.settle().declares(killed.plusMillis(50), starts);
            assertThat(rig.log.marks(MarkType.EPOCH)).hasSize(1);
        }
    }

    @Test
    void standsStillWhileTheServerIsStopped() throws Exception {
        try (FaultRig rig = start()) {
            rig.awaitLive();
            Instant stopped = Instant.now();
            server.pause();
            awaitUnreachable(rig);
            Instant goesOn = Instant.now();
            server.resume();
            rig.awaitLive();

            rig.settle().declares(stopped.plusMillis(50), goesOn);
            assertThat(rig.count("probe.failures")).isPositive();
            assertThat(rig.log.marks(MarkType.EPOCH)).hasSize(1);
        }
    }

    @Test
    void standsStillWhileTheStoreIsStoppedOrGone() throws Exception {
        try (FaultRig rig = start()) {
            rig.awaitLive();
            Instant stopped = Instant.now();
            server.pauseEtcd();
            await().atMost(FaultRig.PATIENCE).until(() -> rig.count("probe.failures") >= 1);
            Instant goesOn = Instant.now();
            server.resumeEtcd();
            rig.awaitLive();
            Instant killed = Instant.now();
            double failures = rig.count("probe.failures");
            server.killEtcd();
            await().atMost(FaultRig.PATIENCE).until(() -> rig.count("probe.failures") > failures);
            Instant starts = Instant.now();
            server.startEtcd();
            rig.awaitLive();

            rig.settle().declares(stopped.plusMillis(50), goesOn).declares(killed.plusMillis(50), starts);
            assertThat(rig.log.marks(MarkType.EPOCH)).hasSize(1);
        }
    }

    /** By the timing that we ship. What is never seen moves no watermark, so no deadline passes on it. */
    @Test
    void aConnectionThatLosesAllPacketsStopsTheWatermarkWithinTenSeconds() throws Exception {
        try (TcpProxy proxy = new TcpProxy(server.port());
                FaultRig rig = start(proxy, Timing.DEFAULT)) {
            rig.awaitLive();
            Instant lost = Instant.now();
            proxy.hold(TcpProxy.Direction.TO_CLIENT, TcpProxy.Direction.TO_SERVER);
            awaitUnreachable(rig);

            assertThat(rig.watermark()).isBefore(lost.plusMillis(50));
            assertThat(Duration.between(lost, Instant.now())).isLessThan(Duration.ofSeconds(60));
        }
    }

    @Test
    void healsAfterPacketsWereLostOneWay() throws Exception {
        try (TcpProxy proxy = new TcpProxy(server.port());
                FaultRig rig = start(proxy, FaultRig.quick())) {
            rig.awaitLive();
            Instant lost = Instant.now();
            proxy.hold(TcpProxy.Direction.TO_CLIENT);
            awaitUnreachable(rig);
            Instant back = Instant.now();
            proxy.flow();
            rig.awaitLive();

            rig.settle().declares(lost.plusMillis(50), back);
            assertThat(proxy.accepted()).isGreaterThan(1);
        }
    }

    /** At places that fall into lists, into events and between them. */
    @Test
    void losesNothingWhenAnswersAreCutInTheMiddle() throws Exception {
        try (TcpProxy proxy = new TcpProxy(server.port())) {
            proxy.cutAfter(20_000); // in the first lists
            try (FaultRig rig = start(proxy, FaultRig.quick())) {
                for (int bytes : new int[] {30_000, 777, 4_321}) {
                    int before = proxy.accepted();
                    await().atMost(FaultRig.PATIENCE)
                            .until(() -> rig.log.lastWatermark().isPresent());
                    proxy.cutAfter(bytes);
                    await().atMost(FaultRig.PATIENCE).until(() -> proxy.accepted() > before);
                }
                rig.awaitLive();

                rig.settle();
                assertThat(rig.log.marksOf(WatchedKind.TENANT, MarkType.GAP)).isNotEmpty();
                assertThat(rig.log.marks(MarkType.EPOCH)).hasSize(1);
            }
        }
    }

    /** As a server does with some watches that are opened in its first second. */
    @Test
    void takesANewListWhenAWatchIsNeverAnswered() throws Exception {
        try (MuteProxy proxy = new MuteProxy(server.port(), new Authority("any"));
                FaultRig rig = new FaultRig(
                        server, FaultRig.cluster(server.adminKubeconfigVia(proxy.port())), FaultRig.quick())) {
            awaitFrames(rig, 1);
            proxy.mute(uri -> uri.getPath().endsWith("/tenants")
                    && uri.getQuery().contains("watch=true")
                    && !uri.getQuery().contains("sendInitialEvents"));
            proxy.breakAnswers();
            await().atMost(FaultRig.PATIENCE).until(() -> proxy.unanswered() > 0);
            Instant silent = rig.now();
            awaitFrames(rig, 2);

            rig.settle().declares(silent, silent);
            assertThat(rig.log.marksOf(WatchedKind.TENANT, MarkType.GAP))
                    .isNotEmpty()
                    .noneMatch(ClusterMark::getResumed);
            assertThat(rig.log.marks(MarkType.WATERMARK)).noneMatch(ClusterMark::getProbed);
        }
    }

    private static void awaitFrames(FaultRig rig, int count) {
        await().atMost(FaultRig.PATIENCE)
                .until(() ->
                        rig.log.marksOf(WatchedKind.TENANT, MarkType.SYNC_END).size() >= count);
    }

    /** The real thing: a process that gets no time for longer than a probe may take. */
    @Test
    void declaresAGapWhenItWasItselfStopped() throws Exception {
        server.tenant("acme", 1);
        Path out = dir.resolve("stopped-exporter");
        Process exporter = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StoppedExporter.class.getName(),
                        server.adminKubeconfig().toString())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        try {
            await().atMost(FaultRig.PATIENCE).until(() -> marks(out, "WATERMARK LIVE") > 2);
            signal(exporter, "STOP");
            Thread.sleep(
                    FaultRig.quick().probeTimeout().plusSeconds(1).toMillis()); // what is tested is that time passes
            assertThat(marks(out, "GAP")).isZero();
            signal(exporter, "CONT");

            await().atMost(FaultRig.PATIENCE).until(() -> marks(out, "GAP") > 0);
            long live = marks(out, "WATERMARK LIVE");
            await().atMost(FaultRig.PATIENCE).until(() -> marks(out, "WATERMARK LIVE") > live);
        } finally {
            exporter.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            server.deleteTenant("acme");
        }
    }

    private static void signal(Process process, String name) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-" + name, String.valueOf(process.pid()))
                        .start()
                        .waitFor(10, TimeUnit.SECONDS))
                .isTrue();
    }

    private static long marks(Path out, String mark) throws IOException {
        return Files.readAllLines(out).stream().filter(mark::equals).count();
    }

    @Test
    void freezesAnObjectThatCannotBeReadAndTakesItUpWhenItIsMended() throws Exception {
        try (FaultRig rig = start()) {
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
        Logger logger = (Logger) LoggerFactory.getLogger(KindWatch.class);
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        said.start();
        logger.addAppender(said);
        try (TcpProxy proxy = new TcpProxy(server.port());
                FaultRig rig = new FaultRig(
                        server, FaultRig.cluster(server.exporterKubeconfigVia(proxy.port())), FaultRig.quick())) {
            rig.awaitLive();
            server.apply(none);
            proxy.cut();
            proxy.mend();
            await().atMost(FaultRig.PATIENCE)
                    .untilAsserted(() -> assertThat(List.copyOf(said.list))
                            .anyMatch(event ->
                                    String.valueOf(event.getKeyValuePairs()).contains("the API server answered 429")));
            rig.awaitLive();
            rig.awaitLive(WatchedKind.POD);

            rig.settle();
            assertThat(rig.log.marks(MarkType.EPOCH)).hasSize(1);
        } finally {
            logger.detachAppender(said);
            try (KubernetesClient client = server.client()) {
                client.load(new ByteArrayInputStream(none.getBytes(StandardCharsets.UTF_8)))
                        .delete();
            }
        }
    }

    @Test
    void refusesToStartByAClockThatIsAnHourOff() {
        Logger logger = (Logger) LoggerFactory.getLogger(ClusterWatch.class);
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        said.start();
        logger.addAppender(said);
        try (FaultRig rig = start(() -> Instant.now().minusSeconds(3600), false)) {
            await().atMost(FaultRig.PATIENCE).until(() -> Math.abs(rig.metric("clock.skew")) > 3_500);

            await().atMost(FaultRig.PATIENCE)
                    .untilAsserted(() -> assertThat(List.copyOf(said.list))
                            .anyMatch(event -> String.valueOf(event.getKeyValuePairs())
                                    .contains("set both clocks by NTP, or start with allow-clock-skew")));
            assertThat(rig.metric("cluster.reachable")).isZero();
            assertThat(rig.log.all()).isEmpty();
        } finally {
            logger.detachAppender(said);
        }
    }

    /** Started an hour ahead, as was allowed; then somebody puts the clock right. */
    @Test
    void keepsItsTimeWhenTheClockIsSetBackByAnHour() throws Exception {
        AtomicLong ahead = new AtomicLong(3600);
        try (FaultRig rig = start(() -> Instant.now().plusSeconds(ahead.get()), true)) {
            rig.awaitLive();
            assertThat(rig.metric("clock.skew")).isBetween(-3_602.0, -3_598.0);
            assertThat(rig.log
                            .marksOf(WatchedKind.TENANT, MarkType.SYNC_BEGIN)
                            .get(0)
                            .getSkewMillis())
                    .isBetween(-3_602_000L, -3_598_000L);
            ahead.set(0);
            rig.awaitLive();

            rig.settle();
            assertThat(rig.log.marks(MarkType.GAP)).isEmpty();
        }
    }
}
