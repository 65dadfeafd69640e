package io.tenantpulse.bench.flink;

import io.tenantpulse.bench.detector.Contender;
import io.tenantpulse.bench.detector.Job;
import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.LongAdder;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.connector.base.DeliveryGuarantee;
import org.apache.flink.connector.kafka.sink.KafkaSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.execution.CheckpointingMode;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The job on Flink's MiniCluster, at least once, with checkpoints. */
final class FlinkContender implements Contender {
    /** Of the whole process, for Flink copies its functions before it runs them. */
    static final LongAdder PROCESSED = new LongAdder();

    private static final Duration CHECKPOINTS = Duration.ofSeconds(10);
    private static final Duration STOP = Duration.ofMinutes(2);

    private final Job job;
    private final CompletableFuture<Void> end = new CompletableFuture<>();
    private final Thread runner = new Thread(this::run, "flink-job");

    FlinkContender(Job job) {
        this.job = job;
        runner.setDaemon(true);
    }

    @Override
    public void start() {
        runner.start();
    }

    @Override
    public long processed() {
        if (end.isCompletedExceptionally()) {
            end.join();
        }
        return PROCESSED.sum();
    }

    private void run() {
        try {
            StreamExecutionEnvironment flink =
                    StreamExecutionEnvironment.createLocalEnvironment(job.threads(), settings());
            flink.fromSource(
                            source(),
                            WatermarkStrategy.<TenantNews>forGenerator(context -> new MarkWatermarks())
                                    .withTimestampAssigner((news, timestamp) -> news.at),
                            "observations")
                    .filter(new TenantsOnly())
                    .keyBy(news -> news.key)
                    .process(new Detection(job.endMillis()))
                    .sinkTo(sink());
            flink.execute("detector");
            end.complete(null);
        } catch (Exception e) {
            end.completeExceptionally(e);
        }
    }

    private Configuration settings() {
        Configuration settings = new Configuration();
        settings.set(StateBackendOptions.STATE_BACKEND, job.contender().equals("FLINK_HEAP") ? "hashmap" : "rocksdb");
        settings.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, CHECKPOINTS);
        settings.set(CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.AT_LEAST_ONCE);
        settings.set(
                CheckpointingOptions.CHECKPOINTS_DIRECTORY,
                new File(job.stateDir(), "checkpoints").toURI().toString());
        settings.set(PipelineOptions.OBJECT_REUSE, true);
        return settings;
    }

    private KafkaSource<TenantNews> source() {
        Properties consumer = new Properties();
        consumer.put("max.poll.records", "5000");
        consumer.put("fetch.min.bytes", String.valueOf(256 << 10));
        consumer.put("fetch.max.wait.ms", "20");
        return KafkaSource.<TenantNews>builder()
                .setBootstrapServers(job.bootstrapServers())
                .setGroupId(job.prefix())
                .setTopics(job.topic())
                .setStartingOffsets(OffsetsInitializer.earliest())
                .setBounded(OffsetsInitializer.latest())
                .setDeserializer(new NewsDeserializer(job.registryUrl()))
                .setProperties(consumer)
                .build();
    }

    private KafkaSink<Told> sink() {
        Properties producer = new Properties();
        producer.put("compression.type", "lz4");
        producer.put("batch.size", String.valueOf(256 << 10));
        producer.put("linger.ms", "20");
        return KafkaSink.<Told>builder()
                .setBootstrapServers(job.bootstrapServers())
                .setRecordSerializer(new AlertSerializer(job.registryUrl(), job.alerts()))
                .setDeliveryGuarantee(DeliveryGuarantee.AT_LEAST_ONCE)
                .setKafkaProducerConfig(producer)
                .build();
    }

    /** The log is read to its end, so the job ends by itself. */
    @Override
    public void close() throws IOException {
        try {
            end.get(STOP.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("Flink's job did not end in order: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
