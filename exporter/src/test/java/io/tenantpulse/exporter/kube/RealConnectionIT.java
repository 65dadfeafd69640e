package io.tenantpulse.exporter.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tenantpulse.exporter.ExporterConfig.Timing;
import io.tenantpulse.exporter.WatchedKind;
import io.tenantpulse.testkit.Authority;
import io.tenantpulse.testkit.MuteProxy;
import io.tenantpulse.testkit.RealApiServer;
import io.tenantpulse.testkit.TcpProxy;
import io.tenantpulse.v1.ClusterMark;
import io.tenantpulse.v1.MarkType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** What ails the way to a real API server, or the exporter itself, under constant change: nothing is lost, doubled or claimed too early, and all heals. */
@EnabledIf("isAvailable")
@Timeout(600)
class RealConnectionIT {
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

    private static FaultRig start(TcpProxy proxy, Timing timing) throws IOException {
        return new FaultRig(server, FaultRig.cluster(server.adminKubeconfigVia(proxy.port())), timing);
    }

    /** By the timing that we ship. What is never seen moves no watermark, so no deadline passes on it. */
    @Test
    void aConnectionThatLosesAllPacketsStopsTheWatermarkWithinTenSeconds() throws Exception {
        try (TcpProxy proxy = new TcpProxy(server.port());
                FaultRig rig = start(proxy, Timing.DEFAULT)) {
            rig.awaitLive();
            proxy.hold(TcpProxy.Direction.TO_CLIENT, TcpProxy.Direction.TO_SERVER);
            Instant lost = rig.now();
            rig.awaitUnreachable();

            assertThat(rig.watermark()).isBefore(lost.plusMillis(50));
            assertThat(Duration.between(lost, rig.now())).isLessThan(Duration.ofSeconds(60));
        }
    }

    @Test
    void healsAfterPacketsWereLostOneWay() throws Exception {
        try (TcpProxy proxy = new TcpProxy(server.port());
                FaultRig rig = start(proxy, FaultRig.quick())) {
            rig.awaitLive();
            proxy.hold(TcpProxy.Direction.TO_CLIENT);
            Instant lost = rig.now();
            rig.awaitUnreachable();
            Instant back = rig.now();
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
            try (FaultRig rig = start(proxy, FaultRig.patient())) {
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
                        server, FaultRig.cluster(server.adminKubeconfigVia(proxy.port())), FaultRig.patient())) {
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
            long before = marks(out, "GAP"); // a machine that stood still for a moment has rightly made some
            Thread.sleep(
                    FaultRig.quick().probeTimeout().plusSeconds(1).toMillis()); // what is tested is that time passes
            assertThat(marks(out, "GAP")).isEqualTo(before);
            signal(exporter, "CONT");

            await().atMost(FaultRig.PATIENCE).until(() -> marks(out, "GAP") > before);
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
}
