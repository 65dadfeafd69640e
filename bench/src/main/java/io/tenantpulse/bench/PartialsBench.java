package io.tenantpulse.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** How much is written for trends, however many events there are. */
@Command(
        name = "partials",
        description =
                "How many partial aggregates are written in a minute of event time as the rate of events grows, every"
                        + " event turning a tenant of the same fleet.",
        mixinStandardHelpOptions = true)
final class PartialsBench implements Callable<Integer> {
    @Option(
            names = "--tenants",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Tenants of the fleet. Default: ${DEFAULT-VALUE}.")
    private int tenants;

    @Option(
            names = "--rates",
            paramLabel = "N",
            split = ",",
            defaultValue = "100,1000,10000,100000",
            description = "Events a minute. Default: ${DEFAULT-VALUE}.")
    private List<Integer> rates;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "5",
            description = "Minutes of event time that count, after two that do not. Default: ${DEFAULT-VALUE}.")
    private int minutes;

    @Option(
            names = "--results",
            paramLabel = "FILE",
            description = "Keep table and chart there, in the part of this command.")
    private @Nullable Path results;

    @Override
    public Integer call() throws IOException {
        Map<Integer, PartialsRun.Written> written = new LinkedHashMap<>();
        for (int rate : rates) {
            try (PartialsRun run = new PartialsRun(tenants)) {
                written.put(rate, run.run(rate, minutes));
            }
        }
        String text = Results.headed("partials", List.of(table(written)));
        System.out.println(text);
        if (results != null) {
            Results.keep(results, "partials", text, List.of(chart(written)));
        }
        return 0;
    }

    private String table(Map<Integer, PartialsRun.Written> written) {
        PartialsRun.Written first = written.values().iterator().next();
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "### Records of trend-partials in a minute of event time, one partition, %d tenants%n%n"
                        + "| events a minute | records, of the lowest rate's | bytes, of the lowest rate's | records a minute |"
                        + " bytes a minute | events counted |%n|---|---|---|---|---|---|%n",
                tenants));
        written.forEach((rate, each) -> text.append(String.format(
                Locale.ROOT,
                "| %d | %.2f | %.2f | %.1f | %.0f | %d |%n",
                rate,
                each.partials() / first.partials(),
                each.bytes() / first.bytes(),
                each.partials(),
                each.bytes(),
                each.events())));
        return text.toString();
    }

    private static Chart chart(Map<Integer, PartialsRun.Written> written) {
        List<Chart.Point> points = new ArrayList<>();
        written.forEach((rate, each) -> points.add(new Chart.Point(rate, each.partials())));
        return Chart.line(
                        "Partial aggregates over the rate of events",
                        "events per minute of event time",
                        "records per minute of event time",
                        new Chart.Series("trend-partials, one partition", points))
                .withLogX();
    }
}
