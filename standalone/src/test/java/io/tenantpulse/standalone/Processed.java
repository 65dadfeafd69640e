package io.tenantpulse.standalone;

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
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Waits until a detector has come to the end of the log. */
final class Processed {
    private static final long ANSWER_SECONDS = 10;

    private Processed() {}

    /** All that is in the log now was processed, and all alerts that came of it are there to be read. */
    static void awaitAll(Admin admin, String applicationId, Topics topics, Duration atMost) throws Exception {
        List<TopicPartition> log = partitions(topics.observations());
        List<TopicPartition> alerts = partitions(topics.alerts());
        Map<TopicPartition, Long> written = ends(admin, log, IsolationLevel.READ_COMMITTED);
        await("all is processed").atMost(atMost).untilAsserted(() -> {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(applicationId)
                    .partitionsToOffsetAndMetadata()
                    .get(ANSWER_SECONDS, TimeUnit.SECONDS);
            assertThat(log)
                    .allSatisfy(partition -> assertThat(committed.get(partition))
                            .isNotNull()
                            .extracting(OffsetAndMetadata::offset)
                            .isEqualTo(written.get(partition)));
            // A commit reaches the offsets and every partition of the alerts one after another.
            assertThat(ends(admin, alerts, IsolationLevel.READ_COMMITTED))
                    .isEqualTo(ends(admin, alerts, IsolationLevel.READ_UNCOMMITTED));
        });
    }

    static List<TopicPartition> partitions(TopicSpec topic) {
        return IntStream.range(0, topic.partitions())
                .mapToObj(partition -> new TopicPartition(topic.name(), partition))
                .toList();
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
