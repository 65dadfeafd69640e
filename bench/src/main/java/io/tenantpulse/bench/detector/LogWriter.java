package io.tenantpulse.bench.detector;

import io.tenantpulse.v1.Change;
import io.tenantpulse.v1.Dependency;
import io.tenantpulse.v1.FrameId;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Writes a log as its spec says. Its event time ends now and a little, for a broker deletes what is old. */
final class LogWriter {
    private static final long TICK_MILLIS = 5_000;
    /** Event time ends at a multiple of that, so that whoever looks every half minute sees all that the last mark decides. */
    private static final long END_MILLIS = 30_000;

    private final LogSpec spec;
    private final LogProducer log;
    private final FleetRecords records;
    private final Episodes episodes;
    private final Random random = new Random(11);
    private final List<String> kinds;
    private final Instant begin;
    private final long end;
    private final BitSet broken = new BitSet();
    private long ticked;

    /**
     * A log that was written.
     *
     * @param listed records of the first listing
     * @param warm records before those that are measured
     * @param total records
     * @param bytesPerRecord of the values
     * @param endMillis the last watermark
     */
    record Written(
            LogSpec spec, String topic, long listed, long warm, long total, long bytesPerRecord, long endMillis) {}

    private LogWriter(LogSpec spec, LogProducer log) {
        this.spec = spec;
        this.log = log;
        long span = (long) Math.ceil((spec.warmUp() + (double) spec.events()) * spec.millisPerEvent());
        long now = Instant.now().toEpochMilli();
        this.end = now - now % END_MILLIS;
        long start = end - span;
        this.begin = Instant.ofEpochMilli(start - start % END_MILLIS);
        this.records = new FleetRecords(spec, begin);
        this.episodes = new Episodes(spec.tenants(), spec.changing(), begin.toEpochMilli());
        this.kinds = kinds(spec.kind());
    }

    static Written write(LogSpec spec, Servers.Addresses addresses) throws IOException {
        String topic = spec.prefix() + ".observations";
        try (LogProducer log = new LogProducer(addresses, topic, spec.clusters())) {
            return write(spec, log, topic);
        }
    }

    static Written write(LogSpec spec, LogProducer log, String topic) {
        LogWriter writer = new LogWriter(spec, log);
        writer.list();
        long listed = log.records();
        writer.run(0, spec.warmUp());
        long warm = log.records();
        writer.run(spec.warmUp(), spec.warmUp() + spec.events());
        writer.tickTo(writer.end);
        log.flush();
        return new Written(spec, topic, listed, warm, log.records(), log.bytes() / log.records(), writer.end);
    }

    private static List<String> kinds(LogSpec.Kind kind) {
        List<String> all = new ArrayList<>(List.of(FleetRecords.TENANT_KIND));
        if (kind == LogSpec.Kind.RESOURCES) {
            for (ResourceKind each : ResourceKind.values()) {
                all.add(LogProducer.kindName(each));
            }
        }
        return all;
    }

    /** What every exporter sees first: all is well. */
    private void list() {
        List<FrameId> frames = new ArrayList<>();
        for (int cluster = 0; cluster < spec.clusters(); cluster++) {
            log.epoch(cluster, begin);
            for (String kind : kinds) {
                frames.add(log.beginFrame(cluster, kind, begin));
            }
        }
        for (int tenant = 0; tenant < spec.tenants(); tenant++) {
            List<Dependency> needs = spec.kind() == LogSpec.Kind.RESOURCES ? records.dependencies(tenant) : List.of();
            sendTenant(tenant, Change.SNAPSHOT, begin, needs);
            for (int i = 0; i < needs.size(); i++) {
                sendResource(tenant, i, Change.SNAPSHOT, ResourceKind.REPLICAS, begin);
            }
        }
        int frame = 0;
        for (int cluster = 0; cluster < spec.clusters(); cluster++) {
            for (String kind : kinds) {
                log.endFrame(cluster, kind, frames.get(frame++), begin);
            }
        }
        ticked = begin.toEpochMilli() - TICK_MILLIS;
        tickTo(begin.toEpochMilli());
    }

    private void run(int from, int to) {
        for (int i = from; i < to; i++) {
            long millis = begin.toEpochMilli() + 1 + (long) (i * spec.millisPerEvent());
            tickTo(millis - 1);
            event(millis);
        }
    }

    private void event(long millis) {
        Instant at = Instant.ofEpochMilli(millis);
        int tenant = episodes.next(millis);
        if (spec.kind() == LogSpec.Kind.TENANTS) {
            sendTenant(tenant, Change.MODIFIED, at, null);
            return;
        }
        boolean well = episodes.trouble(tenant) == Trouble.NONE;
        if (well != broken.get(tenant)) {
            int same = well ? random.nextInt(Episodes.RESOURCES) : 0;
            sendResource(tenant, same, Change.MODIFIED, well ? ResourceKind.REPLICAS : 1, at);
            return;
        }
        broken.set(tenant, !well);
        sendResource(tenant, 0, Change.MODIFIED, well ? ResourceKind.REPLICAS : 1, at);
        sendTenant(tenant, Change.MODIFIED, at, null);
    }

    private void sendTenant(int tenant, Change change, Instant at, @Nullable List<Dependency> needs) {
        FleetRecords.Stamp stamp = stamp(tenant);
        log.send(
                records.key(tenant),
                records.tenant(tenant, stamp, change, episodes.trouble(tenant), episodes.ready(tenant), needs),
                at);
    }

    private void sendResource(int tenant, int number, Change change, int ready, Instant at) {
        FleetRecords.Stamp stamp = stamp(tenant);
        log.send(records.key(tenant), records.resource(tenant, number, stamp, change, ready), at);
    }

    private FleetRecords.Stamp stamp(int tenant) {
        return new FleetRecords.Stamp(
                log.next(records.clusterOf(tenant)), Instant.ofEpochMilli(episodes.since(tenant)));
    }

    private void tickTo(long millis) {
        while (ticked + TICK_MILLIS <= millis) {
            ticked += TICK_MILLIS;
            for (int cluster = 0; cluster < spec.clusters(); cluster++) {
                log.watermark(cluster, kinds, Instant.ofEpochMilli(ticked));
            }
        }
    }
}
