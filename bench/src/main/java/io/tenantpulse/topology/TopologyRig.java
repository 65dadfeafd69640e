package io.tenantpulse.topology;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.tenantpulse.bench.oracle.LogEntry;
import io.tenantpulse.bench.oracle.RuleTable;
import io.tenantpulse.bench.oracle.Said;
import io.tenantpulse.bench.oracle.Subject;
import io.tenantpulse.metrics.Meters;
import io.tenantpulse.schema.Keys;
import io.tenantpulse.schema.RecordSerde;
import io.tenantpulse.schema.SerdeSettings;
import io.tenantpulse.schema.Topics;
import io.tenantpulse.topology.serde.LogCodec;
import io.tenantpulse.topology.serde.RegistryPatience;
import io.tenantpulse.v1.AlertStatus;
import io.tenantpulse.v1.AlertTransition;
import io.tenantpulse.v1.Incident;
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

/** The whole topology for the oracle, from the bytes of the log to those of the alerts' topic. */
public final class TopologyRig implements Subject {
    /** One partition, as the log of a history is. */
    private static final Topics TOPICS = Topics.of(Topics.DEFAULT_PREFIX, 1);

    private final Path folder;
    private final TopologyTestDriver driver;
    private final TestInputTopic<String, SpecificRecord> observations;
    private final TestOutputTopic<byte[], SpecificRecord> alerts;
    private final TestOutputTopic<byte[], SpecificRecord> incidents;

    /** With empty stores. */
    public TopologyRig(RuleTable table) {
        try {
            folder = Files.createTempDirectory("tenant-pulse-oracle");
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a folder for the topology", e);
        }
        SchemaRegistryClient registry = new MockSchemaRegistryClient();
        SerdeSettings settings = SerdeSettings.of("http://in-memory");
        RecordSerde records = new RecordSerde(registry, settings);
        TopologyParts parts = new TopologyParts(
                TOPICS,
                OracleRig.rules(table),
                new LogCodec(registry, settings, RegistryPatience.none()),
                new Meters(new CompositeMeterRegistry()),
                InstantSource.fixed(Instant.EPOCH),
                false);
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "oracle");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:9092");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, folder.toString());
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        driver = new TopologyTestDriver(FleetTopology.build(parts), properties, Instant.EPOCH);
        observations =
                driver.createInputTopic(TOPICS.observations().name(), new StringSerializer(), records.serializer());
        alerts = driver.createOutputTopic(TOPICS.alerts().name(), new ByteArrayDeserializer(), records.deserializer());
        incidents = driver.createOutputTopic(
                TOPICS.incidents().name(), new ByteArrayDeserializer(), records.deserializer());
    }

    @Override
    public void take(LogEntry entry) {
        observations.pipeInput(entry.key(), entry.value(), entry.observedAt());
    }

    /** It is started once: restarts are the rig's of the detector alone. */
    @Override
    public void restart() {}

    @Override
    public List<Said> said() {
        Map<String, Instant> since = new HashMap<>();
        while (!incidents.isEmpty()) {
            Incident incident = (Incident) incidents.readValue();
            since.put(incident.getId(), incident.getSince());
        }
        List<Said> said = new ArrayList<>();
        while (!alerts.isEmpty()) {
            AlertTransition transition = (AlertTransition) alerts.readValue();
            if (transition.getStatus() != AlertStatus.UPDATED) {
                said.add(fact(transition, since));
            }
        }
        return said;
    }

    private static Said fact(AlertTransition transition, Map<String, Instant> since) {
        boolean firing = transition.getStatus() == AlertStatus.FIRING;
        Map<String, String> labels = transition.getLabels();
        return new Said(
                transition.getAlert(),
                scope(transition),
                labels.getOrDefault("reason", labels.getOrDefault("resource_kind", "")),
                firing ? Said.Status.FIRING : Said.Status.RESOLVED,
                transition.getSince(),
                transition.getAt(),
                transition.getDecidedAt(),
                firing ? Duration.ofMillis(transition.getFrozenMillis()) : Duration.ZERO,
                transition.getReason(),
                transition.getIncident() == null ? null : since.get(transition.getIncident()));
    }

    private static String scope(AlertTransition transition) {
        String namespace = transition.getNamespace();
        String kind = transition.getKind();
        if (namespace == null || kind == null) {
            return transition.getCluster();
        }
        String name = transition.getTenant() == null
                ? transition.getLabels().getOrDefault("registry", "")
                : transition.getTenant();
        return Keys.of(transition.getCluster(), namespace, kind, name);
    }

    @Override
    public void close() {
        driver.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete the temporary folder " + folder, e);
        }
    }
}
