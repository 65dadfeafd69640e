package io.tenantpulse.bench.detector;

import io.confluent.kafka.schemaregistry.client.SchemaRegistryClient;
import io.tenantpulse.schema.RecordSerde;
import io.tenantpulse.schema.RegistryClients;
import io.tenantpulse.schema.SerdeSettings;
import io.tenantpulse.v1.AlertStatus;
import io.tenantpulse.v1.AlertTransition;
import io.tenantpulse.v1.Change;
import io.tenantpulse.v1.FrameId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Latencies at a steady pace, by this machine's one clock: from the instant at which a tenant is observed to the reader of the
 * alert that fires at once, and from a deadline to the reader of its alert. The reader takes committed records only.
 */
final class PacedRun {
    private static final List<String> KINDS = List.of(FleetRecords.TENANT_KIND);
    /** Events between those that get a tenant into trouble, each kind in turn. */
    private static final int TROUBLE_EVERY = 25;
    /** Tenants in trouble come out of it after so long. */
    private static final long TROUBLE_MILLIS = 20_000;

    private static final Duration START = Duration.ofMinutes(2);
    /** Until the listing is worked off. */
    private static final Duration WARM_UP = Duration.ofSeconds(15);

    private static final Duration POLL = Duration.ofMillis(5);
    private static final double MEDIAN = 0.5;
    private static final double PERCENTILE = 0.99;

    private final Race race;
    private final Servers.Addresses addresses;
    private final int tenants;
    private final int perSecond;
    private final Duration length;
    private final Duration watermarks;
    private Instant steady = Instant.MAX;
    private final List<Long> atOnce = new ArrayList<>();
    private final List<Long> afterHold = new ArrayList<>();

    /** Milliseconds of one way. */
    record Latency(int alerts, long median, long p99, long max) {}

    /**
     * Both ways.
     *
     * @param watermarkMillis from one watermark to the next
     */
    record Latencies(Latency observation, Latency deadline, long watermarkMillis) {}

    /** @param watermarks from one to the next */
    PacedRun(Race race, Servers.Addresses addresses, int tenants, int perSecond, Duration length, Duration watermarks) {
        this.race = race;
        this.addresses = addresses;
        this.tenants = tenants;
        this.perSecond = perSecond;
        this.length = length;
        this.watermarks = watermarks;
    }

    Latencies run() throws IOException, InterruptedException {
        LogSpec spec = new LogSpec("paced-" + watermarks.toMillis(), LogSpec.Kind.TENANTS, tenants, 0, 1, 1);
        String topic = spec.prefix() + ".observations";
        race.topic(topic);
        LogWriter.Written log = new LogWriter.Written(spec, topic, 0, 0, 0, 0, 0);
        Job job = race.job(log, new Entrant(Entrant.Make.OURS, 1, true));
        try (ChildProcess process = race.start(PacedProcess.class, job);
                LogProducer producer = new LogProducer(addresses, topic, spec.clusters())) {
            process.await(PacedProcess.READY, START);
            pace(job, spec, producer);
        }
        return new Latencies(latency(atOnce), latency(afterHold), watermarks.toMillis());
    }

