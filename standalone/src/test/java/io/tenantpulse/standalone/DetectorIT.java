package io.tenantpulse.standalone;

import static io.tenantpulse.standalone.DetectorLog.second;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tenantpulse.admin.AdminException;
import io.tenantpulse.admin.ClusterRemover;
import io.tenantpulse.topology.StreamsApp;
import io.tenantpulse.v1.AlertStatus;
import io.tenantpulse.v1.AlertTransition;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The detector on a real broker: what it has decided survives its death, exactly once. */
@Timeout(600)
class DetectorIT {
    private static final Duration PATIENCE = Duration.ofSeconds(180);
    private static final String MISMATCH = "TenantResourcesMismatch";

    @TempDir
    Path dir;

    private DetectorInstallation installation;

    @BeforeEach
    void open(TestInfo test) throws Exception {
        installation =
                new DetectorInstallation(test.getTestMethod().orElseThrow().getName(), dir);
    }

    @AfterEach
    void close() throws Exception {
        installation.close();
    }

    @Test
    void firesOnceAtItsTimeThoughKilledHalfAMinuteBefore() throws Exception {
        DetectorLog alpha = new DetectorLog("alpha", 1);
        installation.write(alpha.begin(0, "acme")
                .counts(60, "acme", 1, 3)
                .watermarks(65, 60 + 870)
                .drain());
        Process first = installation.startProcess();
        installation.awaitProcessed();
        assertThat(installation.alerts(MISMATCH)).isEmpty();

        DetectorInstallation.kill(first);
        installation.write(alpha.watermarks(60 + 875, 60 + 1000).drain());
        installation.startProcess();
        installation.awaitProcessed();

        List<AlertTransition> fired = installation.alerts(MISMATCH);
        assertThat(fired).hasSize(1);
        assertThat(fired.get(0).getStatus()).isEqualTo(AlertStatus.FIRING);
        assertThat(fired.get(0).getSince()).isEqualTo(second(60));
        assertThat(fired.get(0).getAt()).isEqualTo(second(60 + 900));
        assertThat(fired.get(0).getDecidedAt()).isEqualTo(second(60 + 900));
    }

    @Test
    void sweepsOnlyWhatAFrameDidNotMentionThoughKilledInsideIt() throws Exception {
        DetectorLog before = new DetectorLog("alpha", 1);
        installation.write(before.begin(0, "acme", "bolt", "gone")
                .counts(60, "acme", 1, 3)
                .counts(60, "bolt", 1, 3)
                .counts(60, "gone", 1, 3)
                .watermarks(65, 1000)
                .drain());
        DetectorLog after = new DetectorLog("alpha", 2);
        installation.write(after.beginFrame(1010).snapshot(1010, "acme", 1, 3).drain());
        Process first = installation.startProcess();
        installation.awaitProcessed();
        assertThat(installation.alerts(MISMATCH)).hasSize(3);

        DetectorInstallation.kill(first);
        installation.write(after.snapshot(1012, "bolt", 1, 3)
                .endFrame(1013)
                .watermarks(1015, 1020)
                .drain());
        installation.startProcess();
        installation.awaitProcessed();

        assertThat(installation.alerts(MISMATCH))
                .filteredOn(transition -> transition.getStatus() == AlertStatus.RESOLVED)
                .singleElement()
                .satisfies(resolved -> {
                    assertThat(resolved.getTenant()).isEqualTo("gone");
                    assertThat(resolved.getReason()).isEqualTo("deleted");
                });
    }

    @Test
    void decidesNothingTwiceWhenTheLogRepeatsItself() throws Exception {
        DetectorLog alpha = new DetectorLog("alpha", 1);
        List<DetectorLog.Line> lines = alpha.begin(0, "acme")
                .counts(60, "acme", 1, 3)
                .watermarks(65, 1000)
                .counts(1003, "acme", 3, 3)
                .watermarks(1005, 1010)
                .drain();
        installation.write(lines);
        installation.write(lines);

        try (StreamsApp app = installation.start()) {
            installation.awaitProcessed();
            assertThat(app.isAlive()).isTrue();
        }

        assertThat(installation.alerts(MISMATCH))
                .extracting(AlertTransition::getStatus)
                .containsExactly(AlertStatus.FIRING, AlertStatus.RESOLVED);
    }

    @Test
    void letsNoClusterBorrowAnothersClock() throws Exception {
        installation.write(new DetectorLog("alpha", 1)
                .begin(0, "acme")
                .counts(60, "acme", 1, 3)
                .watermarks(65, 500)
                .drain());
        installation.write(new DetectorLog("beta", 1)
                .begin(0, "acme")
                .counts(60, "acme", 1, 3)
                .watermarks(65, 2000)
                .drain());

        try (StreamsApp app = installation.start()) {
            installation.awaitProcessed();
            assertThat(app.isAlive()).isTrue();
        }

        assertThat(installation.alerts(MISMATCH))
                .extracting(AlertTransition::getCluster)
                .containsExactly("beta");
    }

