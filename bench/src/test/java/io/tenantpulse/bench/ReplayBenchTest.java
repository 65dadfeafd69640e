package io.tenantpulse.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantpulse.standalone.Launcher;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The short form: the real process over a little; how fast it is on this machine is nobody's business here. */
class ReplayBenchTest {
    private static final Path SAMPLE = Path.of("../standalone/src/test/resources/sample/scenarios.ndjson.gz");
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private static ReplayRuns shipped() {
        return new ReplayRuns(List.of(
                JAVA,
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                Launcher.class.getName(),
                "replay",
                "-"));
    }

    @Test
    void replaysARecordingThatIsLongerThanItsFile() throws Exception {
        RepeatedRecording sample = RepeatedRecording.read(SAMPLE);

        ReplayRuns.Run once = shipped().replay(sample, sample.roundBytes());
        ReplayRuns.Run twice = shipped().replay(sample, 2L * sample.roundBytes());

        assertThat(once.lines()).isEqualTo(sample.roundLines());
        assertThat(twice.lines()).isEqualTo(2L * sample.roundLines());
        assertThat(twice.transitions()).isGreaterThan(once.transitions() * 3 / 2);
        assertThat(once.used().peakMegabytes()).isPositive();
        assertThat(once.used().cpuSeconds()).isGreaterThan(once.used().compilerSeconds());

        String table = ReplayBench.table(Map.of("sample", Map.of(0.004, once, 0.008, twice)));
        assertThat(table.lines().filter(line -> line.startsWith("| sample |"))).hasSize(2);
        assertThat(ReplayBench.memory(Map.of("sample", Map.of(0.004, once, 0.008, twice)))
                        .svg())
                .contains("sample");
    }

    @Test
    void readsTheSameLinesInOtherWays() throws Exception {
        RepeatedRecording sample = RepeatedRecording.read(SAMPLE);

        for (String way : List.of("tokens", "fabric8")) {
            assertThat(ReplayRuns.baseline(way, sample, sample.roundBytes() / 4).bytes())
                    .isPositive();
        }
    }

    @Test
    void saysWhatWentWrongInTheOtherProcess() throws IOException {
        RepeatedRecording sample = RepeatedRecording.read(SAMPLE);

        assertThatThrownBy(() -> new ReplayRuns(List.of(JAVA, "NoSuchClass")).replay(sample, 1))
                .hasMessageContaining("NoSuchClass");
    }
}
