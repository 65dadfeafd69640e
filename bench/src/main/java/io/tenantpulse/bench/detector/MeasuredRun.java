package io.tenantpulse.bench.detector;

import com.sun.management.ThreadMXBean;
import io.tenantpulse.bench.Cpu;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** One contender over one log in this process: its first part to warm up, the second measured, told as a line of JSON. */
public final class MeasuredRun {
    static final String RESULT = "RESULT ";

    private static final long POLL_MILLIS = 4;
    private static final Duration STALLED = Duration.ofMinutes(3);
    private static final double NANOS = 1e9;
    private static final long KIB = 1024;
    private static final Path STATUS = Path.of("/proc/self/status");

    private final Contender contender;
    private final Job job;

    private record Sample(long records, long nanos, long cpuNanos, long allocated) {}

    private MeasuredRun(Contender contender, Job job) {
        this.contender = contender;
        this.job = job;
    }

    /**
     * The main method of a contender's process.
     *
     * @param args one: the job
     */
    public static void main(String[] args, Function<Job, Contender> contenders) throws Exception {
        Quiet.install();
        endWithParent();
        Job job = Job.fromJson(args[0]);
        Measurement result = new MeasuredRun(contenders.apply(job), job).run();
        System.out.println(RESULT + result.toJson());
        System.out.flush();
        System.exit(0); // some leave threads behind; a flight recorder writes its file now
    }

    private Measurement run() throws Exception {
        try (contender) {
            contender.start();
            Sample listed = sampleAt(job.listed());
            Sample begin = sampleAt(job.warm());
            Sample end = sampleAt(job.total());
            long peak = peakBytes();
            return new Measurement(
                    listed.records,
                    listed.cpuNanos / NANOS,
                    end.records - begin.records,
                    (end.nanos - begin.nanos) / NANOS,
                    (end.cpuNanos - begin.cpuNanos) / NANOS,
                    end.allocated - begin.allocated,
                    peak);
        }
    }

    private Sample sampleAt(long records) throws Exception {
        long done = contender.processed();
        long progressed = System.nanoTime();
        while (done < records) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            long now = contender.processed();
            if (now != done) {
                progressed = System.nanoTime();
            } else if (System.nanoTime() - progressed > STALLED.toNanos()) {
                throw new IOException(job.contender() + " stands still at " + done + " of " + job.total() + " records");
            }
            done = now;
        }
        long allocated = allocatedByAll(); // before threads end, with which their figures go
        if (records == job.total()) {
            contender.finish();
        }
        return new Sample(done, System.nanoTime(), Cpu.steadyNanos(), allocated);
    }

    private static long allocatedByAll() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long all = 0;
        for (long each : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
            all += Math.max(0, each);
        }
        return all;
    }

    /** 0 where the system does not tell. */
    private static long peakBytes() {
        try {
            return Files.readAllLines(STATUS).stream()
                            .filter(line -> line.startsWith("VmHWM:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                            .findFirst()
                            .orElse(0)
                    * KIB;
        } catch (IOException e) {
            return 0; // no Linux
        }
    }

    private static void endWithParent() {
        Thread lifeline = new Thread(
                () -> {
                    try {
                        while (System.in.read() >= 0) {
                            // nothing is asked
                        }
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    } finally {
                        Runtime.getRuntime().halt(1);
                    }
                },
                "lifeline");
        lifeline.setDaemon(true);
        lifeline.start();
    }
}
