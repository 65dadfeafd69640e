package io.tenantpulse.bench.detector;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** The transport's limit: reads the log and throws it away, or writes it as it came to another topic. */
final class Transport implements Contender {
    private static final Duration POLL = Duration.ofMillis(100);

    private final Job job;
    private final boolean copies;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread worker = new Thread(this::run, "transport");
    private volatile long processed;
    private volatile @Nullable Exception failure;

    Transport(Job job, boolean copies) {
        this.job = job;
        this.copies = copies;
        worker.setDaemon(true);
    }

    @Override
    public void start() {
        worker.start();
    }

    @Override
    public long processed() {
        if (end.isCompletedExceptionally()) {
            end.join();
        }
        return processed;
    }

    @Override
    public void finish() {
        end.join();
    }

    private void run() {
        try (KafkaConsumer<byte[], byte[]> consumer = Clients.consumer(job, job.topic());
                KafkaProducer<byte[], byte[]> producer = Clients.producer(job)) {
            while (processed < job.total()) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
                if (copies) {
                    records.forEach(record -> copy(record, producer));
                }
                if (failure != null) {
                    throw new IllegalStateException("a record could not be copied", failure);
                }
                processed += records.count();
            }
            producer.flush();
            end.complete(null);
            closed.await(); // what a thread has allocated is forgotten with it
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            end.completeExceptionally(e);
        }
    }

    private void copy(ConsumerRecord<byte[], byte[]> record, KafkaProducer<byte[], byte[]> producer) {
        producer.send(
                new ProducerRecord<>(
                        job.alerts(), record.partition(), record.timestamp(), record.key(), record.value()),
                (metadata, problem) -> {
                    if (problem != null) {
                        failure = problem;
                    }
                });
    }

    @Override
    public void close() {
        closed.countDown();
    }
}
