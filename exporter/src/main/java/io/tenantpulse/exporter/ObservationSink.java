package io.tenantpulse.exporter;

/** Where batches go: Kafka in production, a list in tests. */
public interface ObservationSink {
    /**
     * Takes over one batch, in log order; blocks while the bounded queue is full. It is called under the cluster's lock.
     *
     * @throws InterruptedException when interrupted while it waits: the batch was not taken
     */
    void accept(Batch batch) throws InterruptedException;
}
