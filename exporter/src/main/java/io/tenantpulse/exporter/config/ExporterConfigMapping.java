package io.tenantpulse.exporter.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.tenantpulse.schema.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The names, types and defaults of settings in the file and the environment; an ExporterConfig is made of it. */
@ConfigMapping(prefix = ExporterConfigMapping.PREFIX)
interface ExporterConfigMapping {
    String PREFIX = "tenant-pulse";

    List<ClusterSettings> clusters();

    TimingSettings timing();

    TopicSettings topics();

    HttpSettings http();

    @WithDefault("10000")
    int queueSize();

    @WithDefault("4")
    int listConcurrency();

    @WithDefault("16")
    int totalListConcurrency();

    @WithDefault("PT10S")
    Duration startSpread();

    @WithDefault("500")
    int pageSize();

    @WithDefault("false")
    boolean allowClockSkew();

    /** A cluster to watch. */
    interface ClusterSettings {
        Optional<String> name();

        Optional<String> context();

        Optional<Path> kubeconfig();

        @WithDefault("false")
        boolean inCluster();
    }

    /** How often and how long. */
    interface TimingSettings {
        @WithDefault("PT5S")
        Duration probeInterval();

        @WithDefault("PT10S")
        Duration probeTimeout();

        @WithDefault("PT90S")
        Duration firstBookmark();

        @WithDefault("PT6M")
        Duration watchTimeout();

        @WithDefault("PT30S")
        Duration discoveryInterval();

        @WithDefault("PT60S")
        Duration absenceGrace();

        @WithDefault("PT24H")
        Duration memoryFrameInterval();

        @WithDefault("PT60S")
        Duration deniedRetry();
    }

    /** How the observations topic is. */
    interface TopicSettings {
        @WithDefault(Topics.DEFAULT_PREFIX)
        String prefix();

        @WithDefault("" + Topics.DEFAULT_PARTITIONS)
        int partitions();

        @WithDefault("1")
        short replication();
    }

    /** Where health and metrics are served. */
    interface HttpSettings {
        @WithDefault("127.0.0.1")
        String address();

        @WithDefault("9464")
        int port();

        Optional<List<String>> hosts();
    }
}
