package io.tenantpulse.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tenantpulse.config.StreamsAppConfig;
import io.tenantpulse.detect.Rules;
import io.tenantpulse.metrics.Meters;
import io.tenantpulse.query.TenantQueries;
import io.tenantpulse.schema.SerdeSettings;
import io.tenantpulse.schema.Topics;
import io.tenantpulse.topology.serde.LogCodec;
import io.tenantpulse.topology.serde.RegistryPatience;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What stands in the way of an answer. */
class StoreQueriesTest {
    @TempDir
    Path dir;

    @Test
    void cannotAnswerBeforeItHasBegunNorAfterItHasEnded() {
        StreamsAppConfig config = StreamsAppConfig.of("127.0.0.1:1", "http://127.0.0.1:1", dir);
        LogCodec codec = new LogCodec(
                new MockSchemaRegistryClient(), SerdeSettings.of("http://127.0.0.1:1"), RegistryPatience.none());
        TopologyParts parts = new TopologyParts(
                Topics.DEFAULT,
                Rules.builtIn(),
                codec,
                new Meters(new SimpleMeterRegistry()),
                InstantSource.system(),
                false);
        try (KafkaStreams streams = new KafkaStreams(FleetTopology.build(parts), StreamsProperties.of(config))) {
            StoreQueries queries = new StoreQueries(
                    streams, Topics.DEFAULT.observations(), new StoreQueries.Where("1", "detector", null));

            assertThat(queries.tenant("alpha", "tenants", "acme", null))
                    .isEqualTo(new TenantQueries.NotNow(
                            "the detector is CREATED, not RUNNING: its state is being restored or moved"));
            streams.close(Duration.ofSeconds(10));
            assertThat(queries.tenant("alpha", "tenants", "acme", null)).isInstanceOf(TenantQueries.NotNow.class);
        }
    }
}