    @Test
    void resolvesWhatAClusterLeavesBehindWhenItIsRemoved() throws Exception {
        installation.write(new DetectorLog("alpha", 1)
                .begin(0, "acme")
                .counts(60, "acme", 1, 3)
                .watermarks(65, 1000)
                .drain());
        ClusterRemover remover = new ClusterRemover(
                installation.kafka(),
                installation.topics.observations(),
                installation.records(),
                InstantSource.system());
        assertThatThrownBy(() -> remover.remove("alhpa", false))
                .isInstanceOf(AdminException.class)
                .hasMessageContaining("alhpa");

        try (StreamsApp app = installation.start()) {
            installation.awaitProcessed();
            assertThat(remover.remove("alpha", false)).isGreaterThan(1);
            installation.awaitProcessed();
            assertThat(app.isAlive()).isTrue();
        }

        List<AlertTransition> said = installation.alerts(MISMATCH);
        assertThat(said).hasSize(2);
        assertThat(said.get(1).getReason()).isEqualTo("cluster-removed");
    }

    @Test
    void answersCheckFromTheRunningDetector() throws Exception {
        installation.write(new DetectorLog("alpha", 1)
                .begin(0, "acme", "good", "twin")
                .lynqNode(1, "twin")
                .waitsForAnImage(60, "acme")
                .watermarks(65, 1000)
                .drain());

        try (StreamsApp app = installation.startServing(new SimpleMeterRegistry())) {
            installation.awaitProcessed();
            CheckRun run = new CheckRun("http://127.0.0.1:" + app.port());

            assertThat(run.exitCode("alpha/tenants/acme")).isEqualTo(ExitCode.FOUND);
            assertThat(run.out())
                    .contains("0 of 2 ready", "TenantResourcesMismatch since " + second(60), "ImagePull of db")
                    .contains("db StatefulSet/acme-db  failed ImagePull")
                    .contains("    api Deployment/acme-api")
                    .contains("tenants/acme-db-0 Pending", "Pod/tenants/acme-db-0 Failed ×4")
                    .contains("kubectl ", "complete up to " + second(1000))
                    .doesNotContain("\u001b");
            assertThat(run.exitCode("alpha/tenants/good")).isEqualTo(ExitCode.OK);
            assertThat(run.exitCode("alpha/tenants/nobody")).isEqualTo(ExitCode.UNKNOWN_TENANT);
            assertThat(run.exitCode("alpha/tenants/twin")).isEqualTo(ExitCode.USAGE);
            assertThat(run.err()).contains("--kind");
            assertThat(run.exitCode("alpha/tenants/twin", "--kind", "LynqNode")).isEqualTo(ExitCode.OK);
            assertThat(run.exitCode("alpha/tenants/acme", "--json")).isEqualTo(ExitCode.FOUND);
            JsonNode json = new ObjectMapper().readTree(run.out());
            assertThat(json.path("blockers").path(0).path("id").asText()).isEqualTo("db");
            assertThat(json.path("chains").path(0)).extracting(JsonNode::asText).containsExactly("api", "db");
            // By TenantDependencyStuck, once db's own timeout of 300 s is over.
            assertThat(json.path("incident").path("openedAt").asText())
                    .isEqualTo(second(60 + 300).toString());
            assertThat(run.status("/api/v1/tenants/alpha/tenants/acme?color=red"))
                    .isEqualTo("400 unknown-parameter");
            assertThat(run.status("/api/v1/tenants/alpha/tenants/twin")).isEqualTo("409 ambiguous-tenant");
            assertThat(run.status("/api/v1/tenants/alpha/tenants/nobody")).isEqualTo("404 unknown-tenant");
            assertThat(run.status("/api/v2")).isEqualTo("404 unknown-path");
        }
        assertThat(new CheckRun("http://127.0.0.1:1").exitCode("alpha/tenants/acme"))
                .isEqualTo(ExitCode.CANNOT_REACH);
    }

