package io.tenantpulse.topology.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.tenantpulse.detect.Observation;
import io.tenantpulse.schema.AvroLimits;
import io.tenantpulse.schema.RecordSerde;
import io.tenantpulse.schema.SerdeSettings;
import io.tenantpulse.schema.UndecodableRecordException;
import io.tenantpulse.v1.Change;
import io.tenantpulse.v1.ClaimFacts;
import io.tenantpulse.v1.Condition;
import io.tenantpulse.v1.Container;
import io.tenantpulse.v1.Dependency;
import io.tenantpulse.v1.JobFacts;
import io.tenantpulse.v1.PodFacts;
import io.tenantpulse.v1.Readiness;
import io.tenantpulse.v1.Replicas;
import io.tenantpulse.v1.ResourceObserved;
import io.tenantpulse.v1.TenantObserved;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is read by hand is what Avro reads, of random records and of broken ones. */
class OwnSchemaReaderTest {
    private static final String TOPIC = "log";
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
    private static final int RECORDS = 2000;
    private static final List<String> TYPES = List.of("Ready", "Degraded", "Progressing", "Failed", "Änderung");

    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
    private final SerdeSettings settings = SerdeSettings.of("http://localhost:1");
    private final LogCodec codec = new LogCodec(registry, settings, RegistryPatience.none());
    private final Random random = new Random(7);
    private RecordSerde records;

    @BeforeEach
    void open() {
        AvroLimits.install();
        records = new RecordSerde(registry, settings);
    }

    private byte[] bytes(SpecificRecord value) {
        return records.serializer().serialize(TOPIC, value);
    }

    /** As Avro and the mapping read it. */
    private Observation ordinarily(byte[] bytes) {
        return Observations.of(records.deserializer().deserialize(TOPIC, bytes), NOON);
    }

    private <T> @Nullable T maybe(Supplier<T> value) {
        return random.nextBoolean() ? value.get() : null;
    }

    private String text() {
        return random.nextInt(10) == 0 ? "häßlich ✓ ".repeat(random.nextInt(20)) : "w" + random.nextInt(50);
    }

    private long number() {
        return random.nextInt(3) == 0 ? random.nextLong() : random.nextInt(200) - 20;
    }

    private Instant time() {
        return Instant.ofEpochMilli(random.nextLong() >> 20);
    }

    private <T> List<T> list(Supplier<T> value) {
        List<T> all = new ArrayList<>();
        for (int left = random.nextInt(4); left > 0; left--) {
            all.add(value.get());
        }
        return all;
    }

    private Condition condition() {
        String status = random.nextBoolean() ? "True" : "False";
        return new Condition(
                TYPES.get(random.nextInt(TYPES.size())),
                status,
                maybe(this::text),
                maybe(this::text),
                maybe(this::time));
    }

    private Change change() {
        return Change.values()[random.nextInt(Change.values().length)];
    }

    private TenantObserved tenant() {
        return TenantObserved.newBuilder()
                .setCluster(text())
                .setEpoch(number())
                .setSequence(number())
                .setChange(change())
                .setKind("Tenant")
                .setNamespace(text())
                .setName(text())
                .setUid(text())
                .setResourceVersion(text())
                .setCreatedAt(maybe(this::time))
                .setDeletionTimestamp(maybe(this::time))
                .setGeneration(maybe(this::number))
                .setObservedGeneration(maybe(this::number))
                .setDesired(maybe(random::nextInt))
                .setReady(maybe(random::nextInt))
                .setFailed(maybe(random::nextInt))
                .setConditions(list(this::condition))
                .setAppliedIds(list(this::text))
                .setSkippedIds(list(this::text))
                .setTemplate(maybe(this::text))
                .setTemplateGeneration(maybe(this::number))
                .setRegistry(maybe(this::text))
                .setApplyStartTime(maybe(this::time))
                .setDependencies(maybe(() -> list(this::dependency)))
                .build();
    }

