package io.tenantpulse.exporter;

import com.sun.management.ThreadMXBean;
import io.tenantpulse.exporter.Recording.Line;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Measures what the mapping costs. Run it with the test class path: {@code java … io.tenantpulse.exporter.MappingSpeed}. It
 * plays the recordings again and again, each time as a new cluster, and prints MB of JSON per second of the CPU, bytes
 * allocated for an event without news, and bytes kept for an object.
 */
final class MappingSpeed {
    private static final int ROUNDS = 12;
    private static final double MB = 1e6;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final long thread = Thread.currentThread().getId();
    private long published;

    private MappingSpeed() {}

    public static void main(String[] args) {
        new MappingSpeed().run();
    }

    private void run() {
        for (String cluster : List.of("alpha", "beta")) {
            List<Line> lines = Recording.of(cluster);
            for (int round = 1; round <= ROUNDS; round++) {
                measure(cluster, lines, round);
            }
            unchanged(cluster, lines);
            retained(cluster, lines);
        }
    }

    private ClusterLog log(String cluster) {
        ClusterLog log =
                new ClusterLog(cluster, batch -> published += batch.records().size(), () -> Instant.EPOCH, null);
        log.claimEpoch(1, "speed");
        return log;
    }

    private void measure(String cluster, List<Line> lines, int round) {
        ClusterLog log = log(cluster);
        long bytes = lines.stream().mapToLong(Line::length).sum();
        long cpu = threads.getThreadCpuTime(thread);
        play(log, lines);
        double seconds = (threads.getThreadCpuTime(thread) - cpu) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%s round %d: %.0f MB/CPU-s, %.0f events/CPU-s%n",
                cluster,
                round,
                bytes / MB / seconds,
                lines.size() / seconds);
    }

    private static void play(ClusterLog log, List<Line> lines) {
        for (Line line : lines) {
            WatchedKind kind = line.watched().orElse(null);
            if (kind != null) {
                log.object(kind, line.type(), line.bytes(), line.offset(), line.length(), line.ts());
            }
        }
    }

    /** The last state of each tenant again, and again, with another resourceVersion each time. */
    private void unchanged(String cluster, List<Line> lines) {
        ClusterLog log = log(cluster);
        play(log, lines);
        List<byte[]> versions = new ArrayList<>();
        for (int i = lines.size() - 1; i >= 0 && versions.size() < 2000; i--) {
            Line line = lines.get(i);
            if (line.watched().map(WatchedKind::role).orElse(Role.EVENT) == Role.TENANT) {
                versions.add(line.object());
            }
        }
        byte[] last = versions.get(0);
        WatchedKind kind = cluster.equals("alpha") ? WatchedKind.TENANT : WatchedKind.LYNQ_NODE;
        String text = new String(last, StandardCharsets.UTF_8);
        List<byte[]> same = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            same.add(
                    text.replaceFirst("\"resourceVersion\":\"\\d+\"", "\"resourceVersion\":\"" + (9_000_000 + i) + "\"")
                            .getBytes(StandardCharsets.UTF_8));
        }
        log.object(kind, "MODIFIED", last, 0, last.length, null);
        long allocated = threads.getThreadAllocatedBytes(thread);
        long cpu = threads.getThreadCpuTime(thread);
        long before = published;
        for (byte[] each : same) {
            log.object(kind, "MODIFIED", each, 0, each.length, null);
        }
        System.out.printf(
                Locale.ROOT,
                "%s unchanged tenant of %d bytes: %d bytes allocated, %.1f us, %d records%n",
                cluster,
                last.length,
                (threads.getThreadAllocatedBytes(thread) - allocated) / same.size(),
                (threads.getThreadCpuTime(thread) - cpu) / 1e3 / same.size(),
                published - before);
    }

    /** Objects of the first minutes, over and over in other namespaces. */
    private void retained(String cluster, List<Line> lines) {
        List<Line> first = lines.subList(0, Math.min(lines.size(), 3000));
        long before = used();
        ClusterLog log = log(cluster);
        long fixed = used(log) - before;
        for (int copy = 0; copy < 40; copy++) {
            for (Line line : first) {
                WatchedKind kind = line.watched().orElse(null);
                if (kind == null || kind.role() == Role.EVENT) {
                    continue;
                }
                byte[] moved = new String(line.object(), StandardCharsets.UTF_8)
                        .replace("shop-a", "shop-" + copy)
                        .replace("tight-a", "tight-" + copy)
                        .replaceAll("\"uid\":\"[0-9a-f]{4}(?=[0-9a-f]{4}-)", "\"uid\":\"" + (1000 + copy))
                        .getBytes(StandardCharsets.UTF_8);
                log.object(kind, line.type(), moved, 0, moved.length, null);
            }
        }
        long objects = log.stats().kinds().values().stream()
                .mapToLong(Stats.OfKind::objects)
                .sum();
        System.out.printf(
                Locale.ROOT,
                "%s keeps %d objects in %d bytes each (beside %d KB fixed)%n",
                cluster,
                objects,
                (used(log) - before - fixed) / Math.max(1, objects),
                fixed / 1000);
    }

    private static long used(Object... keep) {
        long used = 0;
        for (int i = 0; i < 3; i++) {
            System.gc();
            used = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        }
        return keep.length < 0 ? 0 : used;
    }
}
