package io.tenantpulse.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tenantpulse.detect.Rules;
import io.tenantpulse.metrics.Meters;
import io.tenantpulse.schema.SerdeSettings;
import io.tenantpulse.schema.Topics;
import io.tenantpulse.topology.serde.LogCodec;
import io.tenantpulse.topology.serde.RegistryPatience;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class FleetTopologyTest {
    /**
     * Nodes, stores and topics are a promise: state and offsets of running installations hang on their names. If this
     * fails on purpose, say in the change what happens to the state that is already out there, and put what the failure
     * shows into {@code src/test/resources/topology.txt}.
     */
    @Test
    void looksAsItAlwaysDid() throws IOException {
        LogCodec codec = new LogCodec(
                new MockSchemaRegistryClient(), SerdeSettings.of("http://localhost:1"), RegistryPatience.none());
        TopologyParts parts = new TopologyParts(
                Topics.DEFAULT,
                Rules.builtIn(),
                codec,
                new Meters(new SimpleMeterRegistry()),
                InstantSource.system(),
                true);

        String picture = FleetTopology.build(parts).describe().toString();

        assertThat(picture).isEqualToNormalizingNewlines(golden());
    }

    private static String golden() throws IOException {
        try (InputStream in = FleetTopologyTest.class.getResourceAsStream("/topology.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
