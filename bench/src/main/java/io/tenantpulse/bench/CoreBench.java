package io.tenantpulse.bench;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tenantpulse.bench.detector.CoreRun;
import io.tenantpulse.topology.DetectorRig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the detector of one partition costs for each record, by stages, without a broker around it. */
@Command(
        name = "core",
        description = "What the detector costs for each record of the log, from its bytes on, without a broker.",
        mixinStandardHelpOptions = true)
final class CoreBench implements Callable<Integer> {
    private static final int CHUNK = 25_000;
    private static final int TICKS = 21;
    private static final double MICROS = 1e3;

    @Option(
            names = "--tenants",
            split = ",",
            paramLabel = "N",
            defaultValue = "10000,100000",
            description = "Tenants of the partition, one table each. Default: ${DEFAULT-VALUE}.")
    private int[] tenants = {};

    @Option(
            names = "--events",
            paramLabel = "N",
            defaultValue = "500000",
            description = "Events of each kind that count; half as many come before them. Default: ${DEFAULT-VALUE}.")
    private int events;

    @Option(names = "--only", paramLabel = "EVENT", description = "Only these events: one of ${COMPLETION-CANDIDATES}.")
    private @Nullable Events only;

    @Option(
            names = "--results",
            paramLabel = "FILE",
            description = "Keep the tables there, in the part of this command.")
    private @Nullable Path results;

    @Option(
            names = "--fleet",
            description = "The log of `bench detector` instead: tenants get into trouble and out of it, alerts fire.")
    private boolean fleet;

    @Option(
            names = "--changing",
            split = ",",
            paramLabel = "SHARE",
            defaultValue = "0.05,1",
            description = "With --fleet: shares of the events that change a tenant's state. Default: ${DEFAULT-VALUE}.")
    private double[] shares = {};

    /** What comes. */
    enum Events {
        TENANTS_5("tenants, 5 % change"),
        TENANTS_100("tenants, all change"),
        RESOURCES("resources, only figures change"),
        RESOURCES_TURN("resources, readiness turns, tenants flap");

        private final String words;

        Events(String words) {
            this.words = words;
        }

        List<CoreLog.Entry> of(CoreLog log, int count) {
            return switch (this) {
                case TENANTS_5 -> log.tenantEvents(count, 5);
                case TENANTS_100 -> log.tenantEvents(count, 100);
                case RESOURCES -> log.resourceEvents(count, false);
                case RESOURCES_TURN -> log.resourceEvents(count, true);
            };
        }
    }

    /** What is done with each record. */
    private enum Stage {
        COPY,
        AVRO,
        DECODE,
        ALL
    }

    @Override
    public Integer call() throws IOException {
        List<String> tables = new ArrayList<>();
        for (int count : tenants) {
            tables.add(fleet ? fleetTable(count) : table(count));
        }
        String text = Results.headed("core", tables);
        System.out.println(text);
        if (results != null) {
            Results.keep(results, "core", text);
        }
        return 0;
    }

    private String fleetTable(int count) throws IOException {
        Path folder = Files.createTempDirectory("tenant-pulse-bench");
        try {
            StringBuilder text = new StringBuilder(String.format(
                    Locale.ROOT,
                    "### The log of `bench detector` with %d tenants; CPU of the detector's thread%n%n"
                            + "| events that change a tenant's state | µs a record | bytes allocated | transitions |%n|---|---|---|---|%n",
                    count));
            for (double changing : shares) {
                CoreRun.Cost cost = new CoreRun(count, events, changing).run(folder.resolve(String.valueOf(changing)));
                text.append(String.format(
                        Locale.ROOT,
                        "| %.0f %% | %.2f | %.0f | %d |%n",
                        changing * 100,
                        cost.micros(),
                        cost.bytes(),
                        cost.transitions()));
            }
            return text.toString();
        } finally {
            TenantEvents.delete(folder);
        }
    }

