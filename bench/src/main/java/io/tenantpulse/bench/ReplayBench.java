package io.tenantpulse.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What a replay costs from its start to its end, and whether its memory grows with what it reads. */
@Command(
        name = "replay",
        description =
                "What `tenant-pulse replay` costs, start and compilation included, and that its memory does not grow"
                        + " with the length of what it reads. Recordings are repeated with shifted times and piped to it.",
        mixinStandardHelpOptions = true)
final class ReplayBench implements Callable<Integer> {
    private static final double GB = 1e9;
    private static final double GOAL_LINES = 20_000;
    private static final double GOAL_MEGABYTES = 100;

    @Option(
            names = "--input",
            paramLabel = "FILE",
            split = ",",
            description = "Recordings without marks. Default: the sample and the recorded objects of the tests.")
    private List<Path> inputs = List.of(
            Results.HOME.resolve("standalone/src/test/resources/sample/scenarios.ndjson.gz"),
            Results.HOME.resolve("exporter/src/test/resources/recorded/alpha.ndjson.gz"),
            Results.HOME.resolve("exporter/src/test/resources/recorded/beta.ndjson.gz"));

    @Option(
            names = "--sizes",
            paramLabel = "GB",
            split = ",",
            defaultValue = "0.1,1,10",
            description = "How long the recordings are made. Default: ${DEFAULT-VALUE}.")
    private List<Double> sizes;

    @Option(
            names = "--baseline-size",
            paramLabel = "GB",
            defaultValue = "1",
            description = "How much of each is read by what replay is compared with. Default: ${DEFAULT-VALUE}.")
    private double baselineSize;

    @Option(
            names = "--results",
            paramLabel = "FILE",
            description = "Keep tables and chart there, in the part of this command.")
    private @Nullable Path results;

    private final String launcher =
            Results.HOME.resolve("tenant-pulse").toAbsolutePath().toString();

    private final ReplayRuns runs = new ReplayRuns(List.of(launcher, "replay", "-"));

    @Override
    public Integer call() throws IOException, InterruptedException {
        build();
        Map<String, Map<Double, ReplayRuns.Run>> replays = new LinkedHashMap<>();
        StringBuilder others = new StringBuilder();
        for (Path input : inputs) {
            RepeatedRecording recording = RepeatedRecording.read(input);
            Map<Double, ReplayRuns.Run> bySize = new LinkedHashMap<>();
            for (double size : sizes) {
                bySize.put(size, said(recording, "replay", runs.replay(recording, (long) (size * GB))));
            }
            replays.put(recording.name(), bySize);
            others.append(compared(recording, bySize));
        }
        List<String> tables = List.of(table(replays), comparedHead() + others);
        String text = Results.headed("replay", tables);
        System.out.println(text);
        if (results != null) {
            Results.keep(results, "replay", text, List.of(memory(replays)));
        }
        return 0;
    }

    /** The launcher builds what is not built; that is not to be measured. */
    private void build() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(launcher, "--version")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        if (process.waitFor() != 0) {
            throw new IOException(launcher + " --version ended with " + process.exitValue());
        }
    }

    private static ReplayRuns.Run said(RepeatedRecording recording, String way, ReplayRuns.Run run) {
        System.err.printf(Locale.ROOT, "%s, %s: %.3f GB, %s%n", recording.name(), way, run.bytes() / GB, run.used());
        return run;
    }

    static String table(Map<String, Map<Double, ReplayRuns.Run>> replays) {
        StringBuilder text =
                new StringBuilder("### `replay` of a pipe, the whole process from its start to its end\n\n");
        text.append(String.format(
                Locale.ROOT,
                "Goal: %.0f events of about 2 KB (the sample), or %.0f MB of recorded JSON, for a CPU-second.%n%n",
                GOAL_LINES,
                GOAL_MEGABYTES));
        text.append(
                "| recording | GB | events | MB/CPU-s | events/CPU-s | without JIT: MB/CPU-s | events/CPU-s | CPU-s | of it JIT"
                        + " | peak RSS MB | transitions |\n|---|---|---|---|---|---|---|---|---|---|---|\n");
        replays.forEach((name, bySize) -> bySize.values()
                .forEach(run -> text.append(String.format(
                        Locale.ROOT,
                        "| %s | %.2f | %d | %.0f | %.0f | %.0f | %.0f | %.1f | %.1f | %d | %d |%n",
                        name,
                        run.bytes() / GB,
                        run.lines(),
                        run.megabytesPerSecond(),
                        run.linesPerSecond(),
                        run.steadyMegabytesPerSecond(),
                        run.steadyLinesPerSecond(),
                        run.used().cpuSeconds(),
                        run.used().compilerSeconds(),
                        run.used().peakMegabytes(),
                        run.transitions()))));
        return text.toString();
    }

    private static String comparedHead() {
        return "### Beside what only reads the same lines, from the same pipe, in a process of its own\n\n"
                + "| recording | way | MB/CPU-s of replay's | of tokens' | MB/CPU-s | GB | peak RSS MB |\n"
                + "|---|---|---|---|---|---|---|\n";
    }

    private String compared(RepeatedRecording recording, Map<Double, ReplayRuns.Run> bySize)
            throws IOException, InterruptedException {
        double nearest = bySize.keySet().stream()
                .min(Comparator.comparingDouble(size -> Math.abs(Math.log(size / baselineSize))))
                .orElseThrow();
        long bytes = (long) (nearest * GB);
        Map<String, ReplayRuns.Run> ways = new LinkedHashMap<>();
        ways.put("Jackson, tokens only", said(recording, "tokens", ReplayRuns.baseline("tokens", recording, bytes)));
        ways.put(
                "fabric8, as its watches decode",
                said(recording, "fabric8", ReplayRuns.baseline("fabric8", recording, bytes)));
        ways.put("`replay`, to transitions", bySize.get(nearest));
        double replay = bySize.get(nearest).megabytesPerSecond();
        double tokens = ways.get("Jackson, tokens only").megabytesPerSecond();
        StringBuilder text = new StringBuilder();
        ways.forEach((way, run) -> text.append(String.format(
                Locale.ROOT,
                "| %s | %s | %.2f | %.2f | %.0f | %.2f | %d |%n",
                recording.name(),
                way,
                run.megabytesPerSecond() / replay,
                run.megabytesPerSecond() / tokens,
                run.megabytesPerSecond(),
                run.bytes() / GB,
                run.used().peakMegabytes())));
        return text.toString();
    }

    /** Peak memory over length. */
    static Chart memory(Map<String, Map<Double, ReplayRuns.Run>> replays) {
        List<Chart.Series> series = new ArrayList<>();
        replays.forEach((name, bySize) -> series.add(new Chart.Series(
                name,
                bySize.values().stream()
                        .sorted(Comparator.comparingLong(ReplayRuns.Run::bytes))
                        .map(run -> new Chart.Point(run.bytes() / GB, run.used().peakMegabytes()))
                        .toList())));
        return Chart.line(
                        "Memory of replay over the length of the recording",
                        "length of the recording, GB",
                        "peak resident memory, MB",
                        series.toArray(Chart.Series[]::new))
                .withLogX();
    }
}
