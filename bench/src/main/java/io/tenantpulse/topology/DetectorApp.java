package io.tenantpulse.topology;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.tenantpulse.config.StreamsAppConfig;
import io.tenantpulse.detect.Rules;
import io.tenantpulse.metrics.Meters;
import io.tenantpulse.schema.RegistryClients;
import io.tenantpulse.schema.SerdeSettings;
import io.tenantpulse.schema.TopicAdmin;
import io.tenantpulse.schema.Topics;
import io.tenantpulse.topology.serde.LogCodec;
import io.tenantpulse.topology.serde.RegistryPatience;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The detector as {@link StreamsApp} runs it, with the very topology and settings, but reading the log of one installation
 * and writing to the topics of another, so that several can read the same log; and at least once where that is asked for.
 */
public final class DetectorApp implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final SchemaRegistryClient registry;
    private final Topics topics;
    private final LogCodec codec;
    private final KafkaStreams streams;
    private final CountedRestore restore;
    private final StreamsAppConfig config;

    /**
     * Makes the parts; nothing is connected yet.
     *
     * @param config whose prefix is that of the topics to write to, and of the application's name
     * @param log whose observations are read
     */
    public DetectorApp(StreamsAppConfig config, Topics log, Rules rules, boolean exactlyOnce) {
        this.config = config;
        SerdeSettings settings = SerdeSettings.from(config.registry());
        this.registry = RegistryClients.create(settings);
        this.codec = new LogCodec(registry, settings, RegistryPatience.standard());
        Topics own = config.topics();
        this.topics = new Topics(
                log.observations(),
                own.alerts(),
                own.activeAlerts(),
                own.incidents(),
                own.trendPartials(),
                own.trends(),
                own.deadLetters());
        Meters meters = new Meters(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
        TopologyParts parts = new TopologyParts(topics, rules, codec, meters, InstantSource.system(), true);
        Properties properties = StreamsProperties.of(config);
        if (!exactlyOnce) {
            properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        }
        this.streams = new KafkaStreams(FleetTopology.build(parts), properties);
        streams.setUncaughtExceptionHandler(new ThreadFailures());
        this.restore = new CountedRestore(new RestoreProgress(meters));
        streams.setGlobalStateRestoreListener(restore);
    }

    /** Makes missing topics and begins to process. */
    public void start() throws InterruptedException {
        try (Admin admin = Admin.create(Map.copyOf(config.kafka()))) {
            new TopicAdmin(admin, config.replication(), TIMEOUT).ensure(topics.all());
        }
        codec.prepare(topics);
        streams.start();
    }

    /** For its state and metrics. */
    public KafkaStreams streams() {
        return streams;
    }

    /** Entries read from changelogs so far. */
    public long restored() {
        return restore.entries();
    }

    /** What was decided is committed first. */
    @Override
    public void close() throws IOException {
        streams.close(CloseOptions.timeout(TIMEOUT)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
        registry.close();
    }
}
