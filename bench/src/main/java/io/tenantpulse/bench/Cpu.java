package io.tenantpulse.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What the machine did for us. */
public final class Cpu {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final int COLLECTIONS = 2;
    private static final Path TASKS = Path.of("/proc/self/task");
    private static final String COMPILER = "CompilerThre"; // names end after 15 characters

    private Cpu() {}

    /** CPU time of the whole process, compilers and collectors included. */
    public static long processNanos() {
        return SYSTEM.getProcessCpuTime();
    }

    /**
     * CPU time of the whole process without its compilers, whose work ends when all is warm, but with its collectors, whose work
     * does not. Where the system does not tell threads apart (no Linux), with the compilers.
     */
    public static long steadyNanos() {
        long compilers = 0;
        try (Stream<Path> threads = Files.list(TASKS)) {
            for (Path thread : threads.toList()) {
                if (Files.readString(thread.resolve("comm")).contains(COMPILER)) {
                    compilers += Long.parseLong(
                            Files.readString(thread.resolve("schedstat")).split(" ", 2)[0]);
                }
            }
        } catch (IOException | UncheckedIOException e) {
            return processNanos();
        }
        return processNanos() - compilers;
    }

    /** CPU time of this thread. */
    public static long threadNanos() {
        return THREADS.getCurrentThreadCpuTime();
    }

    /** Bytes that this thread has allocated. */
    public static long allocatedBytes() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }

    /** Bytes reachable now. */
    public static long liveBytes() {
        for (int i = 0; i < COLLECTIONS; i++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
