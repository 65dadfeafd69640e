package io.tenantpulse.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.tenantpulse.v1.Change;
import io.tenantpulse.v1.TenantObserved;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificRecord;
import org.apache.avro.util.RandomData;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Old and new records, each read by our reader as it is now. */
class EvolutionTest {
    private static final int RECORDS = 200;

    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
    private final RecordSerde serde = new RecordSerde(registry, SerdeSettings.of("http://mock"));

    static Stream<String> records() {
        return ContractFiles.records().stream();
    }

    @ParameterizedTest
    @MethodSource("records")
    void anyRecordOfAnyTypeComesBackAsItWas(String record) throws Exception {
        Schema schema = ContractFiles.present(record);
        int id = registry.register("t-" + schema.getFullName(), new AvroSchema(schema), true);

        for (Object generated : new RandomData(schema, RECORDS, 42L, true)) {
            byte[] foreign = framed(id, (GenericRecord) generated);
            SpecificRecord read = serde.deserializer().deserialize("t", foreign);
            assertThat(read).isInstanceOf(ContractFiles.type(record));
            byte[] again = serde.serializer().serialize("t", read);
            // Not by equals: Avro's lists of records that hold instants throw when they are compared with each other.
            SpecificRecord reread = serde.deserializer().deserialize("t", again);
            assertThat(serde.serializer().serialize("t", reread)).isEqualTo(again);
            assertThat(reread).hasToString(read.toString());
        }
    }

    @ParameterizedTest
    @MethodSource("records")
    void readsRecordsOfEveryCommittedVersion(String record) throws Exception {
        for (Schema version : ContractFiles.history(record)) {
            int id = registry.register("old-" + version.getFullName(), new AvroSchema(version));
            for (Object generated : new RandomData(version, RECORDS, 7L, true)) {
                assertThat(serde.deserializer().deserialize("t", framed(id, (GenericRecord) generated)))
                        .isInstanceOf(ContractFiles.type(record));
            }
        }
    }

    @Test
    void whatAnOlderWriterDidNotKnowHasItsDefault() throws Exception {
        Schema older = without(TenantObserved.getClassSchema(), "appliedIds", "applyStartTime");
        GenericRecord written = tenant(older);

        TenantObserved read = read(older, written);

        assertThat(read.getName()).isEqualTo("bolt-web");
        assertThat(read.getAppliedIds()).isEmpty();
        assertThat(read.getApplyStartTime()).isNull();
    }

    @Test
    void whatANewerWriterAddsIsPassedOver() throws Exception {
        Schema newer = new Schema.Parser()
                .parse(RecordTypes.published(TenantObserved.class)
                        .toString()
                        .replaceFirst(
                                "\"fields\":\\[",
                                "\"fields\":[{\"name\":\"later\",\"type\":\"string\",\"default\":\"\"},")
                        .replace("\"UNDECODABLE\"]", "\"UNDECODABLE\",\"TELEPORTED\"]"));
        GenericRecord written = tenant(newer);
        written.put("later", "x");
        written.put(
                "change", new GenericData.EnumSymbol(newer.getField("change").schema(), "TELEPORTED"));

        TenantObserved read = read(newer, written);

        assertThat(read.getName()).isEqualTo("bolt-web");
        assertThat(read.getChange()).isEqualTo(Change.UNKNOWN);
    }

    @Test
    void aWriterWithoutWhatWeNeedIsPoison() throws Exception {
        Schema foreign = without(TenantObserved.getClassSchema(), "uid");
        GenericRecord written = tenant(foreign);

        assertThatExceptionOfType(UndecodableRecordException.class)
                .isThrownBy(() -> read(foreign, written))
                .withMessageContaining("TenantObserved");
    }

    @Test
    void stringsAreJavasOwn() throws Exception {
        Schema present = RecordTypes.published(TenantObserved.class);
        GenericRecord written = tenant(present);
        written.put("appliedIds", List.of("web"));

        assertThat(read(present, written).getAppliedIds())
                .allSatisfy(id -> assertThat((Object) id).isInstanceOf(String.class));
    }

    private TenantObserved read(Schema writer, GenericRecord written) throws Exception {
        int id = registry.register("t-x", new AvroSchema(writer));
        return (TenantObserved) serde.deserializer().deserialize("t", framed(id, written));
    }

    private static GenericRecord tenant(Schema schema) {
        GenericRecord tenant = new GenericData.Record(schema);
        for (Schema.Field field : schema.getFields()) {
            tenant.put(field.pos(), field.hasDefaultValue() ? GenericData.get().getDefaultValue(field) : "");
        }
        tenant.put("epoch", 1L);
        tenant.put("sequence", 2L);
        tenant.put("name", "bolt-web");
        return tenant;
    }

    private static Schema without(Schema schema, String... removed) {
        Schema copy = Schema.createRecord(schema.getName(), schema.getDoc(), schema.getNamespace(), false);
        copy.setFields(schema.getFields().stream()
                .filter(field -> !List.of(removed).contains(field.name()))
                .map(field -> new Schema.Field(field, field.schema()))
                .toList());
        return copy;
    }

    private static byte[] framed(int id, GenericRecord record) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.write(0);
        bytes.write(ByteBuffer.allocate(4).putInt(id).array());
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        new GenericDatumWriter<GenericRecord>(record.getSchema()).write(record, encoder);
        encoder.flush();
        return bytes.toByteArray();
    }
}
