package io.tenantpulse.exporter.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tenantpulse.exporter.Batch;
import io.tenantpulse.exporter.ClusterLog;
import io.tenantpulse.exporter.ExporterConfig;
import io.tenantpulse.exporter.LogRecord;
import io.tenantpulse.exporter.ObservationLog.Before;
import io.tenantpulse.exporter.ObservationLog.Claim;
import io.tenantpulse.exporter.Target;
import io.tenantpulse.exporter.WatchedKind;
import io.tenantpulse.schema.RecordSerde;
import io.tenantpulse.schema.RegistryClients;
import io.tenantpulse.schema.SerdeSettings;
import io.tenantpulse.schema.Topics;
import io.tenantpulse.v1.Change;
import io.tenantpulse.v1.ClusterMark;
import io.tenantpulse.v1.KindState;
import io.tenantpulse.v1.MarkType;
import io.tenantpulse.v1.TenantObserved;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The log on a real broker. */
@Timeout(120)
class KafkaLogIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    static Path dir;

    private static TestBroker broker;
    private static TestRegistry registry;

    private final List<Exception> failures = new CopyOnWriteArrayList<>();
    private final List<KafkaLog> opened = new ArrayList<>();

    /** A cluster for each test: they share one log. */
    private final String cluster = "c" + UUID.randomUUID().toString().substring(0, 8);

    @BeforeAll
    static void startServers() throws IOException {
        broker = new TestBroker(dir);
        registry = new TestRegistry();
    }

    @AfterAll
    static void stopServers() {
        broker.close();
        registry.close();
    }

    @AfterEach
    void closeLogs() {
        registry.down(false);
        opened.forEach(KafkaLog::close);
    }

    private KafkaLog open() throws InterruptedException {
        ExporterConfig config = ExporterConfig.of(
                List.of(new ExporterConfig.Cluster("any", null, null, false)),
                broker.bootstrapServers(),
                registry.url());
        KafkaLog log = KafkaLog.open(config, InstantSource.system(), failures::add, () -> true);
        opened.add(log);
        return log;
    }

    private long claim(KafkaLog log, ClusterLog clusterLog, long epoch, String instance) throws InterruptedException {
        clusterLog.claimEpoch(epoch, instance);
        assertThat(log.settle(cluster, epoch, instance).won()).isTrue();
        return epoch;
    }

    private ClusterLog clusterLog(KafkaLog log) {
        return new ClusterLog(cluster, log, Instant::now, null);
    }

    private void awaitWritten(KafkaLog log) {
        await().atMost(PATIENCE).until(() -> log.acknowledged(cluster) == log.taken(cluster));
    }

    /** All records of this test's cluster, in each partition's order. */
    private List<ConsumerRecord<String, SpecificRecord>> written() {
        SerdeSettings settings = SerdeSettings.of(registry.url());
        List<TopicPartition> partitions = IntStream.range(0, Topics.DEFAULT_PARTITIONS)
                .mapToObj(i -> new TopicPartition(Topics.OBSERVATIONS.name(), i))
                .toList();
        List<ConsumerRecord<String, SpecificRecord>> all = new ArrayList<>();
        try (Consumer<String, SpecificRecord> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringDeserializer(),
                new RecordSerde(RegistryClients.create(settings), settings).deserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
                consumer.poll(Duration.ofMillis(100)).forEach(all::add);
            }
        }
        return all.stream()
                .filter(r -> r.key().equals(cluster) || r.key().startsWith(cluster + "/"))
                .toList();
    }

    @Test
    void writesMarksToEveryPartitionAndEpochsToOne() throws InterruptedException {
        KafkaLog log = open();
        ClusterLog clusterLog = clusterLog(log);
        claim(log, clusterLog, 7, "me");

        clusterLog.syncBegin(WatchedKind.TENANT, 0, null);
        clusterLog.syncEnd(WatchedKind.TENANT, null);

        awaitWritten(log);
        assertThat(written())
                .filteredOn(r -> mark(r).getType() == MarkType.EPOCH)
                .hasSize(1);
        for (MarkType type : List.of(MarkType.SYNC_BEGIN, MarkType.SYNC_END)) {
            assertThat(written())
                    .filteredOn(r -> mark(r).getType() == type)
                    .extracting(ConsumerRecord::partition)
                    .containsExactlyInAnyOrder(0, 1, 2, 3);
        }
    }

    private static ClusterMark mark(ConsumerRecord<String, SpecificRecord> record) {
        return (ClusterMark) record.value();
    }

    @Test
    void knowsWhatTheLogHeldBefore() throws InterruptedException {
        KafkaLog log = open();
        assertThat(log.before(cluster)).isEqualTo(Before.NOTHING);
        ClusterLog clusterLog = clusterLog(log);
        claim(log, clusterLog, 5, "me");
        Instant time = Instant.ofEpochMilli(1_700_000_000_123L);
        clusterLog.watermark(time, true, Map.of(WatchedKind.TENANT, KindState.LIVE), null);
        awaitWritten(log);

        assertThat(open().before(cluster)).isEqualTo(new Before(5, time));
    }

    @Test
    void lastClaimantOfANumberLoses() throws InterruptedException {
        KafkaLog first = open();
        KafkaLog second = open();
        first.before(cluster);
        second.before(cluster);
        clusterLog(first).claimEpoch(9, "first");
        awaitWritten(first);
        clusterLog(second).claimEpoch(9, "second");

        assertThat(first.settle(cluster, 9, "first").won()).isTrue();
        assertThat(second.settle(cluster, 9, "second").won()).isFalse();
    }

    @Test
    void losesToAHigherEpoch() throws InterruptedException {
        KafkaLog first = open();
        KafkaLog second = open();
        first.before(cluster);
        second.before(cluster);
        clusterLog(second).claimEpoch(12, "second");
        awaitWritten(second);
        clusterLog(first).claimEpoch(11, "first");

        assertThat(first.settle(cluster, 11, "first")).isEqualTo(new Claim(false, 12));
    }

    @Test
    void tellsWhenAnotherTakesOver() throws InterruptedException {
        KafkaLog first = open();
        first.before(cluster);
        claim(first, clusterLog(first), 20, "first");
        AtomicLong higher = new AtomicLong();
        first.onSuperseded(cluster, 20, higher::set);

        KafkaLog second = open();
        second.before(cluster);
        claim(second, clusterLog(second), 21, "second");

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(higher).hasValue(21));
    }

    @Test
    void losesNothingAndRepeatsNothingWhenTheBrokerIsAway() throws InterruptedException {
        KafkaLog log = open();
        ClusterLog clusterLog = clusterLog(log);
        claim(log, clusterLog, 3, "me");

        broker.stop();
        for (int i = 0; i < 50; i++) {
            clusterLog.syncBegin(WatchedKind.TENANT, i, null);
        }
        assertThat(log.acknowledged(cluster)).isLessThan(log.taken(cluster));
        broker.start();

        awaitWritten(log);
        List<Long> expected = LongStream.rangeClosed(2, 51).boxed().toList();
        for (int partition = 0; partition < Topics.DEFAULT_PARTITIONS; partition++) {
            int p = partition;
            assertThat(written().stream()
                            .filter(r -> r.partition() == p && mark(r).getType() == MarkType.SYNC_BEGIN)
                            .map(r -> mark(r).getSequence())
                            .toList())
                    .isEqualTo(expected);
        }
        assertThat(failures).isEmpty();
    }

    @Test
    void writesWhatIsLeftOfARecordThatIsTooLarge() throws InterruptedException {
        KafkaLog log = open();
        List<String> many = IntStream.range(0, 200_000).mapToObj(i -> "id-" + i).toList();
        TenantObserved large = tenant(many);

        log.accept(new Batch(
                cluster, Instant.now(), List.of(new LogRecord(cluster + "/default/Tenant/acme", large, Target.KEY))));

        awaitWritten(log);
        TenantObserved left = (TenantObserved) written().get(0).value();
        assertThat(left.getChange()).isEqualTo(Change.UNDECODABLE);
        assertThat(left.getName()).isEqualTo("acme");
        assertThat(left.getResourceVersion()).isEqualTo("41");
        assertThat(left.getSequence()).isEqualTo(8);
        assertThat(left.getAppliedIds()).isEmpty();
        assertThat(failures).isEmpty();
    }

    private TenantObserved tenant(List<String> ids) {
        return TenantObserved.newBuilder()
                .setCluster(cluster)
                .setEpoch(1)
                .setSequence(8)
                .setChange(Change.MODIFIED)
                .setKind("Tenant")
                .setNamespace("default")
                .setName("acme")
                .setUid("u1")
                .setResourceVersion("41")
                .setAppliedIds(ids)
                .build();
    }

    @Test
    void waitsForTheRegistry() throws InterruptedException {
        registry.down(true);
        List<KafkaLog> late = new CopyOnWriteArrayList<>();
        Thread opening = new Thread(() -> {
            try {
                late.add(open());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        opening.start();
        await().pollDelay(Duration.ofMillis(1500)).atMost(PATIENCE).until(late::isEmpty);

        registry.down(false);

        await().atMost(PATIENCE).until(() -> late.size() == 1);
        ClusterLog clusterLog = clusterLog(late.get(0));
        claim(late.get(0), clusterLog, 2, "me");
    }
}
