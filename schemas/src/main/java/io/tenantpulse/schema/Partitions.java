package io.tenantpulse.schema;

import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.apache.kafka.common.utils.Utils;

/** Which partition a record goes to: by its key as any Kafka client would have it, marks to every one. */
public final class Partitions {
    private Partitions() {}

    /**
     * The partition of a key: Kafka's default (murmur2 of the key's UTF-8 bytes), so that foreign producers and readers agree.
     *
     * @param partitions how many the topic has, at least 1
     */
    public static int of(String key, int partitions) {
        return Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % partitions;
    }

    /** All partitions of a topic, where marks go. */
    public static IntStream all(TopicSpec topic) {
        return IntStream.range(0, topic.partitions());
    }
}