    @Test
    void writesDiagnosticsOfARunningDetectorIntoAFile() throws Exception {
        installation.write(new DetectorLog("alpha", 1)
                .begin(0, "acme", "twin")
                .lynqNode(1, "twin")
                .counts(60, "acme", 1, 3)
                .watermarks(65, 1000)
                .counts(1003, "acme", 3, 3)
                .waitsForAnImage(1060, "acme")
                .watermarks(1065, 2000)
                .drain());
        Path file = dir.resolve("acme.zip");

        try (StreamsApp app = installation.startServing(new SimpleMeterRegistry())) {
            installation.awaitProcessed();
            CheckRun run = new CheckRun("http://127.0.0.1:" + app.port());

            assertThat(run.diagnostics("alpha/tenants/acme", file)).isEqualTo(ExitCode.OK);
            assertThat(run.err()).contains("wrote " + file);
            assertThat(run.diagnostics("alpha/tenants/acme", file)).isEqualTo(ExitCode.USAGE);
            assertThat(run.err()).contains("exists already", "--force");
            assertThat(run.diagnostics("alpha/tenants/acme", file, "--force")).isEqualTo(ExitCode.OK);
            assertThat(run.diagnostics("alpha/tenants/nobody", dir.resolve("none.zip")))
                    .isEqualTo(ExitCode.UNKNOWN_TENANT);
            assertThat(run.diagnostics("alpha/tenants/twin", dir.resolve("none.zip")))
                    .isEqualTo(ExitCode.USAGE);
            assertThat(run.diagnostics("alpha/tenants/twin", dir.resolve("twin.zip"), "--kind", "LynqNode"))
                    .isEqualTo(ExitCode.OK);
        }
        assertThat(new CheckRun("http://127.0.0.1:1").diagnostics("alpha/tenants/acme", dir.resolve("none.zip")))
                .isEqualTo(ExitCode.CANNOT_REACH);
        assertThat(dir.resolve("none.zip")).doesNotExist();

        JsonNode manifest = CheckRun.json(file, "manifest.json");
        assertThat(manifest.path("writer").path("instance").asText()).isEqualTo("test");
        assertThat(manifest.path("log").path("watermark").asText())
                .isEqualTo(second(2000).toString());
        JsonNode incidents = CheckRun.json(file, "incidents.json");
        assertThat(incidents.path("ended")).hasSize(1);
        assertThat(incidents.path("ended").path(0).path("endedAt").asText())
                .isEqualTo(second(1003).toString());
        assertThat(incidents.path("open").path("cause").asText()).isEqualTo("ImagePull");
        assertThat(CheckRun.json(file, "pods.json")
                        .path("pods")
                        .path(0)
                        .path("name")
                        .asText())
                .isEqualTo("acme-db-0");
        assertThat(CheckRun.json(file, "events.json").path("warnings")).hasSize(1);
        assertThat(CheckRun.json(file, "tenant.json").path("health").asText()).isEqualTo("unhealthy");
    }

    @Test
    void saysWhoElseHasATenantWhileInstancesComeAndGo() throws Exception {
        String[] tenants = {"t0", "t1", "t2", "t3", "t4", "t5", "t6", "t7"};
        DetectorLog log = new DetectorLog("alpha", 1).begin(0, tenants);
        for (String tenant : tenants) {
            log.counts(60, tenant, 1, 3);
        }
        log.watermarks(65, 1000);
        for (String tenant : tenants) {
            log.counts(1003, tenant, 3, 3);
        }
        installation.write(log.watermarks(1005, 1010).drain());

        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        try (StreamsApp stays = installation.startServing(meters)) {
            installation.awaitProcessed();
            await("series of all tenants, whatever partition they are in")
                    .atMost(PATIENCE)
                    .until(() -> meters.find("tenantpulse.tenant.pods.not.ready")
                                    .gauges()
                                    .size()
                            == tenants.length);
            CheckRun run = new CheckRun("http://127.0.0.1:" + stays.port());
            Set<String> said = new TreeSet<>();
            try (StreamsApp comes = installation.startAnother()) {
                await().atMost(PATIENCE).until(() -> {
                    Set<String> now = answers(run, tenants);
                    said.addAll(now);
                    return now.equals(Set.of("200 ", "421 another-instance")) && comes.isReady();
                });
            }
            await().atMost(PATIENCE).until(() -> {
                Set<String> now = answers(run, tenants);
                said.addAll(now);
                return now.equals(Set.of("200 "));
            });

            assertThat(said).isSubsetOf("200 ", "421 another-instance", "503 not-now");
            for (String tenant : tenants) {
                Path file = dir.resolve(tenant + ".zip");
                assertThat(run.diagnostics("alpha/tenants/" + tenant, file)).isEqualTo(ExitCode.OK);
                assertThat(CheckRun.json(file, "incidents.json").path("ended")).hasSize(1);
            }
        }
    }

    private static Set<String> answers(CheckRun run, String... tenants) throws IOException, InterruptedException {
        Set<String> answers = new TreeSet<>();
        for (String tenant : tenants) {
            answers.add(run.status("/api/v1/tenants/alpha/tenants/" + tenant + "?kind=Tenant"));
        }
        return answers;
    }
}
