package io.tenantpulse.exporter.kafka;

import io.tenantpulse.exporter.Batch;
import io.tenantpulse.exporter.LogRecord;
import io.tenantpulse.exporter.ObservationSink;
import io.tenantpulse.exporter.Target;
import io.tenantpulse.schema.Partitions;
import io.tenantpulse.schema.RegistryUnavailableException;
import io.tenantpulse.schema.TopicSpec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes batches to Kafka in the order in which they were taken, on one thread. The queue is bounded: when it is full, takers wait, and with them the
 * watches and at last the API servers; nothing is dropped. The first failed write ends the log.
 */
public final class KafkaObservationSink implements ObservationSink, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(KafkaObservationSink.class);
    private static final Duration REGISTRY_RETRY = Duration.ofSeconds(1);
    private static final long OFFER_MILLIS = 200;

    /** Kafka's own framing of a record and its batch, generously. */
    private static final int FRAMING_BYTES = 512;

    private final Producer<byte[], byte[]> producer;
    private final Serializer<SpecificRecord> serializer;
    private final TopicSpec topic;
    private final int maxRecordBytes;
    private final Consumer<Exception> onFailure;
    private final BlockingQueue<Numbered> queue;
    private final Acknowledgements acknowledgements = new Acknowledgements();
    private final Waits waits = new Waits(LOG);
    private final Thread sender;

    private volatile @Nullable Exception failure;
    private volatile boolean closing;

    private record Numbered(Batch batch, long number) {}

    /**
     * @param maxRequestBytes the producer's {@code max.request.size}, not above the topic's {@code max.message.bytes}
     * @param capacity batches that can wait, at least 1
     * @param onFailure called once, when the log ends by a failure
     */
    public KafkaObservationSink(
            Producer<byte[], byte[]> producer,
            Serializer<SpecificRecord> serializer,
            TopicSpec topic,
            int maxRequestBytes,
            int capacity,
            Consumer<Exception> onFailure) {
        this.producer = producer;
        this.serializer = serializer;
        this.topic = topic;
        this.maxRecordBytes = maxRequestBytes - FRAMING_BYTES;
        this.onFailure = onFailure;
        this.queue = new ArrayBlockingQueue<>(capacity);
        this.sender = new Thread(this::run, "kafka-sender");
        sender.setDaemon(true);
        sender.start();
    }

    @Override
    public void accept(Batch batch) throws InterruptedException {
        // A cluster's batches come one after another, under its lock: their numbers are in order.
        Numbered numbered = new Numbered(batch, acknowledgements.take(batch.cluster()));
        do {
            checkOpen();
        } while (!queue.offer(numbered, OFFER_MILLIS, TimeUnit.MILLISECONDS));
    }

    /** Batches taken so far of a cluster. */
    public long taken(String cluster) {
        return acknowledgements.taken(cluster);
    }

    /** Batches of a cluster, from the first on, that are acknowledged. */
    public long acknowledged(String cluster) {
        return acknowledgements.acknowledged(cluster);
    }

    /** Batches that wait. */
    public int queued() {
        return queue.size();
    }

    /** @throws LogEndedException if nothing can be written any more */
    void checkOpen() {
        Exception why = failure;
        if (why != null) {
            throw new LogEndedException("the log ended: " + why.getMessage(), why);
        }
        if (closing) {
            throw new LogEndedException("the log is closed");
        }
    }

    @Override
    public void close() {
        close(Duration.ofSeconds(15));
    }

    /** Writes out what was taken, but waits no longer than this. */
    public void close(Duration timeout) {
        closing = true;
        long deadline = System.nanoTime() + timeout.toNanos();
        try {
            sender.join(Math.max(1, timeout.toMillis()));
            if (sender.isAlive()) {
                LOG.atWarn()
                        .addKeyValue("batches", queue.size())
                        .log("closing before all was written: the next start's frames tell it again");
                sender.interrupt();
            }
        } catch (InterruptedException e) {
            sender.interrupt();
            Thread.currentThread().interrupt();
        }
        producer.close(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
    }

    private void run() {
        try {
            while (failure == null && !(closing && queue.isEmpty())) {
                Numbered next = queue.poll(OFFER_MILLIS, TimeUnit.MILLISECONDS);
                if (next != null) {
                    send(next);
                }
            }
        } catch (InterruptedException | org.apache.kafka.common.errors.InterruptException e) {
            LOG.debug("the sender was interrupted");
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private void send(Numbered numbered) throws InterruptedException {
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>();
        for (LogRecord each : numbered.batch().records()) {
            addTo(records, each, numbered.batch());
        }
        if (records.isEmpty()) {
            acknowledgements.acknowledge(numbered.batch().cluster(), numbered.number());
        }
        AtomicInteger open = new AtomicInteger(records.size());
        for (ProducerRecord<byte[], byte[]> record : records) {
            producer.send(record, (metadata, why) -> {
                if (why != null) {
                    fail(why);
                } else if (open.decrementAndGet() == 0) {
                    acknowledgements.acknowledge(numbered.batch().cluster(), numbered.number());
                }
            });
        }
    }

    private void addTo(List<ProducerRecord<byte[], byte[]>> records, LogRecord each, Batch batch)
            throws InterruptedException {
        byte[] key = each.key().getBytes(StandardCharsets.UTF_8);
        byte[] value = serialize(each.value());
        if (value.length + key.length > maxRecordBytes) {
            LOG.atWarn()
                    .addKeyValue("key", each.key())
                    .addKeyValue("type", each.value().getSchema().getName())
                    .addKeyValue("bytes", value.length)
                    .addKeyValue("most", maxRecordBytes)
                    .log("a record is too large for the log: written as undecodable");
            value = serialize(MinimalRecord.of(each.value()));
        }
        long timestamp = batch.observedAt().toEpochMilli();
        if (each.target() == Target.KEY) {
            records.add(new ProducerRecord<>(
                    topic.name(), Partitions.of(each.key(), topic.partitions()), timestamp, key, value));
        } else {
            for (int partition = 0; partition < topic.partitions(); partition++) {
                records.add(new ProducerRecord<>(topic.name(), partition, timestamp, key, value));
            }
        }
    }

    /** Waits for the registry as long as it takes: the batch is whole before any of it is sent. */
    private byte[] serialize(SpecificRecord value) throws InterruptedException {
        while (true) {
            try {
                return serializer.serialize(topic.name(), value);
            } catch (RegistryUnavailableException e) {
                waits.say("waiting for the schema registry; nothing is lost meanwhile", e);
                TimeUnit.MILLISECONDS.sleep(REGISTRY_RETRY.toMillis());
            }
        }
    }

    private void fail(Exception why) {
        synchronized (this) {
            if (failure != null || closing && why instanceof KafkaException && queue.isEmpty()) {
                return;
            }
            failure = why;
        }
        LOG.atError()
                .addKeyValue("topic", topic.name())
                .setCause(why)
                .log("the log could not be written: this epoch ends, the next one tells everything anew");
        onFailure.accept(why);
    }
}
