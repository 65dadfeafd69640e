package io.tenantpulse.bench.detector;

import io.tenantpulse.bench.Chart;
import io.tenantpulse.bench.detector.Entrant.Make;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All that is measured of the detector on a real broker. */
public final class DetectorSuite {
    /** By which the system says what it gives to whom asks. */
    private static final Path HUGE_PAGES = Path.of("/sys/kernel/mm/transparent_hugepage/enabled");

    /** As the launcher starts the detector. */
    private static final List<String> FLAGS = flags();

    private static final double FEW = 0.05;
    /** What the exporter ships with, and what who wants alerts without a hold at once would set. */
    private static final List<Duration> WATERMARKS = List.of(Duration.ofSeconds(5), Duration.ofMillis(500));

    private static final int EVENTS_PER_SECOND = 1000;
    /** The fewer, the longer is the time that a log spans: its marks would be most of it. */
    private static final int LEAST_TENANTS = 300;

    private final Settings settings;
    private final Goals goals = new Goals();
    private final List<String> tables = new ArrayList<>();
    private final List<Chart> charts = new ArrayList<>();

    /** What can be measured. */
    public enum Part {
        /** Contenders over tenant records of which few change a tenant's state. */
        FEW,
        /** The same where every record does. */
        ALL,
        /** Contenders over resource records. */
        RESOURCES,
        /** From an observation, and from a deadline, to the alert's reader, at a steady pace. */
        LATENCY,
        /** What an event, a watermark and a restart cost as tenants grow. */
        SCALING
    }

    /**
     * What to measure.
     *
     * @param tenants of the fleet
     * @param warmUp events before those that are measured
     * @param events that are measured
     * @param threads of the detector, in turn
     * @param sizes of fleets to compare, ascending
     * @param paced how long latencies are measured
     * @param flinkClassPath of Flink's contenders; null: they are left out
     * @param profiles folder for flight recordings of the contenders; null: none are made
     */
    public record Settings(
            Set<Part> parts,
            int tenants,
            int warmUp,
            int events,
            Set<Make> makes,
            List<Integer> threads,
            List<Integer> sizes,
            Duration paced,
            @Nullable String flinkClassPath,
            @Nullable Path profiles) {
        public Settings {
            parts = Set.copyOf(parts);
            makes = Set.copyOf(makes);
            threads = List.copyOf(threads);
            sizes = List.copyOf(sizes);
        }
    }

    public DetectorSuite(Settings settings) {
        this.settings = settings;
    }

