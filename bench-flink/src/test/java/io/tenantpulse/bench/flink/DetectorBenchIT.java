package io.tenantpulse.bench.flink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short form of {@code tenant-pulse bench detector}, as the launcher starts it; how fast anything is nobody asks. */
class DetectorBenchIT {
    private static final String BENCH =
            String.join(File.pathSeparator, "../bench/target/classes", "../bench/target/lib/*");
    private static final int MINUTES = 10;

    @TempDir
    Path folder;

    @Test
    void makesEveryContenderFireTheSame() throws Exception {
        Path output = folder.resolve("output");
        Process bench = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-Djava.io.tmpdir=" + folder,
                        "-Dtenantpulse.home=..",
                        "-cp",
                        BENCH,
                        "io.tenantpulse.bench.Bench",
                        "detector",
                        "--quick",
                        "--parts",
                        "FEW",
                        "--threads",
                        "1")
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertThat(bench.waitFor(MINUTES, TimeUnit.MINUTES)).isTrue();
        } finally {
            bench.destroyForcibly();
        }

        assertThat(bench.exitValue()).as(Files.readString(output)).isZero();
        assertThat(Files.readString(output))
                .contains("| A: poll and discard |", "| B: byte copy |")
                .contains("| ours, exactly once, 1 thread |", "| ours, at least once, 1 thread |")
                .contains("| the ordinary Kafka Streams app, exactly once, 1 thread |")
                .contains("| Flink, heap, at least once, 1 thread |", "| Flink, RocksDB, at least once, 1 thread |");
    }
}
