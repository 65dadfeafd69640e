package io.tenantpulse.topology;

import io.tenantpulse.detect.Detector;
import io.tenantpulse.detect.Observation;
import io.tenantpulse.trends.Census;
import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Carries the detector of one partition: reads the log for it, and hands it its stores and its voice. */
final class TenantProcessor implements Processor<byte[], byte[], Object, Object> {
    /** Silence is judged in tens of seconds. */
    private static final Duration WALL_CLOCK_TICK = Duration.ofSeconds(1);

    private static final TopicVoice.Outputs OUTPUTS =
            new TopicVoice.Outputs(FleetTopology.WRITE_ALERTS, FleetTopology.WRITE_ACTIVE_ALERTS, Stores.TOMBSTONES);

    private final TopologyParts parts;
    private int partition;
    private long seenAgain;
    private Decoder decoder;
    private Sightings sightings;
    private StreamsMemory memory;
    private FiringLevels levels;
    private TopicVoice voice;
    private Detector detector;

    TenantProcessor(TopologyParts parts) {
        this.parts = parts;
    }

    @Override
    public void init(ProcessorContext<Object, Object> context) {
        partition = context.taskId().partition();
        decoder = new Decoder(parts, context);
        sightings = sightings(context);
        memory = new StreamsMemory(context, sightings, parts.durable());
        levels = new FiringLevels(parts.meters().fleet(), partition);
        levels.restore(memory);
        voice = new TopicVoice(context, OUTPUTS, parts.meters(), parts.clock(), levels);
        OwnedStore counts = context.getStateStore(Stores.CENSUS);
        Census census =
                new Census(new StreamsCensusMemory(counts), new PartialVoice(context, parts.meters(), partition));
        Detector made = new Detector(parts.rules(), memory, voice, census);
        counts.beforeCommit(() -> {
            made.beforeCommit();
            census.flush();
        });
        detector = made;
        context.schedule(WALL_CLOCK_TICK, PunctuationType.WALL_CLOCK_TIME, any -> onTick());
    }

    private Sightings sightings(ProcessorContext<Object, Object> context) {
        TenantTable tenants = TenantTable.of(context.getStateStore(Stores.TENANTS));
        if (!parts.durable()) {
            return new Sightings(tenants, parts.codec(), null);
        }
        OwnedStore seen = context.getStateStore(Stores.SEEN);
        Sightings kept = new Sightings(tenants, parts.codec(), seen.entries());
        seen.beforeCommit(kept::flush);
        return kept;
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        if (sightings.isTaken(record)) {
            seenAgain++;
            return;
        }
        Observation news = decoder.read(record);
        if (news != null) {
            parts.meters().records(news.getClass(), 1);
            detector.on(news);
            after(record, news);
        }
    }

    private void after(Record<byte[], byte[]> record, Observation news) {
        if (news instanceof Observation.OfTenant tenant) {
            sightings.read(record, tenant, detector);
        } else if (news instanceof Observation.Watermark watermark) {
            countSeenAgain();
            voice.expire(watermark.cluster(), watermark.time());
            parts.meters().watermark(watermark.cluster(), partition, watermark.time());
            parts.meters().operator(watermark.cluster(), partition, detector.operator(watermark.cluster()));
        } else if (news instanceof Observation.ClusterGone gone && memory.isGone(gone.cluster())) {
            voice.expireAll(gone.cluster());
            parts.meters().gone(gone.cluster(), partition);
        }
    }

    /** Most records are of that kind, and to count each where all threads count would cost more than to take it. */
    private void countSeenAgain() {
        parts.meters().records(Observation.OfTenant.class, seenAgain);
        seenAgain = 0;
    }

    private void onTick() {
        countSeenAgain();
        detector.onWallClock(parts.clock().instant());
        parts.meters().deadlines(partition, memory.deadlines());
    }

    @Override
    public void close() {
        countSeenAgain();
        parts.meters().released(partition);
        if (levels != null) {
            levels.close();
        }
    }
}
