package io.tenantpulse.admin;

import io.tenantpulse.schema.Partitions;
import io.tenantpulse.schema.RecordSerde;
import io.tenantpulse.schema.TopicSpec;
import io.tenantpulse.v1.ClusterMark;
import io.tenantpulse.v1.MarkType;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * Takes a cluster out of the log for good: its alerts resolve with {@code cluster-removed} and its state is deleted.
 *
 * <p>It claims an epoch as an exporter does, so that an exporter that still watches the cluster stops; only a higher
 * epoch, that of an exporter started later, brings the cluster back.
 */
public final class ClusterRemover {
    private static final long TIMEOUT_SECONDS = 60;
    private static final int CLAIMS = 5;

    private final Map<String, Object> kafka;
    private final TopicSpec observations;
    private final RecordSerde records;
    private final InstantSource clock;

    /**
     * @param kafka settings of Kafka clients
     * @param observations the log
     */
    public ClusterRemover(Map<String, String> kafka, TopicSpec observations, RecordSerde records, InstantSource clock) {
        this.kafka = Map.copyOf(kafka);
        this.observations = observations;
        this.records = records;
        this.clock = clock;
    }

    /**
     * Removes a cluster.
     *
     * @param force whether to remove it though the log has no mark of it
     * @return the epoch that removed it
     * @throws AdminException if the log does not know the cluster, or cannot be read or written
     */
    public long remove(String cluster, boolean force) throws InterruptedException {
        ClusterMarks marks = new ClusterMarks(kafka, observations, records, TIMEOUT_SECONDS);
        ClusterMarks.Last last = marks.of(cluster);
        if (last.epoch() == 0 && !force) {
            throw new AdminException(
                    "the log " + observations.name() + " has no mark of a cluster \"" + cluster
                            + "\": check the name, it is that of the exporter's configuration; --force removes it all the same");
        }
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("acks", "all");
        settings.put("enable.idempotence", "true");
        try (Producer<String, SpecificRecord> producer =
                new KafkaProducer<>(settings, new StringSerializer(), records.serializer())) {
            long epoch = claim(producer, marks, cluster, last);
            Instant at = later(clock.instant(), last.time());
            writeGone(producer, cluster, epoch, at);
            return epoch;
        }
    }

    /** The first claim of a number wins: whoever finds another's before its own takes a higher one. */
    private long claim(
            Producer<String, SpecificRecord> producer, ClusterMarks marks, String cluster, ClusterMarks.Last last)
            throws InterruptedException {
        String instance = "cluster-remove-" + UUID.randomUUID();
        long epoch = Math.max(last.epoch() + 1, clock.millis());
        for (int tried = 0; tried < CLAIMS; tried++, epoch++) {
            ClusterMark claim = mark(cluster, epoch, 1, MarkType.EPOCH, instance);
            Instant at = later(clock.instant(), last.time());
            sent(List.of(producer.send(record(Partitions.of(cluster, observations.partitions()), cluster, claim, at))));
            if (marks.isFirstClaim(cluster, epoch, instance)) {
                return epoch;
            }
        }
        throw new AdminException("the epoch of cluster " + cluster + " could not be claimed: another process claims"
                + " one at the same time; stop its exporter and try again");
    }

    private void writeGone(Producer<String, SpecificRecord> producer, String cluster, long epoch, Instant at)
            throws InterruptedException {
        ClusterMark gone = mark(cluster, epoch, 2, MarkType.CLUSTER_GONE, null);
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        Partitions.all(observations)
                .forEach(partition -> sent.add(producer.send(record(partition, cluster, gone, at))));
        sent(sent);
    }

    private ProducerRecord<String, SpecificRecord> record(int partition, String key, ClusterMark mark, Instant at) {
        return new ProducerRecord<>(observations.name(), partition, at.toEpochMilli(), key, mark);
    }

    private static ClusterMark mark(
            String cluster, long epoch, long sequence, MarkType type, @Nullable String instance) {
        return ClusterMark.newBuilder()
                .setCluster(cluster)
                .setEpoch(epoch)
                .setSequence(sequence)
                .setType(type)
                .setInstance(instance)
                .build();
    }

    private static Instant later(Instant now, Instant last) {
        return now.isAfter(last) ? now : last.plusMillis(1);
    }

    private void sent(List<Future<RecordMetadata>> futures) throws InterruptedException {
        for (Future<RecordMetadata> future : futures) {
            try {
                future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                throw new AdminException(
                        "the log " + observations.name() + " could not be written: check that its brokers can be"
                                + " reached and that we may write to it, then run the command again",
                        e);
            }
        }
    }
}
