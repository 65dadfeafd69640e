package io.tenantpulse.topology;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tenantpulse.config.ConfigException;
import io.tenantpulse.config.StreamsAppConfig;
import io.tenantpulse.config.StreamsConfigLoader;
import io.tenantpulse.schema.AvroLimits;
import io.tenantpulse.schema.SchemaRejectedException;
import io.tenantpulse.schema.TopicsException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts the detector as a process of its own. */
public final class StreamsMain {
    /** What was asked for or configured cannot be done. */
    public static final int USAGE = 2;

    /** A fault of ours. */
    public static final int INTERNAL = 70;

    private static final Logger LOG = LoggerFactory.getLogger(StreamsMain.class);

    private StreamsMain() {}

    /** {@code streams [CONFIG.yaml]}; settings also come from the environment. */
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
    public static int run(String[] args, Map<String, String> environment) throws InterruptedException {
        if (args.length > 1 || args.length == 1 && args[0].startsWith("-")) {
            System.err.println("usage: streams [CONFIG.yaml]   (settings also come from TENANT_PULSE_* variables)");
            return args.length == 1 && (args[0].equals("--help") || args[0].equals("-h")) ? 0 : USAGE;
        }
        try {
            return run(StreamsConfigLoader.load(args.length == 0 ? null : Path.of(args[0]), environment));
        } catch (ConfigException | TopicsException | SchemaRejectedException e) {
            System.err.println("streams cannot start: " + e.getMessage());
            return USAGE;
        } catch (KafkaException | IllegalArgumentException e) {
            // A client that cannot be made says so with these: a broker's name that does not resolve, a wrong setting.
            System.err.println("streams cannot start: " + innermost(e)
                    + ": check the kafka, streams and schema.registry" + " settings");
            return USAGE;
        }
    }

    private static int run(StreamsAppConfig config) throws InterruptedException {
        AvroLimits.install();
        LOG.atInfo().addKeyValue("config", config).log("starting");
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (StreamsApp app = new StreamsApp(config, registry, InstantSource.system())) {
            Runtime.getRuntime().addShutdownHook(new Thread(app::close, "shutdown"));
            app.start();
            return exitCode(app.await());
        }
    }

    private static int exitCode(@Nullable Throwable ended) {
        if (ended == null) {
            return 0;
        }
        System.err.println("streams cannot go on: " + innermost(ended));
        return INTERNAL;
    }

    private static String innermost(Throwable failure) {
        Throwable cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
