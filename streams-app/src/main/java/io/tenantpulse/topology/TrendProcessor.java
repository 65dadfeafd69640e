package io.tenantpulse.topology;

import io.tenantpulse.metrics.Meters;
import io.tenantpulse.schema.UndecodableRecordException;
import io.tenantpulse.trends.HeldMergerMemory;
import io.tenantpulse.trends.Merger;
import io.tenantpulse.trends.MergerMemory;
import io.tenantpulse.trends.MergerVoice;
import io.tenantpulse.trends.Report;
import io.tenantpulse.trends.Scope;
import io.tenantpulse.trends.TrendWindow;
import io.tenantpulse.trends.WindowSize;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Carries the merger: hands it what partitions counted, its stores, and the topic of trends. */
final class TrendProcessor implements Processor<byte[], byte[], Object, Object>, MergerVoice {
    private static final Duration SILENT = Duration.ofMinutes(5);

    private final TopologyParts parts;
    private final Meters meters;
    /** Up to where windows of clusters were seen. */
    private final Map<String, Instant> seenTo = new HashMap<>();

    private ProcessorContext<Object, Object> context;
    private Merger merger;
    private SurgeWatch surges;

    TrendProcessor(TopologyParts parts) {
        this.parts = parts;
        this.meters = parts.meters();
    }

    @Override
    public void init(ProcessorContext<Object, Object> context) {
        this.context = context;
        int partitions = parts.topics().observations().partitions();
        MergerMemory memory = parts.durable() ? new StreamsMergerMemory(context) : new HeldMergerMemory();
        this.merger = new Merger(partitions, memory, this);
        this.surges = new SurgeWatch(context, parts);
        for (String cluster : memory.progress().keySet()) {
            memory.levels(cluster).forEach(meters.fleet()::tenants);
        }
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Report report;
        try {
            report = parts.codec().report(parts.topics().trendPartials().name(), record.value());
        } catch (UndecodableRecordException e) {
            DeadLetters.bury(record, e, context, meters, FleetTopology.WRITE_DEAD_PARTIALS);
            return;
        }
        meters.records(report.getClass(), 1);
        merger.on(report);
    }

    @Override
    public void say(TrendWindow window) {
        String key = window.scope().key() + '@' + window.size().word();
        context.forward(new Record<>(key, window, window.end().toEpochMilli()), FleetTopology.WRITE_TRENDS);
        surges.on(window);
        if (window.size() == WindowSize.MINUTE) {
            show(window);
        }
    }

    /** A cluster that is always some minutes behind is shown as it was then, and as blind only when it is silent. */
    private void show(TrendWindow window) {
        Scope scope = window.scope();
        boolean assumed = window.blindClusters().contains(scope.cluster());
        Instant seen = seenTo.getOrDefault(scope.cluster(), Instant.EPOCH);
        if (!assumed) {
            seenTo.put(scope.cluster(), window.end().isAfter(seen) ? window.end() : seen);
        }
        if (!assumed || !seen.plus(SILENT).isAfter(window.end())) {
            meters.fleet().tenants(scope, window.totals().population().atEnd());
        }
    }

    @Override
    public void close() {
        meters.fleet().tenantsReleased();
        if (surges != null) {
            surges.close();
        }
    }

    @Override
    public void count(String what) {
        meters.odd(what);
    }
}
