package io.tenantpulse.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tenantpulse.schema.TopicAdmin;
import io.tenantpulse.schema.TopicSpec;
import io.tenantpulse.schema.Topics;
import io.tenantpulse.schema.TopicsException;
import io.tenantpulse.testkit.FreePorts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class TopicAdminIT {
    private final Admin kafka = SharedBroker.admin();
    private final TopicAdmin admin = new TopicAdmin(kafka, (short) 1, Duration.ofSeconds(30));
    private final Topics topics = Topics.of("it-" + UUID.randomUUID(), 3);

    @AfterEach
    void disconnect() {
        kafka.close();
    }

    @Test
    void createsWhatIsMissingAndIsContentWithItTheNextTime() throws Exception {
        admin.ensure(topics.all());
        admin.ensure(topics.all());

        TopicSpec observations = topics.observations();
        assertThat(kafka.describeTopics(List.of(observations.name()))
                        .topicNameValues()
                        .get(observations.name())
                        .get()
                        .partitions())
                .hasSize(3);
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, observations.name());
        var config =
                kafka.describeConfigs(List.of(resource)).values().get(resource).get();
        observations
                .config()
                .forEach((key, value) ->
                        assertThat(config.get(key).value()).as(key).isEqualTo(value));
    }

    @Test
    void refusesAnotherNumberOfPartitionsThanTheLogWasBegunWith() throws Exception {
        admin.ensure(topics.all());
        String prefix = topics.observations().name().replace(".observations", "");

        assertThatExceptionOfType(TopicsException.class)
                .isThrownBy(() -> admin.ensure(Topics.of(prefix, 4).all()))
                .withMessageContaining(topics.observations().name() + " has 3 partitions, configured are 4")
                .withMessageContaining("Configure 3 partitions, or begin a new log under another topic prefix");
    }

    @Test
    void refusesATopicThatForgetsDifferently() throws Exception {
        String name = topics.activeAlerts().name();
        kafka.createTopics(List.of(new NewTopic(name, 3, (short) 1).configs(Map.of("cleanup.policy", "delete"))))
                .all()
                .get();

        assertThatExceptionOfType(TopicsException.class)
                .isThrownBy(() -> admin.ensure(topics.all()))
                .withMessageContaining("topic " + name + " has cleanup.policy=delete, it must be compact")
                .withMessageContaining("--add-config cleanup.policy=compact");
    }

    @Test
    void saysWhatToCheckWhenABrokerIsAway() throws Exception {
        Map<String, Object> nowhere = Map.of(
                "bootstrap.servers", "127.0.0.1:" + FreePorts.next(),
                "default.api.timeout.ms", "1000",
                "request.timeout.ms", "500");
        try (Admin lost = Admin.create(nowhere)) {
            assertThatExceptionOfType(TopicsException.class)
                    .isThrownBy(() -> new TopicAdmin(lost, (short) 1, Duration.ofSeconds(3)).ensure(topics.all()))
                    .withMessageContaining("check that the brokers are reachable");
        }
    }
}
