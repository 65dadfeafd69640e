package io.tenantpulse.topology;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tenantpulse.bench.oracle.LogEntry;
import io.tenantpulse.bench.oracle.RuleTable;
import io.tenantpulse.bench.oracle.Said;
import io.tenantpulse.bench.oracle.Subject;
import io.tenantpulse.config.RulesFile;
import io.tenantpulse.detect.Detector;
import io.tenantpulse.detect.Observation;
import io.tenantpulse.detect.Rules;
import io.tenantpulse.schema.RecordSerde;
import io.tenantpulse.schema.SerdeSettings;
import io.tenantpulse.schema.Topics;
import io.tenantpulse.topology.serde.LogCodec;
import io.tenantpulse.topology.serde.RegistryPatience;
import io.tenantpulse.trends.Census;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The detector of one partition over the stores and serdes that it has in production, for the oracle. A class loader of its
 * own can load it with a detector that is wrong.
 */
public final class OracleRig implements Subject {
    private static final Map<String, Rules> RULES = new HashMap<>();
    private static final RecordSerde RECORDS;
    private static final LogCodec CODEC;

    static {
        SchemaRegistryClient registry = new MockSchemaRegistryClient();
        SerdeSettings settings = SerdeSettings.of("http://in-memory");
        RECORDS = new RecordSerde(registry, settings);
        CODEC = new LogCodec(registry, settings, RegistryPatience.none());
    }

    private final Rules rules;
    private final MockProcessorContext<String, Object> context;
    private final List<KeyValueStore<Bytes, byte[]>> stores = new ArrayList<>();
    private final OwnedStore counts;
    private final OwnedStore seen;
    private final SaidVoice voice = new SaidVoice();
    private Census census;
    private Sightings sightings;
    private Detector detector;

    /** With empty stores. */
    public OracleRig(RuleTable table) {
        rules = rules(table);
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "oracle");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:1");
        config.put("processing.exception.handler.global.enabled", "true");
        context = new MockProcessorContext<>(config, new TaskId(0, 0), new File("/nonexistent"));
        for (StoreBuilder<KeyValueStore<Bytes, byte[]>> builder : Stores.all(false)) {
            KeyValueStore<Bytes, byte[]> store = builder.withLoggingDisabled().build();
            store.init(context.getStateStoreContext(), store);
            stores.add(store);
        }
        counts = Stores.census(false).build();
        counts.init(context.getStateStoreContext(), counts);
        seen = new OwnedStore.Builder(Stores.seen().entries().withLoggingDisabled()).build();
        seen.init(context.getStateStoreContext(), seen);
        begin();
    }

    private void begin() {
        census = new Census(new StreamsCensusMemory(counts), new Uncounted());
        sightings = new Sightings(TenantTable.of(context.getStateStore(Stores.TENANTS)), CODEC, seen.entries());
        detector = new Detector(rules, new StreamsMemory(context, sightings, true), voice, census);
    }

    /** The rules of a table, read from it as from a file. */
    static Rules rules(RuleTable table) {
        return RULES.computeIfAbsent(table.toYaml(), OracleRig::read);
    }

    private static Rules read(String yaml) {
        try {
            Path file = Files.createTempFile("oracle-rules", ".yaml");
            try {
                Files.writeString(file, yaml);
                return RulesFile.read(file);
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot hand over rules", e);
        }
    }

    @Override
    public void take(LogEntry entry) {
        String topic = Topics.OBSERVATIONS.name();
        byte[] bytes = RECORDS.serializer().serialize(topic, entry.value());
        Observation news = CODEC.decode(topic, bytes, entry.observedAt());
        byte[] key = news instanceof Observation.OfTenant tenant
                ? tenant.tenant().key().getBytes(StandardCharsets.UTF_8)
                : new byte[0];
        Record<byte[], byte[]> record =
                new Record<>(key, bytes, entry.observedAt().toEpochMilli());
        if (sightings.isTaken(record)) {
            return;
        }
        detector.on(news);
        if (news instanceof Observation.OfTenant tenant) {
            sightings.read(record, tenant, detector);
        }
    }

    @Override
    public void restart() {
        detector.beforeCommit();
        census.flush();
        sightings.flush();
        begin();
    }

    @Override
    public List<Said> said() {
        return voice.said();
    }

    @Override
    public void close() {
        stores.forEach(KeyValueStore::close);
    }
}
