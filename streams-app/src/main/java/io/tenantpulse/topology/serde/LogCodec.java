package io.tenantpulse.topology.serde;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tenantpulse.detect.IncidentChange;
import io.tenantpulse.detect.Observation;
import io.tenantpulse.detect.Transition;
import io.tenantpulse.schema.RecordSerde;
import io.tenantpulse.schema.SerdeSettings;
import io.tenantpulse.schema.Topics;
import io.tenantpulse.schema.UndecodableRecordException;
import io.tenantpulse.trends.Report;
import io.tenantpulse.trends.TrendWindow;
import io.tenantpulse.v1.AlertTransition;
import io.tenantpulse.v1.Incident;
import io.tenantpulse.v1.ResourceObserved;
import io.tenantpulse.v1.TenantObserved;
import io.tenantpulse.v1.TrendPartial;
import io.tenantpulse.v1.TrendWindowClosed;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/**
 * Reads the log and writes the decisions, in domain types: what lies between them and the bytes, Avro and the registry,
 * stays in here. Thread-safe.
 *
 * <p>While the registry does not answer, both directions wait for it, as {@link RegistryPatience} says.
 */
public final class LogCodec {
    /** The registry's ids are positive. */
    private static final int NONE = -1;

    private final RecordSerde records;
    private final RegistryPatience patience;
    private volatile int tenantSchema = NONE;
    private volatile int resourceSchema = NONE;

    public LogCodec(SchemaRegistryClient registry, SerdeSettings settings, RegistryPatience patience) {
        this.records = new RecordSerde(registry, settings);
        this.patience = patience;
    }

    /**
     * Learns the schema ids of all that we write.
     *
     * @throws io.tenantpulse.schema.SchemaRejectedException if the registry refuses one of our schemas
     * @throws io.tenantpulse.schema.RegistryUnavailableException if the registry does not answer: try again
     */
    public void prepare(Topics topics) {
        records.prepare(topics.alerts(), List.of(AlertTransition.class));
        records.prepare(topics.activeAlerts(), List.of(AlertTransition.class));
        records.prepare(topics.incidents(), List.of(Incident.class));
        records.prepare(topics.trendPartials(), List.of(TrendPartial.class, TrendWindowClosed.class));
        records.prepare(topics.trends(), List.of(io.tenantpulse.v1.TrendWindow.class));
    }

    /**
     * Reads one record of the log.
     *
     * @param observedAt the record's Kafka timestamp
     * @throws UndecodableRecordException if it will never be understood
     * @throws io.tenantpulse.schema.RegistryUnavailableException if the registry stayed away for too long: the record may
     *     be fine
     */
    public Observation decode(String topic, byte[] value, Instant observedAt) {
        Observation read = readOwn(value, observedAt);
        if (read != null) {
            return read;
        }
        SpecificRecord decoded = patience.with(() -> records.deserializer().deserialize(topic, value));
        if (decoded == null) {
            throw new UndecodableRecordException("the log has no tombstones, but this record of " + topic + " is one");
        }
        learn(value, decoded);
        return Observations.of(decoded, observedAt);
    }

    /** What a record says that was written with the very schema that we have; null: it must be read in the ordinary way. */
    private @Nullable Observation readOwn(byte @Nullable [] value, Instant observedAt) {
        try {
            if (isOwn(value, tenantSchema)) {
                return OwnSchemaReader.tenant(value, observedAt);
            }
            return isOwn(value, resourceSchema) ? OwnSchemaReader.resource(value, observedAt) : null;
        } catch (IndexOutOfBoundsException | DateTimeException e) {
            return null; // Avro says what is wrong with it.
        }
    }

    /** Learns the ids of records that were read in the ordinary way. */
    private void learn(byte[] value, SpecificRecord read) {
        int id = ByteBuffer.wrap(value).getInt(1);
        if (records.isOwnSchema(id, read.getClass())) {
            if (read instanceof TenantObserved) {
                tenantSchema = id;
            } else if (read instanceof ResourceObserved) {
                resourceSchema = id;
            }
        }
    }

    private static boolean isOwn(byte @Nullable [] value, int schema) {
        return value != null
                && value.length > TenantHead.PREFIX_BYTES
                && value[0] == 0
                && ByteBuffer.wrap(value).getInt(1) == schema;
    }

    /**
     * Reads the beginning of a tenant's record, without a look at the rest.
     *
     * @return false: it is something else, or was not written with the very schema that we have, as far as we know
     */
    public boolean readHead(byte[] value, TenantHead head) {
        return isOwn(value, tenantSchema) && head.read(value);
    }

    /** Writes transitions; null is a tombstone. */
    public Serializer<Transition> transitions() {
        return (topic, transition) -> transition == null ? null : encode(topic, Decisions.toRecord(transition));
    }

    /** Writes changes of incidents. */
    public Serializer<IncidentChange> incidents() {
        return (topic, change) -> encode(topic, Decisions.toRecord(change));
    }

    /** Writes what a partition counted. */
    public Serializer<Report> reports() {
        return (topic, report) -> encode(topic, TrendRecords.toRecord(report));
    }

    /**
     * Reads what a partition counted.
     *
     * @throws UndecodableRecordException if it will never be understood
     * @throws io.tenantpulse.schema.RegistryUnavailableException as for {@link #decode}
     */
    public Report report(String topic, byte[] value) {
        SpecificRecord decoded = patience.with(() -> records.deserializer().deserialize(topic, value));
        if (decoded == null) {
            throw new UndecodableRecordException(
                    "partials have no tombstones, but this record of " + topic + " is one");
        }
        return TrendRecords.report(decoded);
    }

    /** Writes windows that have closed. */
    public Serializer<TrendWindow> windows() {
        return (topic, window) -> encode(topic, TrendRecords.toRecord(window));
    }

    private byte[] encode(String topic, SpecificRecord value) {
        return patience.with(() -> records.serializer().serialize(topic, value));
    }
}
