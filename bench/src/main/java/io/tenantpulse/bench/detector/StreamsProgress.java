package io.tenantpulse.bench.detector;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.Metric;
import org.apache.kafka.streams.KafkaStreams;

/** How many records of a topic a Kafka Streams application has taken to work on, by its own metrics. */
final class StreamsProgress {
    /** A machine that has much else to do must not cost an application its partitions in the middle of a measurement. */
    static final Map<String, String> PATIENCE = Map.of(
            "consumer.session.timeout.ms", "120000",
            "consumer.heartbeat.interval.ms", "3000",
            "producer.transaction.timeout.ms", "120000");

    private static final String NAME = "records-consumed-total";
    private static final String GROUP = "stream-topic-metrics";
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

    private final KafkaStreams streams;
    private final String topic;
    private List<Metric> found = List.of();
    private long looked;
    private long most;

    StreamsProgress(KafkaStreams streams, String topic) {
        this.streams = streams;
        this.topic = topic;
    }

    /** @throws IllegalStateException if the application has ended, or has begun again somewhere */
    long processed() {
        if (System.nanoTime() - looked > LOOK_NANOS) {
            looked = System.nanoTime();
            look();
        }
        long all = 0;
        for (Metric each : found) {
            all += ((Number) each.metricValue()).longValue();
        }
        if (all < most) {
            throw new IllegalStateException(
                    "a thread or a partition was lost after " + most
                            + " records and has begun again: its costs would count twice; measure when the machine is less busy");
        }
        most = all;
        return all;
    }

    /** There are some thousand metrics: they are not looked through for every sample. */
    private void look() {
        KafkaStreams.State state = streams.state();
        if (state != KafkaStreams.State.CREATED && !state.isRunningOrRebalancing()) {
            throw new IllegalStateException("the application is " + state);
        }
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
