package io.tenantpulse.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

class TopicsTest {
    @Test
    void areNamedAfterWhatTheyHold() {
        assertThat(Topics.DEFAULT.all())
                .extracting(TopicSpec::name)
                .containsExactly(
                        "tenant-pulse.observations",
                        "tenant-pulse.alerts",
                        "tenant-pulse.active-alerts",
                        "tenant-pulse.incidents",
                        "tenant-pulse.trend-partials",
                        "tenant-pulse.trends",
                        "tenant-pulse.dead-letters");
        assertThat(Topics.OBSERVATIONS).isSameAs(Topics.DEFAULT.observations());
    }

    @Test
    void takeAnotherPrefixAndNumberOfPartitions() {
        Topics topics = Topics.of("acme", 12);
        assertThat(topics.trendPartials().partitions()).isEqualTo(1);
        assertThat(topics.all())
                .allSatisfy(topic -> assertThat(topic.equals(topics.trendPartials()) || topic.partitions() == 12)
                        .isTrue())
                .allSatisfy(topic -> assertThat(topic.name()).startsWith("acme."));
    }

    @Test
    void refuseWhatKafkaWouldRefuse() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Topics.of("a b", 4))
                .withMessageContaining("a b.observations")
                .withMessageContaining("prefix");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Topics.of("a", 0))
                .withMessageContaining("at least 1, not 0");
    }

    @Test
    void keepTheLogForThirtyDaysAndOnlyTheLatestStateOfActiveAlerts() {
        assertThat(Topics.OBSERVATIONS.config())
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.ms", "2592000000");
        assertThat(Topics.ACTIVE_ALERTS.config())
                .containsEntry("cleanup.policy", "compact")
                .doesNotContainKey("retention.ms");
    }

    @Test
    void takeRecordsOfAnyTime() {
        assertThat(Topics.DEFAULT.all())
                .allSatisfy(topic -> assertThat(topic.config())
                        .containsEntry("message.timestamp.type", "CreateTime")
                        .containsEntry("message.timestamp.before.max.ms", "9223372036854775807")
                        .containsEntry("message.timestamp.after.max.ms", "9223372036854775807"));
    }

    @Test
    void aKeyGoesWhereKafkasOwnProducerWouldSendIt() {
        for (int i = 0; i < 1000; i++) {
            String key = Keys.of("alpha", "ns-" + i, "Tenant", "bolt-wéb-" + i);
            assertThat(Partitions.of(key, 7))
                    .isEqualTo(BuiltInPartitioner.partitionForKey(key.getBytes(StandardCharsets.UTF_8), 7));
        }
    }

    @Test
    void marksGoToEveryPartition() {
        assertThat(Partitions.all(Topics.of("a", 3).observations()).toArray()).containsExactly(0, 1, 2);
    }
}
