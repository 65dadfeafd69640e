package io.tenantpulse.topology;

import io.tenantpulse.schema.Topics;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;

/**
 * From the log to decisions.
 *
 * <pre>
 * observations ─► read-observations ─► detect ─┬─► write-alerts ────────► alerts
 *                                              ├─► write-active-alerts ─► active-alerts
 *                                              ├─► write-incidents ─────► incidents
 *                                              ├─► write-partials ──────► trend-partials
 *                                              └─► write-dead-letters ──► dead-letters
 * trend-partials ─► read-partials ─► merge-trends ─┬─► write-trends ────────────────► trends
 *                                                  ├─► write-surges ────────────────► alerts
 *                                                  ├─► write-active-surges ─────────► active-alerts
 *                                                  └─► write-dead-partials ─────────► dead-letters
 * </pre>
 */
public final class FleetTopology {
    static final String DETECT = "detect";
    static final String WRITE_ALERTS = "write-alerts";
    static final String WRITE_ACTIVE_ALERTS = "write-active-alerts";
    static final String WRITE_INCIDENTS = "write-incidents";
    static final String WRITE_DEAD_LETTERS = "write-dead-letters";

    static final String WRITE_PARTIALS = "write-partials";
    static final String WRITE_TRENDS = "write-trends";
    static final String WRITE_DEAD_PARTIALS = "write-dead-partials";

    /** Of the same topics as those of the detector: a sink of both would make one task of their tasks. */
    static final String WRITE_SURGES = "write-surges";

    static final String WRITE_ACTIVE_SURGES = "write-active-surges";

    private static final String READ_PARTIALS = "read-partials";
    private static final String MERGE_TRENDS = "merge-trends";
    private static final String READ_OBSERVATIONS = "read-observations";

    private FleetTopology() {}

    /** The topology; stateless itself, so that it can be built twice from the same parts. */
    public static Topology build(TopologyParts parts) {
        Topics topics = parts.topics();
        StringSerializer key = new StringSerializer();
        ByteArraySerializer raw = new ByteArraySerializer();
        Topology topology = new Topology()
                .addSource(
                        AutoOffsetReset.earliest(),
                        READ_OBSERVATIONS,
                        new RecordTimestamps(),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer(),
                        topics.observations().name())
                .addProcessor(DETECT, () -> new TenantProcessor(parts), READ_OBSERVATIONS)
                .addSink(WRITE_DEAD_LETTERS, topics.deadLetters().name(), raw, raw, DETECT)
                .addSink(
                        WRITE_ALERTS, topics.alerts().name(), key, parts.codec().transitions(), DETECT)
                .addSink(
                        WRITE_ACTIVE_ALERTS,
                        topics.activeAlerts().name(),
                        key,
                        parts.codec().transitions(),
                        DETECT)
                .addSink(
                        WRITE_INCIDENTS,
                        topics.incidents().name(),
                        key,
                        parts.codec().incidents(),
                        DETECT)
                .addSink(
                        WRITE_PARTIALS,
                        topics.trendPartials().name(),
                        key,
                        parts.codec().reports(),
                        DETECT);
        Stores.all(parts.durable()).forEach(store -> topology.addStateStore(store, DETECT));
        topology.addStateStore(Stores.census(parts.durable()), DETECT);
        if (parts.durable()) {
            topology.addStateStore(Stores.seen(), DETECT);
        } else {
            Stores.replayed().forEach(store -> topology.addStateStore(store, DETECT));
        }
        addTrends(topology, parts);
        return topology;
    }

    /** One task: what comes is one record for each scope and partition a minute, however many events there are. */
    private static void addTrends(Topology topology, TopologyParts parts) {
        Topics topics = parts.topics();
        StringSerializer key = new StringSerializer();
        ByteArraySerializer raw = new ByteArraySerializer();
        topology.addSource(
                        AutoOffsetReset.earliest(),
                        READ_PARTIALS,
                        new RecordTimestamps(),
                        new ByteArrayDeserializer(),
                        new ByteArrayDeserializer(),
                        topics.trendPartials().name())
                .addProcessor(MERGE_TRENDS, () -> new TrendProcessor(parts), READ_PARTIALS)
                .addSink(
                        WRITE_TRENDS, topics.trends().name(), key, parts.codec().windows(), MERGE_TRENDS)
                .addSink(
                        WRITE_SURGES, topics.alerts().name(), key, parts.codec().transitions(), MERGE_TRENDS)
                .addSink(
                        WRITE_ACTIVE_SURGES,
                        topics.activeAlerts().name(),
                        key,
                        parts.codec().transitions(),
                        MERGE_TRENDS)
                .addSink(WRITE_DEAD_PARTIALS, topics.deadLetters().name(), raw, raw, MERGE_TRENDS);
        topology.addStateStore(Stores.surgeTombstones(parts.durable()), MERGE_TRENDS);
        if (parts.durable()) {
            Stores.trends().forEach(store -> topology.addStateStore(store, MERGE_TRENDS));
        }
    }
}
