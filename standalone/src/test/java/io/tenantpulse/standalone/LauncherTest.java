package io.tenantpulse.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LauncherTest {
    @TempDir
    private Path folder;

    private final StringWriter err = new StringWriter();

    @Test
    void suggestsTheCommandThatWasMeant() {
        assertThat(run("replya", "x")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("Did you mean", "replay", "--help");
    }

    @Test
    void reportsABadLineByFileNumberAndFault() throws IOException {
        Path file = Files.writeString(folder.resolve("bad.ndjson"), "\n{\"ts\":1}\n");

        assertThat(run("replay", file.toString())).isEqualTo(ExitCode.BAD_DATA);
        assertThat(err.toString())
                .contains(file + ": line 2: \"ts\" is not a string", "--skip-bad-lines")
                .doesNotContain("\tat ");
    }

    @Test
    void namesAFileThatIsNotThere() {
        assertThat(run("replay", folder.resolve("none").toString())).isEqualTo(ExitCode.BAD_DATA);
        assertThat(err.toString()).contains("none: no such file");
    }

    @Test
    void refusesATimeAndADurationThatAreNone() {
        assertThat(run("replay", "--until", "noon", "x")).isEqualTo(ExitCode.USAGE);
        assertThat(run("replay", "--lateness", "-5s", "x")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("--until is not an RFC 3339 time", "'-5s' is not a duration such as 30s");
    }

    @Test
    void namesWhatIsWrongWithARulesFile() throws IOException {
        Path rules = Files.writeString(folder.resolve("rules.yaml"), "ruls: []\n");

        assertThat(run("replay", "--rules", rules.toString(), "x")).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains(rules.toString(), "ruls");
    }

    @Test
    void namesAnUnknownContextAndTheKnownOnes() throws IOException {
        Path kubeconfig = Files.writeString(
                folder.resolve("config"),
                "apiVersion: v1\nkind: Config\ncontexts:\n- name: prod-eu\n  context: {cluster: c, user: u}\n");

        int exit = run(
                "record",
                "-o",
                folder.resolve("out.ndjson").toString(),
                "--kubeconfig",
                kubeconfig.toString(),
                "--context",
                "prod-us");

        assertThat(exit).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains("prod-us", "prod-eu");
    }

    @Test
    void refusesARecordingThatCannotBe() throws IOException {
        Path there = Files.writeString(folder.resolve("there.ndjson"), "precious");
        Path kubeconfig = kubeconfig();

        assertUsage("--output", "record");
        assertUsage("'64MB' is not a size such as 64MiB", "record", "-o", "x", "--rotate-size", "64MB");
        assertUsage("'0' is not a size", "record", "-o", "x", "--rotate-size", "0");
        assertUsage("standard output has no parts", "record", "-o", "-", "--rotate-size", "1MiB");
        assertUsage(
                "there.ndjson exists already (give another name, or remove it)",
                "record",
                "-o",
                there.toString(),
                "--kubeconfig",
                kubeconfig.toString());
        assertUsage(
                "cannot be written: there is no such folder",
                "record",
                "-o",
                folder.resolve("none/x.ndjson").toString(),
                "--kubeconfig",
                kubeconfig.toString());
        assertUsage(
                folder.resolve("none").toString(),
                "record",
                "-o",
                folder.resolve("x.ndjson").toString(),
                "--kubeconfig",
                folder.resolve("none").toString());
        assertThat(folder.resolve("x.ndjson")).doesNotExist();
        assertThat(there).hasContent("precious");
    }

    @Test
    void refusesToRotateNothing() throws IOException {
        assertUsage(
                "--rotate-size is of use only with --record",
                "up",
                "--data",
                folder.resolve("data").toString(),
                "--rotate-size",
                "1MiB",
                "--kubeconfig",
                kubeconfig().toString());
    }

    @Test
    void refusesATenantWhoseNameWouldLeadToAnotherPath() {
        assertUsage("is no tenant: give CLUSTER/NAMESPACE/TENANT", "check", "../../prod-eu");
        assertUsage("is no tenant: give CLUSTER/NAMESPACE/TENANT", "check", "prod-eu/./acme");
    }

    private Path kubeconfig() throws IOException {
        return Files.writeString(folder.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "https://127.0.0.1:1"}}]
                users: [{name: u, user: {token: t}}]
                contexts: [{name: prod-eu, context: {cluster: c, user: u}}]
                current-context: prod-eu
                """);
    }

    private void assertUsage(String message, String... args) {
        assertThat(run(args)).isEqualTo(ExitCode.USAGE);
        assertThat(err.toString()).contains(message);
    }

    @Test
    void findsNoRunningUpWhereThereIsNone() {
        assertThat(run("cluster", "remove", "prod-eu", "--data", folder.toString()))
                .isEqualTo(ExitCode.CANNOT_REACH);
        assertThat(err.toString()).contains("no running up found in " + folder, "--bootstrap-servers");
    }

    private int run(String... args) {
        return Launcher.run(args, new PrintWriter(err, true));
    }
}
