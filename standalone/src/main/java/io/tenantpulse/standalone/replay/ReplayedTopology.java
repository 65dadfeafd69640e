package io.tenantpulse.standalone.replay;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.tenantpulse.detect.Rules;
import io.tenantpulse.exporter.Batch;
import io.tenantpulse.exporter.LogRecord;
import io.tenantpulse.metrics.Meters;
import io.tenantpulse.schema.RecordSerde;
import io.tenantpulse.schema.SerdeSettings;
import io.tenantpulse.schema.TopicSpec;
import io.tenantpulse.schema.Topics;
import io.tenantpulse.topology.FleetTopology;
import io.tenantpulse.topology.TopologyParts;
import io.tenantpulse.topology.serde.LogCodec;
import io.tenantpulse.topology.serde.RegistryPatience;
import io.tenantpulse.v1.AlertTransition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;

/**
 * The real topology on one thread, without a broker: batches go in as the bytes that a broker would hold, transitions
 * come out of the alerts topic's bytes.
 */
final class ReplayedTopology implements ReplayLog, AutoCloseable {
    /** One task: the log of a replay is one partition, and its order is that of the lines. */
    private static final Topics TOPICS = Topics.of(Topics.DEFAULT_PREFIX, 1);

    /** Short: what lies in it is looked through. */
    private static final Duration LOOKS_AHEAD = Duration.ofSeconds(5);

    private final Map<String, Instant> nothingDueUpTo = new HashMap<>();
    private final Path folder;
    private final TopologyTestDriver driver;
    private final RecordSerde records;
    private final TestInputTopic<String, SpecificRecord> observations;
    private final TestOutputTopic<byte[], SpecificRecord> alerts;
    private final List<TestOutputTopic<byte[], byte[]>> others = new ArrayList<>();

    ReplayedTopology(Rules rules) throws IOException {
        folder = Files.createTempDirectory("tenant-pulse-replay");
        SchemaRegistryClient registry = new MockSchemaRegistryClient();
        SerdeSettings settings = SerdeSettings.of("http://in-memory");
        LogCodec codec = new LogCodec(registry, settings, RegistryPatience.none());
        // The wall clock stands still: nothing of a replay may depend on it
        TopologyParts parts = new TopologyParts(
                TOPICS,
                rules,
                codec,
                new Meters(new CompositeMeterRegistry()),
                InstantSource.fixed(Instant.EPOCH),
                false);
        records = new RecordSerde(registry, settings);
        driver = new TopologyTestDriver(FleetTopology.build(parts), properties(), Instant.EPOCH);
        observations =
                driver.createInputTopic(TOPICS.observations().name(), new StringSerializer(), records.serializer());
        alerts = driver.createOutputTopic(TOPICS.alerts().name(), new ByteArrayDeserializer(), records.deserializer());
        for (TopicSpec topic : TOPICS.all()) {
            if (!topic.equals(TOPICS.observations()) && !topic.equals(TOPICS.alerts())) {
                others.add(driver.createOutputTopic(
                        topic.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer()));
            }
        }
    }

    private Properties properties() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "replay");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:9092");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        return properties;
    }

    @Override
    public void accept(Batch batch) {
        nothingDueUpTo.clear();
        for (LogRecord record : batch.records()) {
            observations.pipeInput(record.key(), record.value(), batch.observedAt());
        }
    }

    /** Most lines change nothing, and then nothing new can be due: what was found is kept until the next record. */
    @Override
    public boolean isDue(String cluster, Instant upTo) {
        Instant known = nothingDueUpTo.get(cluster);
        if (known != null && !upTo.isAfter(known)) {
            return false;
        }
        if (FleetTopology.isDue(driver::getKeyValueStore, cluster, upTo)) {
            return true;
        }
        Instant ahead = upTo.plus(LOOKS_AHEAD);
        boolean none = !FleetTopology.isDue(driver::getKeyValueStore, cluster, ahead);
        nothingDueUpTo.put(cluster, none ? ahead : upTo);
        return false;
    }

    /** The transitions since the last call, in order of decision; what else came out is let go. */
    List<AlertTransition> takeTransitions() {
        for (TestOutputTopic<byte[], byte[]> other : others) {
            while (!other.isEmpty()) {
                other.readRecord();
            }
        }
        List<AlertTransition> taken = new ArrayList<>();
        while (!alerts.isEmpty()) {
            taken.add((AlertTransition) alerts.readValue());
        }
        return taken;
    }

    @Override
    public void close() {
        driver.close();
        records.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete the temporary folder " + folder, e);
        }
    }
}
