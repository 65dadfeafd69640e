package io.tenantpulse.topology;

import io.tenantpulse.detect.Detector;
import io.tenantpulse.detect.Observation;
import io.tenantpulse.trends.Census;
import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Carries the detector of one partition: hands it the log, its stores and its voice. */
final class TenantProcessor implements Processor<String, Observation, String, Object> {
    /** Silence is judged in tens of seconds. */
    private static final Duration WALL_CLOCK_TICK = Duration.ofSeconds(1);

    private static final TopicVoice.Outputs OUTPUTS =
            new TopicVoice.Outputs(FleetTopology.WRITE_ALERTS, FleetTopology.WRITE_ACTIVE_ALERTS, Stores.TOMBSTONES);

    private final TopologyParts parts;
    private int partition;
    private StreamsMemory memory;
    private FiringLevels levels;
    private TopicVoice voice;
    private Detector detector;

    TenantProcessor(TopologyParts parts) {
        this.parts = parts;
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        partition = context.taskId().partition();
        memory = new StreamsMemory(context);
        levels = new FiringLevels(parts.meters().fleet(), partition);
        levels.restore(memory);
        voice = new TopicVoice(context, OUTPUTS, parts.meters(), parts.clock(), levels);
        CensusStore counts = context.getStateStore(Stores.CENSUS);
        Census census =
                new Census(new StreamsCensusMemory(counts), new PartialVoice(context, parts.meters(), partition));
        counts.beforeCommit(census::flush);
        detector = new Detector(parts.rules(), memory, voice, census);
        context.schedule(WALL_CLOCK_TICK, PunctuationType.WALL_CLOCK_TIME, any -> onTick());
    }

    @Override
    public void process(Record<String, Observation> record) {
        Observation news = record.value();
        detector.on(news);
        if (news instanceof Observation.Watermark watermark) {
            voice.expire(watermark.cluster(), watermark.time());
            parts.meters().watermark(watermark.cluster(), partition, watermark.time());
            parts.meters().operator(watermark.cluster(), partition, detector.operator(watermark.cluster()));
        } else if (news instanceof Observation.ClusterGone gone && memory.isGone(gone.cluster())) {
            voice.expireAll(gone.cluster());
            parts.meters().gone(gone.cluster(), partition);
        }
    }

    private void onTick() {
        detector.onWallClock(parts.clock().instant());
        parts.meters().deadlines(partition, memory.deadlines());
    }

    @Override
    public void close() {
        parts.meters().released(partition);
        if (levels != null) {
            levels.close();
        }
    }
}
