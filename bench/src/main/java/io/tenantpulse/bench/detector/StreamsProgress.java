package io.tenantpulse.bench.detector;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.Metric;
import org.apache.kafka.streams.KafkaStreams;

/** How many records of a topic a Kafka Streams application has taken to work on, by its own metrics. */
final class StreamsProgress {
    private static final String NAME = "records-consumed-total";
    private static final String GROUP = "stream-topic-metrics";
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    private final KafkaStreams streams;
    private final String topic;
    private List<Metric> found = List.of();
    private long looked;

    StreamsProgress(KafkaStreams streams, String topic) {
        this.streams = streams;
        this.topic = topic;
    }

    /** @throws IllegalStateException if the application has ended */
    long processed() {
        if (System.nanoTime() - looked > LOOK_NANOS) {
            looked = System.nanoTime();
            KafkaStreams.State state = streams.state();
            if (state != KafkaStreams.State.CREATED && !state.isRunningOrRebalancing()) {
                throw new IllegalStateException("the application is " + state);
            }
            if (found.size() < LogSpec.PARTITIONS) {
                look();
            }
        }
        long all = 0;
        for (Metric each : found) {
            all += ((Number) each.metricValue()).longValue();
        }
        return all;
    }

    /** There are some thousand metrics: they are not looked through for every sample. */
    private void look() {
        List<Metric> now = new ArrayList<>();
        streams.metrics().forEach((name, metric) -> {
            if (name.name().equals(NAME)
                    && name.group().equals(GROUP)
                    && topic.equals(name.tags().get("topic"))) {
                now.add(metric);
            }
        });
        found = now;
    }
}
