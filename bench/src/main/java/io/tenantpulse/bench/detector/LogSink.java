package io.tenantpulse.bench.detector;

/** Where the records of a log go, encoded as they lie in it. */
public interface LogSink extends AutoCloseable {
    /** @param timestamp in milliseconds */
    void put(int partition, byte[] key, byte[] value, long timestamp);

    /** Returns when all is there. */
    default void flush() {}

    @Override
    default void close() {}
}
