package io.tenantpulse.topology;

import static io.tenantpulse.topology.LogScript.second;
import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tenantpulse.detect.PastIncident;
import io.tenantpulse.detect.Rules;
import io.tenantpulse.metrics.Meters;
import io.tenantpulse.schema.AvroLimits;
import io.tenantpulse.schema.RecordSerde;
import io.tenantpulse.schema.SerdeSettings;
import io.tenantpulse.schema.Topics;
import io.tenantpulse.topology.LogScript.Line;
import io.tenantpulse.topology.serde.LogCodec;
import io.tenantpulse.topology.serde.RegistryPatience;
import io.tenantpulse.v1.AlertStatus;
import io.tenantpulse.v1.AlertTransition;
import io.tenantpulse.v1.Incident;
import io.tenantpulse.v1.IncidentStatus;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The wiring only: keys, topics, timestamps, dead letters, tombstones. What is decided is the detector's own tests' matter. */
class TenantProcessorTest {
    private static final String ACME = "alpha/tenants/Tenant/acme";
    private static final String MISMATCH = "TenantResourcesMismatch|" + ACME + "|";
    private static final Topics TOPICS = Topics.DEFAULT;

    @TempDir
    Path dir;

    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
    private final SerdeSettings settings = SerdeSettings.of("http://localhost:1");
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private RecordSerde records;
    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> log;
    private Instant now = second(0);

