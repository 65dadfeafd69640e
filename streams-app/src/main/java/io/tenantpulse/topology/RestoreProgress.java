package io.tenantpulse.topology;

import io.tenantpulse.metrics.Meters;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/** Shows how far the stores are restored. */
final class RestoreProgress implements StateRestoreListener {
    private final Meters meters;
    private final Map<TopicPartition, Long> ends = new ConcurrentHashMap<>();

    RestoreProgress(Meters meters) {
        this.meters = meters;
    }

    @Override
    public void onRestoreStart(TopicPartition changelog, String store, long from, long to) {
        ends.put(changelog, to);
        meters.restoring(store, changelog.partition(), to - from);
    }

    @Override
    public void onBatchRestored(TopicPartition changelog, String store, long last, long count) {
        meters.restoring(store, changelog.partition(), ends.getOrDefault(changelog, last) - last);
    }

    @Override
    public void onRestoreEnd(TopicPartition changelog, String store, long total) {
        ends.remove(changelog);
        meters.restoring(store, changelog.partition(), 0);
    }
}
