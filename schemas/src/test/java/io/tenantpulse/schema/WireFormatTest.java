package io.tenantpulse.schema;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.v1.ClusterMark;
import io.tenantpulse.v1.FrameId;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The bytes that foreign readers and writers of the log rely on. */
class WireFormatTest {
    private static final String SCHEMA_OF_FRAME_ID =
            "{\"schema\":\"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"FrameId\\\","
                    + "\\\"namespace\\\":\\\"io.tenantpulse.v1\\\",\\\"fields\\\":[{\\\"name\\\":\\\"epoch\\\",\\\"type\\\":\\\"long\\\"},"
                    + "{\\\"name\\\":\\\"sequence\\\",\\\"type\\\":\\\"long\\\"}]}\"}";
    private static final byte[] BODY = {2, 3};
    private static final FrameId FRAME = new FrameId(1L, -2L);

    private final RegistryStub registry = new RegistryStub();
    private final SerdeSettings settings = SerdeSettings.of(registry.url());
    private final RecordSerde serde = new RecordSerde(RegistryClients.create(settings), settings);

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void writesAZeroTheIdInFourBytesAndAvroBinary() {
        registry.answers(200, "{\"id\":16909060}");

        byte[] written = serde.serializer().serialize("t", FRAME);

        assertThat(written).containsExactly(0, 1, 2, 3, 4, 2, 3);
    }

    @Test
    void registersUnderTopicAndRecordNameTheSchemaAsInTheAvscFile() {
        serde.serializer().serialize("tenant-pulse.observations", mark());

        assertThat(registry.asked()).hasSize(1);
        RegistryStub.Asked asked = registry.asked().get(0);
        assertThat(asked.method()).isEqualTo("POST");
        assertThat(asked.path())
                .startsWith("/subjects/tenant-pulse.observations-io.tenantpulse.v1.ClusterMark/versions")
                .contains("normalize=true");
        assertThat(asked.body()).contains("KindCoverage").doesNotContain("avro.java.string");
    }

    @Test
    void asksTheRegistryOnceForATypeAndTopic() {
        serde.serializer().serialize("t", FRAME);
        serde.serializer().serialize("t", FRAME);
        serde.serializer().serialize("u", FRAME);

        assertThat(registry.asked())
                .extracting(RegistryStub.Asked::path)
                .satisfiesExactly(
                        p -> assertThat(p).contains("/t-io.tenantpulse.v1.FrameId/"),
                        p -> assertThat(p).contains("/u-io.tenantpulse.v1.FrameId/"));
    }

    @Test
    void readsThePrefixForm() {
        registry.answers(200, SCHEMA_OF_FRAME_ID);

        Object read = serde.deserializer().deserialize("t", new byte[] {0, 0, 0, 0, 9, 2, 3});

        assertThat(read).isEqualTo(FRAME);
        assertThat(registry.asked())
                .singleElement()
                .satisfies(a -> assertThat(a.path()).startsWith("/schemas/ids/9"));
    }

    @Test
    void readsAnIdFromTheHeaderOfNewerSerializers() {
        registry.answers(200, SCHEMA_OF_FRAME_ID);
        RecordHeaders headers = new RecordHeaders();
        headers.add("__value_schema_id", new byte[] {0, 0, 0, 0, 9});

        assertThat(serde.deserializer().deserialize("t", headers, BODY)).isEqualTo(FRAME);
    }

    @Test
    void readsAGuidFromTheHeaderOfNewerSerializers() {
        registry.answers(200, SCHEMA_OF_FRAME_ID);
        UUID guid = UUID.fromString("7a4b9c1e-0000-4000-8000-0123456789ab");
        RecordHeaders headers = new RecordHeaders();
        headers.add(
                "__value_schema_id",
                ByteBuffer.allocate(17)
                        .put((byte) 1)
                        .putLong(guid.getMostSignificantBits())
                        .putLong(guid.getLeastSignificantBits())
                        .array());

        assertThat(serde.deserializer().deserialize("t", headers, BODY)).isEqualTo(FRAME);
        assertThat(registry.asked())
                .singleElement()
                .satisfies(a -> assertThat(a.path()).isEqualTo("/schemas/guids/" + guid));
    }

    @Test
    void isSharedByManyThreads() throws Exception {
        registry.answers(
                200, "{\"id\":1,\"schema\":" + SCHEMA_OF_FRAME_ID.substring(SCHEMA_OF_FRAME_ID.indexOf(':') + 1));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            List<Callable<Boolean>> calls = IntStream.range(0, 64)
                    .<Callable<Boolean>>mapToObj(i ->
                            () -> IntStream.range(0, 500).allMatch(n -> {
                                FrameId frame = new FrameId((long) i, (long) n);
                                byte[] written = serde.serializer().serialize("t", frame);
                                return frame.equals(serde.deserializer().deserialize("t", written));
                            }))
                    .toList();
            for (Future<Boolean> call : threads.invokeAll(calls, 30, TimeUnit.SECONDS)) {
                assertThat(call.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void keepsTombstones() {
        assertThat(serde.serializer().serialize("t", null)).isNull();
        assertThat(serde.deserializer().deserialize("t", null)).isNull();
        assertThat(serde.deserializer().deserialize("t", new RecordHeaders(), (byte[]) null))
                .isNull();
    }

    private static ClusterMark mark() {
        return ClusterMark.newBuilder()
                .setCluster("alpha")
                .setEpoch(1)
                .setSequence(2)
                .build();
    }
}
