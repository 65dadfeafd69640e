package io.tenantpulse.config;

import io.tenantpulse.query.TenantSelection;
import io.tenantpulse.schema.Topics;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Everything that the detector's process is told at its start.
 *
 * @param applicationId name of the consumer group and prefix of the stores' topics; to change it is to begin anew
 * @param instance name of this instance that survives its restart (a StatefulSet's ordinal, say): a restart within the
 *     session timeout then moves no work; null: none
 * @param stateDir where state is kept on disk; kept over restarts
 * @param topicPrefix prefix of topic names
 * @param partitions of every topic; never changes once the log has begun; at least 1
 * @param replication of topics that are created; at least 1
 * @param rules file of rules; null: the built-in ones
 * @param http where health and metrics are served
 * @param kafka settings of all Kafka clients by their own names; may hold secrets
 * @param streams settings of Kafka Streams by their own names; may hold secrets
 * @param registry settings of the schema registry by Confluent's names; may hold secrets
 * @param metricTenants tenants that have metrics of their own
 */
public record StreamsAppConfig(
        String applicationId,
        @Nullable String instance,
        Path stateDir,
        String topicPrefix,
        int partitions,
        short replication,
        @Nullable Path rules,
        Http http,
        Map<String, String> kafka,
        Map<String, String> streams,
        Map<String, String> registry,
        List<TenantSelection> metricTenants) {
    public static final String DEFAULT_APPLICATION_ID = "tenant-pulse-detector";
    static final String REGISTRY_URL = "schema.registry.url";
    private static final String BOOTSTRAP = "bootstrap.servers";

    /** Without exactly-once an alert could be lost or told twice, so it is not for choice. */
    private static final List<String> FIXED = List.of("processing.guarantee", "application.id", "state.dir");

    private static final int MAX_PORT = 65_535;

    /** @throws ConfigException telling all that is wrong */
    public StreamsAppConfig {
        kafka = Map.copyOf(kafka);
        streams = Map.copyOf(streams);
        registry = Map.copyOf(registry);
        metricTenants = List.copyOf(metricTenants);
        List<String> faults = new ArrayList<>();
        if (!kafka.containsKey(BOOTSTRAP)) {
            faults.add("kafka.bootstrap.servers is missing: give the address of a broker, such as localhost:9092");
        }
        if (!registry.containsKey(REGISTRY_URL)) {
            faults.add("schema.registry.url is missing: give the URL of the schema registry, such as"
                    + " http://localhost:8081");
        }
        if (partitions < 1) {
            faults.add("topics.partitions must be at least 1, not " + partitions);
        }
        if (replication < 1) {
            faults.add("topics.replication must be at least 1, not " + replication);
        }
        for (String fixed : FIXED) {
            if (streams.containsKey(fixed)) {
                faults.add("streams." + fixed + " cannot be set: remove it (see application-id and state-dir;"
                        + " processing is always exactly-once)");
            }
        }
        if (!faults.isEmpty()) {
            throw new ConfigException("the configuration", faults);
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
        public static final Http DEFAULT = new Http("127.0.0.1", 9465, List.of());
        public static final Http OFF = new Http("127.0.0.1", -1, List.of());

        /** @throws ConfigException if the port is none */
        public Http {
            hosts = List.copyOf(hosts);
            if (port < -1 || port > MAX_PORT) {
                throw new ConfigException(
                        "the configuration",
                        List.of("http.port must be -1 (off), 0 (any free one) or up to " + MAX_PORT + ", not " + port));
            }
        }
    }

    /** The defaults for a broker and a registry. */
    public static StreamsAppConfig of(String bootstrapServers, String registryUrl, Path stateDir) {
        return new StreamsAppConfig(
                DEFAULT_APPLICATION_ID,
                null,
                stateDir,
                Topics.DEFAULT_PREFIX,
                Topics.DEFAULT_PARTITIONS,
                (short) 1,
                null,
                Http.DEFAULT,
                Map.of(BOOTSTRAP, bootstrapServers),
                Map.of(),
                Map.of(REGISTRY_URL, registryUrl),
                List.of());
    }

    /** The same, as a named instance. */
    public StreamsAppConfig withInstance(String name) {
        return new StreamsAppConfig(
                applicationId,
                name,
                stateDir,
                topicPrefix,
                partitions,
                replication,
                rules,
                http,
                kafka,
                streams,
                registry,
                metricTenants);
    }

    /** The same, serving elsewhere. */
    public StreamsAppConfig withHttp(Http other) {
        return new StreamsAppConfig(
                applicationId,
                instance,
                stateDir,
                topicPrefix,
                partitions,
                replication,
                rules,
                other,
                kafka,
                streams,
                registry,
                metricTenants);
    }

    /** The same with a file of rules. */
    public StreamsAppConfig withRules(Path file) {
        return new StreamsAppConfig(
                applicationId,
                instance,
                stateDir,
                topicPrefix,
                partitions,
                replication,
                file,
                http,
                kafka,
                streams,
                registry,
                metricTenants);
    }

    /** The same with further settings of Kafka Streams. */
    public StreamsAppConfig withStreams(Map<String, String> more) {
        Map<String, String> all = new TreeMap<>(streams);
        all.putAll(more);
        return new StreamsAppConfig(
                applicationId,
                instance,
                stateDir,
                topicPrefix,
                partitions,
                replication,
                rules,
                http,
                kafka,
                all,
                registry,
                metricTenants);
    }

    /** The same with other topics. */
    public StreamsAppConfig withTopics(String prefix, int count, short copies) {
        return new StreamsAppConfig(
                applicationId,
                instance,
                stateDir,
                prefix,
                count,
                copies,
                rules,
                http,
                kafka,
                streams,
                registry,
                metricTenants);
    }

    public Topics topics() {
        return Topics.of(topicPrefix, partitions);
    }

    /** For people: values of settings that may hold secrets are masked. */
    @Override
    public String toString() {
        return "StreamsAppConfig[applicationId=" + applicationId + ", instance=" + instance + ", stateDir=" + stateDir
                + ", topicPrefix=" + topicPrefix + ", partitions=" + partitions + ", replication=" + replication
                + ", rules=" + rules + ", http=" + http + ", kafka=" + Masked.of(kafka) + ", streams="
                + Masked.of(streams) + ", registry=" + Masked.of(registry) + ", metricTenants=" + metricTenants + "]";
    }
}
