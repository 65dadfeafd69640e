package io.tenantpulse.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.confluent.kafka.schemaregistry.client.MockSchemaRegistryClient;
import io.confluent.kafka.schemaregistry.client.rest.exceptions.RestClientException;
import io.tenantpulse.detect.Detector;
import io.tenantpulse.detect.IncidentChange;
import io.tenantpulse.detect.Observation;
import io.tenantpulse.detect.Position;
import io.tenantpulse.detect.Rules;
import io.tenantpulse.detect.TenantState;
import io.tenantpulse.detect.Transition;
import io.tenantpulse.detect.Voice;
import io.tenantpulse.model.TenantId;
import io.tenantpulse.schema.AvroLimits;
import io.tenantpulse.schema.RecordSerde;
import io.tenantpulse.schema.SerdeSettings;
import io.tenantpulse.schema.Topics;
import io.tenantpulse.topology.LogScript.Line;
import io.tenantpulse.topology.serde.LogCodec;
import io.tenantpulse.topology.serde.RegistryPatience;
import io.tenantpulse.topology.serde.TenantHead;
import io.tenantpulse.topology.serde.TenantSerde;
import io.tenantpulse.trends.Census;
import io.tenantpulse.trends.MapCensusMemory;
import io.tenantpulse.trends.ToldWindows;
import io.tenantpulse.v1.Change;
import io.tenantpulse.v1.Condition;
import io.tenantpulse.v1.TenantObserved;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What shows a tenant as it was only moves where it was seen; that outlives a crash. */
class SightingsTest {
    private static final TenantId ACME = new TenantId("alpha", "tenants", "Tenant", "acme");

    private final MockSchemaRegistryClient registry = new MockSchemaRegistryClient();
    private final SerdeSettings settings = SerdeSettings.of("http://localhost:1");
    private final LogScript log = new LogScript("alpha", 1);
    private RecordSerde records;
    private Task task;
    private int played;

    /** The detector of a partition and its stores, which begin with what changelogs hold. */
    private final class Task implements Voice {
        final MockProcessorContext<Object, Object> context = new MockProcessorContext<>();
        final LogCodec codec = new LogCodec(registry, settings, RegistryPatience.none());
        final KeyValueStore<Bytes, byte[]> seen;
        final Sightings sightings;
        final StreamsMemory memory;
        final Detector detector;
        int taken;

        Task(Map<String, Map<Bytes, byte[]>> changelogs) {
            for (StoreBuilder<KeyValueStore<Bytes, byte[]>> builder : Stores.all(false)) {
                open(builder, changelogs);
            }
            seen = open(Stores.seen().entries(), changelogs);
            sightings = new Sightings(TenantTable.of(context.getStateStore(Stores.TENANTS)), codec, seen);
            memory = new StreamsMemory(context, sightings, true);
            detector =
                    new Detector(Rules.builtIn(), memory, this, new Census(new MapCensusMemory(), new ToldWindows()));
        }

        private KeyValueStore<Bytes, byte[]> open(
                StoreBuilder<KeyValueStore<Bytes, byte[]>> builder, Map<String, Map<Bytes, byte[]>> changelogs) {
            KeyValueStore<Bytes, byte[]> store = builder.withLoggingDisabled().build();
            store.init(context.getStateStoreContext(), store);
            changelogs.getOrDefault(builder.name(), Map.of()).forEach((key, value) -> store.put(key, value.clone()));
            return store;
        }

        void take(Line line) {
            byte[] value = records.serializer().serialize(Topics.OBSERVATIONS.name(), line.value());
            Record<byte[], byte[]> record = new Record<>(
                    line.key().getBytes(StandardCharsets.UTF_8),
                    value,
                    line.timestamp().toEpochMilli());
            if (sightings.isTaken(record)) {
                taken++;
                return;
            }
            Observation news = codec.decode(Topics.OBSERVATIONS.name(), value, line.timestamp());
            detector.on(news);
            if (news instanceof Observation.OfTenant tenant) {
                sightings.read(record, tenant, detector);
            }
        }

