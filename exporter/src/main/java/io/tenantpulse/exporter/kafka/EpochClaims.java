package io.tenantpulse.exporter.kafka;

import io.tenantpulse.exporter.ObservationLog.Before;
import io.tenantpulse.exporter.ObservationLog.Claim;
import io.tenantpulse.schema.Partitions;
import io.tenantpulse.schema.RegistryUnavailableException;
import io.tenantpulse.schema.TopicSpec;
import io.tenantpulse.schema.UndecodableRecordException;
import io.tenantpulse.v1.ClusterMark;
import io.tenantpulse.v1.MarkType;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the log's marks to find out which epochs a cluster has had, and whether a claim was won: the first claim of a number in the log wins it, and a
 * higher number beats every lower one.
 */
final class EpochClaims {
    private static final Logger LOG = LoggerFactory.getLogger(EpochClaims.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final long FIRST_STEP = 2_000;
    private static final Duration RETRY = Duration.ofSeconds(1);

    /**
     * How far back marks are looked for. A cluster's marks come every few seconds, and an epoch is at least the time in milliseconds: older ones are
     * lower than any that is claimed now.
     */
    private static final Duration LOOK_BACK = Duration.ofHours(25);

    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final Deserializer<SpecificRecord> deserializer;
    private final TopicSpec topic;
    private final InstantSource clock;
    private final BooleanSupplier open;
    private final Map<String, Long> claimFrom = new HashMap<>();

    /** @param open false once the log has ended: nothing is waited for then */
    EpochClaims(
            Supplier<Consumer<byte[], byte[]>> consumers,
            Deserializer<SpecificRecord> deserializer,
            TopicSpec topic,
            InstantSource clock,
            BooleanSupplier open) {
        this.consumers = consumers;
        this.deserializer = deserializer;
        this.topic = topic;
        this.clock = clock;
        this.open = open;
    }

    /** The highest epoch and the last watermark in the last marks of all partitions. Waits while the broker or the registry is away. */
    Before before(String cluster) throws InterruptedException {
        return insist("the last marks of cluster " + cluster, () -> {
            try (Consumer<byte[], byte[]> consumer = consumers.get()) {
                Found found = new Found();
                for (int partition = 0; partition < topic.partitions(); partition++) {
                    long end = lookBack(consumer, new TopicPartition(topic.name(), partition), cluster, found);
                    if (partition == Partitions.of(cluster, topic.partitions())) {
                        claimed(cluster, end);
                    }
                }
                return new Before(found.epoch, found.watermark);
            }
        });
    }

    /** Reads the cluster's partition until our own claim is found. */
    Claim settle(String cluster, long epoch, String instance) throws InterruptedException {
        return insist("the claim of epoch " + epoch + " of cluster " + cluster, () -> {
            try (Consumer<byte[], byte[]> consumer = consumers.get()) {
                TopicPartition partition = partitionOf(cluster);
                consumer.assign(List.of(partition));
                consumer.seek(partition, claimedFrom(cluster));
                boolean taken = false;
                long highest = epoch;
                while (open.getAsBoolean()) {
                    for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                        Optional<ClusterMark> mark = markOf(cluster, record);
                        if (mark.isEmpty()) {
                            continue;
                        }
                        highest = Math.max(highest, mark.get().getEpoch());
                        if (mark.get().getType() == MarkType.EPOCH && mark.get().getEpoch() == epoch) {
                            if (instance.equals(mark.get().getInstance())) {
                                claimed(cluster, record.offset() + 1);
                                return new Claim(!taken && highest == epoch, highest);
                            }
                            taken = true;
                        }
                    }
                }
                throw new LogEndedException(
                        "the log ended before epoch " + epoch + " of cluster " + cluster + " was claimed");
            }
        });
    }

    TopicPartition partitionOf(String cluster) {
        return new TopicPartition(topic.name(), Partitions.of(cluster, topic.partitions()));
    }

    /** From where marks of others are to be looked for. */
    synchronized long claimedFrom(String cluster) {
        return claimFrom.getOrDefault(cluster, 0L);
    }

    private synchronized void claimed(String cluster, long offset) {
        claimFrom.put(cluster, offset);
    }

    /** The mark in a record, if it is one of that cluster. */
    Optional<ClusterMark> markOf(String cluster, ConsumerRecord<byte[], byte[]> record) {
        if (!Arrays.equals(record.key(), cluster.getBytes(StandardCharsets.UTF_8)) || record.value() == null) {
            return Optional.empty();
        }
        try {
            SpecificRecord value = deserializer.deserialize(topic.name(), record.headers(), record.value());
            return value instanceof ClusterMark mark ? Optional.of(mark) : Optional.empty();
        } catch (UndecodableRecordException e) {
            LOG.atWarn()
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .log("a mark in the log does not decode; it is left out");
            return Optional.empty();
        }
    }

    private static final class Found {
        private long epoch;
        private Instant watermark = Instant.MIN;

        void take(ClusterMark mark) {
            epoch = Math.max(epoch, mark.getEpoch());
            if (mark.getWatermark() != null && mark.getWatermark().isAfter(watermark)) {
                watermark = mark.getWatermark();
            }
        }
    }

    /** Steps back from the end, further each time, until a step holds marks of the cluster. Returns the end. */
    private long lookBack(Consumer<byte[], byte[]> consumer, TopicPartition partition, String cluster, Found found) {
        consumer.assign(List.of(partition));
        long end = consumer.endOffsets(List.of(partition)).get(partition);
        long begin = consumer.beginningOffsets(List.of(partition)).get(partition);
        OffsetAndTimestamp oldest = consumer.offsetsForTimes(
                        Map.of(partition, clock.instant().minus(LOOK_BACK).toEpochMilli()))
                .get(partition);
        long limit = oldest == null ? Math.max(begin, end - FIRST_STEP) : Math.max(begin, oldest.offset());
        long step = FIRST_STEP;
        long until = end;
        while (until > limit && open.getAsBoolean()) {
            long from = Math.max(limit, until - step);
            if (readMarks(consumer, partition, from, until, cluster, found)) {
                return end;
            }
            until = from;
            step *= 4;
        }
        return end;
    }

    private boolean readMarks(
            Consumer<byte[], byte[]> consumer,
            TopicPartition partition,
            long from,
            long until,
            String cluster,
            Found found) {
        boolean any = false;
        consumer.seek(partition, from);
        while (consumer.position(partition) < until && open.getAsBoolean()) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                Optional<ClusterMark> mark = record.offset() < until ? markOf(cluster, record) : Optional.empty();
                mark.ifPresent(found::take);
                any |= mark.isPresent();
            }
        }
        return any;
    }

    private <T> T insist(String what, Supplier<T> attempt) throws InterruptedException {
        Waits waits = new Waits(LOG);
        while (true) {
            try {
                return attempt.get();
            } catch (RetriableException | RegistryUnavailableException e) {
                waits.say("waiting for the broker or the registry to read " + what, e);
                if (!open.getAsBoolean()) {
                    throw new LogEndedException("the log ended while " + what + " were read", e);
                }
                TimeUnit.MILLISECONDS.sleep(RETRY.toMillis());
            }
        }
    }
}