    /**
     * Measures and returns tables, goals first.
     *
     * @throws IOException if something fails, or contenders disagree on what fires
     */
    public List<String> run() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("tenant-pulse-bench-detector");
        try (Servers servers = Servers.start(folder.resolve("servers"))) {
            if (settings.profiles() != null) {
                Files.createDirectories(settings.profiles());
            }
            Race race = new Race(servers.addresses(), folder, FLAGS, settings.flinkClassPath(), settings.profiles());
            if (settings.parts().contains(Part.FEW)) {
                few(race);
            }
            if (settings.parts().contains(Part.ALL)) {
                all(race);
            }
            if (settings.parts().contains(Part.RESOURCES)) {
                resources(race);
            }
            if (settings.parts().contains(Part.LATENCY)) {
                latency(race, servers.addresses());
            }
            if (settings.parts().contains(Part.SCALING)) {
                Scaling scaling = new Scaling(race, settings.sizes());
                scaling.run(settings.warmUp(), settings.events(), FEW);
                scaling.judge(goals);
                tables.add(scaling.table());
                charts.addAll(scaling.charts());
            }
        } finally {
            delete(folder);
        }
        List<String> all = new ArrayList<>();
        if (!goals.isEmpty()) {
            all.add(goals.table());
        }
        all.addAll(tables);
        all.add(Method.TEXT);
        return all;
    }

    /** Curves of what was measured. */
    public List<Chart> charts() {
        return List.copyOf(charts);
    }

    private void few(Race race) throws IOException, InterruptedException {
        RaceReport report = race(race, LogSpec.Kind.TENANTS, "few", settings.tenants(), FEW, settings.makes());
        String log = " where 5 % of the tenant records change something";
        goals.atMost("CPU, of byte copy," + log, 1.0, report.ours(Make.COPY, false), "");
        goals.atMost("CPU, of Flink on the heap," + log, 1.0, report.ours(Make.FLINK_HEAP, false), "");
        goals.atMost("CPU, of Flink with RocksDB," + log, 0.3, report.ours(Make.FLINK_ROCKSDB, false), "");
        goals.atMost("CPU, of the ordinary app exactly once," + log, 0.2, report.ours(Make.ORDINARY, true), "");
        goals.atMost(
                "peak RSS at " + settings.tenants() + " tenants",
                550,
                report.find(Make.OURS, true, 1).map(ours -> ours.measured().peakBytes() / (double) (1 << 20)),
                " MiB");
    }

    private void all(Race race) throws IOException, InterruptedException {
        RaceReport report = race(race, LogSpec.Kind.TENANTS, "all", settings.tenants(), 1, settings.makes());
        String log = " where every tenant record changes something";
        goals.atMost("CPU, of byte copy," + log, 2.0, report.ours(Make.COPY, false), "");
        goals.atMost("CPU, of Flink on the heap," + log, 1.0, report.ours(Make.FLINK_HEAP, false), "");
    }

    /** As many objects as in the other logs: fewer tenants, each with its resources. */
    private void resources(Race race) throws IOException, InterruptedException {
        Set<Make> own = Set.of(Make.POLL, Make.COPY, Make.OURS);
        int tenants = Math.max(LEAST_TENANTS, settings.tenants() / Episodes.RESOURCES);
        RaceReport report = race(
                race,
                LogSpec.Kind.RESOURCES,
                "resources",
                tenants,
                FEW,
                settings.makes().stream().filter(own::contains).collect(Collectors.toSet()));
        goals.atMost("CPU, of byte copy, resource records", 2.0, report.ours(Make.COPY, false), "");
    }

    private void latency(Race race, Servers.Addresses addresses) throws IOException, InterruptedException {
        StringBuilder rows = new StringBuilder();
        for (Duration watermarks : WATERMARKS) {
            PacedRun.Latencies all = new PacedRun(
                            race, addresses, settings.tenants(), EVENTS_PER_SECOND, settings.paced(), watermarks)
                    .run();
            String every = ", watermarks every " + all.watermarkMillis() + " ms";
            rows.append(row("an observation (hold 0)" + every, all.observation()));
            rows.append(row("a deadline" + every, all.deadline()));
            goals.atMost(
                    "observation to alert record, p99" + every,
                    1500,
                    Optional.of((double) all.observation().p99()),
                    " ms");
            goals.atMost(
                    "deadline to alert record, p99" + every,
                    all.watermarkMillis() + 1000.0,
                    Optional.of((double) all.deadline().p99()),
                    " ms");
        }
        tables.add(String.format(
                        Locale.ROOT,
                        "### Latency to the reader of the alert; %,d tenants, %,d records a second, exactly once,"
                                + " 1 thread%n%n| from | alerts | p50 ms | p99 ms | max ms |%n|---|---|---|---|---|%n",
                        settings.tenants(),
                        EVENTS_PER_SECOND)
                + rows);
    }

    private static String row(String from, PacedRun.Latency latency) {
        return "| " + from + " | " + latency.alerts() + " | " + latency.median() + " | " + latency.p99() + " | "
                + latency.max() + " |\n";
    }

    private static List<String> flags() {
        List<String> flags = new ArrayList<>(List.of(
                "-XX:+UseSerialGC",
                "-Xms128m",
                "-Xmx2g",
                "-XX:MaxNewSize=160m",
                "-XX:MinHeapFreeRatio=30",
                "-XX:MaxHeapFreeRatio=50"));
        try {
            if (Files.readString(HUGE_PAGES).matches("(?s).*\\[(madvise|always)].*")) {
                flags.add("-XX:+UseTransparentHugePages");
            }
        } catch (IOException e) {
            return flags; // No Linux: the flag is unknown there.
        }
        return flags;
    }

    private RaceReport race(Race race, LogSpec.Kind kind, String name, int tenants, double changing, Set<Make> makes)
            throws IOException, InterruptedException {
        List<Entrant> entrants = Stream.of(Make.values())
                .filter(makes::contains)
                .flatMap(make -> Entrant.of(make, settings.threads()).stream())
                .toList();
        LogSpec spec = new LogSpec(name, kind, tenants, settings.warmUp(), settings.events(), changing);
        RaceReport report = new RaceReport(race.run(spec, entrants));
        tables.add(report.table());
        return report;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(each);
            }
        }
    }
}
