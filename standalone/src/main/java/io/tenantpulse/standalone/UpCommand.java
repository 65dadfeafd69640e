package io.tenantpulse.standalone;

import io.tenantpulse.config.ConfigException;
import io.tenantpulse.exporter.kube.KubeAccessException;
import io.tenantpulse.schema.SchemaRejectedException;
import io.tenantpulse.schema.TopicsException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code up}: everything in one JVM; alerts are printed as they happen. */
@Command(
        name = "up",
        description = {
            "Run everything in one JVM on an embedded Kafka and schema registry, and print alerts as they happen.",
            "",
            "All ports listen on 127.0.0.1 only. Ctrl-C stops; a later start on the same --data goes on where this ended,"
                    + " clocks that run included."
        })
final class UpCommand implements Callable<Integer> {
    @Mixin
    private UpOptions options;

    @Mixin
    private ClusterOptions clusters;

    @Mixin
    private RecordingOptions recording;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (options.isDemo() && clusters.isGiven()) {
            throw new CommandFailure(
                    ExitCode.USAGE, "--demo has clusters of its own (leave out --context and --kubeconfig)");
        }
        Progress progress = new Progress(System.err);
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        AlertLine line = new AlertLine(options.isColoured());
        Up up = new Up(options, clusters, recording, progress, transition -> out.println(line.of(transition)));
        StopSignals.install(progress::say);
        Runtime.getRuntime().addShutdownHook(new Thread(up::stop, "stop-parts"));
        try {
            up.start();
        } catch (EmbeddedStartException | KubeAccessException | ConfigException e) {
            throw new CommandFailure(ExitCode.USAGE, String.valueOf(e.getMessage()), e);
        } catch (TopicsException | SchemaRejectedException e) {
            throw new CommandFailure(ExitCode.BAD_DATA, String.valueOf(e.getMessage()), e);
        }
        progress.say("alerts follow as they happen, times are UTC; Ctrl-C stops");
        throw new CommandFailure(ExitCode.INTERNAL, up.awaitFailure());
    }
}
