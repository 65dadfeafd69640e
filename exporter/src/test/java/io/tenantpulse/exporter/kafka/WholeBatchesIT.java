package io.tenantpulse.exporter.kafka;

import static io.tenantpulse.exporter.TestObjects.condition;
import static io.tenantpulse.exporter.TestObjects.metadata;
import static io.tenantpulse.exporter.TestObjects.object;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tenantpulse.exporter.Batch;
import io.tenantpulse.exporter.ClusterLog;
import io.tenantpulse.exporter.ExporterConfig;
import io.tenantpulse.exporter.LogRecord;
import io.tenantpulse.exporter.TestObjects;
import io.tenantpulse.exporter.WatchedKind;
import io.tenantpulse.schema.RecordSerde;
import io.tenantpulse.schema.RegistryClients;
import io.tenantpulse.schema.SerdeSettings;
import io.tenantpulse.schema.Topics;
import io.tenantpulse.v1.ClusterMark;
import io.tenantpulse.v1.KindState;
import io.tenantpulse.v1.MarkType;
import io.tenantpulse.v1.ResourceObserved;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A watermark never stands between the records made from one watch event, however many threads write. */
@Timeout(180)
class WholeBatchesIT {
    private static final String CLUSTER = "east";
    private static final int TENANTS = 6;
    private static final int NODES = 4;
    private static final int PODS_OF_NODE = 5;
    private static final int ROUNDS = 80;
    private static final int ROUNDS_OF_MARK = 3;
    private static final Map<WatchedKind, KindState> COVERAGE = Map.of(WatchedKind.TENANT, KindState.LIVE);

    @TempDir
    Path dir;

    private final List<Batch> batches = Collections.synchronizedList(new ArrayList<>());
    private final List<Exception> failures = new CopyOnWriteArrayList<>();
    private final AtomicInteger marked = new AtomicInteger();

    @Test
    void aWatermarkNeverStandsBetweenTheRecordsOfOneEvent() throws Exception {
        try (TestBroker broker = new TestBroker(dir);
                TestRegistry registry = new TestRegistry();
                KafkaLog kafka =
                        KafkaLog.open(config(broker, registry), InstantSource.system(), failures::add, () -> true)) {
            // The log hands over under its lock, so this list is in the log's order.
            ClusterLog log = new ClusterLog(
                    CLUSTER,
                    batch -> {
                        batches.add(batch);
                        kafka.accept(batch);
                    },
                    Instant::now,
                    null);
            log.claimEpoch(1, "me");

            writeFromManyThreads(log);

            await().atMost(Duration.ofSeconds(60)).until(() -> kafka.acknowledged(CLUSTER) == kafka.taken(CLUSTER));
            assertThat(failures).isEmpty();
            checkOrderOfTheLog();
            checkThatFannedOutRecordsStayTogether();
            for (List<ConsumerRecord<String, SpecificRecord>> partition : written(broker, registry)) {
                checkPartition(partition);
            }
        }
    }

    private void writeFromManyThreads(ClusterLog log) throws Exception {
        prepare(log);
        List<Callable<Void>> writers = new ArrayList<>();
        for (int i = 0; i < NODES; i++) {
            int thread = i;
            writers.add(() -> {
                for (int round = 1; round <= ROUNDS; round++) {
                    if (round % ROUNDS_OF_MARK == 0) {
                        awaitMark();
                    }
                    put(log, "MODIFIED", WatchedKind.NODE, node(thread, round));
                    put(log, "MODIFIED", WatchedKind.DEPLOYMENT, shared(thread, round));
                }
                return null;
            });
        }
        ExecutorService threads = Executors.newFixedThreadPool(NODES + 1);
        try {
            List<Future<Void>> running = writers.stream().map(threads::submit).toList();
            Future<?> marks = threads.submit(() -> {
                while (!running.stream().allMatch(Future::isDone)) {
                    log.watermark(Instant.now(), true, COVERAGE, null);
                    marked.incrementAndGet();
                }
            });
            for (Future<Void> each : running) {
                each.get(60, TimeUnit.SECONDS);
            }
            marks.get(60, TimeUnit.SECONDS);
        } finally {
            threads.shutdownNow();
        }
    }

