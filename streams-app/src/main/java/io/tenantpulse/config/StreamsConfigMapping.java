package io.tenantpulse.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The names, types and defaults of settings in the file and the environment; a {@link StreamsAppConfig} is made of it. */
@ConfigMapping(prefix = StreamsConfigMapping.PREFIX)
interface StreamsConfigMapping {
    String PREFIX = "tenant-pulse";

    @WithDefault(StreamsAppConfig.DEFAULT_APPLICATION_ID)
    String applicationId();

    Optional<String> instance();

    @WithDefault("./data/streams")
    Path stateDir();

    TopicSettings topics();

    Optional<Path> rules();

    HttpSettings http();

    MetricsSettings metrics();

    /** How the topics are. */
    interface TopicSettings {
        @WithDefault(io.tenantpulse.schema.Topics.DEFAULT_PREFIX)
        String prefix();

        @WithDefault("" + io.tenantpulse.schema.Topics.DEFAULT_PARTITIONS)
        int partitions();

        @WithDefault("1")
        short replication();
    }

    /** Where health and metrics are served. */
    interface HttpSettings {
        @WithDefault("127.0.0.1")
        String address();

        @WithDefault("9465")
        int port();

        Optional<List<String>> hosts();
    }

    /** What is measured beside the fleet. */
    interface MetricsSettings {
        Optional<List<String>> tenants();
    }
}
