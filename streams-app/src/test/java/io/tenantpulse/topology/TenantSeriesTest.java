package io.tenantpulse.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tenantpulse.detect.Rules;
import io.tenantpulse.metrics.Meters;
import io.tenantpulse.metrics.TenantSeries;
import io.tenantpulse.query.TenantSelection;
import io.tenantpulse.schema.AvroLimits;
import io.tenantpulse.schema.RecordSerde;
import io.tenantpulse.schema.SerdeSettings;
import io.tenantpulse.schema.Topics;
import io.tenantpulse.topology.serde.LogCodec;
import io.tenantpulse.topology.serde.RegistryPatience;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Series of single tenants, from records of the log to what is scraped. */
class TenantSeriesTest {
    private static final Topics TOPICS = Topics.DEFAULT;

    @TempDir
    private Path dir;

    private final SimpleMeterRegistry shown = new SimpleMeterRegistry();
    private final TenantSeries series = new TenantSeries(shown);
    private RecordSerde records;
    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> log;

    @BeforeEach
    void open() {
        AvroLimits.install();
        MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
        SerdeSettings settings = SerdeSettings.of("http://localhost:1");
        records = new RecordSerde(registry, settings);
        LogCodec codec = new LogCodec(registry, settings, RegistryPatience.none());
        Meters meters = new Meters(new SimpleMeterRegistry());
        TopologyParts parts =
                new TopologyParts(TOPICS, Rules.builtIn(), codec, meters, () -> LogScript.second(0), false);
        driver = new TopologyTestDriver(FleetTopology.build(parts), StreamsProperties.forReplay(dir));
        log = driver.createInputTopic(
                TOPICS.observations().name(), new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterEach
    void close() {
        driver.close();
    }

    private void play(LogScript script) {
        for (LogScript.Line line : script.lines) {
            byte[] value = records.serializer().serialize(TOPICS.observations().name(), line.value());
            log.pipeInput(line.key().getBytes(StandardCharsets.UTF_8), value, line.timestamp());
        }
        script.lines.clear();
    }

    private void show(int limit, String... asked) {
        TenantFiguresReader reader =
                new TenantFiguresReader(1, Set.of(0), (name, partition) -> driver.getKeyValueStore(name));
        TenantFiguresReader.Found found =
                reader.read(Arrays.stream(asked).map(TenantSelection::parse).toList(), limit);
        series.show(found.figures(), found.leftOut());
    }

    /** All series of tenants, but for {@code left.out}: name, tenant and what else tells them apart. */
    private Map<String, Double> series() {
        return shown.getMeters().stream()
                .filter(meter -> meter.getId().getTag("tenant") != null)
                .collect(Collectors.toMap(
                        meter -> meter.getId().getName().replace("tenantpulse.tenant.", "")
                                + ' '
                                + meter.getId().getTag("tenant")
                                + (meter.getId().getTag("state") == null
                                        ? ""
                                        : ' ' + meter.getId().getTag("state"))
                                + (meter.getId().getTag("alert") == null
                                        ? ""
                                        : ' ' + meter.getId().getTag("alert")),
                        meter -> meter.measure().iterator().next().getValue(),
                        (one, other) -> Double.NaN,
                        TreeMap::new));
    }

    @Test
    void tellsCountsAndHowLongAConditionHolds() {
        play(new LogScript("alpha", 1)
                .begin(0, "acme", "bolt")
                .counts(62, "acme", 1, 3)
                .watermark(362));

        show(10, "alpha/tenants/acme", "alpha/tenants/bolt", "alpha/tenants/nobody", "beta/tenants/acme");

        assertThat(series())
                .containsEntry("resources acme ready", 1.0)
                .containsEntry("resources acme desired", 3.0)
                .containsEntry("resources acme failed", 0.0)
                .containsEntry("condition.held.seconds acme TenantResourcesMismatch", 300.0)
                .containsEntry("condition.held.seconds acme TenantNotReady", 300.0)
                .containsEntry("resources bolt ready", 3.0)
                .doesNotContainKey("condition.held.seconds bolt TenantResourcesMismatch");
        assertThat(shown.get("tenantpulse.tenant.resources")
                        .tags("watched_cluster", "alpha", "tenant_namespace", "tenants", "tenant_kind", "Tenant")
                        .gauges())
                .hasSize(6);
    }

    @Test
    void forgetsAConditionThatIsOver() {
        LogScript script = new LogScript("alpha", 1);
        play(script.begin(0, "acme").counts(62, "acme", 1, 3).watermarks(65, 1000));
        show(10, "alpha/tenants/acme");
        assertThat(series()).containsEntry("condition.held.seconds acme TenantResourcesMismatch", 938.0);

        // The alert is kept firing for a while after its condition has ended.
        play(script.counts(1001, "acme", 3, 3).watermark(1005));
        show(10, "alpha/tenants/acme");

        assertThat(series())
                .doesNotContainKey("condition.held.seconds acme TenantResourcesMismatch")
                .containsEntry("resources acme ready", 3.0);
    }

    @Test
    void tellsHowLongTheLongestPodIsNotReady() {
        play(new LogScript("alpha", 1).begin(0).needing(10, "acme", "db").watermark(310));

        show(10, "alpha/tenants/acme");

        assertThat(series())
                .containsEntry("pods.not.ready acme", 1.0)
                .containsEntry("pod.not.ready.seconds acme", 300.0);
    }

    @Test
    void tellsOfAWholeNamespaceUpToTheLimitAndCountsTheRest() {
        play(new LogScript("alpha", 1).begin(0, "a", "b", "c"));

        show(2, "alpha/tenants/*", "alpha/tenants/a", "alpha/tenant/*");

        assertThat(series()).hasSize(2 * 5);
        assertThat(shown.get("tenantpulse.tenant.series.left.out").gauge().value())
                .isEqualTo(1);
    }

    @Test
    void seriesGoWithTheirTenants() {
        LogScript script = new LogScript("alpha", 1);
        play(script.begin(0, "acme"));
        show(10, "alpha/tenants/*");
        assertThat(series()).isNotEmpty();

        play(script.gone(10));
        show(10, "alpha/tenants/*");

        assertThat(series()).isEmpty();
    }
}
