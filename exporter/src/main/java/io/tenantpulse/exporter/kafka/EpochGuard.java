package io.tenantpulse.exporter.kafka;

import io.tenantpulse.v1.ClusterMark;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads on in the partitions of our clusters and tells when another exporter has claimed a higher epoch of one. */
final class EpochGuard implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(EpochGuard.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final long CLOSE_MILLIS = 3000;

    private final EpochClaims claims;
    private final Supplier<Consumer<byte[], byte[]>> consumers;
    private final BlockingQueue<Held> added = new LinkedBlockingQueue<>();
    private final Map<String, Held> held = new HashMap<>();
    private final Waits waits = new Waits(LOG);
    private final Thread reader;
    private volatile @Nullable Consumer<byte[], byte[]> reading;
    private volatile boolean closed;

    private record Held(String cluster, long epoch, LongConsumer higher) {}

    EpochGuard(EpochClaims claims, Supplier<Consumer<byte[], byte[]>> consumers) {
        this.claims = claims;
        this.consumers = consumers;
        this.reader = new Thread(this::run, "epoch-guard");
        reader.setDaemon(true);
        reader.start();
    }

    /** Watches over an epoch that has been won. */
    void guard(String cluster, long epoch, LongConsumer higher) {
        added.add(new Held(cluster, epoch, higher));
    }

    @Override
    public void close() {
        closed = true;
        Consumer<byte[], byte[]> present = reading;
        if (present != null) {
            present.wakeup();
        }
        try {
            reader.join(CLOSE_MILLIS);
            reader.interrupt(); // if it waits for a broker that is away
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Map<TopicPartition, Long> positions = new HashMap<>();
        while (!closed) {
            try (Consumer<byte[], byte[]> consumer = consumers.get()) {
                reading = consumer;
                read(consumer, positions);
            } catch (InterruptedException | WakeupException | org.apache.kafka.common.errors.InterruptException e) {
                closed = true;
            } catch (KafkaException e) {
                waits.say("reading the log's marks failed; trying again", e);
                pause();
            } finally {
                reading = null;
            }
        }
    }

    private void pause() {
        try {
            TimeUnit.SECONDS.sleep(1);
        } catch (InterruptedException e) {
            closed = true;
        }
    }

    private void read(Consumer<byte[], byte[]> consumer, Map<TopicPartition, Long> positions)
            throws InterruptedException {
        boolean assigned = false;
        while (!closed) {
            boolean changed = takeAdded(positions);
            if (held.isEmpty()) {
                Held first = added.poll(POLL.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    added.add(first);
                }
                continue;
            }
            if (changed || !assigned) {
                consumer.assign(positions.keySet());
                positions.forEach(consumer::seek);
                assigned = true;
            }
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                held.values().stream().toList().forEach(each -> check(each, record));
                positions.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
            }
        }
    }

    private boolean takeAdded(Map<TopicPartition, Long> positions) {
        boolean any = false;
        for (Held next = added.poll(); next != null; next = added.poll()) {
            held.put(next.cluster(), next);
            positions.merge(claims.partitionOf(next.cluster()), claims.claimedFrom(next.cluster()), Math::min);
            any = true;
        }
        return any;
    }

    private void check(Held each, ConsumerRecord<byte[], byte[]> record) {
        Optional<ClusterMark> mark = claims.markOf(each.cluster(), record);
        if (mark.isPresent() && mark.get().getEpoch() > each.epoch()) {
            held.remove(each.cluster());
            each.higher().accept(mark.get().getEpoch());
        }
    }
}
