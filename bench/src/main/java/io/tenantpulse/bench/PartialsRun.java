package io.tenantpulse.bench;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.tenantpulse.detect.Rules;
import io.tenantpulse.exporter.Batch;
import io.tenantpulse.exporter.ClusterLog;
import io.tenantpulse.exporter.LogRecord;
import io.tenantpulse.exporter.WatchedKind;
import io.tenantpulse.metrics.Meters;
import io.tenantpulse.schema.RecordSerde;
import io.tenantpulse.schema.SerdeSettings;
import io.tenantpulse.schema.TopicSpec;
import io.tenantpulse.schema.Topics;
import io.tenantpulse.topology.FleetTopology;
import io.tenantpulse.topology.TopologyParts;
import io.tenantpulse.topology.serde.LogCodec;
import io.tenantpulse.topology.serde.RegistryPatience;
import io.tenantpulse.v1.KindState;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** The real exporter mapping and topology over one fleet, at one rate of events: what is written to the topic of partials. */
final class PartialsRun implements AutoCloseable {
    private static final Topics TOPICS = Topics.of(Topics.DEFAULT_PREFIX, 1);
    private static final Duration WATERMARK_EVERY = Duration.ofSeconds(5);
    private static final long MINUTE_NANOS = Duration.ofMinutes(1).toNanos();
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final int RESOURCES = 8;
    private static final int TEMPLATES = 5;
    private static final int NAMESPACES = 4;

    private final int tenants;
    private final boolean[] stuck;
    private final TopologyTestDriver driver;
    private final RecordSerde records;
    private final TestInputTopic<String, SpecificRecord> observations;
    private final TestOutputTopic<byte[], byte[]> partials;
    private final List<TestOutputTopic<byte[], byte[]>> others = new ArrayList<>();
    private final ClusterLog log = new ClusterLog("c1", this::accept, () -> BEGIN, null);
    private Instant now = BEGIN;
    private long version;

    /** What was written in a minute of event time, on average. */
    record Written(long events, double partials, double bytes) {}

    /** @param tenants of the fleet, all well at first */
    PartialsRun(int tenants) {
        this.tenants = tenants;
        this.stuck = new boolean[tenants];
        SchemaRegistryClient registry = new MockSchemaRegistryClient();
        SerdeSettings settings = SerdeSettings.of("http://in-memory");
        records = new RecordSerde(registry, settings);
        TopologyParts parts = new TopologyParts(
                TOPICS,
                Rules.builtIn(),
                new LogCodec(registry, settings, RegistryPatience.none()),
                new Meters(new CompositeMeterRegistry()),
                InstantSource.fixed(Instant.EPOCH),
                false);
        driver = new TopologyTestDriver(FleetTopology.build(parts), properties(), Instant.EPOCH);
        observations =
                driver.createInputTopic(TOPICS.observations().name(), new StringSerializer(), records.serializer());
        partials = output(TOPICS.trendPartials());
        for (TopicSpec topic : TOPICS.all()) {
            if (!topic.equals(TOPICS.observations()) && !topic.equals(TOPICS.trendPartials())) {
                others.add(output(topic));
            }
        }
    }

    private static Properties properties() {
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "bench");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:9092");
        properties.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        return properties;
    }

    private TestOutputTopic<byte[], byte[]> output(TopicSpec topic) {
        return driver.createOutputTopic(topic.name(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** Lists the fleet, lets a minute go by and then counts. */
    Written run(int eventsPerMinute, int minutes) {
        log.claimEpoch(1, "bench");
        log.syncBegin(WatchedKind.TENANT, 0, now);
        for (int tenant = 0; tenant < tenants; tenant++) {
            write(tenant, "ADDED");
        }
        log.syncEnd(WatchedKind.TENANT, now);
        minute(eventsPerMinute);
        minute(eventsPerMinute);
        drain();
        long count = 0;
        long bytes = 0;
        for (int minute = 0; minute < minutes; minute++) {
            minute(eventsPerMinute);
            for (TestRecord<byte[], byte[]> each : drain()) {
                count++;
                bytes += each.key().length + each.value().length;
            }
        }
        return new Written((long) eventsPerMinute * minutes, (double) count / minutes, (double) bytes / minutes);
    }

    /** Events at even distances, each of which turns a tenant, and watermarks between them. */
    private void minute(int events) {
        Instant begin = now;
        Instant mark = now.plus(WATERMARK_EVERY);
        for (int i = 0; i < events; i++) {
            now = begin.plusNanos(MINUTE_NANOS / events * i);
            while (now.isAfter(mark)) {
                watermark(mark);
                mark = mark.plus(WATERMARK_EVERY);
            }
            int tenant = (int) (version % tenants);
            stuck[tenant] = !stuck[tenant];
            write(tenant, "MODIFIED");
        }
        now = begin.plus(Duration.ofMinutes(1));
        for (; !mark.isAfter(now); mark = mark.plus(WATERMARK_EVERY)) {
            watermark(mark);
        }
    }

    private void watermark(Instant time) {
        log.watermark(time, true, Map.of(WatchedKind.TENANT, KindState.LIVE), time);
    }

    private void write(int tenant, String type) {
        version++;
        int ready = stuck[tenant] ? RESOURCES - 1 : RESOURCES;
        String condition =
                stuck[tenant] ? "\"False\",\"reason\":\"NotAllResourcesReady\"" : "\"True\",\"reason\":\"Reconciled\"";
        String object = String.format(
                Locale.ROOT,
                "{\"apiVersion\":\"operator.kubernetes-tenants.org/v1\",\"kind\":\"Tenant\",\"metadata\":{\"name\":\"t%d\","
                        + "\"namespace\":\"ns-%d\",\"uid\":\"uid-%d\",\"resourceVersion\":\"%d\",\"generation\":1,"
                        + "\"creationTimestamp\":\"2025-12-01T00:00:00Z\",\"labels\":{\"kubernetes-tenants.org/registry\":\"staging\"},"
                        + "\"annotations\":{\"kubernetes-tenants.org/template-generation\":\"1\"}},"
                        + "\"spec\":{\"templateRef\":\"template-%d\",\"deployments\":[{\"id\":\"app\",\"waitForReady\":true}]},"
                        + "\"status\":{\"observedGeneration\":1,\"readyResources\":%d,\"desiredResources\":%d,"
                        + "\"conditions\":[{\"type\":\"Ready\",\"status\":%s,\"lastTransitionTime\":\"%s\"}]}}",
                tenant,
                tenant % NAMESPACES,
                tenant,
                version,
                tenant % TEMPLATES,
                ready,
                RESOURCES,
                condition,
                now);
        byte[] json = object.getBytes(StandardCharsets.UTF_8);
        log.object(WatchedKind.TENANT, type, json, 0, json.length, now);
    }

    private void accept(Batch batch) {
        for (LogRecord record : batch.records()) {
            observations.pipeInput(record.key(), record.value(), batch.observedAt());
        }
        for (TestOutputTopic<byte[], byte[]> other : others) {
            while (!other.isEmpty()) {
                other.readRecord();
            }
        }
    }

    private List<TestRecord<byte[], byte[]>> drain() {
        return partials.readRecordsToList();
    }

    @Override
    public void close() {
        driver.close();
        records.close();
    }
}
