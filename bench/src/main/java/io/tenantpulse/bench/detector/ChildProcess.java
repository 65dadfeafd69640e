package io.tenantpulse.bench.detector;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A main class in a JVM of its own, which ends when its input does, so with this process at the latest. */
final class ChildProcess implements AutoCloseable {
    /** Class path of this process. */
    static final String OWN_CLASS_PATH = System.getProperty("java.class.path");

    private static final Duration STOP = Duration.ofSeconds(60);
    private static final String ENDED = "\0ended";

    private final String name;
    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private ChildProcess(String name, Process process) {
        this.name = name;
        this.process = process;
        Thread reader = new Thread(this::read, "output-of-child");
        reader.setDaemon(true);
        reader.start();
    }

    static ChildProcess start(String classPath, List<String> flags, String main, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-XX:+ExitOnOutOfMemoryError");
        command.add("-XX:-UsePerfData");
        command.addAll(flags);
        command.addAll(List.of("-cp", classPath, main));
        command.addAll(List.of(arguments));
        return new ChildProcess(
                main,
                new ProcessBuilder(command)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start());
    }

    /**
     * The rest of the next line that begins so.
     *
     * @throws IOException if the process ends, or says nothing of the kind in time
     */
    String await(String beginning, Duration timeout) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (true) {
            String line = lines.poll(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
            if (line == null) {
                throw new IOException(name + " did not say \"" + beginning.strip() + "\" within " + timeout);
            }
            if (line.equals(ENDED)) {
                throw new IOException(name + " ended with exit code " + process.waitFor() + " before it said \""
                        + beginning.strip() + "\"; its error output stands above");
            }
            if (line.startsWith(beginning)) {
                return line.substring(beginning.length());
            }
        }
    }

    /** Waits until the process has ended by itself. */
    void awaitEnd() throws IOException, InterruptedException {
        if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
            throw new IOException(name + " did not end within " + STOP);
        }
        if (process.exitValue() != 0) {
            throw new IOException(name + " ended with exit code " + process.exitValue());
        }
    }

    /** Ends it: in order if it does so in a minute, else at once. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            output.lines().forEach(lines::add);
        } catch (IOException e) {
            lines.add("output lost: " + e);
        }
        lines.add(ENDED);
    }
}
