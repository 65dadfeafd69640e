package io.tenantpulse.bench.detector;

import io.tenantpulse.topology.StreamsProperties;
import java.io.IOException;
import java.time.Duration;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;

/** Takes every record as the detector does, by its settings, and drops it. */
final class IdleApp implements Contender {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
    private static final String READ = "read-observations";

    private final KafkaStreams streams;
    private final StreamsProgress progress;

    IdleApp(Job job) {
        Topology topology = new Topology()
                .addSource(
                        AutoOffsetReset.earliest(),
                        READ,
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer(),
                        job.topic())
                .addProcessor("drop", Dropping::new, READ);
        this.streams = new KafkaStreams(topology, StreamsProperties.of(DetectorContender.config(job)));
        this.progress = new StreamsProgress(streams, job.topic());
    }

    private static final class Dropping implements Processor<byte[], byte[], Void, Void> {
        @Override
        public void process(Record<byte[], byte[]> dropped) {}
    }

    @Override
    public void start() {
        streams.start();
    }

    @Override
    public long processed() {
        return progress.processed();
    }

    @Override
    public void close() throws IOException {
        streams.close(TIMEOUT);
    }
}
