package io.tenantpulse.bench;

import io.tenantpulse.exporter.ClusterLog;
import io.tenantpulse.exporter.WatchedKind;
import io.tenantpulse.exporter.kube.LinkReads;
import io.tenantpulse.exporter.kube.WatchBytes;
import io.tenantpulse.testkit.RealApiServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What the exporter costs against a real API server: its first frames in a cold JVM, and its bytes from the socket to the log. */
final class RealServerBench {
    private static final double MB = 1e6;
    private static final double NANOS = 1e9;
    private static final long FRAME_SECONDS = 180;
    private static final long QUIET_SECONDS = 6;

    private static final int WARM_UPS = 6;

    private static final String TENANTS = "operator.kubernetes-tenants.org/v1";

    private final Fleet fleet;
    private final int objects;

    /** @param objects that the cluster is to have; at least 1 */
    RealServerBench(WatchEvents events, int objects) {
        this.fleet = new Fleet(events);
        this.objects = objects;
    }

    private interface Use {
        String of(RealApiServer server, Path dir, int put) throws IOException, InterruptedException;
    }

    /** All of it as Markdown. */
    String report(int rounds) throws IOException, InterruptedException {
        StringBuilder text = new StringBuilder();
        text.append("### First frames of a cluster, cold JVM with -Xmx256m, real API server\n\n");
        text.append(
                "| lists | objects | CPU-s to the last SYNC_END | seconds to it, start of the JVM included | records | MB of Avro | peak RSS MB |\n");
        text.append("|---|---|---|---|---|---|---|\n");
        text.append(served(objects, (server, dir, put) -> frame("streaming", server, dir, put)));
        text.append(served(
                objects, (server, dir, put) -> frame("paged", server, dir, put), "--feature-gates=WatchList=false"));
        text.append("\n### From the real API server's socket, one HTTP/2 connection, TLS, whole process\n\n");
        text.append("Streaming lists of objects whose resourceVersion is new and which are else unchanged;");
        text.append(" CPU but for the compilers'. A round reads all in both ways, one after the other.\n\n");
        text.append("| way | of bytes only | least–most | MB/CPU-s | rounds × MB |\n|---|---|---|---|---|\n");
        text.append(served(objects, (server, dir, put) -> socket(server, put, rounds)));
        return text.toString();
    }

    private String served(int count, Use use, String... flags) throws IOException, InterruptedException {
        Path dir = Files.createTempDirectory("tenant-pulse-bench");
        try (RealApiServer server = new RealApiServer(dir, flags)) {
            server.define("tenant-operator.yaml", TENANTS, "tenants", "tenantregistries", "tenanttemplates");
            int put = new Etcd(server.etcdUrl()).fill(fleet, count);
            String row = use.of(server, dir, put);
            System.err.print(row);
            return row;
        } finally {
            delete(dir);
        }
    }

    private static void delete(Path dir) throws IOException {
        try (Stream<Path> files = Files.walk(dir)) {
            files.sorted((one, other) -> other.compareTo(one)).forEach(file -> {
                try {
                    Files.deleteIfExists(file);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }

    private String frame(String lists, RealApiServer server, Path dir, int put)
            throws IOException, InterruptedException {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        FrameProcess.class.getName(),
                        server.adminKubeconfig().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            String[] last = lastFrame(child);
            return String.format(
                    Locale.ROOT,
                    "| %s | %d | %.1f | %.1f | %s | %.1f | %d |%n",
                    lists,
                    put,
                    Long.parseLong(last[0]) / 1e3,
                    Long.parseLong(last[3]) / 1e3,
                    last[1],
                    Long.parseLong(last[2]) / MB,
                    peakMegabytes(child.pid()));
        } finally {
            child.destroyForcibly().waitFor();
        }
    }

    /** Milliseconds of CPU, records, bytes and milliseconds since the start at the end of the last frame. */
    private static String[] lastFrame(Process child) throws InterruptedException, IOException {
        BlockingQueue<String> said = new LinkedBlockingQueue<>();
        Thread reader = new Thread(() -> {
            try (BufferedReader lines =
                    new BufferedReader(new InputStreamReader(child.getInputStream(), StandardCharsets.UTF_8))) {
                lines.lines().forEach(said::add);
            } catch (IOException | UncheckedIOException e) {
                said.add("");
            }
        });
        reader.setDaemon(true);
        reader.start();
        Set<String> missing = new HashSet<>();
        Etcd.kinds().forEach(kind -> missing.add(kind.name()));
        String[] last = new String[0];
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(FRAME_SECONDS);
        while (System.nanoTime() < deadline) {
            String line = said.poll(QUIET_SECONDS, TimeUnit.SECONDS);
            if (line != null && line.startsWith("SYNC_END")) {
                String[] words = line.split(" ");
                missing.remove(words[1]);
                last = new String[] {words[2], words[3], words[4], words[5]};
            } else if (line == null && missing.isEmpty()) {
                return last;
            } else if (!child.isAlive()) {
                throw new IOException("the exporter ended with exit code " + child.exitValue());
            }
        }
        throw new IOException("no frame of " + missing + " within " + FRAME_SECONDS + " s");
    }

    private static long peakMegabytes(long pid) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        }
    }

    /** Warm-ups read what is there; in the rounds that count every object has a new resourceVersion, or it would be known by that. */
    private String socket(RealApiServer server, int put, int rounds) throws IOException, InterruptedException {
        Etcd etcd = new Etcd(server.etcdUrl());
        Map<Boolean, List<Double>> rates = new HashMap<>(Map.of(true, new ArrayList<>(), false, new ArrayList<>()));
        ClusterLog log = Decoders.newLog("bench", new EncodedLog());
        long bytes = 0;
        try (LinkReads reads = new LinkReads(server.adminKubeconfig())) {
            for (int round = -WARM_UPS; round < rounds; round++) {
                if (round >= 0) {
                    etcd.fill(fleet, put);
                }
                for (boolean full : List.of(round % 2 == 0, round % 2 != 0)) {
                    System.gc();
                    long nanos = Cpu.steadyNanos();
                    bytes = 0;
                    for (WatchedKind kind : Etcd.kinds()) {
                        bytes += reads.read(kind, full ? new WatchBytes(log) : null);
                    }
                    if (round >= 0) {
                        rates.get(full).add(bytes / MB / ((Cpu.steadyNanos() - nanos) / NANOS));
                    }
                }
            }
        }
        return row("bytes only", rates.get(false), rates.get(false), bytes)
                + row("to \"unchanged\"", rates.get(true), rates.get(false), bytes);
    }

    /** The ratio is the median of the rounds' own: both ways of a round are read one after the other. */
    private static String row(String way, List<Double> rates, List<Double> only, long bytes) {
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < rates.size(); i++) {
            ratios.add(rates.get(i) / only.get(i));
        }
        return String.format(
                Locale.ROOT,
                "| %s | %.2f | %.2f–%.2f | %.0f | %d × %.0f |%n",
                way,
                median(ratios),
                ratios.stream().min(Double::compare).orElseThrow(),
                ratios.stream().max(Double::compare).orElseThrow(),
                median(rates),
                rates.size(),
                bytes / MB);
    }

    private static double median(List<Double> of) {
        return of.stream().sorted().skip(of.size() / 2).findFirst().orElseThrow();
    }
}
