package io.tenantpulse.exporter.kafka;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tenantpulse.exporter.Batch;
import io.tenantpulse.exporter.ExporterConfig;
import io.tenantpulse.exporter.ObservationLog;
import io.tenantpulse.schema.RecordSerde;
import io.tenantpulse.schema.RegistryClients;
import io.tenantpulse.schema.RegistryUnavailableException;
import io.tenantpulse.schema.SerdeSettings;
import io.tenantpulse.schema.TopicAdmin;
import io.tenantpulse.schema.TopicSpec;
import io.tenantpulse.schema.Topics;
import io.tenantpulse.schema.TopicsException;
import io.tenantpulse.v1.ClusterMark;
import io.tenantpulse.v1.RegistryObserved;
import io.tenantpulse.v1.ResourceObserved;
import io.tenantpulse.v1.TemplateObserved;
import io.tenantpulse.v1.TenantObserved;
import io.tenantpulse.v1.WarningObserved;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The log in Kafka: a producer for what is observed, and readers of the marks for who may write. */
public final class KafkaLog implements ObservationLog {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaLog.class);
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final Duration TOPICS_TIMEOUT = Duration.ofSeconds(5);

    private final SchemaRegistryClient registry;
    private final KafkaObservationSink sink;
    private final EpochClaims claims;
    private final EpochGuard guard;
    private volatile boolean closed;

    private KafkaLog(
            ExporterConfig config,
            TopicSpec topic,
            SchemaRegistryClient registry,
            RecordSerde serde,
            InstantSource wall,
            Consumer<Exception> onFailure) {
        this.registry = registry;
        Map<String, Object> producer = KafkaSettings.producer(config);
        int maxRequestBytes = Integer.parseInt(String.valueOf(producer.get(ProducerConfig.MAX_REQUEST_SIZE_CONFIG)));
        this.sink = new KafkaObservationSink(
                new KafkaProducer<>(producer),
                serde.serializer(),
                topic,
                maxRequestBytes,
                config.queueSize(),
                onFailure);
        java.util.function.Supplier<org.apache.kafka.clients.consumer.Consumer<byte[], byte[]>> consumers =
                () -> new KafkaConsumer<>(KafkaSettings.consumer(config));
        this.claims = new EpochClaims(consumers, serde.deserializer(), topic, wall, this::isOpen);
        this.guard = new EpochGuard(claims, consumers);
    }

    /**
     * Opens the log: makes its topic if it is missing and learns the schemas' ids. Waits while the broker or the registry is away, with a warning now
     * and then.
     *
     * @param wall the machine's clock
     * @param onFailure called once, when the log ends by a failure
     * @param wanted false: stop waiting
     * @throws TopicsException if the topic is not as it must be
     * @throws io.tenantpulse.schema.SchemaRejectedException if the registry refuses a schema
     */
    public static KafkaLog open(
            ExporterConfig config, InstantSource wall, Consumer<Exception> onFailure, BooleanSupplier wanted)
            throws InterruptedException {
        TopicSpec topic = Topics.of(config.topicPrefix(), config.partitions()).observations();
        awaitTopic(config, topic, wanted);
        SerdeSettings settings = SerdeSettings.from(config.registry());
        SchemaRegistryClient registry = RegistryClients.create(settings);
        boolean opened = false;
        try {
            RecordSerde serde = new RecordSerde(registry, settings);
            awaitSchemas(serde, topic, wanted);
            KafkaLog log = new KafkaLog(config, topic, registry, serde, wall, onFailure);
            opened = true;
            return log;
        } finally {
            if (!opened) {
                close(registry);
            }
        }
    }

    private static void close(SchemaRegistryClient registry) {
        try {
            registry.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void awaitTopic(ExporterConfig config, TopicSpec topic, BooleanSupplier wanted)
            throws InterruptedException {
        Waits waits = new Waits(LOG);
        try (Admin admin = Admin.create(KafkaSettings.admin(config))) {
            while (wanted.getAsBoolean()) {
                try {
                    new TopicAdmin(admin, config.replication(), TOPICS_TIMEOUT).ensure(List.of(topic));
                    return;
                } catch (TopicsException e) {
                    if (!isPassing(e.getCause())) {
                        throw e;
                    }
                    waits.say("waiting for the broker", e);
                }
                TimeUnit.MILLISECONDS.sleep(RETRY.toMillis());
            }
        }
        throw new LogEndedException("closed while waiting for the broker");
    }

    private static boolean isPassing(Throwable cause) {
        return cause instanceof RetriableException || cause instanceof java.util.concurrent.TimeoutException;
    }

    private static void awaitSchemas(RecordSerde serde, TopicSpec topic, BooleanSupplier wanted)
            throws InterruptedException {
        Waits waits = new Waits(LOG);
        while (wanted.getAsBoolean()) {
            try {
                serde.prepare(
                        topic,
                        List.of(
                                TenantObserved.class,
                                ResourceObserved.class,
                                RegistryObserved.class,
                                TemplateObserved.class,
                                WarningObserved.class,
                                ClusterMark.class));
                return;
            } catch (RegistryUnavailableException e) {
                waits.say("waiting for the schema registry", e);
            }
            TimeUnit.MILLISECONDS.sleep(RETRY.toMillis());
        }
        throw new LogEndedException("closed while waiting for the schema registry");
    }

    @Override
    public void accept(Batch batch) throws InterruptedException {
        sink.accept(batch);
    }

    @Override
    public Before before(String cluster) throws InterruptedException {
        return claims.before(cluster);
    }

    @Override
    public Claim settle(String cluster, long epoch, String instance) throws InterruptedException {
        return claims.settle(cluster, epoch, instance);
    }

    @Override
    public void onSuperseded(String cluster, long epoch, LongConsumer higher) {
        guard.guard(cluster, epoch, higher);
    }

    @Override
    public long taken(String cluster) {
        return sink.taken(cluster);
    }

    @Override
    public long acknowledged(String cluster) {
        return sink.acknowledged(cluster);
    }

    @Override
    public int queued() {
        return sink.queued();
    }

    @Override
    public void close() {
        closed = true;
        try {
            guard.close();
        } finally {
            sink.close();
        }
        close(registry);
    }

    private boolean isOpen() {
        if (closed) {
            return false;
        }
        sink.checkOpen();
        return true;
    }
}
