package io.tenantpulse.exporter;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Everything that an exporter is told at its start.
 *
 * @param clusters which clusters it watches; at least one, names are unique
 * @param timing how often and how long; see {@link Timing}
 * @param http where health and metrics are served
 * @param queueSize batches that wait for Kafka before the readers of watches block; at least 1
 * @param load how gently API servers are asked; see {@link Load}
 * @param pageSize objects in a page of a list; at least 1
 * @param allowClockSkew whether to start although an API server's clock is more than 60 s off
 * @param topicPrefix prefix of topic names
 * @param partitions of the observations topic; never changes once the log has begun
 * @param replication of topics that are created
 * @param kafka settings of all Kafka clients by their own names; may hold secrets
 * @param kafkaProducer settings of the producer alone; may hold secrets
 * @param registry settings of the schema registry by Confluent's names; may hold secrets
 */
public record ExporterConfig(
        List<Cluster> clusters,
        Timing timing,
        Http http,
        int queueSize,
        Load load,
        int pageSize,
        boolean allowClockSkew,
        String topicPrefix,
        int partitions,
        short replication,
        Map<String, String> kafka,
        Map<String, String> kafkaProducer,
        Map<String, String> registry) {
    private static final Pattern LABEL =
            Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*");
    private static final int MAX_NAME = 253;

    /** @throws IllegalArgumentException listing all that is wrong */
    public ExporterConfig {
        clusters = List.copyOf(clusters);
        kafka = Map.copyOf(kafka);
        kafkaProducer = Map.copyOf(kafkaProducer);
        registry = Map.copyOf(registry);
        List<String> wrong = new ArrayList<>();
        if (clusters.isEmpty()) {
            wrong.add("clusters is empty: name at least one, with context or in-cluster: true");
        }
        Set<String> names = new HashSet<>();
        for (Cluster cluster : clusters) {
            if (!names.add(cluster.name())) {
                wrong.add("clusters: the name " + cluster.name() + " is there twice: give each cluster its own name");
            }
        }
        if (queueSize < 1) {
            wrong.add("queue-size must be at least 1, not " + queueSize);
        }
        load.check(wrong);
        if (pageSize < 1) {
            wrong.add("page-size must be at least 1, not " + pageSize);
        }
        if (partitions < 1) {
            wrong.add("partitions must be at least 1, not " + partitions);
        }
        if (!wrong.isEmpty()) {
            throw new IllegalArgumentException(String.join("; ", wrong));
        }
    }

    /**
     * A cluster to watch.
     *
     * @param name as in every record and alert of it; an RFC 1123 subdomain
     * @param context of the kubeconfig, null: its current one
     * @param kubeconfig file to read, null: KUBECONFIG, else ~/.kube/config
     * @param inCluster whether to use the pod's service account instead of a kubeconfig
     */
    public record Cluster(
            String name, @Nullable String context, @Nullable Path kubeconfig, boolean inCluster) {
        /** @throws IllegalArgumentException if the name is not an RFC 1123 subdomain */
        public Cluster {
            if (name.length() > MAX_NAME || !LABEL.matcher(name).matches()) {
                throw new IllegalArgumentException(
                        "cluster name \"" + name
                                + "\" is not valid: use lower case letters, digits, '-' and '.', beginning and ending with a letter or digit");
            }
        }

        /** A context's name as a cluster name: what is not allowed becomes a hyphen. Empty if nothing is left. */
        public static Optional<String> nameOf(String context) {
            String name = context.toLowerCase(java.util.Locale.ROOT)
                    .replaceAll("[^a-z0-9.]+", "-")
                    .replaceAll("[-.]*\\.[-.]*", ".")
                    .replaceAll("^[-.]+|[-.]+$", "");
            return name.isEmpty() ? Optional.empty() : Optional.of(name);
        }
    }

    /**
     * How often and how long.
     *
     * @param probeInterval between two probes, and so two watermarks
     * @param probeTimeout after which an unanswered probe ends the connection, and a reader that lags makes its kind blind
     * @param firstBookmark after which a watch that has said nothing is given up for a new list
     * @param watchTimeout how long one watch lasts before its successor takes over; below 3 minutes a quiet kind's successor may not be proven in time, and each end is a gap
     * @param discoveryInterval between two looks at which tenant kinds are served
     * @param absenceGrace how long discovery must have lacked a kind before it counts as absent
     * @param memoryFrameInterval between two frames of a kind
     * @param deniedRetry between two tries of a kind that is forbidden
     */
    public record Timing(
            Duration probeInterval,
            Duration probeTimeout,
            Duration firstBookmark,
            Duration watchTimeout,
            Duration discoveryInterval,
            Duration absenceGrace,
            Duration memoryFrameInterval,
            Duration deniedRetry) {
        public static final Timing DEFAULT = new Timing(
                Duration.ofSeconds(5),
                Duration.ofSeconds(10),
                Duration.ofSeconds(90),
                Duration.ofMinutes(6),
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                Duration.ofHours(24),
                Duration.ofSeconds(60));
    }

    /**
     * How gently API servers are asked.
     *
     * @param listConcurrency lists of one cluster that run at the same time; at least 1
     * @param totalListConcurrency lists of all clusters together that run at the same time; at least 1
     * @param startSpread over which the clusters begin, each at a random instant of its own share; 0: all at once
     */
    public record Load(int listConcurrency, int totalListConcurrency, Duration startSpread) {
        public static final Load DEFAULT = new Load(4, 16, Duration.ofSeconds(10));

        private void check(List<String> wrong) {
            if (listConcurrency < 1) {
                wrong.add("list-concurrency must be at least 1, not " + listConcurrency);
            }
            if (totalListConcurrency < 1) {
                wrong.add("total-list-concurrency must be at least 1, not " + totalListConcurrency);
            }
            if (startSpread.isNegative()) {
                wrong.add("start-spread must not be negative, as " + startSpread + " is");
            }
        }
    }

    /**
     * Where health and metrics are served.
     *
     * @param address to bind to
     * @param port 0: any free one; -1: nothing is served
     * @param hosts names, beside loopback ones, that a request's Host header may have
     */
    public record Http(String address, int port, List<String> hosts) {
        public static final Http DEFAULT = new Http("127.0.0.1", 9464, List.of());
        public static final Http OFF = new Http("127.0.0.1", -1, List.of());

        public Http {
            hosts = List.copyOf(hosts);
        }
    }

    /** The defaults for these clusters, a broker and a registry. */
    public static ExporterConfig of(List<Cluster> clusters, String bootstrapServers, String registryUrl) {
        return new ExporterConfig(
                clusters,
                Timing.DEFAULT,
                Http.DEFAULT,
                10_000,
                Load.DEFAULT,
                500,
                false,
                io.tenantpulse.schema.Topics.DEFAULT_PREFIX,
                io.tenantpulse.schema.Topics.DEFAULT_PARTITIONS,
                (short) 1,
                Map.of("bootstrap.servers", bootstrapServers),
                Map.of(),
                Map.of("schema.registry.url", registryUrl));
    }

    /** The same with other timing. */
    public ExporterConfig withTiming(Timing other) {
        return new ExporterConfig(
                clusters,
                other,
                http,
                queueSize,
                load,
                pageSize,
                allowClockSkew,
                topicPrefix,
                partitions,
                replication,
                kafka,
                kafkaProducer,
                registry);
    }

    /** The same, asking API servers more or less gently. */
    public ExporterConfig withLoad(Load other) {
        return new ExporterConfig(
                clusters,
                timing,
                http,
                queueSize,
                other,
                pageSize,
                allowClockSkew,
                topicPrefix,
                partitions,
                replication,
                kafka,
                kafkaProducer,
                registry);
    }

    /** The same, starting whatever an API server's clock says. */
    public ExporterConfig withClockSkewAllowed() {
        return new ExporterConfig(
                clusters,
                timing,
                http,
                queueSize,
                load,
                pageSize,
                true,
                topicPrefix,
                partitions,
                replication,
                kafka,
                kafkaProducer,
                registry);
    }

    /** The same, serving elsewhere. */
    public ExporterConfig withHttp(Http other) {
        return new ExporterConfig(
                clusters,
                timing,
                other,
                queueSize,
                load,
                pageSize,
                allowClockSkew,
                topicPrefix,
                partitions,
                replication,
                kafka,
                kafkaProducer,
                registry);
    }

    /** For people: values of settings that may hold secrets are masked. */
    @Override
    public String toString() {
        return "ExporterConfig[clusters=" + clusters + ", timing=" + timing + ", http=" + http + ", queueSize="
                + queueSize + ", load=" + load + ", pageSize=" + pageSize + ", allowClockSkew="
                + allowClockSkew + ", topicPrefix=" + topicPrefix + ", partitions=" + partitions + ", replication="
                + replication + ", kafka=" + masked(kafka) + ", kafkaProducer=" + masked(kafkaProducer) + ", registry="
                + masked(registry) + "]";
    }

    /** Only what is known to be harmless is shown. */
    private static Map<String, String> masked(Map<String, String> settings) {
        Map<String, String> shown = new TreeMap<>();
        settings.forEach((key, value) -> shown.put(
                key,
                switch (key) {
                    case "bootstrap.servers",
                            "client.id",
                            "security.protocol",
                            "compression.type",
                            "linger.ms",
                            "batch.size",
                            "acks" -> value;
                    case "schema.registry.url" -> value.replaceAll("//[^/@]*@", "//***@");
                    default -> "***";
                }));
        return shown;
    }
}
