package io.tenantpulse.topology;

import static io.tenantpulse.topology.LogScript.second;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tenantpulse.detect.Rules;
import io.tenantpulse.metrics.Meters;
import io.tenantpulse.model.TenantId;
import io.tenantpulse.query.Origin;
import io.tenantpulse.query.TenantReport;
import io.tenantpulse.schema.AvroLimits;
import io.tenantpulse.schema.RecordSerde;
import io.tenantpulse.schema.SerdeSettings;
import io.tenantpulse.schema.Topics;
import io.tenantpulse.topology.serde.LogCodec;
import io.tenantpulse.topology.serde.RegistryPatience;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;

/** What the detector knows of tenants whose log it has read, through its real topology, stores and reader. */
public final class RecordedTenant {
    /** The newest instant of {@link #sick}. */
    public static final Instant AS_OF = second(3000);

    private RecordedTenant() {}

    /** Had an incident that ended, and now waits for an image. */
    public static TenantReport sick(Path stateDir) throws TenantReader.TornException {
        AvroLimits.install();
        LogScript script = new LogScript("alpha", 1)
                .begin(0, "acme")
                .counts(60, "acme", 1, 3)
                .watermark(965)
                .counts(1000, "acme", 3, 3)
                .watermark(1005)
                .needing(1990, "acme", "db")
                .watermark(3000);
        return report(script, stateDir);
    }

    private static TenantReport report(LogScript script, Path stateDir) throws TenantReader.TornException {
        Topics topics = Topics.DEFAULT;
        MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
        SerdeSettings settings = SerdeSettings.of("http://localhost:1");
        LogCodec codec = new LogCodec(registry, settings, RegistryPatience.none());
        TopologyParts parts = new TopologyParts(
                topics, Rules.builtIn(), codec, new Meters(new SimpleMeterRegistry()), () -> second(0), false);
        try (TopologyTestDriver driver =
                        new TopologyTestDriver(FleetTopology.build(parts), StreamsProperties.forReplay(stateDir));
                RecordSerde records = new RecordSerde(registry, settings)) {
            String log = topics.observations().name();
            TestInputTopic<byte[], byte[]> input =
                    driver.createInputTopic(log, new ByteArraySerializer(), new ByteArraySerializer());
            for (LogScript.Line line : script.lines) {
                input.pipeInput(
                        line.key().getBytes(StandardCharsets.UTF_8),
                        records.serializer().serialize(log, line.value()),
                        line.timestamp());
            }
            TenantReader reader = new TenantReader(name -> driver.<Bytes, byte[]>getKeyValueStore(name));
            TenantReader.Memories read = reader.read(new TenantId("alpha", "tenants", "Tenant", "acme"));
            return TenantReport.of(
                    read.snapshot(),
                    read.incidents(),
                    reader.operator("alpha"),
                    new Origin("1.2.3", "detector", "pod-0", 5));
        }
    }
}
