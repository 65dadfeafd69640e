package io.tenantpulse.bench.detector;

/** How the figures came about, for whoever reads the tables. */
final class Method {
    /** Stands after the tables. */
    static final String TEXT = """
            ### What is compared

            Every contender works off the same log in a JVM of its own (by the launcher's flags for the detector: `-XX:+UseSerialGC -Xms128m -Xmx2g -XX:MaxNewSize=160m -XX:MinHeapFreeRatio=30 -XX:MaxHeapFreeRatio=50`, and `-XX:+UseTransparentHugePages` where there are such): the listing of the fleet and half as \
            many events as are measured to warm up, the rest measured. CPU is that of its whole process, collector included, but \
            for its compilers; broker and registry are another process. The run fails unless all that detect fire the same alerts \
            of the literal rules, each with the same `since` and the same instant.

            - *ours*: the production topology with its production settings (commits every 500 ms); longer session and transaction \
            timeouts, so that a busy machine does not cost it its partitions. It judges all built-in rules, writes alerts, active \
            alerts and incidents, and counts the trends; the others judge the six literal rules of tenants and write alerts.
            - *byte copy*: one consumer and one producer, lz4, `acks=all`, batches of 256 KiB, 20 ms linger.
            - *Kafka Streams that does nothing*: the detector's settings, exactly once, and a processor that drops every record: no \
            detector on Kafka Streams can cost less.
            - *the ordinary app*: Kafka Streams with its default settings, the state of a tenant in RocksDB behind the record \
            cache, read and written with every event, whole Avro objects, and a look through the whole store every 30 s of the \
            log's time, which is how often the operator's own alerts are evaluated.
            - *Flink*: MiniCluster, parallelism 1, checkpoints every 10 s at least once, object reuse, our Avro decoder, a small POJO \
            after it, a timer of event time for each deadline, watermarks from the log's own marks; it works on more than one thread.
            """;

    private Method() {}
}