        TenantState acme() {
            return Objects.requireNonNull(memory.tenant(ACME));
        }

        Map<Bytes, byte[]> contents(String store) {
            Map<Bytes, byte[]> all = new HashMap<>();
            KeyValueStore<Bytes, byte[]> from = context.getStateStore(store);
            try (KeyValueIterator<Bytes, byte[]> entries = from.all()) {
                entries.forEachRemaining(entry -> all.put(entry.key, entry.value.clone()));
            }
            return all;
        }

        @Override
        public void say(Transition transition) {}

        @Override
        public void say(IncidentChange change) {}

        @Override
        public void forgetAlert(String identity) {}

        @Override
        public void failed(TenantId tenant, RuntimeException failure) {
            throw failure;
        }

        @Override
        public void count(String what) {}
    }

    @BeforeEach
    void open() {
        AvroLimits.install();
        records = new RecordSerde(registry, settings);
        task = new Task(Map.of());
        log.begin(0, "acme").watermarks(5, 5);
        play();
    }

    private void play() {
        for (; played < log.lines.size(); played++) {
            task.take(log.lines.get(played));
        }
    }

    private void seen(long from, int times) {
        for (int i = 0; i < times; i++) {
            well(from + i, "acme");
        }
        play();
    }

    /** As at any other time. */
    private Line well(long at, String tenant) {
        log.tenant(at, tenant, Change.MODIFIED, 3, 3);
        Line line = log.lines.remove(log.lines.size() - 1);
        TenantObserved same = TenantObserved.newBuilder((TenantObserved) line.value())
                .setConditions(List.of(new Condition("Ready", "True", "Reconciled", null, LogScript.NOON)))
                .build();
        log.lines.add(new Line(line.key(), same, line.timestamp()));
        return log.lines.get(log.lines.size() - 1);
    }

    private Position last() {
        return new Position(1, log.lines.size());
    }

    @Test
    void looksOnceAndThenOnlyMovesWhereItWasSeen() {
        seen(10, 3);

        assertThat(task.taken).isEqualTo(2);
        assertThat(task.acme().position()).isEqualTo(last());
        assertThat(task.acme().seenAt()).isEqualTo(LogScript.second(12));
    }

    @Test
    void looksAtWhatSaysSomethingElse() {
        seen(10, 2);

        log.counts(20, "acme", 2, 3);
        play();

        assertThat(task.taken).isEqualTo(1);
        assertThat(Objects.requireNonNull(task.acme().facts().counts()).ready()).isEqualTo(2);
    }

    @Test
    void looksAgainAfterTheSpecOrAnObjectChanged() {
        seen(10, 2);

        task.memory.put(ACME, List.of());
        seen(20, 2);

        assertThat(task.taken).isEqualTo(2);
    }

    @Test
    void looksAgainAfterWhatCanBeSeenChanged() {
        seen(10, 2);

        log.begin(20, "acme").watermarks(25, 25);
        play();
        seen(30, 2);

        assertThat(task.taken).isEqualTo(2);
    }

    @Test
    void refusesWhatItHasTaken() {
        seen(10, 2);

        task.take(log.lines.get(log.lines.size() - 1));

        assertThat(task.taken).isEqualTo(1);
    }

    @Test
    void looksAtWhatCameUnderAnotherKey() {
        seen(10, 2);
        Line line = well(20, "acme");

        task.take(new Line("somewhere/else", line.value(), line.timestamp()));

        assertThat(task.taken).isEqualTo(1);
        assertThat(task.acme().position()).isEqualTo(last());
    }

    @Test
    void remembersOverACrashWhereItWasSeen() {
        seen(10, 1);
        Map<Bytes, byte[]> written = task.contents(Stores.TENANTS);
        seen(20, 5);
        task.sightings.flush();
        TenantState before = task.acme();

        task = new Task(Map.of(
                Stores.TENANTS,
                written,
                Stores.SEEN,
                task.contents(Stores.SEEN),
                Stores.CLUSTERS,
                task.contents(Stores.CLUSTERS)));

        assertThat(task.acme()).isEqualTo(before);
        assertThat(before.position()).isEqualTo(last());
    }

