package io.tenantpulse.schema;

import io.confluent.kafka.schemaregistry.avro.AvroSchema;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.avro.Schema;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** Writes our records; thread-safe, as a producer's callers share one. */
final class RecordSerializer implements Serializer<SpecificRecord> {
    static final byte MAGIC = 0;

    private final SchemaRegistryClient client;
    private final SerdeSettings settings;
    private final Map<String, Map<Class<?>, Writer>> writers = new ConcurrentHashMap<>();
    private final ThreadLocal<Buffer> buffers = ThreadLocal.withInitial(Buffer::new);

    RecordSerializer(SchemaRegistryClient client, SerdeSettings settings) {
        this.client = client;
        this.settings = settings;
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable SpecificRecord value) {
        if (value == null) {
            return null;
        }
        Writer writer = writer(topic, value.getClass());
        try {
            return buffers.get().write(writer, value);
        } catch (IOException | RuntimeException e) {
            // The cause of a bad value quotes it: only its kind is told.
            throw new SerializationException(value.getClass().getName() + " does not fit its schema ("
                    + e.getClass().getSimpleName() + "), topic " + topic);
        }
    }

    void prepare(String topic, Class<? extends SpecificRecord> type) {
        writer(topic, type);
    }

    private Writer writer(String topic, Class<? extends SpecificRecord> type) {
        Map<Class<?>, Writer> ofTopic = writers.get(topic);
        Writer known = ofTopic == null ? null : ofTopic.get(type);
        if (known != null) {
            return known;
        }
        Writer made = new Writer(
                id(topic, type), new SpecificDatumWriter<>(RecordTypes.schemaOf(type), SpecificData.getForClass(type)));
        writers.computeIfAbsent(topic, t -> new ConcurrentHashMap<>()).put(type, made);
        return made;
    }

    private int id(String topic, Class<? extends SpecificRecord> type) {
        Schema schema = RecordTypes.published(type);
        String subject = topic + '-' + schema.getFullName();
        try {
            AvroSchema published = new AvroSchema(schema);
            return settings.autoRegister()
                    ? client.register(subject, published, true)
                    : client.getId(subject, published, true);
        } catch (RestClientException e) {
            throw RegistryFaults.writing(subject, settings, e);
        } catch (IOException e) {
            throw RegistryFaults.unavailable("schema of subject " + subject, settings, e);
        }
    }

    private record Writer(int id, SpecificDatumWriter<SpecificRecord> datum) {}

    /** One thread's buffer and encoder, used again for each record. */
    private static final class Buffer {
        private static final int INITIAL_BYTES = 1024;

        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(INITIAL_BYTES);
        private final BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(bytes, null);

        byte[] write(Writer writer, SpecificRecord value) throws IOException {
            // Also forgets what a failed record left in the encoder.
            EncoderFactory.get().binaryEncoder(bytes, encoder);
            bytes.reset();
            bytes.write(MAGIC);
            bytes.write(writer.id >>> 24);
            bytes.write(writer.id >>> 16);
            bytes.write(writer.id >>> 8);
            bytes.write(writer.id);
            writer.datum.write(value, encoder);
            encoder.flush();
            return bytes.toByteArray();
        }
    }
}