    private String table(int count) throws IOException {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "### A partition with %d tenants of %d resources; CPU of the detector's thread%n%n"
                        + "| records | of Avro alone | copy µs | Avro µs | decoded µs | all µs | Avro bytes | all bytes allocated |%n"
                        + "|---|---|---|---|---|---|---|---|%n",
                count,
                CoreLog.RESOURCES));
        Path folder = Files.createTempDirectory("tenant-pulse-bench");
        SchemaRegistryClient registry = DetectorRig.registry();
        try (DetectorRig rig = new DetectorRig(folder, true, registry)) {
            CoreLog log = new CoreLog(registry, count);
            long begin = Cpu.threadNanos();
            log.begin(entry -> rig.take(entry.key(), entry.value(), entry.timestamp()));
            double first = (Cpu.threadNanos() - begin) / MICROS / count / (1 + CoreLog.RESOURCES);
            for (Events each : Events.values()) {
                if (only == null || only == each) {
                    text.append(row(each, log, rig));
                }
            }
            text.append(String.format(
                    Locale.ROOT,
                    "%nFirst frames, encoding included: %.2f µs a record. Watermark at which nothing is due: %.3f ms (median). "
                            + "Heap in use: %d MB.%n",
                    first,
                    tick(log, rig),
                    Cpu.liveBytes() >> 20));
        } finally {
            TenantEvents.delete(folder);
        }
        return text.toString();
    }

    private String row(Events kind, CoreLog log, DetectorRig rig) {
        int warmUps = Math.max(1, events / 2 / CHUNK);
        int chunks = Math.max(1, events / CHUNK);
        long[][] spent = new long[Stage.values().length][2];
        for (int chunk = -warmUps; chunk < chunks; chunk++) {
            List<CoreLog.Entry> entries = kind.of(log, CHUNK);
            for (Stage stage : Stage.values()) {
                measure(chunk < 0 ? new long[2] : spent[stage.ordinal()], stage, entries, rig);
            }
        }
        log.mend(kind.name().startsWith("RESOURCES")).forEach(each -> take(each, rig));
        double per = (double) chunks * CHUNK;
        return String.format(
                Locale.ROOT,
                "| %s | %.2f | %.3f | %.2f | %.2f | %.2f | %.0f | %.0f |%n",
                kind.words,
                (double) spent[Stage.ALL.ordinal()][0] / spent[Stage.AVRO.ordinal()][0],
                spent[Stage.COPY.ordinal()][0] / MICROS / per,
                spent[Stage.AVRO.ordinal()][0] / MICROS / per,
                spent[Stage.DECODE.ordinal()][0] / MICROS / per,
                spent[Stage.ALL.ordinal()][0] / MICROS / per,
                spent[Stage.AVRO.ordinal()][1] / per,
                spent[Stage.ALL.ordinal()][1] / per);
    }

    private static void measure(long[] spent, Stage stage, List<CoreLog.Entry> entries, DetectorRig rig) {
        long allocated = Cpu.allocatedBytes();
        long nanos = Cpu.threadNanos();
        for (CoreLog.Entry each : entries) {
            switch (stage) {
                case COPY -> rig.keep(each.value().clone());
                case AVRO -> rig.keep(rig.read(each.value()));
                case DECODE -> rig.keep(rig.decode(each.value(), each.timestamp()));
                case ALL -> take(each, rig);
            }
        }
        spent[0] += Cpu.threadNanos() - nanos;
        spent[1] += Cpu.allocatedBytes() - allocated;
    }

    private static void take(CoreLog.Entry entry, DetectorRig rig) {
        rig.take(entry.key(), entry.value(), entry.timestamp());
    }

    private static double tick(CoreLog log, DetectorRig rig) {
        double[] millis = new double[TICKS];
        for (int i = 0; i < TICKS; i++) {
            CoreLog.Entry watermark = log.watermark();
            long nanos = Cpu.threadNanos();
            take(watermark, rig);
            millis[i] = (Cpu.threadNanos() - nanos) / 1e6;
        }
        Arrays.sort(millis);
        return millis[TICKS / 2];
    }
}
