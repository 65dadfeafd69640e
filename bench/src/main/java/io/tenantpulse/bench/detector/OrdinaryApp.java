package io.tenantpulse.bench.detector;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tenantpulse.schema.RecordSerde;
import io.tenantpulse.schema.RegistryClients;
import io.tenantpulse.schema.SerdeSettings;
import java.io.IOException;
import java.time.Duration;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.Stores;

/**
 * The same detection written the ordinary way: Kafka Streams as its documentation has it and with its default settings, a
 * store in RocksDB behind the record cache, whole Avro objects, and a look through the whole store every half minute.
 */
final class OrdinaryApp implements Contender {
    static final String STORE = "tenant-clocks";

    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String READ = "read-observations";
    private static final String DETECT = "detect";

    private final SchemaRegistryClient registry;
    private final KafkaStreams streams;
    private final StreamsProgress progress;

    OrdinaryApp(Job job) {
        SerdeSettings settings = SerdeSettings.of(job.registryUrl());
        this.registry = RegistryClients.create(settings);
        Serde<SpecificRecord> records = new RecordSerde(registry, settings);
        Serde<String> keys = Serdes.String();
        Topology topology = new Topology()
                .addSource(AutoOffsetReset.earliest(), READ, keys.deserializer(), records.deserializer(), job.topic())
                .addProcessor(DETECT, OrdinaryProcessor::new, READ)
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                        Stores.persistentKeyValueStore(STORE), keys, TenantClocksSerde.create())
                                .withCachingEnabled(),
                        DETECT)
                .addSink("write-alerts", job.alerts(), keys.serializer(), records.serializer(), DETECT);
        this.streams = new KafkaStreams(topology, settings(job));
        this.progress = new StreamsProgress(streams, job.topic());
    }

    private static Properties settings(Job job) {
        Properties all = job.clientSettings();
        all.putAll(StreamsProgress.PATIENCE);
        all.put(StreamsConfig.APPLICATION_ID_CONFIG, job.prefix());
        all.put(StreamsConfig.STATE_DIR_CONFIG, job.stateDir());
        all.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, job.threads());
        all.put(
                StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
                job.exactlyOnce() ? StreamsConfig.EXACTLY_ONCE_V2 : StreamsConfig.AT_LEAST_ONCE);
        all.put(StreamsConfig.topicPrefix(TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG), "" + Long.MAX_VALUE);
        return all;
    }

    @Override
    public void start() {
        streams.start();
    }

    @Override
    public long processed() {
        return progress.processed();
    }

    @Override
    public void close() throws IOException {
        streams.close(TIMEOUT);
        registry.close();
    }
}
