package io.tenantpulse.bench;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.tenantpulse.bench.oracle.OracleBench;
import io.tenantpulse.schema.AvroLimits;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code tenant-pulse bench}: measures, prints tables and keeps them. */
@Command(
        name = "tenant-pulse bench",
        description = "Measure what Tenant Pulse costs on this machine, beside what others cost in the same run.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "PART",
        subcommands = {
            ExporterBench.class,
            CoreBench.class,
            DiagnoseBench.class,
            ReplayBench.class,
            PartialsBench.class,
            DetectorBench.class,
            OracleBench.class
        })
public final class Bench {
    Bench() {}

    /** Runs one part and ends the process with its exit code. */
    public static void main(String[] args) {
        ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
        AvroLimits.install();
        System.exit(new CommandLine(new Bench()).setUsageHelpAutoWidth(true).execute(args));
    }
}
