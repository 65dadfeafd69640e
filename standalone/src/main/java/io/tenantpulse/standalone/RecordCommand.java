package io.tenantpulse.standalone;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.tenantpulse.exporter.ExporterApp;
import io.tenantpulse.exporter.ExporterConfig;
import io.tenantpulse.exporter.kube.KubeAccessException;
import io.tenantpulse.standalone.replay.RecordingWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code record}: writes what an exporter sees into a file, without Kafka. */
@Command(
        name = "record",
        description =
                "Watch clusters and write what an exporter sees, whitelisted, as newline-delimited JSON that replay"
                        + " reads. Runs until Ctrl-C.")
final class RecordCommand implements Callable<Integer> {
    private static final Duration STOP_BOUND = Duration.ofSeconds(9);
    private static final Path STDOUT = Path.of("-");

    @Option(
            names = {"-o", "--output"},
            required = true,
            paramLabel = "FILE",
            description = "The recording; gzip if it ends in .gz; - is standard output. Nothing is overwritten.")
    private Path output;

    @Option(
            names = RecordingOptions.ROTATE_FLAG,
            paramLabel = "SIZE",
            converter = SizeConverter.class,
            description = RecordingOptions.ROTATE_DESCRIPTION)
    private @Nullable Long rotateBytes;

    @Mixin
    private ClusterOptions clusters;

    @Override
    public Integer call() throws InterruptedException {
        boolean toStdout = output.equals(STDOUT);
        if (toStdout && rotateBytes != null) {
            throw new CommandFailure(
                    ExitCode.USAGE, RecordingOptions.ROTATE_FLAG + " needs a file: standard output has no parts");
        }
        List<ExporterConfig.Cluster> watched = clusters.clusters();
        PartStack parts = new PartStack(System.err::println);
        RecordingWriter writer = toStdout
                ? RecordingWriter.to(new FileOutputStream(FileDescriptor.out))
                : RecordingOptions.open(output, rotateBytes);
        parts.push("recording", writer);
        // No Kafka: nobody connects to these
        ExporterConfig config =
                ExporterConfig.of(watched, "none:9092", "http://none").withHttp(ExporterConfig.Http.OFF);
        ExporterApp exporter =
                parts.push("exporter", new ExporterApp(config, batch -> {}, new CompositeMeterRegistry(), writer));
        StopSignals.install(System.err::println);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(parts, writer), "stop-parts"));
        try {
            exporter.start();
        } catch (KubeAccessException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        }
        writer.failed().thenRun(() -> new Thread(exporter::close, "recording-failed").start());
        System.err.println("recording "
                + watched.stream().map(ExporterConfig.Cluster::name).toList() + " into " + output + "; Ctrl-C stops");
        return exitCode(exporter.await(), writer.failed().getNow(null));
    }

    private int exitCode(@Nullable Exception ended, @Nullable IOException unwritable) {
        if (unwritable != null && isLoss(unwritable)) {
            throw new CommandFailure(
                    ExitCode.INTERNAL,
                    "the recording " + output + " cannot be written any longer: " + unwritable.getMessage()
                            + " (is the disk full? What was written before can be replayed)",
                    unwritable);
        }
        if (ended == null) {
            return ExitCode.OK; // it was told to stop, and the signal's own exit code wins, or nobody reads any more
        }
        throw new CommandFailure(ExitCode.INTERNAL, "recording cannot go on: " + ended.getMessage(), ended);
    }

    private static void stop(PartStack parts, RecordingWriter writer) {
        parts.close(STOP_BOUND);
        System.err.println("recorded " + writer.count() + " lines");
        IOException unwritable = writer.failed().getNow(null);
        if (unwritable != null && isLoss(unwritable)) {
            Runtime.getRuntime().halt(ExitCode.INTERNAL); // also where the very end failed, after a signal
        }
    }

    /** Whether lines are lost that somebody wanted; a reader that went away, such as head, has had enough. */
    private static boolean isLoss(IOException unwritable) {
        return !"Broken pipe".equals(unwritable.getMessage());
    }
}
