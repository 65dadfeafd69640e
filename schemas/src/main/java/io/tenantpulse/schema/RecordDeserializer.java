package io.tenantpulse.schema;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Reads our records, whatever version of our schema they were written with; thread-safe. */
final class RecordDeserializer implements Deserializer<SpecificRecord> {
    /** Where Confluent's newer serializers put the schema's id instead of before the record. */
    static final String ID_HEADER = "__value_schema_id";

    private static final int PREFIX_BYTES = 5;

    private final SchemaRegistryClient client;
    private final SerdeSettings settings;
    private final Map<Integer, Type> types = new ConcurrentHashMap<>();
    private final ThreadLocal<Readers> readers = ThreadLocal.withInitial(Readers::new);

    RecordDeserializer(SchemaRegistryClient client, SerdeSettings settings) {
        AvroLimits.install();
        this.client = client;
        this.settings = settings;
    }

    @Override
    public @Nullable SpecificRecord deserialize(String topic, byte @Nullable [] data) {
        return data == null ? null : decode(topic, id(topic, data, "its first bytes"), data, PREFIX_BYTES);
    }

    @Override
    public @Nullable SpecificRecord deserialize(String topic, Headers headers, byte @Nullable [] data) {
        Header id = headers.lastHeader(ID_HEADER);
        if (data == null || id == null || id.value() == null) {
            return deserialize(topic, data);
        }
        return decode(topic, id(topic, id.value(), "the header " + ID_HEADER), data, 0);
    }

    private static int id(String topic, byte[] framed, String where) {
        if (framed.length < PREFIX_BYTES || framed[0] != RecordSerializer.MAGIC) {
            throw new UndecodableRecordException("record of topic " + topic + ": " + where
                    + " are not a 0 and the 4 bytes of a schema id; it was not written with a Confluent serializer");
        }
        return ByteBuffer.wrap(framed).getInt(1);
    }

    private SpecificRecord decode(String topic, int id, byte[] data, int offset) {
        Readers mine = readers.get();
        SpecificDatumReader<SpecificRecord> reader = mine.byId.get(id);
        if (reader == null) {
            reader = type(topic, id).reader();
            mine.byId.put(id, reader);
        }
        try {
            mine.decoder = DecoderFactory.get().binaryDecoder(data, offset, data.length - offset, mine.decoder);
            SpecificRecord read = reader.read(null, mine.decoder);
            if (mine.decoder.isEnd()) {
                return read;
            }
        } catch (IOException | RuntimeException e) {
            throw new UndecodableRecordException(
                    "record of topic " + topic + " with schema id " + id + " ("
                            + reader.getSchema().getFullName() + ", " + data.length + " bytes) does not decode: "
                            + e.getClass().getSimpleName(),
                    e);
        }
        throw new UndecodableRecordException("record of topic " + topic + " with schema id " + id + " ("
                + reader.getSchema().getFullName() + ", " + data.length + " bytes) has bytes after its end");
    }

    private Type type(String topic, int id) {
        Type known = types.get(id);
        if (known != null) {
            return known;
        }
        Schema writer = writerSchema(topic, id);
        Class<? extends SpecificRecord> found = RecordTypes.find(writer)
                .orElseThrow(() -> new UndecodableRecordException("record of topic " + topic + " with schema id " + id
                        + " is of a type that this version does not know: " + writer.getFullName()));
        Type type = new Type(writer, found);
        types.put(id, type);
        return type;
    }

    private Schema writerSchema(String topic, int id) {
        try {
            ParsedSchema schema = client.getSchemaById(id);
            if (schema.rawSchema() instanceof Schema avro) {
                return avro;
            }
            throw new UndecodableRecordException(
                    "record of topic " + topic + " with schema id " + id + " is " + schema.schemaType() + ", not Avro");
        } catch (RestClientException e) {
            throw RegistryFaults.reading(id, topic, settings, e);
        } catch (IOException e) {
            // The client says so, and only so, when it got a schema and cannot parse it or its type.
            if (e.getClass() == IOException.class
                    && String.valueOf(e.getMessage()).startsWith("Invalid schema")) {
                throw new UndecodableRecordException("record of topic " + topic + " with schema id " + id
                        + ": the registry's schema of this id is not valid Avro");
            }
            throw RegistryFaults.unavailable("schema id " + id, settings, e);
        }
    }

    private record Type(Schema writer, Class<? extends SpecificRecord> type) {
        SpecificDatumReader<SpecificRecord> reader() {
            return new SpecificDatumReader<>(writer, RecordTypes.schemaOf(type), SpecificData.getForClass(type));
        }
    }

    /** One thread's readers: Avro's reader keeps the resolved schemas only for the thread that made it. */
    private static final class Readers {
        private final Map<Integer, SpecificDatumReader<SpecificRecord>> byId = new HashMap<>();
        private @Nullable BinaryDecoder decoder;
    }
}
