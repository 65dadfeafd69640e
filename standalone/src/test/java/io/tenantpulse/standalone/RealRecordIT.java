package io.tenantpulse.standalone;

import static io.tenantpulse.standalone.RealPipeline.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tenantpulse.exporter.ExporterApp;
import io.tenantpulse.exporter.ExporterConfig;
import io.tenantpulse.exporter.Tap;
import io.tenantpulse.standalone.replay.BadLines;
import io.tenantpulse.standalone.replay.RecordingWriter;
import io.tenantpulse.testkit.RealApiServer;
import io.tenantpulse.testkit.TcpProxy;
import io.tenantpulse.topology.StreamsApp;
import io.tenantpulse.v1.ClusterMark;
import io.tenantpulse.v1.MarkType;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A recording of a real API server decides as live did, whatever happened meanwhile. */
@EnabledIf("isAvailable")
@Timeout(900)
class RealRecordIT {
    private static final String TENANTS = "operator.kubernetes-tenants.org/v1";
    private static final String MISMATCH = "TenantResourcesMismatch";

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
        server.define("tenant-operator.yaml", TENANTS, "tenants", "tenantregistries", "tenanttemplates");
        registry = new EmbeddedRegistry(shared, 0);
    }

    @AfterAll
    static void stopServers() {
        registry.close();
        server.close();
    }

    @AfterEach
    void emptyCluster() {
        List.of("acme", "bolt", "coil", "dove", "shop").forEach(server::deleteTenant);
    }

    @Test
    void aTapReplaysToTheVeryBytesOfLive() throws Exception {
        server.tenant("acme", 3);
        server.tenant("bolt", 1);
        tenants.withDeployment("shop");
        Path whole = dir.resolve("tap.ndjson.gz");
        Path beside = dir.resolve("beside.ndjson");
        try (RealPipeline pipeline = new RealPipeline("record", dir, SharedBroker.bootstrapServers(), registry.url());
                TcpProxy proxy = new TcpProxy(server.port());
                StreamsApp detector = pipeline.startDetector()) {
            ExporterConfig config = pipeline.exporter(server.adminKubeconfigVia(proxy.port()));
            Instant firstOutage;
            try (RecordingWriter tap = RecordingWriter.create(whole, 0);
                    RecordingWriter rotating = RecordingWriter.create(dir.resolve("parts.ndjson"), 20_000);
                    RecordingWriter alone = RecordingWriter.create(beside, 0);
                    ExporterApp recorder = new ExporterApp(config, batch -> {}, new SimpleMeterRegistry(), alone);
                    ExporterApp exporter = ExporterApp.onKafka(
                            config, new SimpleMeterRegistry(), both(tap, rotating), InstantSource.system())) {
                exporter.start();
                recorder.start();
                firstOutage = liveThrough(pipeline, proxy, beside);
            }
            pipeline.awaitProcessed();

            String live = pipeline.liveLines();
            assertThat(pipeline.replay(whole)).isEqualTo(live);
            assertThat(pipeline.replay(parts())).isEqualTo(live);
            assertThat(live)
                    .contains(
                            MISMATCH, "TenantNotConverged", "TenantDegraded", "TenantNotReady", "TenantResourcesFailed")
                    .contains("ClusterKindBlind", "\"reason\":\"deleted\"");
            Transitions.assertNear(
                    Transitions.byIdentity(pipeline.replay(beside)), Transitions.byIdentity(live), firstOutage);
            assertThat(detector.isAlive()).isTrue();
            List<ClusterMark> marks = marks(pipeline);
            assertThat(marks)
                    .filteredOn(mark -> mark.getType() == MarkType.EPOCH)
                    .hasSize(1);
            assertThat(marks)
                    .filteredOn(mark -> mark.getType() == MarkType.GAP
                            && mark.getKinds().toString().contains("Tenant.operator"))
                    .extracting(ClusterMark::getResumed)
                    .as("one gap over which the watch went on, and one after which it could not")
                    .contains(true, false);
        }
        for (Path file : parts()) {
            assertThat(Files.readString(file)).doesNotContain(RealTenants.CANARY, "managedFields", "last-applied");
        }
        assertThat(Files.readString(beside)).contains("shop-web").doesNotContain(RealTenants.CANARY, "managedFields");
    }

    /** Two exporters: what has come to an end for one need not yet have for the other. */
    private interface Watchers {
        void awaitLast(String tenant, String alert, String status);
    }

    /** Returns when the first outage began. */
    private static Instant liveThrough(RealPipeline pipeline, TcpProxy proxy, Path beside) throws Exception {
        Watchers both = (tenant, alert, status) -> {
            pipeline.awaitLast(tenant, alert, status);
            pipeline.awaitLastIn(beside, tenant, alert, status);
        };
        both.awaitLast("bolt", MISMATCH, "firing");
        both.awaitLast("shop", "TenantNotConverged", "firing");
        server.tenant("bolt", 2);
        server.tenant("bolt", 3);
        server.tenant("acme", 1);
        tenants.status("shop", """
                {"desiredResources": 3, "readyResources": 1, "failedResources": 2, "conditions": [
                  {"type": "Ready", "status": "False", "reason": "ResourcesFailed", "lastTransitionTime": "2026-01-01T00:00:00Z"},
                  {"type": "Degraded", "status": "True", "reason": "One"}]}""");
        both.awaitLast("acme", MISMATCH, "firing");
        both.awaitLast("shop", "TenantDegraded", "firing");
        both.awaitLast("shop", "TenantNotReady", "firing");
        server.deleteTenant("acme");
        server.tenant("acme", 2);
        tenants.deploymentReady("shop", 1);
        tenants.rewrite("bolt", 1);
        tenants.status("shop", """
                {"desiredResources": 3, "readyResources": 2, "conditions": [{"type": "Degraded", "status": "True", "reason": "Two"}]}""");
        both.awaitLast("acme", MISMATCH, "firing");

        Instant firstOutage = Instant.now();
        proxy.cut();
        tenants.rewrite("acme", 2);
        server.tenant("bolt", 1);
        TimeUnit.SECONDS.sleep(2); // longer than ClusterKindBlind may be silent, in the cluster's own time
        proxy.mend();
        pipeline.awaitLast("bolt", MISMATCH, "firing");
        awaitHealed(beside);

        proxy.cut();
        server.kill();
        server.start();
        server.deleteTenant("bolt");
        server.tenant("coil", 1);
        server.deleteTenant("shop");
        tenants.withDeployment("shop");
        proxy.mend();
        pipeline.awaitLast("bolt", MISMATCH, "resolved");
        pipeline.awaitLast("coil", MISMATCH, "firing");
        awaitHealed(beside);
        server.deleteTenant("coil");
        server.tenant("acme", 3);
        tenants.deploymentReady("shop", 1);
        pipeline.awaitLast("coil", MISMATCH, "resolved");
        pipeline.awaitLast("acme", MISMATCH, "resolved");
        return firstOutage;
    }

    /** After an outage each exporter heals in its own time; then it needs as long again as the rules hold. */
    private static void awaitHealed(Path recording) throws IOException {
        Instant healed = Recorded.awaitWatermarkAfter(recording, Instant.now());
        Recorded.awaitWatermarkAfter(recording, healed.plusSeconds(3));
    }

    @Test
    void aRecordingEndsWellHoweverItsProcessEnds() throws Exception {
        server.tenant("dove", 1);
        Path told = dir.resolve("int.ndjson.gz");
        Path killed = dir.resolve("kill.ndjson.gz");
        List<Process> processes = new ArrayList<>();
        try (RealPipeline pipeline = new RealPipeline("unused", dir, "127.0.0.1:1", registry.url())) {
            Process full = record("full", "-", new File("/dev/full"));
            Process interrupted = record("int", told.toString(), null);
            Process ended = record("term", dir.resolve("parts.ndjson").toString(), null, "--rotate-size", "3KiB");
            Process dead = record("kill", killed.toString(), null);
            processes.addAll(List.of(full, interrupted, ended, dead));
            await("all have recorded an alert")
                    .atMost(PATIENCE)
                    .ignoreExceptions()
                    .untilAsserted(() -> {
                        assertThat(pipeline.replay(told)).contains(MISMATCH);
                        assertThat(pipeline.replay(killed)).contains(MISMATCH);
                        assertThat(pipeline.replay(parts())).contains(MISMATCH);
                    });

            signal("INT", interrupted);
            signal("TERM", ended);
            signal("KILL", dead);

            assertThat(exit(full)).isEqualTo(ExitCode.INTERNAL);
            assertThat(said("full")).contains("cannot be written any longer: No space left on device");
            assertThat(exit(interrupted)).isEqualTo(130);
            assertThat(exit(ended)).isEqualTo(143);
            assertThat(exit(dead)).isEqualTo(137);
            BadLines whole = BadLines.fail();
            assertThat(pipeline.replay(whole, told)).contains("\"tenant\":\"dove\"");
            assertThat(said("int")).contains("recorded " + lines(told) + " lines");
            assertThat(parts()).hasSizeGreaterThan(2);
            assertThat(pipeline.replay(whole, parts())).contains("\"tenant\":\"dove\"");
            assertThat(whole.count()).isZero();
            List<String> warned = new ArrayList<>();
            BadLines cut = BadLines.fail(warned::add);
            assertThat(pipeline.replay(cut, killed)).contains("\"tenant\":\"dove\"");
            assertThat(cut.count()).isEqualTo(1);
            assertThat(warned).singleElement().asString().contains("kill.ndjson.gz", "cut off");
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
    }

    /** Killed in the middle of what it writes and begun anew: frames are whole, and no alert is doubled or lost. */
    @Test
    void anExporterThatIsKilledBetweenBatchesIsTakenUpByTheNext() throws Exception {
        server.tenant("acme", 1);
        server.tenant("bolt", 3);
        List<Process> processes = new ArrayList<>();
        List<Path> recordings = new ArrayList<>();
        try (RealPipeline pipeline = new RealPipeline("killed", dir, SharedBroker.bootstrapServers(), registry.url());
                StreamsApp detector = pipeline.startDetector()) {
            Path config = pipeline.exporterFile(server.adminKubeconfig());
            for (int life = 1; life <= 2; life++) {
                Path recording = dir.resolve("life" + life + ".ndjson");
                recordings.add(recording);
                Process exporter =
                        launch("life" + life, null, "exporter", config.toString(), "--record", recording.toString());
                processes.add(exporter);
                if (life == 1) {
                    pipeline.awaitLast("acme", MISMATCH, "firing");
                    server.tenant("bolt", 1);
                    pipeline.awaitLast("bolt", MISMATCH, "firing");
                } else {
                    int epochs = life;
                    await("it is live")
                            .atMost(PATIENCE)
                            .pollInterval(Duration.ofMillis(500))
                            .until(() -> epochs(pipeline) == epochs && watermarksOfLastEpoch(pipeline) > 2);
                }
                for (int i = 0; i < 5; i++) {
                    tenants.rewrite("acme", i);
                    server.tenant("coil", 1 + i % 2); // stays stuck all the time
                }
                if (life == 1) {
                    signal("KILL", exporter);
                    assertThat(exit(exporter)).isEqualTo(137);
                    server.tenant("bolt", 3); // nobody sees it
                } else {
                    pipeline.awaitLast("bolt", MISMATCH, "resolved");
                    pipeline.awaitLast("coil", MISMATCH, "firing");
                    signal("TERM", exporter);
                    assertThat(exit(exporter)).isEqualTo(143);
                }
            }
            pipeline.awaitProcessed();

            assertThat(detector.isAlive()).isTrue();
            Map<String, List<JsonNode>> live = Transitions.byIdentity(pipeline.liveLines());
            assertThat(Transitions.texts(live)).isEqualTo("""
                    acme TenantResourcesMismatch [firing ]
                    bolt TenantResourcesMismatch [firing , resolved recovered]
                    coil TenantResourcesMismatch [firing ]
                    """);
            assertWholeFrames(pipeline);
            BadLines torn = BadLines.fail();
            assertThat(Transitions.texts(
                            Transitions.byIdentity(pipeline.replay(torn, recordings.toArray(Path[]::new)))))
                    .isEqualTo(Transitions.texts(live));
            assertThat(torn.count()).isLessThan(2);
        } finally {
            processes.forEach(Process::destroyForcibly);
        }
    }

    private static long epochs(RealPipeline pipeline) {
        return marks(pipeline).stream()
                .filter(mark -> mark.getType() == MarkType.EPOCH)
                .count();
    }

    private static long watermarksOfLastEpoch(RealPipeline pipeline) {
        List<ClusterMark> marks = marks(pipeline);
        long last = marks.stream().mapToLong(ClusterMark::getEpoch).max().orElse(0);
        return marks.stream()
                .filter(mark -> mark.getEpoch() == last && mark.getType() == MarkType.WATERMARK)
                .mapToLong(ClusterMark::getSequence)
                .distinct()
                .count();
    }

    /** In every epoch that became live, each frame of the tenants that began has ended, but perhaps the one in which it was killed. */
    private static void assertWholeFrames(RealPipeline pipeline) {
        Map<Long, List<String>> frames = new TreeMap<>();
        for (ClusterMark mark : marks(pipeline)) {
            boolean frame = mark.getType() == MarkType.SYNC_BEGIN || mark.getType() == MarkType.SYNC_END;
            if (frame && String.valueOf(mark.getKind()).startsWith("Tenant.")) {
                frames.computeIfAbsent(mark.getEpoch(), ignored -> new ArrayList<>())
                        .add(mark.getType().name());
            }
        }
        assertThat(frames).hasSize(2);
        frames.values()
                .forEach(marks -> assertThat(marks).startsWith("SYNC_BEGIN").contains("SYNC_END"));
    }

    /** The command as its users run it. */
    private Process record(String name, String output, @Nullable File stdout, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "record", "-o", output, "--kubeconfig", server.adminKubeconfig().toString()));
        arguments.addAll(List.of(more));
        return launch(name, stdout, arguments.toArray(String[]::new));
    }

    private Process launch(String name, @Nullable File stdout, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Launcher.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectOutput(stdout == null ? dir.resolve(name + ".out").toFile() : stdout)
                .redirectError(dir.resolve(name + ".err").toFile())
                .start();
    }

    private String said(String name) throws IOException {
        return Files.readString(dir.resolve(name + ".err"));
    }

    private static void signal(String signal, Process process) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                        .start()
                        .waitFor())
                .isZero();
    }

    private static int exit(Process process) throws InterruptedException {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private static long lines(Path gzip) throws IOException {
        try (BufferedReader in = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(gzip)), StandardCharsets.UTF_8))) {
            return in.lines().count();
        }
    }

    private static Tap both(Tap one, Tap other) {
        return new Tap() {
            @Override
            public void object(Instant ts, String cluster, String type, byte[] whitelistedJson) {
                one.object(ts, cluster, type, whitelistedJson);
                other.object(ts, cluster, type, whitelistedJson);
            }

            @Override
            public void mark(Instant ts, ClusterMark mark) {
                one.mark(ts, mark);
                other.mark(ts, mark);
            }
        };
    }

    private Path[] parts() throws IOException {
        try (Stream<Path> files = Files.list(dir)) {
            return files.filter(file -> file.getFileName().toString().startsWith("parts."))
                    .toArray(Path[]::new);
        }
    }

    private static List<ClusterMark> marks(RealPipeline pipeline) {
        return pipeline.log().stream()
                .filter(each -> each.value() instanceof ClusterMark)
                .map(each -> (ClusterMark) each.value())
                .toList();
    }
}
