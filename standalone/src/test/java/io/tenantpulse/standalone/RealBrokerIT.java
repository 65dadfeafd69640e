package io.tenantpulse.standalone;

import static io.tenantpulse.standalone.RealPipeline.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tenantpulse.exporter.ExporterApp;
import io.tenantpulse.exporter.ExporterConfig;
import io.tenantpulse.standalone.replay.RecordingWriter;
import io.tenantpulse.testkit.FreePorts;
import io.tenantpulse.testkit.RealApiServer;
import io.tenantpulse.topology.StreamsApp;
import io.tenantpulse.v1.ClusterMark;
import io.tenantpulse.v1.MarkType;
import io.tenantpulse.v1.TenantObserved;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Broker and registry away, slow and back under an exporter of a real API server: it waits, and nothing is lost, doubled or decided otherwise. */
@EnabledIf("isAvailable")
@Timeout(900)
class RealBrokerIT {
    private static final String TENANTS = "operator.kubernetes-tenants.org/v1";
    private static final String MISMATCH = "TenantResourcesMismatch";
    private static final Duration POLL = Duration.ofMillis(500);
    /** However long the broker keeps the readers of watches waiting here, they go on where they were. */
    private static final Duration NO_NEW_LIST = Duration.ofMinutes(5);

    private static final int FEW_BYTES_A_SECOND = 1_000;

    /** Batches that may wait: {@link RealPipeline#exporter}'s. */
    private static final int QUEUE = 10;

    @TempDir
    Path dir;

    private final ListAppender<ILoggingEvent> said = new ListAppender<>();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private RealApiServer server;
    private EmbeddedBroker broker;
    private EmbeddedRegistry registry;

    static boolean isAvailable() {
        return RealApiServer.isAvailable();
    }

    @BeforeEach
    void listen() throws IOException {
        server = new RealApiServer(dir);
        server.define("tenant-operator.yaml", TENANTS, "tenants", "tenantregistries", "tenanttemplates");
        said.list = new CopyOnWriteArrayList<>();
        said.start();
        exporterLog().addAppender(said);
    }

    private static Logger exporterLog() {
        return (Logger) LoggerFactory.getLogger("io.tenantpulse.exporter.kafka");
    }

    @AfterEach
    void stop() {
        exporterLog().detachAppender(said);
        registry.close();
        broker.close();
        server.close();
    }

    @Test
    void losesAndDoublesNothingHoweverBrokerAndRegistryBehave() throws Exception {
        int kafkaPort = FreePorts.next();
        int registryPort = FreePorts.next();
        server.tenant("acme", 1);
        Path tapped = dir.resolve("tap.ndjson");
        Path undisturbed = dir.resolve("beside.ndjson");
        try (RealPipeline pipeline =
                new RealPipeline("faults", dir, "127.0.0.1:" + kafkaPort, "http://127.0.0.1:" + registryPort)) {
            ExporterConfig config = pipeline.exporter(server.adminKubeconfig(), NO_NEW_LIST);
            try (RecordingWriter tap = RecordingWriter.create(tapped, 0);
                    RecordingWriter alone = RecordingWriter.create(undisturbed, 0);
                    ExporterApp recorder = new ExporterApp(config, batch -> {}, new SimpleMeterRegistry(), alone);
                    ExporterApp exporter = ExporterApp.onKafka(config, meters, tap, InstantSource.system())) {
                recorder.start();
                exporter.start();
                startsWhenBothAreThere(pipeline, kafkaPort, registryPort);
                try (StreamsApp detector = pipeline.startDetector()) {
                    goesOnWithoutTheRegistry(pipeline);
                    waitsForASlowBroker(pipeline);
                    waitsForABrokerThatIsAway(pipeline, detector);
                }
                Recorded.awaitWatermarkAfter(undisturbed, Instant.now());
            }
            String live = finish(pipeline);
            assertThat(pipeline.replay(tapped)).isEqualTo(live);
            assertThat(firing(pipeline.replay(undisturbed)))
                    .isEqualTo(firing(live))
                    .isNotEmpty();
        }
    }

    private String finish(RealPipeline pipeline) throws Exception {
        try (StreamsApp detector = pipeline.startDetector()) {
            pipeline.awaitProcessed();
            assertThat(detector.isAlive()).isTrue();
            assertWhole(pipeline.log());
            return pipeline.liveLines();
        }
    }

