package io.tenantpulse.bench;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs processes that read a recording from a pipe: however long it is, it needs no disk. */
final class ReplayRuns {
    private static final Pattern TRANSITIONS = Pattern.compile(": (\\d+) transitions");
    private static final long LIMIT_SECONDS = 3600;

    private final List<String> replay;

    /** @param replay command that replays what it reads from standard input */
    ReplayRuns(List<String> replay) {
        this.replay = List.copyOf(replay);
    }

    /** What one process did with one recording. */
    record Run(long lines, long bytes, long transitions, ChildUse.Used used) {
        double megabytesPerSecond() {
            return bytes / 1e6 / used.cpuSeconds();
        }

        double linesPerSecond() {
            return lines / used.cpuSeconds();
        }

        double steadyMegabytesPerSecond() {
            return bytes / 1e6 / used.steadySeconds();
        }

        double steadyLinesPerSecond() {
            return lines / used.steadySeconds();
        }
    }

    /** The shipped process. */
    Run replay(RepeatedRecording recording, long bytes) throws IOException, InterruptedException {
        return run(replay, recording, bytes);
    }

    /**
     * What it is compared with, in a JVM with the same collector and heap.
     *
     * @param way of {@link LineProcess}
     */
    static Run baseline(String way, RepeatedRecording recording, long bytes) throws IOException, InterruptedException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Xms256m",
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                LineProcess.class.getName(),
                way);
        return run(command, recording, bytes);
    }

    private static Run run(List<String> command, RepeatedRecording recording, long bytes)
            throws IOException, InterruptedException {
        Path said = Files.createTempFile("tenant-pulse-bench", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(said.toFile())
                .start();
        try {
            FutureTask<RepeatedRecording.Written> writing = new FutureTask<>(() -> {
                try (OutputStream out = process.getOutputStream()) {
                    return recording.write(bytes, out);
                }
            });
            Thread writer = new Thread(writing, "recording");
            writer.setDaemon(true);
            writer.start();
            ChildUse.Used used = ChildUse.of(process, LIMIT_SECONDS);
            String text = Files.readString(said, StandardCharsets.UTF_8);
            if (process.exitValue() != 0) {
                throw new IOException(String.join(" ", command) + " ended with " + process.exitValue() + ": " + text);
            }
            RepeatedRecording.Written written = writing.get(1, TimeUnit.MINUTES);
            Matcher transitions = TRANSITIONS.matcher(text);
            return new Run(
                    written.lines(),
                    written.bytes(),
                    transitions.find() ? Long.parseLong(transitions.group(1)) : 0,
                    used);
        } catch (ExecutionException | java.util.concurrent.TimeoutException e) {
            throw new IOException("the recording could not be written to " + String.join(" ", command), e);
        } finally {
            process.destroyForcibly().waitFor();
            Files.delete(said);
        }
    }
}
