package io.tenantpulse.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What detection and diagnosis cost: for each event of a large tenant, and for each alert of many that fire at once. */
@Command(
        name = "diagnose",
        description =
                "What a large tenant's events cost the detector, and the alerts of many tenants that fire at once.",
        mixinStandardHelpOptions = true)
final class DiagnoseBench implements Callable<Integer> {
    @Option(
            names = "--resources",
            paramLabel = "N",
            defaultValue = "500",
            description = "Resources of the large tenant. Default: ${DEFAULT-VALUE}.")
    private int resources;

    @Option(
            names = "--chain",
            paramLabel = "N",
            defaultValue = "300",
            description = "How many of them depend one on the other in a chain. Default: ${DEFAULT-VALUE}.")
    private int chain;

    @Option(
            names = "--small",
            paramLabel = "N",
            defaultValue = "25",
            description = "Resources of the tenant to compare with. Default: ${DEFAULT-VALUE}.")
    private int small;

    @Option(
            names = "--tenants",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Tenants that fire in one watermark. Default: ${DEFAULT-VALUE}.")
    private int tenants;

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
            names = "--results",
            paramLabel = "FILE",
            description = "Keep the tables there, in the part of this command.")
    private @Nullable Path results;

    @Override
    public Integer call() throws IOException {
        TenantEvents large = new TenantEvents(resources, chain, warmUps, rounds);
        TenantEvents little = new TenantEvents(small, small / 2, warmUps, rounds);
        List<String> tables =
                List.of(TenantEvents.report(large, little), new MassFiring(tenants, small, warmUps, rounds).report());
        String text = Results.headed("diagnose", tables);
        System.out.println(text);
        if (results != null) {
            Results.keep(results, "diagnose", text);
        }
        return 0;
    }
}
