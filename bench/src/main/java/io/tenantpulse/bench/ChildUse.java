package io.tenantpulse.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What another process has used, looked up again and again while it runs: when it has ended, nobody can be asked. Linux only.
 *
 * <p>What it does after the last look, within {@link #LOOK_MILLIS}, is not counted.
 */
final class ChildUse {
    private static final long LOOK_MILLIS = 20;
    private static final String COMPILER = "CompilerThre"; // names end after 15 characters
    private static final int USER_TICKS = 11; // after the name, which ends with a bracket
    private static final double TICKS_PER_SECOND = 100; // USER_HZ, the same on every Linux that runs Java
    private static final double NANOS = 1e9;

    private final Process process;
    private final Path proc;
    private final Map<String, Long> compilerNanos = new HashMap<>();
    private double cpuSeconds;
    private long peakKilobytes;

    private ChildUse(Process process) {
        this.process = process;
        this.proc = Path.of("/proc", Long.toString(process.pid()));
    }

    /**
     * What a process used from its start to its end.
     *
     * @param cpuSeconds of all its threads
     * @param compilerSeconds of these, its just-in-time compilers'
     * @param peakMegabytes of resident memory
     */
    record Used(double cpuSeconds, double compilerSeconds, long peakMegabytes) {
        /** Without the compilers, whose work ends when all is warm. */
        double steadySeconds() {
            return cpuSeconds - compilerSeconds;
        }
    }

    /**
     * Looks until the process has ended.
     *
     * @throws IOException if it runs for longer than that
     */
    static Used of(Process process, long seconds) throws IOException, InterruptedException {
        ChildUse use = new ChildUse(process);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        do {
            use.look();
            if (System.nanoTime() > deadline) {
                throw new IOException("process " + process.pid() + " was not done after " + seconds + " s");
            }
        } while (!process.waitFor(LOOK_MILLIS, TimeUnit.MILLISECONDS));
        long compilers =
                use.compilerNanos.values().stream().mapToLong(Long::longValue).sum();
        return new Used(use.cpuSeconds, compilers / NANOS, use.peakKilobytes / 1024);
    }

    private void look() {
        try {
            String[] fields = Files.readString(proc.resolve("stat"))
                    .replaceFirst("^.*\\) ", "")
                    .split(" ");
            long ticks = Long.parseLong(fields[USER_TICKS]) + Long.parseLong(fields[USER_TICKS + 1]);
            cpuSeconds = Math.max(cpuSeconds, ticks / TICKS_PER_SECOND);
            try (Stream<String> lines = Files.lines(proc.resolve("status"))) {
                lines.filter(line -> line.startsWith("VmHWM:"))
                        .forEach(line ->
                                peakKilobytes = Math.max(peakKilobytes, Long.parseLong(line.replaceAll("\\D", ""))));
            }
            lookAtCompilers();
        } catch (IOException | UncheckedIOException e) {
            // it has just ended
        }
    }

    private void lookAtCompilers() throws IOException {
        try (Stream<Path> threads = Files.list(proc.resolve("task"))) {
            for (Path thread : threads.toList()) {
                if (Files.readString(thread.resolve("comm")).contains(COMPILER)) {
                    String[] times =
                            Files.readString(thread.resolve("schedstat")).split(" ", 2);
                    compilerNanos.put(thread.toString(), Long.parseLong(times[0]));
                }
            }
        }
    }
}