    /** So that the thread which writes watermarks is there all the time, however late it began. */
    private void awaitMark() {
        int before = marked.get();
        await().pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofSeconds(60))
                .until(() -> marked.get() > before);
    }

    /** Log order is sequence order; stamps never go back, and are later than every watermark before them. */
    private void checkOrderOfTheLog() {
        List<Long> sequences = new ArrayList<>();
        Instant stamp = Instant.MIN;
        Instant watermark = Instant.MIN;
        int watermarks = 0;
        for (Batch batch : batches) {
            assertThat(batch.observedAt()).isAfterOrEqualTo(stamp).isAfter(watermark);
            stamp = batch.observedAt();
            for (LogRecord each : batch.records()) {
                sequences.add(sequence(each.value()));
                if (isWatermark(each.value())) {
                    assertThat(batch.records()).hasSize(1);
                    watermark = ((ClusterMark) each.value()).getWatermark();
                    watermarks++;
                }
            }
        }
        assertThat(sequences)
                .isEqualTo(LongStream.rangeClosed(1, sequences.size()).boxed().toList());
        assertThat(watermarks).isGreaterThan(ROUNDS / 4);
    }

    /** One event, one batch: each node's change tells all its pods to both their tenants, and each shared object all its tenants. */
    private void checkThatFannedOutRecordsStayTogether() {
        List<List<ResourceObserved>> fanned = batches.stream()
                .map(batch -> batch.records().stream()
                        .map(LogRecord::value)
                        .filter(ResourceObserved.class::isInstance)
                        .map(ResourceObserved.class::cast)
                        .toList())
                .filter(records -> records.size() > 1)
                .toList();

        List<List<ResourceObserved>> ofNodes = fanned.stream()
                .filter(records -> records.size() == PODS_OF_NODE * 2)
                .toList();
        assertThat(ofNodes)
                .hasSizeGreaterThanOrEqualTo(NODES * ROUNDS)
                .allSatisfy(records -> assertThat(records)
                        .allSatisfy(each -> assertThat(each.getKind()).isEqualTo("Pod")));
        List<List<ResourceObserved>> ofShared =
                fanned.stream().filter(records -> records.size() == TENANTS).toList();
        assertThat(ofShared)
                .hasSizeGreaterThanOrEqualTo(NODES * ROUNDS)
                .allSatisfy(records -> assertThat(records)
                        .extracting(ResourceObserved::getName)
                        .containsOnly(records.get(0).getName()));
    }

    /** In every partition: order is sequence order, no watermark inside a batch, and what follows a watermark is later than it. */
    private void checkPartition(List<ConsumerRecord<String, SpecificRecord>> partition) {
        assertThat(partition.stream().map(each -> sequence(each.value())).toList())
                .isSorted()
                .doesNotHaveDuplicates();
        Instant watermark = Instant.EPOCH;
        for (ConsumerRecord<String, SpecificRecord> each : partition) {
            assertThat(Instant.ofEpochMilli(each.timestamp())).isAfter(watermark);
            if (isWatermark(each.value())) {
                watermark = ((ClusterMark) each.value()).getWatermark();
            }
        }
        List<Long> watermarks = partition.stream()
                .map(ConsumerRecord::value)
                .filter(WholeBatchesIT::isWatermark)
                .map(WholeBatchesIT::sequence)
                .toList();
        // All of them are in every partition.
        assertThat(watermarks)
                .isEqualTo(batches.stream()
                        .map(batch -> batch.records().get(0).value())
                        .filter(WholeBatchesIT::isWatermark)
                        .map(WholeBatchesIT::sequence)
                        .toList());
        for (Batch batch : batches) {
            long first = sequence(batch.records().get(0).value());
            long last = sequence(batch.records().get(batch.records().size() - 1).value());
            assertThat(first == last || watermarks.stream().noneMatch(mark -> mark >= first && mark <= last))
                    .isTrue();
        }
    }

    private static void prepare(ClusterLog log) {
        for (int i = 0; i < TENANTS; i++) {
            put(log, "ADDED", WatchedKind.TENANT, object(WatchedKind.TENANT, "tenant-" + i, 1));
        }
        for (int i = 0; i < NODES; i++) {
            put(log, "ADDED", WatchedKind.NODE, node(i, 0));
            put(log, "ADDED", WatchedKind.DEPLOYMENT, shared(i, 0));
            for (int pod = 0; pod < PODS_OF_NODE; pod++) {
                put(log, "ADDED", WatchedKind.POD, pod(i, pod));
            }
        }
    }

    private static ObjectNode node(int number, int round) {
        return object(
                WatchedKind.NODE,
                "node-" + number,
                100 + round,
                condition("Ready", round % 2 == 0 ? "True" : "False", "Kubelet", "beats"));
    }

    /** Concerns all tenants. */
    private static ObjectNode shared(int number, int round) {
        return object(
                WatchedKind.DEPLOYMENT,
                "shared-" + number,
                100 + round,
                owned(IntStream.range(0, TENANTS))
                        .andThen(each -> each.putObject("status").put("replicas", round)));
    }

    /** Concerns two tenants. */
    private static ObjectNode pod(int node, int number) {
        return object(
                WatchedKind.POD,
                "pod-" + node + "-" + number,
                1,
                owned(IntStream.of(number % TENANTS, (number + 1) % TENANTS))
                        .andThen(each -> each.putObject("spec").put("nodeName", "node-" + node)));
    }

    private static Consumer<ObjectNode> owned(IntStream tenants) {
        return each -> tenants.forEach(tenant -> metadata(each)
                .withArrayProperty("ownerReferences")
                .addObject()
                .put("apiVersion", WatchedKind.TENANT.apiVersion())
                .put("kind", "Tenant")
                .put("name", "tenant-" + tenant)
                .put("uid", "uid-tenant-" + tenant));
    }

    private static void put(ClusterLog log, String type, WatchedKind kind, ObjectNode object) {
        byte[] json = TestObjects.bytes(object);
        log.object(kind, type, json, 0, json.length, null);
    }

    private static boolean isWatermark(SpecificRecord record) {
        return record instanceof ClusterMark mark && mark.getType() == MarkType.WATERMARK;
    }

    private static long sequence(SpecificRecord record) {
        return (long) record.get(record.getSchema().getField("sequence").pos());
    }

    private static ExporterConfig config(TestBroker broker, TestRegistry registry) {
        return ExporterConfig.of(
                List.of(new ExporterConfig.Cluster(CLUSTER, null, null, false)),
                broker.bootstrapServers(),
                registry.url());
    }

    /** What stands in each partition. */
    private static List<List<ConsumerRecord<String, SpecificRecord>>> written(
            TestBroker broker, TestRegistry registry) {
        SerdeSettings settings = SerdeSettings.of(registry.url());
        List<List<ConsumerRecord<String, SpecificRecord>>> all = new ArrayList<>();
        try (KafkaConsumer<String, SpecificRecord> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()),
                new StringDeserializer(),
                new RecordSerde(RegistryClients.create(settings), settings).deserializer())) {
            for (int i = 0; i < Topics.DEFAULT_PARTITIONS; i++) {
                TopicPartition partition = new TopicPartition(Topics.OBSERVATIONS.name(), i);
                consumer.assign(List.of(partition));
                consumer.seekToBeginning(List.of(partition));
                long end = consumer.endOffsets(List.of(partition)).get(partition);
                List<ConsumerRecord<String, SpecificRecord>> records = new ArrayList<>();
                while (consumer.position(partition) < end) {
                    consumer.poll(Duration.ofMillis(100)).forEach(records::add);
                }
                all.add(records);
            }
        }
        return all;
    }
}