    private void startsWhenBothAreThere(RealPipeline pipeline, int kafkaPort, int registryPort) throws Exception {
        Instant begin = Instant.now();
        await("it says that it waits for the broker").atMost(PATIENCE).until(() -> count("waiting for the broker") > 0);
        broker = new EmbeddedBroker(dir, kafkaPort);
        await("it says that it waits for the registry")
                .atMost(PATIENCE)
                .until(() -> count("waiting for the schema registry") > 0);
        TimeUnit.MILLISECONDS.sleep(2500); // it tries again every two seconds, but says so twice a minute
        long halfMinutes = Duration.between(begin, Instant.now()).dividedBy(Duration.ofSeconds(30));
        assertThat(count("waiting for the schema registry")).isBetween(1L, 1 + halfMinutes);
        assertThat(count("waiting for the broker")).isBetween(1L, 1 + halfMinutes);
        registry = new EmbeddedRegistry(dir, registryPort);
        awaitWatermarkAfter(pipeline, Instant.now());
    }

    private long count(String message) {
        return said.list.stream()
                .filter(each -> each.getFormattedMessage().equals(message))
                .count();
    }

    /** The ids of all schemas are known: nothing needs it. */
    private void goesOnWithoutTheRegistry(RealPipeline pipeline) throws Exception {
        pipeline.awaitLast("acme", MISMATCH, "firing");
        pipeline.log();
        int port = URI.create(registry.url()).getPort();
        registry.close();
        server.tenant("bolt", 1);
        awaitReady(pipeline, "bolt", 1);
        awaitWatermarkAfter(pipeline, Instant.now());
        registry = new EmbeddedRegistry(dir, port);
        pipeline.awaitLast("bolt", MISMATCH, "firing");
    }

    private void waitsForASlowBroker(RealPipeline pipeline) throws Exception {
        try (Admin admin = pipeline.admin()) {
            Instant before = lastWatermark(pipeline.log());
            setQuota(admin, (double) FEW_BYTES_A_SECOND);
            server.tenant("coil", 1);
            // No watermark runs ahead of what the broker has taken
            fillQueue(() -> lastWatermark(pipeline.log()).isBefore(Instant.now().minusSeconds(1)));
            assertThat(lastWatermark(pipeline.log())).isAfterOrEqualTo(before);
            setQuota(admin, null);
        }
        server.tenant("acme", 2);
        awaitReady(pipeline, "acme", 2);
        pipeline.awaitLast("coil", MISMATCH, "firing");
    }