    private void pace(Job job, LogSpec spec, LogProducer producer) throws IOException {
        FleetRecords records = new FleetRecords(spec, Instant.now());
        SerdeSettings settings = SerdeSettings.of(job.registryUrl());
        try (SchemaRegistryClient registry = RegistryClients.create(settings);
                KafkaConsumer<byte[], byte[]> consumer = Clients.promptConsumer(job, job.alerts())) {
            Deserializer<AlertTransition> decoder = new RecordSerde(registry, settings)
                    .only(AlertTransition.class)
                    .deserializer();
            list(spec, producer, records);
            long begin = System.currentTimeMillis();
            steady = Instant.ofEpochMilli(begin).plus(WARM_UP);
            long ticked = begin;
            long sent = 0;
            while (System.currentTimeMillis() - begin < WARM_UP.plus(length).toMillis()) {
                long now = System.currentTimeMillis();
                if (now - ticked >= watermarks.toMillis()) {
                    ticked += watermarks.toMillis();
                    tick(spec, producer, Instant.ofEpochMilli(Math.max(ticked, now)));
                }
                for (; sent < (now - begin) * perSecond / TimeUnit.SECONDS.toMillis(1); sent++) {
                    send(producer, records, sent, Instant.ofEpochMilli(now + 1));
                }
                for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL)) {
                    take(decoder.deserialize(job.alerts(), each.value()), System.currentTimeMillis());
                }
            }
        }
    }

    private void list(LogSpec spec, LogProducer producer, FleetRecords records) {
        Instant now = Instant.now();
        List<FrameId> frames = new ArrayList<>();
        for (int cluster = 0; cluster < spec.clusters(); cluster++) {
            producer.epoch(cluster, now);
            frames.add(producer.beginFrame(cluster, FleetRecords.TENANT_KIND, now));
        }
        for (int tenant = 0; tenant < tenants; tenant++) {
            tenant(producer, records, tenant, Change.SNAPSHOT, Trouble.NONE, now);
        }
        for (int cluster = 0; cluster < spec.clusters(); cluster++) {
            producer.endFrame(cluster, FleetRecords.TENANT_KIND, frames.get(cluster), now);
        }
        tick(spec, producer, now);
        producer.flush();
    }

    private static void tick(LogSpec spec, LogProducer producer, Instant at) {
        for (int cluster = 0; cluster < spec.clusters(); cluster++) {
            producer.watermark(cluster, KINDS, at);
        }
    }

    /** Every so many events one gets a tenant into trouble; later another takes the same tenant out of it. */
    private void send(LogProducer producer, FleetRecords records, long number, Instant at) {
        long back = TROUBLE_MILLIS * perSecond / TimeUnit.SECONDS.toMillis(1);
        back -= back % TROUBLE_EVERY;
        if (number % TROUBLE_EVERY == 0) {
            tenant(producer, records, inTrouble(number), Change.MODIFIED, trouble(number), at);
        } else if (number % TROUBLE_EVERY == 1 && number > back) {
            tenant(producer, records, inTrouble(number - 1 - back), Change.MODIFIED, Trouble.NONE, at);
        } else {
            tenant(producer, records, tenants / 2 + (int) (number % (tenants / 2)), Change.MODIFIED, Trouble.NONE, at);
        }
    }

    /** The first half of the tenants has trouble, the second does not. */
    private int inTrouble(long number) {
        return (int) (number / TROUBLE_EVERY % (tenants / 2));
    }

    private static Trouble trouble(long number) {
        return number / TROUBLE_EVERY % 2 == 0 ? Trouble.FAILED : Trouble.UNKNOWN;
    }

    private static void tenant(
            LogProducer producer, FleetRecords records, int tenant, Change change, Trouble trouble, Instant at) {
        FleetRecords.Stamp stamp = new FleetRecords.Stamp(producer.next(records.clusterOf(tenant)), at);
        int ready = trouble == Trouble.NONE ? Episodes.RESOURCES : 1;
        producer.send(
                records.key(tenant),
                records.tenant(tenant, stamp, change, trouble, ready, change == Change.SNAPSHOT ? List.of() : null),
                at);
    }

    private void take(AlertTransition alert, long now) {
        if (alert.getStatus() != AlertStatus.FIRING || alert.getSince().isBefore(steady)) {
            return;
        }
        if (alert.getAlert().equals(PacedProcess.AT_ONCE.alert())) {
            atOnce.add(now - alert.getSince().toEpochMilli());
        } else if (alert.getAlert().equals(PacedProcess.AFTER_HOLD.alert())) {
            afterHold.add(now - alert.getSince().plus(PacedProcess.HOLD).toEpochMilli());
        }
    }

    private static Latency latency(List<Long> all) throws IOException {
        if (all.isEmpty()) {
            throw new IOException("no alert came in the paced run: give it more seconds");
        }
        long[] sorted = all.stream().mapToLong(Long::longValue).sorted().toArray();
        return new Latency(
                sorted.length,
                sorted[(int) (sorted.length * MEDIAN)],
                sorted[(int) (sorted.length * PERCENTILE)],
                Arrays.stream(sorted).max().orElse(0));
    }
}
