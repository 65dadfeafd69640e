package io.tenantpulse.schema;

import java.util.Map;

/**
 * A topic as we want it to be: what it is called, how many partitions it has and how it keeps its records.
 *
 * @param name full name, prefix included
 * @param partitions at least 1; never changes once the log has begun, because keys would move to other partitions
 * @param config the topic's settings that differ from the broker's defaults
 */
public record TopicSpec(String name, int partitions, Map<String, String> config) {
    /** @throws IllegalArgumentException if the name is not one that Kafka accepts, or there is no partition */
    public TopicSpec {
        if (!name.matches("[a-zA-Z0-9._-]{1,249}")) {
            throw new IllegalArgumentException(
                    "topic name \"" + name
                            + "\" is not valid: use 1 to 249 letters, digits, dots, underscores or hyphens (set another prefix)");
        }
        if (partitions < 1) {
            throw new IllegalArgumentException("topic " + name + ": partitions must be at least 1, not " + partitions);
        }
        config = Map.copyOf(config);
    }
}
