package io.tenantpulse.standalone;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tenantpulse.schema.TopicSpec;
import io.tenantpulse.schema.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Waits until a detector has come to the end of the log. */
final class Processed {
    private static final long ANSWER_SECONDS = 60;

    private Processed() {}

    /**
     * All that is in the log now was processed, and all alerts that came of it are there to be read. The log may grow
     * meanwhile: a running exporter goes on writing, and the detector passes the end of now without stopping there.
     */
    static void awaitAll(Admin admin, String applicationId, Topics topics, Duration atMost) throws Exception {
        List<TopicPartition> log = partitions(topics.observations());
        List<TopicPartition> alerts = partitions(topics.alerts());
        Map<TopicPartition, Long> written = ends(admin, log, IsolationLevel.READ_COMMITTED);
        await("all is processed")
                .atMost(atMost)
                .untilAsserted(() -> assertReached(committed(admin, applicationId), written));
        // A commit reaches the offsets and every partition of the alerts one after another.
        Map<TopicPartition, Long> told = ends(admin, alerts, IsolationLevel.READ_UNCOMMITTED);
        await("all alerts are there to be read")
                .atMost(atMost)
                .untilAsserted(() -> assertReached(ends(admin, alerts, IsolationLevel.READ_COMMITTED), told));
    }

    private static void assertReached(Map<TopicPartition, Long> now, Map<TopicPartition, Long> end) {
        assertThat(end)
                .allSatisfy((partition, offset) -> assertThat(now.getOrDefault(partition, 0L))
                        .as("%s of %s", partition, now)
                        .isGreaterThanOrEqualTo(offset));
    }

    static List<TopicPartition> partitions(TopicSpec topic) {
        return IntStream.range(0, topic.partitions())
                .mapToObj(partition -> new TopicPartition(topic.name(), partition))
                .toList();
    }

    private static Map<TopicPartition, Long> committed(Admin admin, String applicationId) throws Exception {
        return admin
                .listConsumerGroupOffsets(applicationId)
                .partitionsToOffsetAndMetadata()
                .get(ANSWER_SECONDS, TimeUnit.SECONDS)
                .entrySet()
                .stream()
                .filter(each -> each.getValue() != null)
                .collect(toMap(Map.Entry::getKey, each -> each.getValue().offset()));
    }

    private static Map<TopicPartition, Long> ends(Admin admin, List<TopicPartition> of, IsolationLevel level)
            throws Exception {
        Map<TopicPartition, OffsetSpec> latest = new HashMap<>();
        of.forEach(partition -> latest.put(partition, OffsetSpec.latest()));
        Map<TopicPartition, Long> ends = new HashMap<>();
        admin.listOffsets(latest, new ListOffsetsOptions(level))
                .all()
                .get(ANSWER_SECONDS, TimeUnit.SECONDS)
                .forEach((partition, info) -> ends.put(partition, info.offset()));
        return ends;
    }
}
