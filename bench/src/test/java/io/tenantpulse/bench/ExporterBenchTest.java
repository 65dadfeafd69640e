package io.tenantpulse.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.exporter.WatchedKind;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The benchmark runs and tells sensible things; how fast it is on this machine is nobody's business here. */
class ExporterBenchTest {
    private static final Path RECORDED = Path.of("../exporter/src/test/resources/recorded/beta.ndjson.gz");
    private static final int LINES = 1500;

    @TempDir
    static Path dir;

    private static Path cut;

    @BeforeAll
    static void cutRecording() throws IOException {
        cut = dir.resolve("cut.ndjson");
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(RECORDED)), StandardCharsets.UTF_8))) {
            Files.write(cut, reader.lines().limit(LINES).toList());
        }
    }

    @Test
    void comparesTheWaysToReadARecording() throws Exception {
        var speeds = new ExporterBytes(WatchEvents.in(cut), 0, 1).speeds();

        assertThat(speeds).containsOnlyKeys("cut");
        assertThat(speeds.get("cut").values())
                .hasSize(4)
                .allSatisfy(each -> assertThat(each.bytesPerSecond()).isPositive());
    }

    @Test
    void tellsEventsThatChangeNothingFromOthers() throws Exception {
        var garbage = new ExporterBytes(WatchEvents.in(cut), 0, 1).garbage().get("cut");

        assertThat(garbage.get("LynqNode.operator.lynq.sh").unchangedCount()).isPositive();
        assertThat(garbage.get("Pod").changedCount()).isPositive();
    }

    @Test
    void weighsEveryCopyOfEveryObject() throws Exception {
        WatchEvents events = WatchEvents.in(cut).get(0);

        var twice = new Retained(events, 2).weigh();

        assertThat(twice.get("Pod").objects()).isEqualTo(2L * new Fleet(events).size(WatchedKind.POD));
        assertThat(twice.get("all").bytes()).isPositive();
    }

    @Test
    void keepsResultsInThePlaceOfTheFormerOnes() throws IOException {
        Path file = dir.resolve("RESULTS.md");

        Results.keep(file, "exporter", "obsolete");
        Results.keep(file, "other", "stays");
        Results.keep(file, "exporter", "new");

        assertThat(Files.readString(file)).contains("new", "stays").doesNotContain("obsolete");
    }

    @Test
    void namesWhatIsMissing() {
        assertThat(new CommandLine(new Bench())
                        .execute("exporter", "--input", dir.resolve("none").toString()))
                .isNotZero();
        assertThat(List.of(ExporterBench.Part.values())).isNotEmpty();
    }
}
