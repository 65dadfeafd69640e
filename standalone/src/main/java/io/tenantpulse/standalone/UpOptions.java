package io.tenantpulse.standalone;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options of {@code up} itself. */
final class UpOptions {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            defaultValue = "data",
            description = "Where all state is kept. Default: ./data.")
    private Path data;

    @Option(names = "--demo", description = "Watch a simulated fleet of three clusters instead of real ones.")
    private boolean demo;

    @Option(
            names = "--speed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Demo: simulated seconds for each real one; the rules stay. Default: ${DEFAULT-VALUE}.")
    private double speed;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Demo: the same seed gives the same fleet. Default: ${DEFAULT-VALUE}.")
    private long seed;

    @Option(
            names = "--tenants",
            paramLabel = "N",
            defaultValue = "60",
            description = "Demo: about how many tenants. Default: ${DEFAULT-VALUE}.")
    private int tenants;

    @Option(names = "--rules", paramLabel = "FILE", description = "Rules instead of the built-in ones.")
    private @Nullable Path rules;

    @Option(
            names = EmbeddedBroker.PORT_FLAG,
            paramLabel = "PORT",
            defaultValue = "9092",
            description = "Port of the embedded Kafka; 0: any free one. Default: ${DEFAULT-VALUE}.")
    private int kafkaPort;

    @Option(
            names = EmbeddedRegistry.PORT_FLAG,
            paramLabel = "PORT",
            defaultValue = "8081",
            description = "Port of the embedded schema registry; 0: any free one. Default: ${DEFAULT-VALUE}.")
    private int registryPort;

    @Option(
            names = "--exporter-port",
            paramLabel = "PORT",
            defaultValue = "9464",
            description = "Port of the exporter's health and metrics; 0: any free one. Default: ${DEFAULT-VALUE}.")
    private int exporterPort;

    @Option(
            names = "--streams-port",
            paramLabel = "PORT",
            defaultValue = "9465",
            description = "Port of the detector's health and metrics; 0: any free one. Default: ${DEFAULT-VALUE}.")
    private int streamsPort;

    @Option(names = "--no-color", description = "No colours; also set by NO_COLOR or TERM=dumb.")
    private boolean noColor;

    Path data() {
        return data;
    }

    boolean isDemo() {
        return demo;
    }

    double speed() {
        return speed;
    }

    long seed() {
        return seed;
    }

    int tenants() {
        return tenants;
    }

    @Nullable
    Path rules() {
        return rules;
    }

    int kafkaPort() {
        return kafkaPort;
    }

    int registryPort() {
        return registryPort;
    }

    int exporterPort() {
        return exporterPort;
    }

    int streamsPort() {
        return streamsPort;
    }

    /** Whether a person at a terminal reads, who wants colours. */
    boolean isColoured() {
        return Colours.isWanted(noColor);
    }
}
