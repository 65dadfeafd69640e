package io.tenantpulse.bench.detector;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tenantpulse.bench.Chart;
import io.tenantpulse.bench.detector.Entrant.Make;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** How costs grow with the number of tenants: of an event, of a watermark, of a restart. */
final class Scaling {
    private static final Duration BOUND = Duration.ofMinutes(60);
    /** A task that holds a million tenants holds their bytes and their keys. */
    private static final List<String> TICK_FLAGS = List.of("-Xmx4g");

    private static final double TICK_MILLIS = 2;
    private static final double RESTORE_SECONDS = 4;

    private static final Entrant OURS = new Entrant(Make.OURS, 1, true);

    private final Race race;
    private final List<Integer> sizes;
    private final List<Size> measured = new ArrayList<>();

    /**
     * What was measured of a fleet of one size.
     *
     * @param ticks empty: not measured
     */
    private record Size(
            int tenants,
            RaceReport report,
            RestartProcess.Restart clean,
            RestartProcess.Restart empty,
            TickProcess.Ticks ticks) {}

    /** @param sizes in tenants, ascending */
    Scaling(Race race, List<Integer> sizes) {
        this.race = race;
        this.sizes = List.copyOf(sizes);
    }

    void run(int warmUp, int events, double changing) throws IOException, InterruptedException {
        TickProcess.Ticks[] ticks = ticks();
        for (int i = 0; i < sizes.size(); i++) {
            int tenants = sizes.get(i);
            LogSpec spec = new LogSpec("size-" + tenants, LogSpec.Kind.TENANTS, tenants, warmUp, events, changing);
            Race.Ranking ranking = race.run(spec, List.of(new Entrant(Make.COPY, 1, false), OURS));
            Job job = race.job(ranking.log(), OURS);
            RestartProcess.Restart clean = restart(job);
            RestartProcess.Restart empty = restart(job.in(job.stateDir() + "-empty"));
            check(tenants, clean);
            check(tenants, empty);
            measured.add(new Size(tenants, new RaceReport(ranking), clean, empty, ticks[i]));
        }
    }

    private static void check(int tenants, RestartProcess.Restart restart) throws IOException {
        if (restart.tenants() != tenants) {
            throw new IOException("after a restart the detector remembers " + restart.tenants() + " tenants instead of "
                    + tenants + ": " + restart);
        }
    }

    private RestartProcess.Restart restart(Job job) throws IOException, InterruptedException {
        try (ChildProcess process = race.start(RestartProcess.class, job)) {
            String json = process.await(RestartProcess.RESULT, BOUND);
            process.awaitEnd();
            return new ObjectMapper().readValue(json, RestartProcess.Restart.class);
        }
    }

    /** The first size twice: once to warm up. */
    private TickProcess.Ticks[] ticks() throws IOException, InterruptedException {
        Path folder = race.folder();
        String[] arguments = Stream.concat(
                        Stream.of(folder.toString(), sizes.get(0).toString()),
                        sizes.stream().map(String::valueOf))
                .toArray(String[]::new);
        try (ChildProcess process =
                ChildProcess.start(ChildProcess.OWN_CLASS_PATH, TICK_FLAGS, TickProcess.class.getName(), arguments)) {
            String json = process.await(TickProcess.RESULT, BOUND);
            process.awaitEnd();
            TickProcess.Ticks[] all = new ObjectMapper().readValue(json, TickProcess.Ticks[].class);
            return Stream.of(all).skip(1).toArray(TickProcess.Ticks[]::new);
        }
    }