    private Dependency dependency() {
        return Dependency.newBuilder()
                .setId(text())
                .setGroup(text())
                .setKind(text())
                .setNamespace(text())
                .setName(text())
                .setDependIds(list(this::text))
                .setWaitForReady(random.nextBoolean())
                .setTimeoutSeconds(random.nextInt())
                .setCreationPolicy(random.nextBoolean() ? "Once" : "WhenNeeded")
                .build();
    }

    private ResourceObserved resource() {
        return ResourceObserved.newBuilder()
                .setCluster(text())
                .setEpoch(number())
                .setSequence(number())
                .setChange(change())
                .setTenantKind("LynqNode")
                .setTenantNamespace(text())
                .setTenantName(text())
                .setGroup(text())
                .setKind(text())
                .setNamespace(text())
                .setName(text())
                .setUid(text())
                .setParentUid(maybe(this::text))
                .setResourceVersion(text())
                .setResourceId(maybe(this::text))
                .setOwned(random.nextBoolean())
                .setReadiness(Readiness.values()[random.nextInt(3)])
                .setReason(maybe(this::text))
                .setCreatedAt(maybe(this::time))
                .setDeletionTimestamp(maybe(this::time))
                .setConditions(list(this::condition))
                .setReplicas(maybe(() -> new Replicas(
                        random.nextInt(), 1, 2, 3, random.nextInt(), maybe(this::number), maybe(this::number))))
                .setPod(maybe(() -> new PodFacts(
                        text(),
                        maybe(this::text),
                        maybe(this::text),
                        maybe(random::nextBoolean),
                        list(this::container))))
                .setClaim(maybe(
                        () -> new ClaimFacts(text(), maybe(this::text), maybe(random::nextBoolean), maybe(this::text))))
                .setJob(maybe(() -> new JobFacts(
                        random.nextInt(), 1, 2, maybe(random::nextInt), maybe(random::nextInt), random.nextBoolean())))
                .setServiceType(maybe(this::text))
                .setImages(list(this::text))
                .build();
    }

    private Container container() {
        return new Container(
                text(),
                random.nextBoolean(),
                maybe(this::text),
                random.nextBoolean(),
                random.nextInt(),
                text(),
                maybe(this::text),
                maybe(this::text),
                maybe(random::nextInt),
                maybe(this::text),
                maybe(this::time));
    }

    @Test
    void readsTenantsAsAvroDoes() {
        for (int i = 0; i < RECORDS; i++) {
            byte[] bytes = bytes(tenant());

            assertThat(OwnSchemaReader.tenant(bytes, NOON)).isNotNull().isEqualTo(ordinarily(bytes));
        }
    }

    @Test
    void readsObjectsAsAvroDoes() {
        for (int i = 0; i < RECORDS; i++) {
            byte[] bytes = bytes(resource());

            assertThat(OwnSchemaReader.resource(bytes, NOON)).isNotNull().isEqualTo(ordinarily(bytes));
        }
    }

    @Test
    void readsOfBrokenBytesWhatAvroReadsOrNothing() {
        codec.decode(TOPIC, bytes(tenant()), NOON);
        codec.decode(TOPIC, bytes(resource()), NOON);
        for (int i = 0; i < RECORDS; i++) {
            byte[] bytes = bytes(random.nextBoolean() ? tenant() : resource());
            byte[] broken = Arrays.copyOf(bytes, bytes.length - random.nextInt(2) * random.nextInt(bytes.length - 5));
            if (broken.length > 5) {
                broken[5 + random.nextInt(broken.length - 5)] = (byte) random.nextInt();
            }

            Observation expected;
            try {
                expected = ordinarily(broken);
            } catch (UndecodableRecordException e) {
                assertThatThrownBy(() -> codec.decode(TOPIC, broken, NOON))
                        .isInstanceOf(UndecodableRecordException.class)
                        .hasMessage(e.getMessage());
                continue;
            }
            assertThat(codec.decode(TOPIC, broken, NOON)).isEqualTo(expected);
        }
    }
}
