package io.tenantpulse.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tenantpulse.detect.Rules;
import io.tenantpulse.metrics.Meters;
import io.tenantpulse.query.TrendQueries;
import io.tenantpulse.schema.AvroLimits;
import io.tenantpulse.schema.RecordSerde;
import io.tenantpulse.schema.SerdeSettings;
import io.tenantpulse.schema.Topics;
import io.tenantpulse.topology.serde.LogCodec;
import io.tenantpulse.topology.serde.RegistryPatience;
import io.tenantpulse.trends.Scope;
import io.tenantpulse.trends.WindowSize;
import io.tenantpulse.v1.AlertStatus;
import io.tenantpulse.v1.AlertTransition;
import io.tenantpulse.v1.Cause;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Surges of a whole fleet through the whole topology. */
class FleetSurgeTest {
    private static final Topics TOPICS = Topics.of("tenant-pulse", 1);
    private static final List<String> CLUSTERS = List.of("alpha", "beta", "gamma");
    private static final int TEMPLATE_SIZE = 834;

    @TempDir
    Path dir;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final List<FleetScript> clusters = new ArrayList<>();
    private final List<AlertTransition> surges = new ArrayList<>();
    private RecordSerde records;
    private TopologyTestDriver driver;
    private TestInputTopic<byte[], byte[]> log;
    private TestOutputTopic<String, AlertTransition> alerts;

    @BeforeEach
    void open() {
        AvroLimits.install();
        MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
        SerdeSettings settings = SerdeSettings.of("http://localhost:1");
        records = new RecordSerde(registry, settings);
        LogCodec codec = new LogCodec(registry, settings, RegistryPatience.none());
        InstantSource clock = () -> Instant.EPOCH;
        TopologyParts parts = new TopologyParts(TOPICS, Rules.builtIn(), codec, new Meters(meters), clock, false);
        driver = new TopologyTestDriver(FleetTopology.build(parts), StreamsProperties.forReplay(dir));
        log = driver.createInputTopic(
                TOPICS.observations().name(), new ByteArraySerializer(), new ByteArraySerializer());
        alerts = driver.createOutputTopic(
                TOPICS.alerts().name(),
                new StringDeserializer(),
                records.only(AlertTransition.class).deserializer());
        CLUSTERS.forEach(cluster -> clusters.add(new FleetScript(cluster, this::write)));
    }

    @AfterEach
    void close() {
        driver.close();
    }

    private void write(LogScript.Line line) {
        byte[] value = records.serializer().serialize(TOPICS.observations().name(), line.value());
        log.pipeInput(line.key().getBytes(StandardCharsets.UTF_8), value, line.timestamp());
    }

    /** The watermarks of all clusters, every {@code step} seconds. */
    private void watermarks(long from, long to, long step) {
        for (long at = from; at <= to; at += step) {
            for (FleetScript cluster : clusters) {
                cluster.watermark(at);
            }
            while (!alerts.isEmpty()) {
                AlertTransition next = alerts.readValue();
                if (next.getAlert().equals("FleetMismatchSurge")) {
                    surges.add(next);
                }
            }
        }
    }

    private static String scope(AlertTransition surge) {
        return surge.getCluster() + ' ' + surge.getLabels();
    }

    /** 5,004 tenants in three clusters; a generation of one template breaks one tenant a second in each. */
    @Test
    void aBadRolloutIsOneSurgeOfEachAffectedScope() {
        clusters.forEach(cluster -> cluster.begin(0, TEMPLATE_SIZE, "web", "batch"));
        watermarks(60, 1800, 60);
        assertThat(surges).isEmpty();

        for (int i = 0; i < 240; i++) {
            for (FleetScript cluster : clusters) {
                cluster.breakBy(1801 + i, "web", i, 8);
            }
            if ((1801 + i) % 20 == 0) {
                watermarks(1801 + i, 1801 + i, 20);
            }
        }
        watermarks(2100, 2700, 60);

        assertThat(surges)
                .extracting(FleetSurgeTest::scope)
                .doesNotHaveDuplicates()
                .hasSize(9);
        assertThat(surges).allSatisfy(surge -> {
            assertThat(surge.getStatus()).isEqualTo(AlertStatus.FIRING);
            assertThat(surge.getLabels()).doesNotContainValue("batch");
            assertThat(surge.getCauses()).extracting(Cause::getCause).containsExactly("ImagePull");
            assertThat(surge.getCauses()).extracting(Cause::getSubject).containsExactly("registry.example/web:8");
            assertThat(surge.getSurge().getRollout()).isEqualTo("shop/web@8");
            assertThat(surge.getSurge().getDirection()).isEqualTo("rising");
            assertThat(surge.getSummary()).contains("ImagePull registry.example/web:8, rollout of shop/web@8");
            // 5 % of a template are broken after 42 s, of a cluster after 84 s: a window later, and the hold.
            boolean template = surge.getLabels().containsValue("web");
            Instant crossed = LogScript.second(1800 + (template ? 42 : 84));
            assertThat(surge.getAt()).isBetween(crossed.plusSeconds(180), crossed.plusSeconds(240));
        });
        assertThat(meters.get("tenantpulse.template.tenants")
                        .tags("watched_cluster", "beta", "template", "web", "state", "mismatched")
                        .gauge()
                        .value())
                .isEqualTo(240);
        assertThat(meters.get("tenantpulse.cluster.alerts.firing")
                        .tags("watched_cluster", "beta", "alert", "FleetMismatchSurge")
                        .gauge()
                        .value())
                .isEqualTo(3);
    }

    /** 24 hours, in which one tenant fails and recovers every ten minutes. */
    @Test
    void aQuietFleetAndOneTenantThatFlapsAreNoSurge() {
        clusters.subList(1, clusters.size()).clear();
        clusters.get(0).begin(0, 6, "web", "batch");
        for (int minute = 1; minute <= 24 * 60; minute++) {
            if (minute % 5 == 0) {
                clusters.get(0).tenant(60L * minute - 30, "web", 0, minute % 10 == 0);
            }
            watermarks(60L * minute, 60L * minute, 60);
        }

        assertThat(surges).isEmpty();
        assertThat(meters.get("tenantpulse.cluster.tenants")
                        .tags("watched_cluster", "alpha", "state", "healthy")
                        .gauge()
                        .value())
                .isEqualTo(12);
        assertThat(TrendStoreQueries.of(
                        driver.getKeyValueStore(Stores.PARTIALS),
                        driver.getKeyValueStore(Stores.TRENDS),
                        "alpha",
                        "shop",
                        "web"))
                .singleElement()
                .satisfies(web -> assertThat(web.to()).isEqualTo(LogScript.second(24 * 3600)));
        TrendQueries.Asked asked = new TrendQueries.Asked(Scope.FLEET, WindowSize.HOUR, null, null);
        assertThat(TrendWindowScan.of(driver.getKeyValueStore(Stores.TRENDS), asked))
                .isInstanceOfSatisfying(TrendQueries.Found.class, hours -> {
                    assertThat(hours.windows()).hasSize(24);
                    assertThat(hours.windows().get(23).upTo()).isEqualTo(LogScript.second(24 * 3600));
                    assertThat(hours.windows()
                                    .get(23)
                                    .totals()
                                    .population()
                                    .turns()
                                    .values())
                            .isNotEmpty();
                });
    }
}
