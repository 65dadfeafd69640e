package io.tenantpulse.topology;

import io.tenantpulse.metrics.Meters;
import io.tenantpulse.trends.CensusVoice;
import io.tenantpulse.trends.Partial;
import io.tenantpulse.trends.Report;
import io.tenantpulse.trends.Scope;
import io.tenantpulse.trends.Totals;
import io.tenantpulse.trends.WindowClosed;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Writes what a partition counted to the topic of partials. Records are stamped with the start of their window. */
final class PartialVoice implements CensusVoice {
    private final ProcessorContext<? super String, Object> context;
    private final Meters meters;
    private final int partition;

    PartialVoice(ProcessorContext<? super String, Object> context, Meters meters, int partition) {
        this.context = context;
        this.meters = meters;
        this.partition = partition;
    }

    @Override
    public void say(Scope scope, Instant window, Totals totals) {
        write(scope.key(), new Partial(partition, scope.cluster(), window, scope, totals));
    }

    @Override
    public void closed(String cluster, Instant window, boolean gone) {
        write(Scope.cluster(cluster).key(), new WindowClosed(partition, cluster, window, List.of(), gone));
    }

    @Override
    public void fleetClosed(Instant window, List<String> blind) {
        write(Scope.FLEET.key(), new WindowClosed(partition, null, window, blind, false));
    }

    private void write(String key, Report report) {
        context.forward(new Record<>(key, report, report.start().toEpochMilli()), FleetTopology.WRITE_PARTIALS);
    }

    @Override
    public void count(String what) {
        meters.odd(what);
    }
}
