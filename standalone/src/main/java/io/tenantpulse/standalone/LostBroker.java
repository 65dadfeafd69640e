package io.tenantpulse.standalone;

import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.ObjectName;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The broker of an {@link EmbeddedBroker} whose process was killed. To the controller it lives on, leads every partition and listens where
 * it did. A broker that starts on its data believes that, becomes the coordinator of its transactions before it has registered, and
 * while it does register takes partitions without a leader for deleted ones: a transaction that was being committed is then complete
 * without its markers, and a detector that restores what it wrote waits for ever. So the controller is to know first that it is gone.
 */
final class LostBroker {
    private static final Logger LOG = LoggerFactory.getLogger(LostBroker.class);
    private static final String CLEAN = ".kafka_cleanshutdown";
    private static final String TOPIC_OF_TRANSACTIONS = "__transaction_state-0";
    private static final long LIMIT_SECONDS = 20;
    private static final long POLL_MILLIS = 50;

    private LostBroker() {}

    /**
     * Runs the controller alone until it has fenced the broker; nothing to do where the last process ended in order, or there were no
     * transactions. Where it cannot be done, the broker starts as it would have.
     */
    static void fence(Path data, int node) {
        if (Files.exists(data.resolve(CLEAN)) || !Files.exists(data.resolve(TOPIC_OF_TRANSACTIONS))) {
            return;
        }
        int port = LoopbackPorts.free(0, "the controller of the embedded Kafka", EmbeddedBroker.PORT_FLAG);
        KafkaRaftServer controller =
                new KafkaRaftServer(new KafkaConfig(BrokerSettings.ofControllerAlone(data, node, port)), Time.SYSTEM);
        try {
            controller.startup();
            awaitFenced();
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("the last broker could not be fenced: transactions that it left may hang");
        } finally {
            controller.shutdown();
            controller.awaitShutdown();
        }
    }

    private static void awaitFenced() {
        long deadlineNanos = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (brokers("FencedBrokerCount") < 1 || brokers("ActiveBrokerCount") > 0) {
            if (System.nanoTime() - deadlineNanos > 0) {
                throw new IllegalStateException("the controller did not miss it within " + LIMIT_SECONDS + " s");
            }
            try {
                TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        }
    }

    /** By the controller's own gauge; 0 while it has none. */
    private static int brokers(String gauge) {
        try {
            ObjectName name = new ObjectName("kafka.controller:type=KafkaController,name=" + gauge);
            return (Integer) ManagementFactory.getPlatformMBeanServer().getAttribute(name, "Value");
        } catch (InstanceNotFoundException notYet) {
            return 0;
        } catch (JMException e) {
            throw new IllegalStateException("no gauge " + gauge + " of the controller", e);
        }
    }
}
