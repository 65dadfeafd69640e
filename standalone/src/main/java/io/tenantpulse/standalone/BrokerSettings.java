package io.tenantpulse.standalone;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** Settings of a Kafka that is alone, small, and takes records of any time. */
final class BrokerSettings {
    static final String LOOPBACK = "127.0.0.1";

    private static final String FOREVER = Long.toString(Long.MAX_VALUE);

    private static final Map<String, String> FIXED = Map.ofEntries(
            Map.entry("process.roles", "broker,controller"),
            Map.entry("listener.security.protocol.map", "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT"),
            Map.entry("inter.broker.listener.name", "BROKER"),
            Map.entry("controller.listener.names", "CONTROLLER"),
            Map.entry("auto.create.topics.enable", "false"),
            // One node: nothing can be replicated.
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("share.coordinator.state.topic.replication.factor", "1"),
            Map.entry("share.coordinator.state.topic.min.isr", "1"),
            Map.entry("offsets.topic.num.partitions", "1"),
            Map.entry("transaction.state.log.num.partitions", "1"),
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            // After a kill the controller waits so long for the dead broker before it takes the new one.
            Map.entry("broker.session.timeout.ms", "4000"),
            Map.entry("broker.heartbeat.interval.ms", "500"),
            // A demo's clock runs ahead of the wall clock, a recording's stands far behind it.
            Map.entry("log.message.timestamp.after.max.ms", FOREVER),
            Map.entry("log.message.timestamp.before.max.ms", FOREVER),
            // Small, but the cleaner's map holds 1.2 million keys: more than one of the segments below has.
            Map.entry("log.cleaner.dedupe.buffer.size", "33554432"),
            Map.entry("log.cleaner.threads", "1"),
            Map.entry("log.segment.bytes", "67108864"),
            Map.entry("log.index.size.max.bytes", "1048576"),
            Map.entry("offsets.topic.segment.bytes", "16777216"),
            Map.entry("transaction.state.log.segment.bytes", "16777216"),
            Map.entry("num.network.threads", "2"),
            Map.entry("num.io.threads", "4"),
            Map.entry("background.threads", "2"),
            Map.entry("num.recovery.threads.per.data.dir", "2"));

    private BrokerSettings() {}

    /** The controller of the same node alone, which takes it that its broker is gone after one second. */
    static Properties ofControllerAlone(Path data, int node, int controllerPort) {
        Properties properties = of(data, node, 0, controllerPort);
        properties.put("process.roles", "controller");
        properties.put("listeners", "CONTROLLER://" + LOOPBACK + ':' + controllerPort);
        properties.remove("advertised.listeners");
        properties.remove("inter.broker.listener.name");
        properties.put("broker.session.timeout.ms", "1000");
        return properties;
    }

    static Properties of(Path data, int node, int port, int controllerPort) {
        String broker = "BROKER://" + LOOPBACK + ':' + port;
        String controller = LOOPBACK + ':' + controllerPort;
        Properties properties = new Properties();
        properties.putAll(FIXED);
        properties.put("log.dirs", data.toString());
        properties.put("node.id", Integer.toString(node));
        properties.put("controller.quorum.voters", node + "@" + controller);
        properties.put("listeners", broker + ",CONTROLLER://" + controller);
        properties.put("advertised.listeners", broker);
        return properties;
    }
}
