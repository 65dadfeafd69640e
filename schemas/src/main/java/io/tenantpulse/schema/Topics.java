package io.tenantpulse.schema;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/**
 * All topics of one installation; the only place that knows their names.
 *
 * @param observations what exporters saw and their marks; the log
 * @param alerts every transition of every alert
 * @param activeAlerts the latest state of each alert, compacted; a tombstone follows 24 h after it resolved
 * @param incidents every change of an incident
 * @param trendPartials what each partition of the log counted, by window; of one partition, for few records come and they are merged
 * @param trends what the fleet did, by window
 * @param deadLetters what could not be decoded
 */
public record Topics(
        TopicSpec observations,
        TopicSpec alerts,
        TopicSpec activeAlerts,
        TopicSpec incidents,
        TopicSpec trendPartials,
        TopicSpec trends,
        TopicSpec deadLetters) {
    /** Prefix of topic names where none is configured. */
    public static final String DEFAULT_PREFIX = "tenant-pulse";

    /** Partitions of each topic where no number is configured. */
    public static final int DEFAULT_PARTITIONS = 4;

    /** Largest record batch that the topics take; a producer's {@code max.request.size} must not be larger. */
    public static final int MAX_MESSAGE_BYTES = 1_048_588;

    // Before the topics themselves, which need them while the class is being initialised.
    private static final Duration LOG_RETENTION = Duration.ofDays(30);
    private static final Duration RESULT_RETENTION = Duration.ofDays(90);

    /** The topics as they are when nothing is configured. */
    public static final Topics DEFAULT = of(DEFAULT_PREFIX, DEFAULT_PARTITIONS);

    public static final TopicSpec OBSERVATIONS = DEFAULT.observations;
    public static final TopicSpec ALERTS = DEFAULT.alerts;
    public static final TopicSpec ACTIVE_ALERTS = DEFAULT.activeAlerts;
    public static final TopicSpec INCIDENTS = DEFAULT.incidents;
    public static final TopicSpec TREND_PARTIALS = DEFAULT.trendPartials;
    public static final TopicSpec TRENDS = DEFAULT.trends;
    public static final TopicSpec DEAD_LETTERS = DEFAULT.deadLetters;

    /**
     * The topics under another prefix or with another number of partitions.
     *
     * @param prefix such as {@code tenant-pulse}; names are {@code <prefix>.<what>}
     * @param partitions of every topic but that of partials, so that a tenant has the same partition number in all of them
     */
    public static Topics of(String prefix, int partitions) {
        return new Topics(
                new TopicSpec(prefix + ".observations", partitions, kept(LOG_RETENTION)),
                new TopicSpec(prefix + ".alerts", partitions, kept(RESULT_RETENTION)),
                new TopicSpec(prefix + ".active-alerts", partitions, compacted()),
                new TopicSpec(prefix + ".incidents", partitions, kept(RESULT_RETENTION)),
                new TopicSpec(prefix + ".trend-partials", 1, kept(LOG_RETENTION)),
                new TopicSpec(prefix + ".trends", partitions, kept(RESULT_RETENTION)),
                new TopicSpec(prefix + ".dead-letters", partitions, kept(LOG_RETENTION)));
    }

    /** Every topic, in the order in which records flow through them. */
    public List<TopicSpec> all() {
        return List.of(observations, alerts, activeAlerts, incidents, trendPartials, trends, deadLetters);
    }

    private static Map<String, String> kept(Duration retention) {
        Map<String, String> config = timed();
        config.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
        config.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(retention.toMillis()));
        return config;
    }

    private static Map<String, String> compacted() {
        Map<String, String> config = timed();
        config.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        // Only closed segments are compacted; a quiet topic would otherwise keep a week of history for every reader's
        // start.
        config.put(
                TopicConfig.SEGMENT_MS_CONFIG, Long.toString(Duration.ofHours(6).toMillis()));
        return config;
    }

    /** Records carry the event's own time, however old (a replay) or ahead (a demo's fast clock) it is. */
    private static Map<String, String> timed() {
        Map<String, String> config = new HashMap<>();
        config.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, "CreateTime");
        config.put(TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG, Long.toString(Long.MAX_VALUE));
        config.put(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG, Long.toString(Long.MAX_VALUE));
        config.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(MAX_MESSAGE_BYTES));
        return config;
    }
}