    /** Changes a tenant until no more batches find room: from then on the readers of watches wait. */
    private void fillQueue(BooleanSupplier also) {
        AtomicInteger ready = new AtomicInteger();
        await("the queue is full")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> {
                    server.tenant("acme", ready.incrementAndGet() % 2 + 1);
                    return queued() >= QUEUE && also.getAsBoolean();
                });
    }

    private double queued() {
        return meters.get("tenantpulse.exporter.queue.batches").gauge().value();
    }

    private static void setQuota(Admin admin, Double bytesPerSecond) throws Exception {
        ClientQuotaEntity client =
                new ClientQuotaEntity(Map.of(ClientQuotaEntity.CLIENT_ID, "tenant-pulse-exporter-observations"));
        admin.alterClientQuotas(List.of(new ClientQuotaAlteration(
                        client, List.of(new ClientQuotaAlteration.Op("producer_byte_rate", bytesPerSecond)))))
                .all()
                .get(30, TimeUnit.SECONDS);
    }

    private void waitsForABrokerThatIsAway(RealPipeline pipeline, StreamsApp detector) throws Exception {
        detector.close();
        Instant covered = lastWatermark(pipeline.log());
        int port = Integer.parseInt(pipelinePort());
        broker.close();
        Instant away = Instant.now();
        server.tenant("dove", 1);
        fillQueue(() -> true);
        server.tenant("coil", 2);
        // Longer than a watermark may be late: what waits is then late, too, which is a gap
        await().atMost(PATIENCE)
                .until(() -> Instant.now()
                        .isAfter(away.plus(RealPipeline.PROBE_TIMEOUT).plusSeconds(4)));
        assertThat(queued()).isEqualTo(QUEUE);
        server.tenant("acme", 3);

        Instant back = Instant.now();
        broker = new EmbeddedBroker(dir, port);
        awaitWatermarkAfter(pipeline, back);
        awaitReady(pipeline, "coil", 2);
        awaitReady(pipeline, "acme", 3);
        awaitWatermarkAfter(pipeline, Instant.now().plusSeconds(3));
        assertThat(marks(pipeline.log()))
                .filteredOn(mark -> mark.getType() == MarkType.GAP
                        && mark.getKinds().toString().contains("Tenant."))
                .as("the stretch that was not written out is declared")
                .anySatisfy(gap -> {
                    assertThat(gap.getResumed()).isTrue();
                    assertThat(gap.getFrom()).isAfterOrEqualTo(covered).isBefore(away.plusSeconds(3));
                    assertThat(gap.getTo()).isAfter(back.minusSeconds(1));
                });
        assertThat(watermarks(pipeline.log()))
                .as("none was proven meanwhile")
                .noneMatch(time -> time.isAfter(away.plusMillis(500)) && time.isBefore(back.minusMillis(500)));
    }

    private String pipelinePort() {
        return broker.bootstrapServers().substring(broker.bootstrapServers().indexOf(':') + 1);
    }

    private static void awaitReady(RealPipeline pipeline, String tenant, int ready) {
        await(tenant + " is known to have " + ready)
                .atMost(PATIENCE)
                .pollInterval(POLL)
                .until(() -> pipeline.log().stream()
                        .map(ConsumerRecord::value)
                        .filter(TenantObserved.class::isInstance)
                        .map(TenantObserved.class::cast)
                        .filter(each -> each.getName().equals(tenant))
                        .reduce((first, second) -> second)
                        .filter(last -> Integer.valueOf(ready).equals(last.getReady()))
                        .isPresent());
    }

    private static void awaitWatermarkAfter(RealPipeline pipeline, Instant time) {
        await("a watermark after " + time)
                .atMost(PATIENCE)
                .pollInterval(POLL)
                .until(() -> lastWatermark(pipeline.log()).isAfter(time));
    }

    private static Instant lastWatermark(List<ConsumerRecord<String, SpecificRecord>> log) {
        return watermarks(log).stream().max(Instant::compareTo).orElse(Instant.MIN);
    }

    private static List<Instant> watermarks(List<ConsumerRecord<String, SpecificRecord>> log) {
        return marks(log).stream()
                .filter(mark -> mark.getType() == MarkType.WATERMARK)
                .map(ClusterMark::getWatermark)
                .toList();
    }

    private static List<ClusterMark> marks(List<ConsumerRecord<String, SpecificRecord>> log) {
        return log.stream()
                .map(ConsumerRecord::value)
                .filter(ClusterMark.class::isInstance)
                .map(ClusterMark.class::cast)
                .toList();
    }

    /** One epoch; in every partition sequences rise and none is there twice; over all of them none is missing. */
    private static void assertWhole(List<ConsumerRecord<String, SpecificRecord>> log) {
        Map<Integer, List<Long>> partitions = new HashMap<>();
        TreeSet<Long> all = new TreeSet<>();
        TreeSet<Long> epochs = new TreeSet<>();
        for (ConsumerRecord<String, SpecificRecord> each : log) {
            long sequence = (Long) each.value()
                    .get(each.value().getSchema().getField("sequence").pos());
            epochs.add((Long)
                    each.value().get(each.value().getSchema().getField("epoch").pos()));
            partitions
                    .computeIfAbsent(each.partition(), ignored -> new ArrayList<>())
                    .add(sequence);
            all.add(sequence);
        }
        assertThat(epochs).as("no failure here ends an epoch").hasSize(1);
        partitions.values().forEach(each -> assertThat(each).isSorted().doesNotHaveDuplicates());
        assertThat(new ArrayList<>(all))
                .isEqualTo(LongStream.rangeClosed(1, all.last()).boxed().toList());
    }

    /** Which tenants' alerts fire at the end. */
    private static Map<String, String> firing(String lines) {
        Map<String, String> last = new TreeMap<>();
        for (String line :
                lines.lines().filter(each -> each.contains("\"tenant\"")).toList()) {
            String identity = line.replaceAll("^\\{\"alert\":(.*),\"status\".*", "$1");
            last.put(identity, line.replaceAll(".*\"status\":\"([a-z]*)\".*", "$1"));
        }
        last.values().removeIf(status -> status.equals("resolved"));
        return last;
    }
}
