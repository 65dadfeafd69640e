package io.tenantpulse.standalone;

import io.tenantpulse.config.ConfigException;
import io.tenantpulse.config.RulesFile;
import io.tenantpulse.detect.Rules;
import io.tenantpulse.standalone.replay.BadLines;
import io.tenantpulse.standalone.replay.Replay;
import io.tenantpulse.standalone.replay.ReplayOptions;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code replay}: every alert transition that recorded watch events cause, as JSON lines. */
@Command(
        name = "replay",
        description = {
            "Run recorded watch events through the real mapping, serdes and topology in event time, and write every alert"
                    + " transition as a JSON line to standard output. The same files give the same bytes, always.",
            "",
            "A recording has one watch event a line: {\"ts\",\"cluster\",\"type\",\"object\"}, plain or gzip. Several are"
                    + " merged by ts. Recordings with marks (record, --record) are taken in file order and their time ends"
                    + " at their last watermark; the parts of a rotated one are taken as one. Where one was cut off because its"
                    + " process was killed, its whole lines are taken and that is said."
        })
final class ReplayCommand implements Callable<Integer> {
    private static final int OUTPUT_BUFFER_BYTES = 1 << 16;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "Recordings, plain or gzip; - is standard input.")
    private List<String> files;

    @Option(
            names = "--lateness",
            paramLabel = "DURATION",
            defaultValue = "30s",
            converter = DurationConverter.class,
            description = "Lines without marks that are late by up to this are put in order; a later one is a bad line."
                    + " Default: ${DEFAULT-VALUE}.")
    private Duration lateness;

    @Option(
            names = "--until",
            paramLabel = "TIME",
            description = "Stop at this time (RFC 3339), in every cluster. Default: the last line's time.")
    private @Nullable String until;

    @Option(names = "--rules", paramLabel = "FILE", description = "Rules instead of the built-in ones.")
    private @Nullable Path rules;

    @Option(
            names = "--skip-bad-lines",
            description = "Count lines that cannot be used, and go on; the count is written to standard error.")
    private boolean skipBadLines;

    @Option(
            names = {"-q", "--quiet"},
            description = "No summary on standard error.")
    private boolean quiet;

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        Consumer<String> say = line -> err.println(TerminalText.clean(line));
        BadLines badLines = skipBadLines ? BadLines.skip(say) : BadLines.fail(say);
        ReplayOptions options = new ReplayOptions(files, lateness, untilTime(), badLines, rules());
        // Standard output is the process's: it is flushed by the replay, and not ours to close
        OutputStream out = new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), OUTPUT_BUFFER_BYTES);
        try {
            Replay.Summary summary = new Replay(options).run(System.in, out);
            if (!quiet || summary.badLines() > 0) {
                err.println(summary.text());
            }
            return ExitCode.OK;
        } catch (IOException e) {
            if ("Broken pipe".equals(e.getMessage())) {
                return ExitCode.OK; // the reader, such as head, has had enough
            }
            throw new CommandFailure(
                    ExitCode.INTERNAL, "the output cannot be written: " + e.getMessage() + " (is the disk full?)", e);
        }
    }

    private Rules rules() {
        try {
            return rules == null ? Rules.builtIn() : RulesFile.read(rules);
        } catch (ConfigException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
    }

    private @Nullable Instant untilTime() {
        if (until == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(until).toInstant();
        } catch (DateTimeException e) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--until is not an RFC 3339 time such as 2026-01-31T18:47:12Z: " + TerminalText.clean(until));
        }
    }
}
