package io.tenantpulse.topology;

import io.tenantpulse.config.StreamsAppConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** Settings of Kafka Streams: ours, which what is configured can change, except where a guarantee hangs on them. */
public final class StreamsProperties {
    /** More often than watermarks come; the reader of an alert waits for it. */
    private static final Duration COMMIT = Duration.ofMillis(500);

    /** So long a crashed instance without a name of its own keeps its partitions. */
    private static final Duration SESSION = Duration.ofSeconds(10);

    private static final int RECORDS_PER_POLL = 5000;
    private static final int FETCH_BYTES = 256 << 10;
    private static final int FETCH_WAIT_MS = 20;
    private static final int BATCH_BYTES = 256 << 10;

    /**
     * Only closed segments of a changelog are compacted, and whoever starts reads all that is not: with a broker's usual 1 GiB
     * that is all that was ever written for many installations.
     */
    private static final int SEGMENT_BYTES = 64 << 20;

    /** Nobody can read what is sent before it is committed, and a commit does not wait: one batch of a partition is enough for it. */
    private static final long LINGER_MS = COMMIT.toMillis();

    private StreamsProperties() {}

    /** Those of the detector, exactly once. */
    public static Properties of(StreamsAppConfig config) {
        Properties all = new Properties();
        all.putAll(config.kafka());
        all.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, Long.toString(COMMIT.toMillis()));
        // No task reads more than one partition: there is no other one to wait for, and nothing to find out before each
        // record.
        all.put(StreamsConfig.MAX_TASK_IDLE_MS_CONFIG, Long.toString(StreamsConfig.MAX_TASK_IDLE_MS_DISABLED));
        all.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, Short.toString(config.replication()));
        consumer(all, ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION.toMillis());
        consumer(
                all,
                ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                SESSION.dividedBy(4).toMillis());
        main(all, ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_PER_POLL);
        main(all, ConsumerConfig.FETCH_MIN_BYTES_CONFIG, FETCH_BYTES);
        main(all, ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MS);
        all.put(StreamsConfig.producerPrefix(ProducerConfig.BATCH_SIZE_CONFIG), Integer.toString(BATCH_BYTES));
        all.put(StreamsConfig.producerPrefix(ProducerConfig.LINGER_MS_CONFIG), Long.toString(LINGER_MS));
        all.put(StreamsConfig.producerPrefix(ProducerConfig.COMPRESSION_TYPE_CONFIG), "lz4");
        all.put(StreamsConfig.topicPrefix(TopicConfig.SEGMENT_BYTES_CONFIG), Integer.toString(SEGMENT_BYTES));
        if (config.instance() != null) {
            all.put(StreamsConfig.consumerPrefix(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG), config.instance());
        }
        all.putAll(config.streams());
        fixed(all, config.applicationId(), config.stateDir());
        all.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        return all;
    }

    /**
     * For a topology that is not durable, driven in one thread by Kafka's TopologyTestDriver: no broker is asked for.
     *
     * @param scratch an empty directory, which can be deleted afterwards
     */
    public static Properties forReplay(Path scratch) {
        Properties all = new Properties();
        all.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        fixed(all, "replay", scratch);
        all.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.AT_LEAST_ONCE);
        return all;
    }

    private static void fixed(Properties all, String applicationId, Path stateDir) {
        all.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
        all.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toAbsolutePath().toString());
        all.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, "true");
        all.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, "0");
        all.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedRocksDb.class);
        // Changelogs carry event time, which a replayed or a fast-running log has far from the broker's clock.
        all.put(StreamsConfig.topicPrefix(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG), "" + Long.MAX_VALUE);
        all.put(StreamsConfig.topicPrefix(TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG), "" + Long.MAX_VALUE);
    }

    private static void consumer(Properties all, String name, long value) {
        all.put(StreamsConfig.consumerPrefix(name), Long.toString(value));
    }

    private static void main(Properties all, String name, long value) {
        all.put(StreamsConfig.mainConsumerPrefix(name), Long.toString(value));
    }
}
