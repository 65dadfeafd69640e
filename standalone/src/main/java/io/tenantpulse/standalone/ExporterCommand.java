package io.tenantpulse.standalone;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tenantpulse.exporter.ExporterApp;
import io.tenantpulse.exporter.ExporterConfig;
import io.tenantpulse.exporter.config.ConfigException;
import io.tenantpulse.exporter.config.ExporterConfigLoader;
import io.tenantpulse.exporter.kube.KubeAccessException;
import io.tenantpulse.schema.SchemaRejectedException;
import io.tenantpulse.schema.TopicsException;
import io.tenantpulse.standalone.replay.RecordingWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code exporter}: watches clusters and writes the log, as a process of its own. */
@Command(
        name = "exporter",
        description = "Run the exporter against a real Kafka and schema registry. Settings come from the file and from"
                + " TENANT_PULSE_* variables, which win.")
final class ExporterCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ExporterCommand.class);
    private static final Duration STOP_BOUND = Duration.ofSeconds(27);

    @Parameters(arity = "0..1", paramLabel = "CONFIG.yaml", description = "Settings.")
    private @Nullable Path file;

    @Mixin
    private RecordingOptions recording;

    @Override
    public Integer call() throws InterruptedException {
        PartStack parts = new PartStack(System.err::println);
        try {
            ExporterConfig config = ExporterConfigLoader.load(file, System.getenv());
            LOG.atInfo().addKeyValue("config", config).log("starting");
            RecordingWriter tap = recording.open();
            if (tap != null) {
                parts.push("recording", tap);
            }
            ExporterApp app = ExporterApp.onKafka(
                    config, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), tap, InstantSource.system());
            parts.push("exporter", app);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> parts.close(STOP_BOUND), "stop-parts"));
            app.start();
            return exitCode(app.await());
        } catch (ConfigException | KubeAccessException e) {
            throw new CommandFailure(ExitCode.USAGE, "the exporter cannot start: " + e.getMessage(), e);
        }
    }

    private static int exitCode(@Nullable Exception ended) {
        if (ended == null) {
            return ExitCode.OK;
        }
        boolean refused = ended instanceof TopicsException || ended instanceof SchemaRejectedException;
        throw new CommandFailure(
                refused ? ExitCode.USAGE : ExitCode.INTERNAL,
                "the exporter cannot go on: " + ended.getMessage(),
                ended);
    }
}
