package io.tenantpulse.topology;

import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/** Shows how far the stores are restored, as in production, and counts the entries. */
final class CountedRestore implements StateRestoreListener {
    private final StateRestoreListener usual;
    private final LongAdder entries = new LongAdder();

    CountedRestore(StateRestoreListener usual) {
        this.usual = usual;
    }

    long entries() {
        return entries.sum();
    }

    @Override
    public void onRestoreStart(TopicPartition changelog, String store, long from, long to) {
        usual.onRestoreStart(changelog, store, from, to);
    }

    @Override
    public void onBatchRestored(TopicPartition changelog, String store, long last, long count) {
        entries.add(count);
        usual.onBatchRestored(changelog, store, last, count);
    }

    @Override
    public void onRestoreEnd(TopicPartition changelog, String store, long total) {
        usual.onRestoreEnd(changelog, store, total);
    }
}
