package io.tenantpulse.standalone;

import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.tenantpulse.exporter.ExporterApp;
import io.tenantpulse.exporter.ExporterConfig;
import io.tenantpulse.exporter.kube.KubeAccessException;
import io.tenantpulse.standalone.replay.RecordingWriter;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
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
            names = "--max-bytes",
            paramLabel = "N",
            defaultValue = "0",
            description = "Begin a further part when one has grown to this size (before compression). Default: never.")
    private long maxBytes;

    @Mixin
    private ClusterOptions clusters;

    @Override
    public Integer call() throws InterruptedException {
        List<ExporterConfig.Cluster> watched = clusters.clusters();
        PartStack parts = new PartStack(System.err::println);
        RecordingWriter writer = output.equals(STDOUT)
                ? RecordingWriter.to(new FileOutputStream(FileDescriptor.out))
                : RecordingOptions.open(output, maxBytes);
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
        System.err.println("recording "
                + watched.stream().map(ExporterConfig.Cluster::name).toList() + " into " + output + "; Ctrl-C stops");
        Exception ended = exporter.await();
        if (ended == null) {
            return ExitCode.OK; // it was told to stop, and the signal's own exit code wins
        }
        throw new CommandFailure(ExitCode.INTERNAL, "recording cannot go on: " + ended.getMessage(), ended);
    }

    private static void stop(PartStack parts, RecordingWriter writer) {
        parts.close(STOP_BOUND);
        System.err.println("recorded " + writer.count() + " lines");
    }
}
