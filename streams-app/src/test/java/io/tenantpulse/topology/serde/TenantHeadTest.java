package io.tenantpulse.topology.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.tenantpulse.detect.Observation;
import io.tenantpulse.detect.Position;
import io.tenantpulse.schema.AvroLimits;
import io.tenantpulse.schema.RecordSerde;
import io.tenantpulse.schema.SerdeSettings;
import io.tenantpulse.v1.Change;
import io.tenantpulse.v1.ClusterMark;
import io.tenantpulse.v1.MarkType;
import io.tenantpulse.v1.TenantObserved;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The beginning of a record, read by hand, is what Avro reads; whatever it cannot be sure of it leaves to Avro. */
class TenantHeadTest {
    private static final String TOPIC = "log";
    private static final long[] NUMBERS = {0, 1, 63, 64, 8191, 8192, 1L << 34, Long.MAX_VALUE, -1, Long.MIN_VALUE};

    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
    private final SerdeSettings settings = SerdeSettings.of("http://localhost:1");
    private final LogCodec codec = new LogCodec(registry, settings, RegistryPatience.none());
    private final TenantHead head = new TenantHead();
    private RecordSerde records;

    @BeforeEach
    void open() {
        AvroLimits.install();
        records = new RecordSerde(registry, settings);
    }

    private byte[] bytes(SpecificRecord value) {
        return records.serializer().serialize(TOPIC, value);
    }

    private static TenantObserved record(String cluster, long number, String version) {
        return TenantObserved.newBuilder()
                .setCluster(cluster)
                .setEpoch(number)
                .setSequence(number / 3)
                .setChange(Change.MODIFIED)
                .setKind("Tenant")
                .setNamespace("tenänts")
                .setName("acme")
                .setUid("")
                .setResourceVersion(version)
                .setGeneration(7L)
                .setTemplate("web")
                .build();
    }

    @Test
    void tellsWhatAvroReads() {
        codec.decode(TOPIC, bytes(record("alpha", 1, "1")), Instant.EPOCH);
        for (long number : NUMBERS) {
            for (String version : List.of("", "7", "123456789", "x".repeat(200))) {
                byte[] bytes = bytes(record("alphä", number, version));
                Observation.OfTenant read = (Observation.OfTenant) codec.decode(TOPIC, bytes, Instant.EPOCH);

                assertThat(codec.readHead(bytes, head)).isTrue();

                assertThat(new Position(head.epoch(), head.sequence())).isEqualTo(read.position());
                assertThat(new String(bytes, head.versionAt(), head.versionLength(), StandardCharsets.UTF_8))
                        .isEqualTo(read.resourceVersion());
            }
        }
    }

    @Test
    void leavesOutNothingButTheStamps() {
        byte[] one = bytes(record("alpha", 5, "7"));
        byte[] other = bytes(record("alpha", 1L << 40, "1234567"));
        codec.decode(TOPIC, one, Instant.EPOCH);

        assertThat(rest(one)).isEqualTo(rest(other));
        assertThat(rest(one).length).isGreaterThan(one.length - 8);
    }

    private byte[] rest(byte[] record) {
        assertThat(codec.readHead(record, head)).isTrue();
        byte[] first = Arrays.copyOf(record, head.beforePosition());
        byte[] second = Arrays.copyOfRange(record, head.afterPosition(), head.beforeVersion());
        byte[] third = Arrays.copyOfRange(record, head.afterVersion(), record.length);
        byte[] all = Arrays.copyOf(first, first.length + second.length + third.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        System.arraycopy(third, 0, all, first.length + second.length, third.length);
        return all;
    }

    @Test
    void leavesToAvroWhatItIsNotSureOf() {
        byte[] tenant = bytes(record("alpha", 5, "7"));
        assertThat(codec.readHead(tenant, head))
                .as("a schema that was not seen yet")
                .isFalse();
        codec.decode(TOPIC, tenant, Instant.EPOCH);
        byte[] mark = bytes(ClusterMark.newBuilder()
                .setCluster("alpha")
                .setEpoch(1)
                .setSequence(1)
                .setType(MarkType.EPOCH)
                .build());
        codec.decode(TOPIC, mark, Instant.EPOCH);

        assertThat(codec.readHead(mark, head)).as("another type").isFalse();
        for (int length = 0; length < head(tenant); length++) {
            assertThat(codec.readHead(Arrays.copyOf(tenant, length), head))
                    .as("cut after %d bytes", length)
                    .isFalse();
        }
    }

    private int head(byte[] tenant) {
        assertThat(codec.readHead(tenant, head)).isTrue();
        return head.afterVersion();
    }
}
