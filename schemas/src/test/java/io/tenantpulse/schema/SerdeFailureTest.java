package io.tenantpulse.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tenantpulse.v1.Change;
import io.tenantpulse.v1.ClusterMark;
import io.tenantpulse.v1.FrameId;
import io.tenantpulse.v1.TenantObserved;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which a record or the registry can fail, and which of the three answers it gets. */
class SerdeFailureTest {
    private static final FrameId FRAME = new FrameId(1L, 2L);
    private static final byte[] FRAMED = {0, 0, 0, 0, 9, 2, 4};

    private final RegistryStub registry = new RegistryStub();

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void aRegistryThatIsDownIsWaitedFor() {
        RecordSerde serde = serde(SerdeSettings.of(registry.url()));
        registry.close();

        assertThatExceptionOfType(RegistryUnavailableException.class)
                .isThrownBy(() -> serde.serializer().serialize("t", FRAME))
                .withMessageContaining(registry.url())
                .withMessageContaining("check that it runs");
        assertThatExceptionOfType(RegistryUnavailableException.class)
                .isThrownBy(() -> serde.deserializer().deserialize("t", FRAMED));
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 503, 429, 401, 403, 404})
    void anAnswerThatSaysNothingOfTheSchemaIsWaitedFor(int status) {
        RecordSerde serde = serde(SerdeSettings.of(registry.url()));
        registry.answers(status, "<html>proxy</html>");

        assertThatExceptionOfType(RegistryUnavailableException.class)
                .isThrownBy(() -> serde.serializer().serialize("t", FRAME));
        assertThatExceptionOfType(RegistryUnavailableException.class)
                .isThrownBy(() -> serde.deserializer().deserialize("t", FRAMED))
                .withMessageContaining(Integer.toString(status));
    }

    @Test
    void anAnswerThatIsNotJsonIsWaitedFor() {
        registry.answers(200, "<html>sign in</html>");

        assertThatExceptionOfType(RegistryUnavailableException.class)
                .isThrownBy(() ->
                        serde(SerdeSettings.of(registry.url())).deserializer().deserialize("t", FRAMED));
    }

    @Test
    void aRegistryThatNeverAnswersIsGivenUpAfterTheTimeout() {
        SerdeSettings impatient =
                new SerdeSettings("http://127.0.0.1:" + SilentPort.OPEN, Map.of("http.read.timeout.ms", "200"), true);

        assertThatExceptionOfType(RegistryUnavailableException.class)
                .isThrownBy(() -> serde(impatient).deserializer().deserialize("t", FRAMED));
    }

    @Test
    void worksOnWithCachedIdsWhenTheRegistryGoesDown() {
        RecordSerde serde = serde(SerdeSettings.of(registry.url()));
        byte[] before = serde.serializer().serialize("t", FRAME);
        registry.close();

        assertThat(serde.serializer().serialize("t", FRAME)).isEqualTo(before);
    }

    @Test
    void recoversWhenTheRegistryComesBack() {
        RecordSerde serde = serde(SerdeSettings.of(registry.url()));
        registry.answers(503, "{}");
        assertThatExceptionOfType(RegistryUnavailableException.class)
                .isThrownBy(() -> serde.serializer().serialize("t", FRAME));
        registry.answers(200, "{\"id\":7}");

        assertThat(serde.serializer().serialize("t", FRAME)).startsWith(0, 0, 0, 0, 7);
    }

    @Test
    void anIncompatibleSchemaNeedsAPerson() {
        registry.answers(409, "{\"error_code\":409,\"message\":\"reader misses field\"}");

        assertThatExceptionOfType(SchemaRejectedException.class)
                .isThrownBy(() -> serde(SerdeSettings.of(registry.url()))
                        .prepare(Topics.OBSERVATIONS, List.of(ClusterMark.class)))
                .withMessageContaining("tenant-pulse.observations-io.tenantpulse.v1.ClusterMark")
                .withMessageContaining("incompatible")
                .withMessageContaining("reader misses field");
    }

    @Test
    void anInvalidSchemaNeedsAPerson() {
        registry.answers(422, "{\"error_code\":42201,\"message\":\"Invalid schema\"}");

        assertThatExceptionOfType(SchemaRejectedException.class)
                .isThrownBy(() ->
                        serde(SerdeSettings.of(registry.url())).serializer().serialize("t", FRAME));
    }

    @ParameterizedTest
    @ValueSource(ints = {40401, 40403})
    void aMissingSchemaWithoutAutoRegistrationNamesSubjectAndRemedy(int code) {
        registry.answers(404, "{\"error_code\":" + code + ",\"message\":\"not found\"}");

        assertThatExceptionOfType(SchemaRejectedException.class)
                .isThrownBy(() -> serde(new SerdeSettings(registry.url(), Map.of(), false))
                        .serializer()
                        .serialize("t", FRAME))
                .withMessageContaining("t-io.tenantpulse.v1.FrameId")
                .withMessageContaining("avro-history/FrameId")
                .withMessageContaining("auto.register.schemas=true");
    }

    @Test
    void looksUpAndNeverRegistersWithoutAutoRegistration() {
        registry.answers(200, "{\"subject\":\"s\",\"version\":1,\"id\":5,\"schema\":\"\\\"int\\\"\"}");

        byte[] written = serde(new SerdeSettings(registry.url(), Map.of(), false))
                .serializer()
                .serialize("t", FRAME);

        assertThat(written).startsWith(0, 0, 0, 0, 5);
        assertThat(registry.asked())
                .extracting(RegistryStub.Asked::path)
                .allSatisfy(path -> assertThat(path).doesNotContain("/versions"));
    }

    @Test
    void anIdThatTheRegistryDoesNotKnowIsPoison() {
        registry.answers(404, "{\"error_code\":40403,\"message\":\"Schema 9 not found\"}");

        assertPoison(FRAMED).withMessageContaining("schema id 9").withMessageContaining("topic t");
    }

    @Test
    void aTypeThatIsNotOursIsPoison() {
        registry.answers(
                200,
                "{\"schema\":\"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"java.lang.String\\\",\\\"fields\\\":[]}\"}");

        assertPoison(FRAMED).withMessageContaining("java.lang.String");
    }

    @Test
    void aTypeThatWeDoNotKnowYetIsPoison() {
        registry.answers(
                200,
                "{\"schema\":\"{\\\"type\\\":\\\"record\\\",\\\"name\\\":\\\"io.tenantpulse.v1.Later\\\",\\\"fields\\\":[]}\"}");

        assertPoison(FRAMED).withMessageContaining("io.tenantpulse.v1.Later");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"schema\":\"\\\"string\\\"\"}",
                "{\"schema\":\"message M {}\",\"schemaType\":\"PROTOBUF\"}",
                "{\"schema\":\"not a schema\"}"
            })
    void aSchemaThatIsNotAnAvroRecordIsPoison(String answer) {
        registry.answers(200, answer);

        assertPoison(FRAMED);
    }

    @Test
    void otherFramingsArePoison() {
        assertPoison(new byte[] {}).withMessageContaining("Confluent");
        assertPoison(new byte[] {0, 0, 0, 0});
        assertPoison(new byte[] {1, 0, 0, 0, 9, 2, 4});
        assertPoison("{\"json\":1}".getBytes());
        RecordHeaders odd = new RecordHeaders();
        odd.add("__value_schema_id", new byte[] {7});
        assertThatExceptionOfType(UndecodableRecordException.class)
                .isThrownBy(() ->
                        serde(SerdeSettings.of(registry.url())).deserializer().deserialize("t", odd, FRAMED));
        assertThat(registry.asked()).isEmpty();
    }

    @Test
    void truncatedAndOverlongRecordsArePoison() {
        byte[] whole = {0, 0, 0, 0, 9, 2, 4};
        registry.answers(200, frameIdSchema());

        assertPoison(new byte[] {0, 0, 0, 0, 9});
        assertPoison(new byte[] {0, 0, 0, 0, 9, 2});
        assertPoison(new byte[] {0, 0, 0, 0, 9, 2, 4, 0}).withMessageContaining("after its end");
        assertThat(serde(SerdeSettings.of(registry.url())).deserializer().deserialize("t", whole))
                .isEqualTo(FRAME);
    }

    @Test
    void aHugeClaimedLengthIsPoisonAndAsksForNoMemory() {
        registry.answers(
                200,
                "{\"schema\":"
                        + quoted(RecordTypes.published(TenantObserved.class).toString()) + "}");
        byte[] claimsTwoGigabytes = {0, 0, 0, 0, 9, -2, -1, -1, -1, 15};

        assertPoison(claimsTwoGigabytes);
    }

    @Test
    void messagesNeverQuoteTheRecord() {
        registry.answers(
                200,
                "{\"schema\":"
                        + quoted(RecordTypes.published(TenantObserved.class).toString()) + "}");
        byte[] secret = "\0\0\0\0\11\20hunter42".getBytes();

        assertPoison(secret).satisfies(e -> assertThat(e.toString()).doesNotContain("hunter42"));
    }

    @Test
    void aValueThatDoesNotFitIsToldWithoutQuotingIt() {
        TenantObserved broken = new TenantObserved();
        broken.put(0, "hunter42");
        broken.put(3, Change.ADDED);

        assertThatExceptionOfType(SerializationException.class)
                .isThrownBy(() ->
                        serde(SerdeSettings.of(registry.url())).serializer().serialize("t", broken))
                .withMessageContaining("TenantObserved")
                .satisfies(e -> assertThat(e).hasNoCause().message().doesNotContain("hunter42"));
    }

    @Test
    void aFailedRecordLeavesNothingInTheNextOne() {
        RecordSerde serde = serde(SerdeSettings.of(registry.url()));
        TenantObserved broken = new TenantObserved();
        broken.put(0, "left over");
        assertThatExceptionOfType(SerializationException.class)
                .isThrownBy(() -> serde.serializer().serialize("t", broken));

        assertThat(serde.serializer().serialize("t", FRAME)).containsExactly(0, 0, 0, 0, 1, 2, 4);
    }

    @Test
    void aNarrowedSerdeRefusesOtherTypes() {
        registry.answers(200, frameIdSchema());

        assertThatExceptionOfType(UndecodableRecordException.class)
                .isThrownBy(() -> serde(SerdeSettings.of(registry.url()))
                        .only(ClusterMark.class)
                        .deserializer()
                        .deserialize("t", FRAMED))
                .withMessageContaining("io.tenantpulse.v1.FrameId");
    }

    @Test
    void basicCredentialsAreSent() {
        write(Map.of("basic.auth.credentials.source", "USER_INFO", "basic.auth.user.info", "ann:secret"));

        String expected = "Basic " + Base64.getEncoder().encodeToString("ann:secret".getBytes());
        assertThat(registry.asked())
                .singleElement()
                .satisfies(
                        a -> assertThat(a.headers().getFirst("Authorization")).isEqualTo(expected));
    }

    @Test
    void bearerTokensAreSent() {
        write(Map.of("bearer.auth.credentials.source", "STATIC_TOKEN", "bearer.auth.token", "t0ken"));

        assertThat(registry.asked())
                .singleElement()
                .satisfies(
                        a -> assertThat(a.headers().getFirst("Authorization")).isEqualTo("Bearer t0ken"));
    }

    @Test
    void refusedCredentialsSayWhichSettingsToCheck() {
        registry.answers(401, "{\"error_code\":401,\"message\":\"Unauthorized\"}");

        assertThatExceptionOfType(RegistryUnavailableException.class)
                .isThrownBy(() -> write(Map.of()))
                .withMessageContaining("basic.auth.*");
    }

    private void write(Map<String, String> client) {
        serde(new SerdeSettings(registry.url(), client, true)).serializer().serialize("t", FRAME);
    }

    private org.assertj.core.api.ThrowableAssertAlternative<UndecodableRecordException> assertPoison(byte[] data) {
        RecordSerde serde = serde(SerdeSettings.of(registry.url()));
        return assertThatExceptionOfType(UndecodableRecordException.class)
                .isThrownBy(() -> serde.deserializer().deserialize("t", data));
    }

    private static RecordSerde serde(SerdeSettings settings) {
        SchemaRegistryClient client = RegistryClients.create(settings);
        return new RecordSerde(client, settings);
    }

    private static String frameIdSchema() {
        return "{\"schema\":" + quoted(RecordTypes.published(FrameId.class).toString()) + "}";
    }

    private static String quoted(String json) {
        return '"' + json.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
