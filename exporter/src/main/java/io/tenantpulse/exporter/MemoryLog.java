package io.tenantpulse.exporter;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;

/** A log that nobody else writes: hands every batch to a listener at once. For {@code record}, which keeps nothing, and for tests. */
public final class MemoryLog implements ObservationLog {
    private final Map<String, Long> taken = new ConcurrentHashMap<>();
    private final Map<String, Before> before = new ConcurrentHashMap<>();
    private final ObservationSink listener;

    /** @param listener is called under the cluster's lock, in log order */
    public MemoryLog(ObservationSink listener) {
        this.listener = listener;
    }

    @Override
    public void accept(Batch batch) throws InterruptedException {
        listener.accept(batch);
        taken.merge(batch.cluster(), 1L, Long::sum);
    }

    @Override
    public Before before(String cluster) {
        return before.getOrDefault(cluster, Before.NOTHING);
    }

    @Override
    public Claim settle(String cluster, long epoch, String instance) {
        before.put(cluster, new Before(epoch, before(cluster).lastWatermark()));
        return new Claim(true, epoch);
    }

    @Override
    public void onSuperseded(String cluster, long epoch, LongConsumer higher) {
        // Nobody else can claim an epoch here.
    }

    @Override
    public long taken(String cluster) {
        return taken.getOrDefault(cluster, 0L);
    }

    @Override
    public long acknowledged(String cluster) {
        return taken(cluster);
    }

    @Override
    public int queued() {
        return 0;
    }

    @Override
    public void close() {
        // Holds nothing.
    }
}