    @BeforeEach
    void open() {
        AvroLimits.install();
        records = new RecordSerde(registry, settings);
        LogCodec codec = new LogCodec(registry, settings, RegistryPatience.none());
        InstantSource clock = () -> now;
        TopologyParts parts = new TopologyParts(TOPICS, Rules.builtIn(), codec, new Meters(meters), clock, false);
        driver = new TopologyTestDriver(FleetTopology.build(parts), StreamsProperties.forReplay(dir));
        log = driver.createInputTopic(
                TOPICS.observations().name(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterEach
    void close() {
        driver.close();
    }

    private void play(LogScript script) {
        for (Line line : script.lines) {
            byte[] value = records.serializer().serialize(TOPICS.observations().name(), line.value());
            log.pipeInput(line.key().getBytes(StandardCharsets.UTF_8), value, line.timestamp());
        }
    }

    private <T extends SpecificRecord> List<TestRecord<String, T>> read(String topic, Class<T> type) {
        TestOutputTopic<String, T> output = driver.createOutputTopic(
                topic, new StringDeserializer(), records.only(type).deserializer());
        return output.readRecordsToList();
    }

    private List<TestRecord<String, AlertTransition>> mismatches(String topic) {
        return read(topic, AlertTransition.class).stream()
                .filter(one -> one.value() == null ? one.key().equals(MISMATCH) : isMismatch(one.value()))
                .toList();
    }

    private static boolean isMismatch(AlertTransition transition) {
        return transition.getAlert().equals("TenantResourcesMismatch");
    }

    private static LogScript stuckFor15Minutes() {
        return new LogScript("alpha", 1)
                .begin(0, "acme")
                .counts(62, "acme", 1, 3)
                .watermarks(65, 62 + 905);
    }

    @Test
    void showsWhatFiresAndTakesItBackWithItsPartition() {
        play(stuckFor15Minutes());
        assertThat(meters.get("tenantpulse.cluster.alerts.firing")
                        .tag("alert", "TenantResourcesMismatch")
                        .tag("watched_cluster", "alpha")
                        .gauge()
                        .value())
                .isEqualTo(1);
        assertThat(meters.get("tenantpulse.cluster.incidents.open").gauge().value())
                .isEqualTo(1);

        driver.close();

        assertThat(meters.find("tenantpulse.cluster.alerts.firing").gauge()).isNull();
        assertThat(meters.find("tenantpulse.cluster.incidents.open").gauge()).isNull();
        open();
    }

    @Test
    void firesForARegistryUnderItsOwnKey() {
        play(new LogScript("alpha", 1).begin(0).registry(0, "prod", 12, 20, 7).watermarks(5, 305));

        List<TestRecord<String, AlertTransition>> fired = read(TOPICS.alerts().name(), AlertTransition.class);
        assertThat(fired).hasSize(1);
        assertThat(fired.get(0).key()).isEqualTo("alpha/ops/TenantRegistry/prod");
        AlertTransition alert = fired.get(0).value();
        assertThat(alert.getAlert()).isEqualTo("RegistryManyTenantsFailure");
        assertThat(alert.getAt()).isEqualTo(second(300));
        assertThat(alert.getNamespace()).isEqualTo("ops");
        assertThat(alert.getKind()).isEqualTo("TenantRegistry");
        assertThat(alert.getTenant()).isNull();
        assertThat(alert.getLabels()).isEqualTo(Map.of("registry", "prod"));
        assertThat(alert.getFailed()).isEqualTo(7);
        assertThat(alert.getSummary()).isEqualTo("Registry prod: 7 of 20 tenants failed, 12 ready");
        assertThat(read(TOPICS.activeAlerts().name(), AlertTransition.class).stream()
                        .map(TestRecord::key))
                .containsExactly("RegistryManyTenantsFailure|alpha/ops/TenantRegistry/prod|");
    }

    @Test
    void firesOnceWhenAMismatchHasLasted15Minutes() {
        play(stuckFor15Minutes());

        List<TestRecord<String, AlertTransition>> fired =
                mismatches(TOPICS.alerts().name());
        assertThat(fired).hasSize(1);
        assertThat(fired.get(0).key()).isEqualTo(ACME);
        assertThat(fired.get(0).getRecordTime()).isEqualTo(second(965));
        AlertTransition alert = fired.get(0).value();
        assertThat(alert.getStatus()).isEqualTo(AlertStatus.FIRING);
        assertThat(alert.getSince()).isEqualTo(second(62));
        assertThat(alert.getAt()).isEqualTo(second(62 + 900));
        assertThat(alert.getReady()).isEqualTo(1);
    }

    @Test
    void keepsTheLatestStateOfAnAlertUnderItsIdentity() {
        play(stuckFor15Minutes().counts(1000, "acme", 3, 3));

        List<TestRecord<String, AlertTransition>> states =
                mismatches(TOPICS.activeAlerts().name());
        assertThat(states).extracting(TestRecord::key).containsOnly(MISMATCH);
        assertThat(states)
                .extracting(one -> one.value().getStatus())
                .containsExactly(AlertStatus.FIRING, AlertStatus.RESOLVED);
    }

    @Test
    void tellsOfTheIncident() {
        play(stuckFor15Minutes().counts(1000, "acme", 3, 3));

        List<TestRecord<String, Incident>> incidents = read(TOPICS.incidents().name(), Incident.class);
        assertThat(incidents).extracting(TestRecord::key).containsOnly(ACME);
        assertThat(incidents.get(0).value().getStatus()).isEqualTo(IncidentStatus.OPENED);
        assertThat(incidents.get(incidents.size() - 1).value().getStatus()).isEqualTo(IncidentStatus.ENDED);
    }

    @Test
    void tellsWhyAnAlertFires() {
        play(new LogScript("alpha", 1).begin(0).needing(10, "acme", "db").watermark(910));

        AlertTransition alert = mismatches(TOPICS.alerts().name()).get(0).value();
        assertThat(alert.getBlockers()).containsExactly("db");
        assertThat(alert.getCauses().get(0).getCause()).isEqualTo("ImagePull");
        assertThat(alert.getCauses().get(0).getSubject()).isEqualTo("img:1");
        assertThat(alert.getCauses().get(0).getRemedies().get(0).getCommand())
                .isEqualTo("kubectl describe pod db-1 -n tenants");
        assertThat(alert.getSummary()).contains("0/1 ready", "ImagePull");
        assertThat(alert.getRunbookUrl()).endsWith("#tenantresourcesmismatch");
        assertThat(read(TOPICS.incidents().name(), Incident.class))
                .last()
                .satisfies(one -> assertThat(one.value().getCause()).isEqualTo("ImagePull"));
    }

    @Test
    void forgetsAWarningByItsAge() {
        LogScript script =
                new LogScript("alpha", 1).begin(0).needing(10, "acme", "db").watermark(3609);
        play(script);
        assertThat(warnings()).isEqualTo(1);

        play(script.watermark(3610));

        assertThat(warnings()).isZero();
    }

    @Test
    void keepsTheIncidentsOfATenantInOneEntryUntilItsClusterIsGone() {
        play(stuckFor15Minutes()
                .counts(1000, "acme", 3, 3)
                .counts(2000, "acme", 1, 3)
                .watermark(2905)
                .counts(3000, "acme", 3, 3));

        Bytes key = StreamsMemory.key(ACME + StreamsMemory.INCIDENTS);
        byte[] kept = driver.<Bytes, byte[]>getKeyValueStore(Stores.RESOURCES).get(key);
        assertThat(StreamsMemory.INCIDENT_HISTORY.toState(kept).incidents())
                .extracting(PastIncident::endedAt)
                .containsExactly(second(1000), second(3000));
        assertThat(entriesOf(Stores.DEADLINES)).isEqualTo(1);

        play(new LogScript("alpha", 9).gone(4000));

        assertThat(entriesOf(Stores.RESOURCES)).isZero();
        assertThat(entriesOf(Stores.DEADLINES)).isZero();
    }

    private int entriesOf(String store) {
        int found = 0;
        try (KeyValueIterator<Bytes, byte[]> all =
                driver.<Bytes, byte[]>getKeyValueStore(store).all()) {
            for (; all.hasNext(); all.next()) {
                found++;
            }
        }
        return found;
    }

    private int warnings() {
        int found = 0;
        try (KeyValueIterator<Bytes, byte[]> all =
                driver.<Bytes, byte[]>getKeyValueStore(Stores.RESOURCES).all()) {
            while (all.hasNext()) {
                found += new String(all.next().key.get(), StandardCharsets.UTF_8).endsWith("event-1") ? 1 : 0;
            }
        }
        return found;
    }

    @Test
    void deletesTheStateADayAfterItResolvedByTheClustersTime() {
        long day = Duration.ofHours(24).toSeconds();
        play(stuckFor15Minutes().counts(1000, "acme", 3, 3).watermark(1000 + day - 1));
        assertThat(mismatches(TOPICS.activeAlerts().name())).hasSize(2);

        LogScript later = new LogScript("alpha", 2).begin(1000 + day, "acme");
        play(later);

        List<TestRecord<String, AlertTransition>> states =
                mismatches(TOPICS.activeAlerts().name());
        assertThat(states).hasSize(1);
        assertThat(states.get(0).value()).isNull();
        assertThat(states.get(0).getRecordTime()).isEqualTo(second(1000 + day));
    }

    @Test
    void keepsTheStateOfAnAlertThatFiresAgain() {
        long day = Duration.ofHours(24).toSeconds();
        play(stuckFor15Minutes()
                .counts(1000, "acme", 3, 3)
                .counts(2000, "acme", 1, 3)
                .watermark(2900)
                .watermark(1000 + day));

        assertThat(mismatches(TOPICS.activeAlerts().name()))
                .extracting(one -> one.value().getStatus())
                .containsExactly(AlertStatus.FIRING, AlertStatus.RESOLVED, AlertStatus.FIRING);
    }

    @Test
    void deletesTheStatesOfARemovedClusterAtOnce() {
        play(stuckFor15Minutes().counts(1000, "acme", 3, 3));
        play(new LogScript("alpha", 9).gone(1100));

        List<TestRecord<String, AlertTransition>> states =
                mismatches(TOPICS.activeAlerts().name());
        assertThat(states.get(states.size() - 1).value()).isNull();
    }

    @Test
    void changesNothingWhenTheLogRepeatsItself() {
        LogScript script = stuckFor15Minutes().counts(1000, "acme", 3, 3);
        play(script);
        int said = mismatches(TOPICS.alerts().name()).size();

        play(script);

        assertThat(said).isEqualTo(2);
        assertThat(mismatches(TOPICS.alerts().name())).isEmpty();
    }

    @Test
    void putsWhatCannotBeReadIntoTheDeadLettersAndGoesOn() {
        LogScript script = stuckFor15Minutes();
        byte[] junk = "secret-payload".getBytes(StandardCharsets.UTF_8);
        log.pipeInput("key".getBytes(StandardCharsets.UTF_8), junk, second(0));
        play(script);

        List<TestRecord<byte[], byte[]>> dead = driver.createOutputTopic(
                        TOPICS.deadLetters().name(), new ByteArrayDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
        assertThat(dead).hasSize(1);
        assertThat(dead.get(0).value()).isEqualTo(junk);
        assertThat(header(dead.get(0), "topic")).isEqualTo(TOPICS.observations().name());
        assertThat(header(dead.get(0), "partition")).isEqualTo("0");
        assertThat(header(dead.get(0), "offset")).isEqualTo("0");
        assertThat(header(dead.get(0), "exception")).endsWith("UndecodableRecordException");
        for (Header header : dead.get(0).headers()) {
            assertThat(new String(header.value(), StandardCharsets.UTF_8)).doesNotContain("secret-payload");
        }
        assertThat(meters.get("tenantpulse.dead.letters").counter().count()).isEqualTo(1);
        assertThat(mismatches(TOPICS.alerts().name())).hasSize(1);
    }

    private static String header(TestRecord<byte[], byte[]> record, String name) {
        return new String(
                record.headers().lastHeader("__streams.errors." + name).value(), StandardCharsets.UTF_8);
    }

    @Test
    void asksTheWallClockWhetherAClusterIsSilent() {
        play(new LogScript("alpha", 1).begin(0, "acme"));
        driver.advanceWallClockTime(Duration.ofSeconds(1));
        now = second(0).plusSeconds(121);

        driver.advanceWallClockTime(Duration.ofSeconds(1));

        assertThat(read(TOPICS.alerts().name(), AlertTransition.class))
                .singleElement()
                .satisfies(stale -> {
                    assertThat(stale.key()).isEqualTo("alpha");
                    assertThat(stale.value().getAlert()).isEqualTo("ClusterTelemetryStale");
                });
    }
}