    @Test
    void aTenantThatWasWrittenLaterIsNotMovedBack() {
        seen(10, 3);
        task.sightings.flush();
        Map<Bytes, byte[]> sights = task.contents(Stores.SEEN);
        log.counts(20, "acme", 2, 3);
        play();
        TenantState before = task.acme();

        task = new Task(Map.of(Stores.TENANTS, task.contents(Stores.TENANTS), Stores.SEEN, sights));

        assertThat(task.acme()).isEqualTo(before);
    }

    @Test
    void knowsNothingButStatesWhenATaskGoesOnWithTheSameStore() {
        seen(10, 5);
        TenantTable tenants = TenantTable.of(task.context.getStateStore(Stores.TENANTS));
        KnownTenant acme = tenants.row(StreamsMemory.key(ACME.key()));
        assertThat(task.memory.isOwnRead(ACME)).isTrue();
        assertThat(acme.settled).isNotNull();
        task.sightings.flush();
        long entry = acme.entry;

        Sightings next = new Sightings(tenants, task.codec, task.seen);

        assertThat(next.isOwnRead(StreamsMemory.key(ACME.key()))).isFalse();
        assertThat(tenants.row(StreamsMemory.key(ACME.key()))).isSameAs(acme);
        assertThat(acme.settled).isNull();
        assertThat(acme.printed).isFalse();
        assertThat(acme.entry).isEqualTo(entry).isNotEqualTo(KnownTenant.NOWHERE);
    }

    /** A frame from memory moves the resourceVersion without a look at the tenant: an older sight at the same place does not bring back the former. */
    @Test
    void keepsOverACrashTheVersionThatAFrameFromMemoryTold() {
        seen(10, 5);
        task.sightings.flush();
        Map<Bytes, byte[]> tenants = task.contents(Stores.TENANTS);
        byte[] state = Objects.requireNonNull(tenants.get(StreamsMemory.key(ACME.key())));
        TenantSerde.Sight sight = Objects.requireNonNull(TenantSerde.sight(state, 0));
        byte[] version = "9999".getBytes(StandardCharsets.UTF_8);
        TenantSerde.see(
                state,
                0,
                new TenantSerde.Sight(sight.epoch(), sight.sequence(), sight.at(), version, 0, version.length));

        task = new Task(Map.of(Stores.TENANTS, tenants, Stores.SEEN, task.contents(Stores.SEEN)));

        assertThat(task.acme().resourceVersion()).isEqualTo("9999");
        assertThat(task.acme().position()).isEqualTo(last());
    }

    @Test
    void keepsNoMoreThanWhatCounts() {
        String[] names = new String[400];
        for (int i = 0; i < names.length; i++) {
            names[i] = "tenant-with-a-rather-long-name-" + i;
        }
        log.begin(100, names).watermarks(105, 105);
        play();
        for (int round = 0; round < 60; round++) {
            for (String each : names) {
                well(110 + round, each);
            }
            play();
            task.sightings.flush();
        }
        Map<Bytes, byte[]> tenants = task.contents(Stores.TENANTS);
        Map<Bytes, byte[]> sights = task.contents(Stores.SEEN);

        assertThat(task.taken).isGreaterThan(400 * 50);
        assertThat(sights.values().stream().mapToInt(each -> each.length).sum()).isLessThan(600 << 10);

        task = new Task(Map.of(Stores.TENANTS, tenants, Stores.SEEN, sights));
        assertThat(task.contents(Stores.TENANTS).keySet()).isEqualTo(tenants.keySet());
        task.contents(Stores.TENANTS).forEach((key, state) -> assertThat(state).isEqualTo(tenants.get(key)));
    }

    @Test
    void readsWholeWhatWasWrittenWithAnotherSchema() throws IOException, RestClientException {
        seen(10, 1);
        byte[] value = records.serializer()
                .serialize(
                        Topics.OBSERVATIONS.name(),
                        log.lines.get(log.lines.size() - 1).value());
        value[4] += 50;

        assertThat(task.codec.readHead(value, new TenantHead())).isFalse();
    }
}
