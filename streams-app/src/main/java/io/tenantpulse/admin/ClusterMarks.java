package io.tenantpulse.admin;

import io.tenantpulse.schema.Partitions;
import io.tenantpulse.schema.RecordSerde;
import io.tenantpulse.schema.TopicSpec;
import io.tenantpulse.schema.UndecodableRecordException;
import io.tenantpulse.v1.ClusterMark;
import io.tenantpulse.v1.MarkType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/**
 * Finds the marks of one cluster in the partition of its name, where every epoch is claimed. It reads that partition as a
 * whole, but decodes only what has the cluster's name as its key.
 */
final class ClusterMarks {
    private static final Duration POLL = Duration.ofSeconds(1);

    private final Map<String, Object> kafka;
    private final TopicSpec observations;
    private final RecordSerde records;
    private final long timeoutSeconds;

    /**
     * The newest of a cluster's marks.
     *
     * @param epoch the highest; 0: the cluster has no mark
     * @param time the latest
     */
    record Last(long epoch, Instant time) {}

    ClusterMarks(Map<String, Object> kafka, TopicSpec observations, RecordSerde records, long timeoutSeconds) {
        this.kafka = kafka;
        this.observations = observations;
        this.records = records;
        this.timeoutSeconds = timeoutSeconds;
    }

    Last of(String cluster) {
        long[] newest = {0, 0};
        each(cluster, (mark, timestamp) -> {
            newest[0] = Math.max(newest[0], mark.getEpoch());
            newest[1] = Math.max(newest[1], timestamp);
        });
        return new Last(newest[0], Instant.ofEpochMilli(newest[1]));
    }

    /** Whether an epoch was claimed by this instance before any other, and nobody has claimed a higher one. */
    boolean isFirstClaim(String cluster, long epoch, String instance) {
        String[] first = {null};
        boolean[] higher = {false};
        each(cluster, (mark, timestamp) -> {
            if (mark.getType() == MarkType.EPOCH && mark.getEpoch() == epoch && first[0] == null) {
                first[0] = mark.getInstance();
            }
            higher[0] |= mark.getEpoch() > epoch;
        });
        return instance.equals(first[0]) && !higher[0];
    }

    private void each(String cluster, BiConsumer<ClusterMark, Long> visitor) {
        TopicPartition home =
                new TopicPartition(observations.name(), Partitions.of(cluster, observations.partitions()));
        byte[] key = cluster.getBytes(StandardCharsets.UTF_8);
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put("enable.auto.commit", "false");
        settings.put("default.api.timeout.ms", Long.toString(timeoutSeconds * 1000));
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(home));
            consumer.seekToBeginning(List.of(home));
            long end = consumer.endOffsets(List.of(home)).get(home);
            while (consumer.position(home) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    ClusterMark mark = Arrays.equals(key, record.key()) ? decoded(record) : null;
                    if (mark != null) {
                        visitor.accept(mark, record.timestamp());
                    }
                }
            }
        } catch (KafkaException e) {
            throw new AdminException(
                    "the log " + observations.name() + " could not be read (" + e.getMessage()
                            + "): check that its brokers and the schema registry can be reached and that we may read it",
                    e);
        }
    }

    /** What cannot be decoded claims nothing; the detector puts it into the dead letters. */
    private @Nullable ClusterMark decoded(ConsumerRecord<byte[], byte[]> record) {
        try {
            SpecificRecord value = records.deserializer().deserialize(observations.name(), record.value());
            return value instanceof ClusterMark mark ? mark : null;
        } catch (UndecodableRecordException e) {
            return null;
        }
    }
}
