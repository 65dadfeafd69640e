package io.tenantpulse.exporter;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tenantpulse.exporter.config.ConfigException;
import io.tenantpulse.exporter.config.ExporterConfigLoader;
import io.tenantpulse.exporter.kube.KubeAccessException;
import io.tenantpulse.schema.AvroLimits;
import io.tenantpulse.schema.SchemaRejectedException;
import io.tenantpulse.schema.TopicsException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the exporter as a process of its own. */
public final class ExporterMain {
    /** What was asked for or configured cannot be done. */
    public static final int USAGE = 2;

    /** A fault of ours. */
    public static final int INTERNAL = 70;

    private static final Logger LOG = LoggerFactory.getLogger(ExporterMain.class);

    private ExporterMain() {}

    /** {@code exporter [CONFIG.yaml]}; settings also come from the environment. */
    public static void main(String[] args) throws InterruptedException {
        int code = run(args, System.getenv());
        if (code != 0) {
            System.exit(code);
        }
    }

    /**
     * Runs until it is told to end.
     *
     * @return the exit code
     */
    static int run(String[] args, Map<String, String> environment) throws InterruptedException {
        if (args.length > 1 || args.length == 1 && args[0].startsWith("-")) {
            System.err.println("usage: exporter [CONFIG.yaml]   (settings also come from TENANT_PULSE_* variables)");
            return args.length == 1 && (args[0].equals("--help") || args[0].equals("-h")) ? 0 : USAGE;
        }
        ExporterConfig config;
        try {
            config = ExporterConfigLoader.load(args.length == 0 ? null : Path.of(args[0]), environment);
        } catch (ConfigException e) {
            System.err.println("exporter cannot start: " + e.getMessage());
            return USAGE;
        }
        return run(config);
    }

    private static int run(ExporterConfig config) throws InterruptedException {
        AvroLimits.install();
        LOG.atInfo().addKeyValue("config", config).log("starting");
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        ExporterApp app = ExporterApp.onKafka(config, registry, null, InstantSource.system());
        Runtime.getRuntime().addShutdownHook(new Thread(app::close, "shutdown"));
        try {
            app.start();
        } catch (KubeAccessException e) {
            System.err.println("exporter cannot start: " + e.getMessage());
            return USAGE;
        }
        return exitCode(app.await());
    }

    private static int exitCode(@Nullable Exception ended) {
        if (ended == null) {
            return 0;
        }
        System.err.println("exporter cannot go on: " + ended.getMessage());
        return ended instanceof TopicsException || ended instanceof SchemaRejectedException ? USAGE : INTERNAL;
    }
}
