package io.tenantpulse.bench;

import io.tenantpulse.testkit.RealApiServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What the exporter costs: for each byte of a watch and for each object that it knows. */
@Command(
        name = "exporter",
        description = "What the exporter costs: from the bytes of a watch to \"unchanged\" or to an Avro record.",
        mixinStandardHelpOptions = true)
final class ExporterBench implements Callable<Integer> {
    @Option(
            names = "--input",
            paramLabel = "DIR|FILE",
            description = "Recorded watch events, objects as the API server served them. Default: those of the tests.")
    private Path input = Results.HOME.resolve("exporter/src/test/resources/recorded");

    @Option(
            names = "--parts",
            split = ",",
            paramLabel = "PART",
            description = "What to measure: ${COMPLETION-CANDIDATES}. Default: all.")
    private Set<Part> parts = EnumSet.allOf(Part.class);

    @Option(
            names = "--rounds",
            paramLabel = "N",
            defaultValue = "9",
            description = "Rounds that count, the median of which is told. Default: ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--warm-ups",
            paramLabel = "N",
            defaultValue = "5",
            description = "Rounds before these. Default: ${DEFAULT-VALUE}.")
    private int warmUps;

    @Option(
            names = "--copies",
            paramLabel = "N",
            defaultValue = "60",
            description = "How many times over the recorded objects are kept to weigh them. Default: ${DEFAULT-VALUE}.")
    private int copies;

    @Option(
            names = "--objects",
            paramLabel = "N",
            defaultValue = "20000",
            description = "Objects of the cluster on a real API server. Default: ${DEFAULT-VALUE}.")
    private int objects;

    @Option(
            names = "--results",
            paramLabel = "FILE",
            description = "Keep the tables there, in the part of this command.")
    private @Nullable Path results;

    /** What can be measured. */
    enum Part {
        /** Bytes to records on one thread. */
        BYTES,
        /** Memory for each object. */
        RETAINED,
        /** First frames and bytes from the socket, against a real API server; left out where there is none. */
        SERVER
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<WatchEvents> recordings = WatchEvents.in(input);
        List<String> tables = new ArrayList<>();
        if (parts.contains(Part.BYTES)) {
            tables.add(new ExporterBytes(recordings, warmUps, rounds).report());
        }
        if (parts.contains(Part.RETAINED)) {
            tables.add(Retained.report(recordings, copies));
        }
        if (parts.contains(Part.SERVER) && RealApiServer.isAvailable()) {
            tables.add(new RealServerBench(recordings.get(0), objects).report(Math.min(rounds, 5)));
        }
        String text = Results.headed("exporter", tables);
        System.out.println(text);
        if (results != null) {
            Results.keep(results, "exporter", text);
        }
        return 0;
    }
}
