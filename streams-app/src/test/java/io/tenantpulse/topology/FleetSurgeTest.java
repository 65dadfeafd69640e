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
import io.tenantpulse.trends.ByHealth;
import io.tenantpulse.trends.Health;
import io.tenantpulse.trends.Population;
import io.tenantpulse.trends.Scope;
import io.tenantpulse.trends.Totals;
import io.tenantpulse.trends.TrendWindow;
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
import java.util.Map;
import java.util.TreeMap;
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
        TopologyParts parts = new TopologyParts(TOPICS, Rules.builtIn(), codec, new Meters(meters), clock, true);
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

    /** 5,004 tenants and 24 hours, in which one tenant of each cluster fails and recovers every ten minutes. */
    @Test
    void aQuietFleetAndOneTenantThatFlapsAreNoSurge() {
        clusters.forEach(cluster -> cluster.begin(0, TEMPLATE_SIZE, "web", "batch"));
        for (int minute = 1; minute <= 24 * 60; minute++) {
            if (minute % 5 == 0) {
                for (FleetScript cluster : clusters) {
                    cluster.tenant(60L * minute - 30, "web", 0, minute % 10 == 0);
                }
            }
            watermarks(60L * minute, 60L * minute, 60);
        }

        assertThat(surges).isEmpty();
        assertThat(tenants("alpha", "web", "healthy")).isEqualTo(TEMPLATE_SIZE);
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
                    hours.windows().subList(1, 24).forEach(this::isQuietHour);
                });
    }

    /** Three tenants fail for five of each ten minutes, and nothing else happens. */
    private void isQuietHour(TrendWindow hour) {
        assertThat(hour.end()).isEqualTo(hour.upTo());
        Population population = hour.totals().population();
        long unhealthy = 3 * 30 * 60_000L;
        assertThat(population.time().unhealthy()).isEqualTo(unhealthy);
        assertThat(population.time().healthy()).isEqualTo(3L * 2 * TEMPLATE_SIZE * 3_600_000L - unhealthy);
        assertThat(population.turns())
                .isEqualTo(new TreeMap<>(Map.of("healthy>mismatched", 18L, "mismatched>healthy", 18L)));
        assertThat(population.added().total() + population.removed().total()).isZero();
    }

    private double tenants(String cluster, String template, String state) {
        return meters.get("tenantpulse.template.tenants")
                .tags("watched_cluster", cluster, "template", template, "state", state)
                .gauge()
                .value();
    }

    /** All of a template is deleted in a minute that the fleet has counted already, for the cluster is slow. */
    @Test
    void aTemplateThatGoesWhileItsClusterLagsHasNoSeries() {
        clusters.forEach(cluster -> cluster.begin(0, 3, "web", "batch"));
        watermarks(60, 300, 60);
        assertThat(tenants("beta", "batch", "healthy")).isEqualTo(3);
        FleetScript slow = clusters.remove(1);
        watermarks(360, 900, 60);
        assertThat(tenants("beta", "batch", "blind")).isEqualTo(3);

        for (int i = 0; i < 3; i++) {
            slow.deleted(330, "batch", i);
        }
        for (long at = 360; at <= 840; at += 60) {
            slow.watermark(at);
        }

        assertThat(meters.find("tenantpulse.template.tenants")
                        .tags("watched_cluster", "beta", "template", "batch")
                        .gauges())
                .isEmpty();
        assertThat(window(Scope.template("beta", "shop", "batch"), 600).totals())
                .isEqualTo(Totals.NONE);
        assertThat(window(Scope.template("beta", "shop", "web"), 600)
                        .totals()
                        .population()
                        .time())
                .isEqualTo(ByHealth.of(Health.HEALTHY, 3 * 60_000));
    }

    private TrendWindow window(Scope scope, long second) {
        TrendQueries.Asked asked = new TrendQueries.Asked(
                scope, WindowSize.MINUTE, LogScript.second(second), LogScript.second(second + 60));
        TrendQueries.Found found =
                (TrendQueries.Found) TrendWindowScan.of(driver.getKeyValueStore(Stores.TRENDS), asked);
        return found.windows().get(0);
    }

    @Test
    void aClusterThatIsRemovedHasNoSeriesAndItsSurgesAreOver() {
        clusters.forEach(cluster -> cluster.begin(0, 20, "web"));
        watermarks(60, 1800, 60);
        for (int i = 0; i < 12; i++) {
            clusters.get(0).breakBy(1801, "web", i, 8);
        }
        watermarks(1860, 2400, 60);
        assertThat(surges).hasSize(3);
        FleetScript removed = clusters.remove(0);
        removed.gone(2430);
        watermarks(2460, 2700, 60);

        assertThat(surges.subList(3, surges.size()))
                .hasSize(3)
                .allSatisfy(surge -> assertThat(surge.getStatus()).isEqualTo(AlertStatus.RESOLVED));
        assertThat(meters.getMeters().stream()
                        .filter(meter -> "alpha".equals(meter.getId().getTag("watched_cluster")))
                        .map(meter -> meter.getId().getName()))
                .isEmpty();
        // 30 seconds of its tenants are in the fleet's minute in which it went.
        TrendWindow last = window(Scope.FLEET, 2400);
        assertThat(last.totals().population().time().total()).isEqualTo(20 * 30_000 + 40 * 60_000);
        assertThat(last.totals().population().removed().total()).isEqualTo(20);
        assertThat(window(Scope.FLEET, 2460).totals().population().atStart().total())
                .isEqualTo(last.totals().population().atEnd().total());
    }

    /** Every tenant has an image of its own: no two are the same, but none can be pulled. */
    @Test
    void namesTheCauseThoughEachMemberHasAnObjectOfItsOwn() {
        clusters.subList(1, clusters.size()).clear();
        clusters.get(0).begin(0, 400, "web");
        watermarks(60, 1800, 60);
        for (int i = 0; i < 300; i++) {
            clusters.get(0).breakBy(1801, "web", i, 8, "registry.example/tenant-" + i + ":1");
        }
        watermarks(1860, 2400, 60);

        assertThat(surges).hasSize(3).allSatisfy(surge -> {
            assertThat(surge.getCauses()).extracting(Cause::getCause).containsExactly("ImagePull");
            assertThat(surge.getCauses()).extracting(Cause::getCount).containsExactly(300);
        });
    }

    /** Its exporter's watermarks come three minutes late, all the time. */
    @Test
    void aClusterThatIsAlwaysSomeMinutesBehindIsShownAsItIs() {
        clusters.forEach(cluster -> cluster.begin(0, 8, "web"));
        FleetScript slow = clusters.remove(1);
        for (int i = 0; i < 2; i++) {
            slow.tenant(30, "web", i, false);
        }
        for (long at = 60; at <= 1800; at += 60) {
            watermarks(at, at, 60);
            if (at > 240) {
                slow.watermark(at - 200);
            }
            if (at > 400) {
                assertThat(tenants("beta", "web", "mismatched")).as("at " + at).isEqualTo(2);
            }
        }
        watermarks(1860, 2400, 60);

        assertThat(tenants("beta", "web", "blind")).as("silent").isEqualTo(8);
    }
}