    String table() {
        StringBuilder text =
                new StringBuilder("### As tenants grow; 5 % of the records change something, exactly once, 1 thread\n\n"
                        + "A tick is a watermark of each of ten clusters in a task that holds all of the tenants, the worst of"
                        + " those in which tenants are looked at that broke at one instant. Back: from"
                        + " the start until every task works and a query of the tenants is answered.\n\n"
                        + "| tenants | CPU of B's | of the cost at the size before | CPU-s/M | bytes allocated per record"
                        + " | peak RSS MiB | tick ms, p50 | worst, 10 broke | worst, 1 % broke | back after a clean stop, s | without its folder, s"
                        + " | entries read then |\n|---|---|---|---|---|---|---|---|---|---|---|---|\n");
        Size before = null;
        for (Size each : measured) {
            Measurement ours = ours(each);
            text.append(String.format(
                    Locale.ROOT,
                    "| %,d | %.2f | %s | %.2f | %d | %d | %.2f | %.2f | %.2f | %.1f | %.1f | %,d |%n",
                    each.tenants,
                    each.report.ours(Make.COPY, false).orElseThrow(),
                    before == null
                            ? ""
                            : String.format(
                                    Locale.ROOT,
                                    "%.2f",
                                    ours.cpuSecondsPerMillion() / ours(before).cpuSecondsPerMillion()),
                    ours.cpuSecondsPerMillion(),
                    ours.allocatedPerRecord(),
                    ours.peakBytes() >> 20,
                    each.ticks.median(),
                    each.ticks.fewMax(),
                    each.ticks.max(),
                    each.clean.answeringSeconds(),
                    each.empty.answeringSeconds(),
                    each.empty.restored()));
            before = each;
        }
        return text.toString();
    }

    private static Measurement ours(Size size) {
        return size.report.find(Make.OURS, true, 1).orElseThrow().measured();
    }

    /** The curves that should be flat, and that of a restart. */
    List<Chart> charts() {
        return List.of(
                chart(
                        "CPU of a record over the number of tenants",
                        "CPU of the byte copy's",
                        each -> each.report.ours(Make.COPY, false).orElseThrow()),
                chart(
                                "Watermark over the number of tenants",
                                "tick and task, worst, 10 tenants broke, ms",
                                each -> each.ticks.fewMax())
                        .withBound("goal", TICK_MILLIS),
                chart("Restore over the number of tenants", "without a folder, s", each -> each.empty.runningSeconds())
                        .withBound("goal for a million", RESTORE_SECONDS));
    }

    private Chart chart(String title, String label, Function<Size, Double> figure) {
        List<Chart.Point> points = measured.stream()
                .map(each -> new Chart.Point(each.tenants, figure.apply(each)))
                .toList();
        return Chart.line(title, "tenants", label, new Chart.Series("the detector, exactly once, 1 thread", points))
                .withLogX();
    }

    void judge(Goals goals) {
        Optional<Size> large =
                measured.stream().filter(each -> each.tenants == 1_000_000).findFirst();
        Optional<Size> usual =
                measured.stream().filter(each -> each.tenants == 100_000).findFirst();
        goals.atMost(
                "watermark tick and task at 1 M tenants, worst, 10 of them broke at once",
                TICK_MILLIS,
                of(large, each -> each.ticks.fewMax()),
                " ms");
        goals.atMost("the same, 1 % of them broke at once", TICK_MILLIS, of(large, each -> each.ticks.max()), " ms");
        goals.atMost(
                "CPU of a record at 1 M tenants, of that at 100 k",
                1.2,
                usual.flatMap(than -> of(
                        large,
                        each -> ours(each).cpuSecondsPerMillion() / ours(than).cpuSecondsPerMillion())),
                "");
        goals.atMost(
                "restore of 1 M tenants without a folder",
                RESTORE_SECONDS,
                of(large, each -> each.empty.runningSeconds()),
                " s");
        goals.atMost("back after a clean stop, 1 M tenants", 5, of(large, each -> each.clean.answeringSeconds()), " s");
        goals.atMost(
                "peak RSS at 1 M tenants",
                1536,
                of(large, each -> (double) (ours(each).peakBytes() >> 20)),
                " MiB");
    }

    private static Optional<Double> of(Optional<Size> size, Function<Size, Double> figure) {
        return size.map(figure);
    }
}
