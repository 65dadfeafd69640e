package io.tenantpulse.schema;

import io.confluent.kafka.schemaregistry.ParsedSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.SchemaNormalization;
import org.apache.avro.SchemaParseException;
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

    private static final byte GUID_MAGIC = 1;
    private static final int PREFIX_BYTES = 5;
    private static final int GUID_BYTES = 17;

    private final SchemaRegistryClient client;
    private final SerdeSettings settings;
    /** By the registry's id (Integer) or GUID (UUID). */
    private final Map<Object, Type> types = new ConcurrentHashMap<>();

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
        Header header = headers.lastHeader(ID_HEADER);
        if (data == null || header == null || header.value() == null) {
            return deserialize(topic, data);
        }
        byte[] id = header.value();
        if (id.length == GUID_BYTES && id[0] == GUID_MAGIC) {
            ByteBuffer guid = ByteBuffer.wrap(id, 1, GUID_BYTES - 1);
            return decode(topic, new UUID(guid.getLong(), guid.getLong()), data, 0);
        }
        return decode(topic, id(topic, id, "the header " + ID_HEADER), data, 0);
    }

    boolean isOwnSchema(int id, Class<? extends SpecificRecord> type) {
        Type known = types.get(id);
        return known != null && known.type == type && known.own;
    }

    private static int id(String topic, byte[] framed, String where) {
        if (framed.length < PREFIX_BYTES || framed[0] != RecordSerializer.MAGIC) {
            throw new UndecodableRecordException("record of topic " + topic + ": " + where
                    + " are not a 0 and the 4 bytes of a schema id; it was not written with a Confluent serializer");
        }
        return ByteBuffer.wrap(framed).getInt(1);
    }

    private SpecificRecord decode(String topic, Object id, byte[] data, int offset) {
        Readers mine = readers.get();
        SpecificDatumReader<SpecificRecord> reader = mine.byId.get(id);
        if (reader == null) {
            reader = type(topic, id).reader();
            mine.byId.put(id, reader);
        }
        boolean atEnd;
        SpecificRecord read;
        try {
            mine.decoder = DecoderFactory.get().binaryDecoder(data, offset, data.length - offset, mine.decoder);
            read = reader.read(null, mine.decoder);
            atEnd = mine.decoder.isEnd();
        } catch (IOException | RuntimeException e) {
            String problem = "does not decode: " + e.getClass().getSimpleName();
            throw new UndecodableRecordException(poison(topic, id, reader, data, problem), e);
        }
        if (!atEnd) {
            throw new UndecodableRecordException(poison(topic, id, reader, data, "has bytes after its end"));
        }
        return read;
    }

    private static String poison(String topic, Object id, SpecificDatumReader<?> reader, byte[] data, String problem) {
        return "record of topic " + topic + " with schema id " + id + " ("
                + reader.getSchema().getFullName() + ", " + data.length + " bytes) " + problem;
    }

    private Type type(String topic, Object id) {
        Type known = types.get(id);
        if (known != null) {
            return known;
        }
        Schema writer = writerSchema(topic, id);
        Class<? extends SpecificRecord> found = RecordTypes.find(writer)
                .orElseThrow(() -> new UndecodableRecordException("record of topic " + topic + " with schema id " + id
                        + " is of a type that this version does not know: " + writer.getFullName()));
        Type type = new Type(writer, found, isSame(writer, RecordTypes.schemaOf(found)));
        types.put(id, type);
        return type;
    }

    private static boolean isSame(Schema writer, Schema ours) {
        return SchemaNormalization.toParsingForm(writer).equals(SchemaNormalization.toParsingForm(ours));
    }

    private Schema writerSchema(String topic, Object id) {
        try {
            if (id instanceof UUID guid) {
                return schemaByGuid(topic, guid);
            }
            ParsedSchema schema = client.getSchemaById((Integer) id);
            if (schema.rawSchema() instanceof Schema avro) {
                return avro;
            }
            throw notAvro(topic, id);
        } catch (RestClientException e) {
            throw RegistryFaults.reading(id, topic, settings, e);
        } catch (IOException e) {
            // The client says so, and only so, when it got a schema and cannot parse it or its type.
            if (e.getClass() == IOException.class
                    && String.valueOf(e.getMessage()).startsWith("Invalid schema")) {
                throw notAvro(topic, id);
            }
            throw RegistryFaults.unavailable("schema id " + id, settings, e);
        }
    }

    private Schema schemaByGuid(String topic, UUID guid) throws IOException, RestClientException {
        if (!(client instanceof GuidRegistryClient guids)) {
            throw new UndecodableRecordException(
                    "record of topic " + topic + " names its schema by a GUID, which this registry client cannot find");
        }
        try {
            return new Schema.Parser().parse(guids.schemaByGuid(guid));
        } catch (SchemaParseException e) {
            throw notAvro(topic, guid);
        }
    }

    private static UndecodableRecordException notAvro(String topic, Object id) {
        return new UndecodableRecordException("record of topic " + topic + " with schema id " + id
                + ": what the registry has under this id is not a valid Avro schema");
    }

    /** @param own whether the writer's schema is the type's own */
    private record Type(Schema writer, Class<? extends SpecificRecord> type, boolean own) {
        SpecificDatumReader<SpecificRecord> reader() {
            return new SpecificDatumReader<>(writer, RecordTypes.schemaOf(type), SpecificData.getForClass(type));
        }
    }

    /** One thread's readers: Avro's reader keeps the resolved schemas only for the thread that made it. */
    private static final class Readers {
        private final Map<Object, SpecificDatumReader<SpecificRecord>> byId = new HashMap<>();
        private @Nullable BinaryDecoder decoder;
    }
}
