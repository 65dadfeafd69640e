package io.tenantpulse.standalone;

import io.tenantpulse.schema.AvroLimits;
import io.tenantpulse.standalone.replay.BadRecordingException;
import java.io.PrintWriter;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command line: reads what is asked for, runs it and turns its end into an exit code. */
@Command(
        name = "tenant-pulse",
        description = "Which tenants of a fleet of Kubernetes clusters are stuck, since when and why.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        scope = ScopeType.INHERIT,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {
            "0:done",
            "1:found, or unhealthy",
            "2:wrong usage",
            "3:cannot reach a cluster, broker, registry or detector",
            "4:bad data, or no such tenant",
            "70:internal error",
            "130:ended by Ctrl-C (SIGINT)",
            "143:ended by SIGTERM"
        },
        subcommands = {
            UpCommand.class,
            CheckCommand.class,
            DiagnosticsCommand.class,
            ReplayCommand.class,
            RecordCommand.class,
            ExporterCommand.class,
            StreamsCommand.class,
            ClusterCommand.class,
            CommandLine.HelpCommand.class
        })
public final class Launcher implements Runnable {
    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "Log more, and show stack traces.")
    private boolean verbose;

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] args) {
        if (args.length > 0 && args[0].equals("up") && !asksForHelp(args)) {
            System.err.println("tenant-pulse: starting");
        }
        System.exit(run(args, new PrintWriter(System.err, true)));
    }

    /** Runs one command; messages go to {@code err}, data to the process's output. */
    static int run(String[] args, PrintWriter err) {
        System.setProperty("logback.configurationFile", "tenant-pulse-logback.xml");
        System.setProperty("tenantpulse.log.level", logLevel(args));
        if (Arrays.asList(args).contains("--demo")) {
            System.setProperty("tenantpulse.skew.level", "ERROR");
        }
        AvroLimits.install();
        return commandLine(err).execute(args);
    }

    static CommandLine commandLine(PrintWriter err) {
        return new CommandLine(new Launcher())
                .setErr(err)
                .setUsageHelpAutoWidth(true)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(Launcher::onFailure)
                .setParameterExceptionHandler(Launcher::onWrongUsage);
    }

    private static boolean asksForHelp(String[] args) {
        return Arrays.asList(args).contains("--help") || Arrays.asList(args).contains("-h");
    }

    private static String logLevel(String[] args) {
        if (Arrays.asList(args).contains("--verbose") || Arrays.asList(args).contains("-v")) {
            return "DEBUG";
        }
        boolean process = args.length > 0 && (args[0].equals("exporter") || args[0].equals("streams"));
        return process ? "INFO" : "WARN";
    }

    private static int onFailure(Exception failure, CommandLine command, ParseResult parsed) {
        PrintWriter err = command.getErr();
        if (failure instanceof CommandFailure known) {
            err.println("tenant-pulse: " + TerminalText.clean(String.valueOf(known.getMessage())));
            traceIfVerbose(failure, parsed, err);
            return known.exitCode();
        }
        if (failure instanceof BadRecordingException) {
            err.println("tenant-pulse: " + TerminalText.clean(String.valueOf(failure.getMessage())));
            traceIfVerbose(failure, parsed, err);
            return ExitCode.BAD_DATA;
        }
        err.println("tenant-pulse: internal error: " + TerminalText.clean(String.valueOf(failure))
                + " (please report it with the stack trace that --verbose gives)");
        traceIfVerbose(failure, parsed, err);
        return ExitCode.INTERNAL;
    }

    private static void traceIfVerbose(Exception failure, ParseResult parsed, PrintWriter err) {
        if (parsed.originalArgs().contains("--verbose") || parsed.originalArgs().contains("-v")) {
            failure.printStackTrace(err);
        }
    }

    private static int onWrongUsage(ParameterException wrong, String[] args) {
        CommandLine command = wrong.getCommandLine();
        PrintWriter err = command.getErr();
        err.println("tenant-pulse: " + TerminalText.clean(String.valueOf(wrong.getMessage())));
        CommandLine.UnmatchedArgumentException.printSuggestions(wrong, err);
        err.println("See: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitCode.USAGE;
    }

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        out.println("tenant-pulse: which tenants of a fleet of Kubernetes clusters are stuck, since when and why.");
        out.println();
        out.println("  tenant-pulse up --demo                     look at it with a simulated fleet");
        out.println("  tenant-pulse replay recording.ndjson.gz    every alert of a recording, one JSON line each");
        out.println();
        out.println("All commands and exit codes: tenant-pulse --help");
        out.flush();
    }
}
