package io.tenantpulse.topology;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tenantpulse.detect.Detector;
import io.tenantpulse.detect.IncidentChange;
import io.tenantpulse.detect.Observation;
import io.tenantpulse.detect.Rules;
import io.tenantpulse.detect.Transition;
import io.tenantpulse.detect.Voice;
import io.tenantpulse.model.TenantId;
import io.tenantpulse.schema.RecordSerde;
import io.tenantpulse.schema.SerdeSettings;
import io.tenantpulse.schema.Topics;
import io.tenantpulse.topology.serde.LogCodec;
import io.tenantpulse.topology.serde.RegistryPatience;
import io.tenantpulse.trends.Census;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Properties;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** The detector of one partition over the stores that it has in production, without Kafka around it. Counts what it says. */
public final class DetectorRig implements Voice, AutoCloseable {
    /** As many as half a second brings at 100,000 a second. */
    private static final int RECORDS_PER_COMMIT = 50_000;

    private static final String TOPIC = Topics.OBSERVATIONS.name();

    private final MockProcessorContext<String, Object> context;
    private final StreamsMemory memory;
    private final Sightings sightings;
    private final Census census;
    private final Detector detector;
    private final LogCodec codec;
    private final Deserializer<SpecificRecord> avro;
    private Object kept = "";
    private long transitions;
    private long records;

    /**
     * Opens empty stores.
     *
     * @param onDisk resources on disk, as in production; otherwise in memory, as in a replay
     */
    public DetectorRig(Path folder, boolean onDisk) {
        this(folder, onDisk, registry());
    }

    /** The same, for records that were written with this registry. */
    public DetectorRig(Path folder, boolean onDisk, SchemaRegistryClient registry) {
        SerdeSettings settings = SerdeSettings.of("http://none");
        codec = new LogCodec(registry, settings, RegistryPatience.none());
        avro = new RecordSerde(registry, settings).deserializer();
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "bench");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
        config.put("processing.exception.handler.global.enabled", "true");
        context = new MockProcessorContext<>(config, new TaskId(0, 0), folder.toFile());
        for (StoreBuilder<KeyValueStore<Bytes, byte[]>> builder : Stores.all(onDisk)) {
            KeyValueStore<Bytes, byte[]> store = builder.withLoggingDisabled().build();
            store.init(context.getStateStoreContext(), store);
        }
        OwnedStore seen = new OwnedStore.Builder(Stores.seen().entries().withLoggingDisabled()).build();
        seen.init(context.getStateStoreContext(), seen);
        sightings = new Sightings(
                TenantTable.of(context.getStateStore(Stores.TENANTS)), codec, onDisk ? seen.entries() : null);
        memory = new StreamsMemory(context, sightings, true);
        OwnedStore counts = Stores.census(false).build();
        counts.init(context.getStateStoreContext(), counts);
        census = new Census(new StreamsCensusMemory(counts), new Uncounted());
        detector = new Detector(Rules.builtIn(), memory, this, census);
    }

    /** A registry of its own. */
    public static SchemaRegistryClient registry() {
        return new MockSchemaRegistryClient();
    }

    /** Takes the next record of the partition as it lies in the log. */
    public void take(byte[] key, byte[] value, long timestamp) {
        Record<byte[], byte[]> record = new Record<>(key, value, timestamp);
        if (sightings.isTaken(record)) {
            taken();
            return;
        }
        Observation news = decode(value, timestamp);
        on(news);
        if (news instanceof Observation.OfTenant tenant) {
            sightings.read(record, tenant, detector);
        }
    }

    /** Only reads it with Avro. */
    public SpecificRecord read(byte[] value) {
        return avro.deserialize(TOPIC, value);
    }

    /** Only reads what it says. */
    public Observation decode(byte[] value, long timestamp) {
        return codec.decode(TOPIC, value, Instant.ofEpochMilli(timestamp));
    }

    /** Keeps the work that led to it from being left out. */
    public void keep(Object made) {
        kept = made;
    }

    /** Takes the next record of the partition. */
    public void on(Observation news) {
        detector.on(news);
        taken();
    }

    private void taken() {
        if (++records % RECORDS_PER_COMMIT == 0) {
            census.flush();
            sightings.flush();
        }
    }

    /** Reads all that is remembered of the tenant's objects and nothing else; how many they are. */
    public int readAll(TenantId tenant) {
        int[] count = {0};
        memory.eachResource(tenant, any -> count[0]++);
        return count[0];
    }

    /** Transitions said so far. */
    public long transitions() {
        return transitions;
    }

    @Override
    public void say(Transition transition) {
        transitions++;
    }

    @Override
    public void say(IncidentChange change) {}

    @Override
    public void forgetAlert(String identity) {}

    @Override
    public void failed(TenantId tenant, RuntimeException failure) {
        throw failure;
    }

    @Override
    public void count(String what) {
        throw new IllegalStateException("the log is odd: " + what);
    }

    @Override
    public void close() {
        for (String name : new String[] {Stores.CLUSTERS, Stores.TENANTS, Stores.RESOURCES, Stores.DEADLINES}) {
            context.<KeyValueStore<Bytes, byte[]>>getStateStore(name).close();
        }
    }
}
