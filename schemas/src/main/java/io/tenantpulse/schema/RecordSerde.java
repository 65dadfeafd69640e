package io.tenantpulse.schema;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import java.util.Collection;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes and reads any of our records in Confluent's wire format: byte 0, the schema's id in 4 bytes, Avro binary.
 *
 * <p>Subjects are {@code <topic>-<full record name>} (TopicRecordNameStrategy), so a topic holds several types. Thread-safe;
 * the registry is asked once for a type and topic or an id. Closing it leaves the client open.
 */
public final class RecordSerde implements Serde<SpecificRecord> {
    private final RecordSerializer serializer;
    private final RecordDeserializer deserializer;

    public RecordSerde(SchemaRegistryClient client, SerdeSettings settings) {
        this.serializer = new RecordSerializer(client, settings);
        this.deserializer = new RecordDeserializer(client, settings);
    }

    /**
     * Learns the ids of record types now, so that a process finds out at its start that it cannot write them.
     *
     * @throws SchemaRejectedException if the registry does not have a schema, or finds it incompatible
     * @throws RegistryUnavailableException if the registry does not answer: try again
     */
    public void prepare(TopicSpec topic, Collection<Class<? extends SpecificRecord>> types) {
        types.forEach(type -> serializer.prepare(topic.name(), type));
    }

    /**
     * Whether records of that id were written with the very schema of the type, so that its fields lie in our order. False,
     * too, while none of them was read.
     */
    public boolean isOwnSchema(int id, Class<? extends SpecificRecord> type) {
        return deserializer.isOwnSchema(id, type);
    }

    /** The same for one record type; reading another type is an {@link UndecodableRecordException}. */
    public <T extends SpecificRecord> Serde<T> only(Class<T> type) {
        return Serdes.serdeFrom(serializer::serialize, new Deserializer<T>() {
            @Override
            public T deserialize(String topic, byte[] data) {
                return narrow(topic, deserializer.deserialize(topic, data));
            }

            @Override
            public T deserialize(String topic, Headers headers, byte[] data) {
                return narrow(topic, deserializer.deserialize(topic, headers, data));
            }

            private T narrow(String topic, SpecificRecord read) {
                if (read != null && !type.isInstance(read)) {
                    throw new UndecodableRecordException("record of topic " + topic + " is a "
                            + read.getSchema().getFullName() + ", expected " + type.getName());
                }
                return type.cast(read);
            }
        });
    }

    @Override
    public Serializer<SpecificRecord> serializer() {
        return serializer;
    }

    @Override
    public Deserializer<SpecificRecord> deserializer() {
        return deserializer;
    }
}
