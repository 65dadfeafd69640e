package io.tenantpulse.schema;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Makes the topics that are missing and refuses to work on ones that would break the log's promises. */
public final class TopicAdmin {
    /** Settings of an existing topic that must be as we want them; the others are the operator's business. */
    private static final Set<String> BINDING =
            Set.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG);

    private static final int SAFE_REPLICATION = 3;
    private static final long POLL_MS = 50;

    private final Admin admin;
    private final short replication;
    private final Duration timeout;

    /**
     * @param replication of topics that are created; from 3 on, a write waits for two replicas
     * @param timeout for the whole of {@link #ensure}
     */
    public TopicAdmin(Admin admin, short replication, Duration timeout) {
        this.admin = admin;
        this.replication = replication;
        this.timeout = timeout;
    }

    /**
     * Creates the missing topics, checks the others and returns when every partition can be used.
     *
     * @throws TopicsException if one cannot be created, read, or is not as it must be; the message names it and the remedy
     */
    public void ensure(Collection<TopicSpec> topics) throws InterruptedException {
        long deadlineNanos = System.nanoTime() + timeout.toNanos();
        Map<String, TopicDescription> existing = describe(topics, deadlineNanos);
        create(topics.stream().filter(t -> !existing.containsKey(t.name())).toList(), deadlineNanos);
        Map<String, TopicDescription> usable = awaitUsable(topics, deadlineNanos);
        List<String> faults = new ArrayList<>();
        for (TopicSpec topic : topics) {
            int partitions = usable.get(topic.name()).partitions().size();
            if (partitions != topic.partitions()) {
                faults.add("topic " + topic.name() + " has " + partitions + " partitions, configured are "
                        + topic.partitions()
                        + ": the number can never change, keys would move and lose their order. Configure "
                        + partitions + " partitions, or begin a new log under another topic prefix");
            }
        }
        faults.addAll(configFaults(topics, deadlineNanos));
        if (!faults.isEmpty()) {
            throw new TopicsException(String.join("; ", faults));
        }
    }

    private Map<String, TopicDescription> describe(Collection<TopicSpec> topics, long deadlineNanos)
            throws InterruptedException {
        Map<String, TopicDescription> found = new TreeMap<>();
        Map<String, KafkaFuture<TopicDescription>> asked = admin.describeTopics(
                        topics.stream().map(TopicSpec::name).toList())
                .topicNameValues();
        for (Map.Entry<String, KafkaFuture<TopicDescription>> one : asked.entrySet()) {
            try {
                found.put(one.getKey(), await(one.getValue(), deadlineNanos));
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw failure("topic " + one.getKey() + " cannot be described", "Describe", e.getCause());
                }
            } catch (TimeoutException e) {
                throw failure("topic " + one.getKey() + " cannot be described", "Describe", e);
            }
        }
        return found;
    }

    private void create(List<TopicSpec> missing, long deadlineNanos) throws InterruptedException {
        Map<String, KafkaFuture<Void>> asked = admin.createTopics(
                        missing.stream().map(this::toNewTopic).toList())
                .values();
        for (Map.Entry<String, KafkaFuture<Void>> one : asked.entrySet()) {
            try {
                await(one.getValue(), deadlineNanos);
            } catch (ExecutionException e) {
                // Another process was faster: what it made is checked like any other.
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw failure("topic " + one.getKey() + " cannot be created", "Create", e.getCause());
                }
            } catch (TimeoutException e) {
                throw failure("topic " + one.getKey() + " cannot be created", "Create", e);
            }
        }
    }

    private NewTopic toNewTopic(TopicSpec topic) {
        Map<String, String> config = new HashMap<>(topic.config());
        if (replication >= SAFE_REPLICATION) {
            config.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, "2");
        }
        return new NewTopic(topic.name(), topic.partitions(), replication).configs(config);
    }

    /** A created topic takes a moment to reach every broker; Kafka Streams would stop on one that is not there yet. */
    private Map<String, TopicDescription> awaitUsable(Collection<TopicSpec> topics, long deadlineNanos)
            throws InterruptedException {
        while (true) {
            Map<String, TopicDescription> found = describe(topics, deadlineNanos);
            List<String> unusable = topics.stream()
                    .map(TopicSpec::name)
                    .filter(name -> !isUsable(found.get(name)))
                    .toList();
            if (unusable.isEmpty()) {
                return found;
            }
            if (System.nanoTime() - deadlineNanos > 0) {
                throw new TopicsException("topics " + unusable + " have partitions without a leader after "
                        + timeout.toSeconds() + " s: check that the brokers that hold them run");
            }
            TimeUnit.MILLISECONDS.sleep(POLL_MS);
        }
    }

    private static boolean isUsable(@Nullable TopicDescription topic) {
        return topic != null
                && topic.partitions().stream()
                        .allMatch(p -> p.leader() != null && !p.leader().isEmpty());
    }

    private List<String> configFaults(Collection<TopicSpec> topics, long deadlineNanos) throws InterruptedException {
        Map<ConfigResource, Config> configs;
        try {
            configs = await(
                    admin.describeConfigs(topics.stream()
                                    .map(t -> new ConfigResource(ConfigResource.Type.TOPIC, t.name()))
                                    .toList())
                            .all(),
                    deadlineNanos);
        } catch (ExecutionException e) {
            throw failure("the settings of the topics cannot be read", "DescribeConfigs", e.getCause());
        } catch (TimeoutException e) {
            throw failure("the settings of the topics cannot be read", "DescribeConfigs", e);
        }
        List<String> faults = new ArrayList<>();
        for (TopicSpec topic : topics) {
            Config config = configs.get(new ConfigResource(ConfigResource.Type.TOPIC, topic.name()));
            for (String setting : new TreeSet<>(BINDING)) {
                String is = config.get(setting).value();
                String must = topic.config().get(setting);
                if (must != null && !must.equals(is)) {
                    faults.add("topic " + topic.name() + " has " + setting + "=" + is + ", it must be " + must
                            + ": run kafka-configs --alter --entity-type topics --entity-name " + topic.name()
                            + " --add-config " + setting + "=" + must);
                }
            }
        }
        return faults;
    }

    private static <T> T await(KafkaFuture<T> future, long deadlineNanos)
            throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(Math.max(1, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    private TopicsException failure(String what, String right, Throwable cause) {
        return new TopicsException(
                what + " (" + cause.getClass().getSimpleName() + ": " + cause.getMessage()
                        + "): check that the brokers are reachable and that we have the right " + right
                        + ", or make the topic beforehand",
                cause);
    }
}
