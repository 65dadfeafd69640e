package io.tenantpulse.bench;

import io.tenantpulse.bench.detector.DetectorSuite;
import io.tenantpulse.bench.detector.DetectorSuite.Part;
import io.tenantpulse.bench.detector.Entrant.Make;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the detector costs from the log to the alerts, beside what the same detection costs others. */
@Command(
        name = "detector",
        description =
                "What the detector costs on a real broker, beside a byte copy, the ordinary Kafka Streams app and Flink.",
        mixinStandardHelpOptions = true)
final class DetectorBench implements Callable<Integer> {
    private static final int QUICK_TENANTS = 500;
    private static final int QUICK_EVENTS = 10_000;
    private static final Duration QUICK_PACED = Duration.ofSeconds(20);

    @Option(
            names = "--parts",
            split = ",",
            paramLabel = "PART",
            description = "What to measure: ${COMPLETION-CANDIDATES}. Default: all.")
    private Set<Part> parts = EnumSet.allOf(Part.class);

    @Option(
            names = "--contenders",
            split = ",",
            paramLabel = "NAME",
            description = "Who takes part: ${COMPLETION-CANDIDATES}. Default: all.")
    private Set<Make> contenders = EnumSet.allOf(Make.class);

    @Option(
            names = "--tenants",
            paramLabel = "N",
            defaultValue = "100000",
            description = "Tenants of the fleet. Default: ${DEFAULT-VALUE}.")
    private int tenants;

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "2000000",
            description = "Events that are measured, after half as many to warm up. Default: ${DEFAULT-VALUE}.")
    private int events;

    @Option(
            names = "--threads",
            split = ",",
            paramLabel = "N",
            defaultValue = "1,2",
            description = "Threads of the detector, in turn. Default: ${DEFAULT-VALUE}.")
    private List<Integer> threads;

    @Option(
            names = "--sizes",
            split = ",",
            paramLabel = "N",
            defaultValue = "10000,100000,1000000",
            description = "Tenants of the fleets that are compared, ascending. Default: ${DEFAULT-VALUE}.")
    private List<Integer> sizes;

    @Option(
            names = "--seconds",
            paramLabel = "N",
            defaultValue = "60",
            description = "How long latencies are measured. Default: ${DEFAULT-VALUE}.")
    private int seconds;

    @Option(
            names = "--quick",
            description = "Few tenants and events: to see that all runs and agrees, not how fast it is.")
    private boolean quick;

    @Option(
            names = "--profiles",
            paramLabel = "DIR",
            description =
                    "Record every contender with the JDK's flight recorder there, which costs some of what is measured.")
    private @Nullable Path profiles;

    @Option(
            names = "--results",
            paramLabel = "FILE",
            description = "Keep the tables there, in the part of this command; SCALING alone has a part of its own.")
    private @Nullable Path results;

    @Override
    public Integer call() throws IOException, InterruptedException {
        String flink = flinkClassPath();
        if (flink == null && contenders.removeIf(make -> make.name().startsWith("FLINK"))) {
            System.err.println("Flink is left out: bench-flink is not built");
        }
        DetectorSuite suite = new DetectorSuite(quick ? quick(flink) : settings(flink));
        String text = Results.headed("detector", suite.run());
        System.out.println(text);
        if (results != null) {
            String part = parts.equals(EnumSet.of(Part.SCALING)) ? "detector-scaling" : "detector";
            Results.keep(results, part, text, suite.charts());
        }
        return 0;
    }

    private DetectorSuite.Settings settings(@Nullable String flink) {
        return new DetectorSuite.Settings(
                parts,
                tenants,
                events / 2,
                events,
                contenders,
                threads,
                sizes,
                Duration.ofSeconds(seconds),
                flink,
                profiles);
    }

    private DetectorSuite.Settings quick(@Nullable String flink) {
        return new DetectorSuite.Settings(
                parts,
                QUICK_TENANTS,
                QUICK_EVENTS / 2,
                QUICK_EVENTS,
                contenders,
                threads,
                List.of(QUICK_TENANTS, QUICK_TENANTS * 2),
                QUICK_PACED,
                flink,
                profiles);
    }

    private static @Nullable String flinkClassPath() {
        Path target = Results.HOME.resolve("bench-flink/target");
        Path classes = target.resolve("classes");
        return Files.isDirectory(classes) && Files.isDirectory(target.resolve("lib"))
                ? classes + System.getProperty("path.separator") + target.resolve("lib") + "/*"
                : null;
    }
}
