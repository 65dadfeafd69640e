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
import io.tenantpulse.v1.TenantObserved;
import io.tenantpulse.v1.TrendPartial;
import io.tenantpulse.v1.TrendWindowClosed;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;

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
        SpecificRecord decoded = patience.with(() -> records.deserializer().deserialize(topic, value));
        if (decoded == null) {
            throw new UndecodableRecordException("the log has no tombstones, but this record of " + topic + " is one");
        }
        return Observations.of(decoded, observedAt);
    }

    /**
     * Reads the beginning of a tenant's record, without a look at the rest.
     *
     * @return false: it is something else, or was not written with the very schema that we have, as far as we know
     */
    public boolean readHead(byte[] value, TenantHead head) {
        if (value.length < TenantHead.PREFIX_BYTES || value[0] != 0) {
            return false;
        }
        int id = ByteBuffer.wrap(value).getInt(1);
        if (id != tenantSchema) {
            if (!records.isOwnSchema(id, TenantObserved.class)) {
                return false;
            }
            tenantSchema = id;
        }
        return head.read(value);
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
