package io.tenantpulse.topology;

import io.tenantpulse.detect.IncidentChange;
import io.tenantpulse.detect.Transition;
import io.tenantpulse.detect.Voice;
import io.tenantpulse.metrics.Meters;
import io.tenantpulse.model.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Writes decisions to the output topics. Records are stamped with the deciding instant.
 *
 * <p>The topic of active alerts is compacted: an alert's entry is deleted 24 h after it resolved. These 24 h are counted
 * by the cluster's own watermarks, so that a replay and a demo with a fast clock do as live does; while a cluster is
 * silent, its resolved alerts stay where they are.
 */
final class TopicVoice implements Voice {
    static final Duration KEEP_RESOLVED = Duration.ofHours(24);

    private final ProcessorContext<? super String, Object> context;
    private final Outputs outputs;
    private final Meters meters;
    private final InstantSource clock;
    private final FiringLevels levels;
    private final DueIndex tombstones;
    private final Map<String, Entry> dueByIdentity = new HashMap<>();

    private record Entry(String cluster, Instant due) {}

    /**
     * Where a task writes alerts.
     *
     * @param tombstones store of what is to be deleted from the topic of active alerts
     */
    record Outputs(String alerts, String activeAlerts, String tombstones) {}

    TopicVoice(
            ProcessorContext<? super String, Object> context,
            Outputs outputs,
            Meters meters,
            InstantSource clock,
            FiringLevels levels) {
        this.context = context;
        this.outputs = outputs;
        this.meters = meters;
        this.clock = clock;
        this.levels = levels;
        this.tombstones = new DueIndex(context.getStateStore(outputs.tombstones()));
        tombstones.each((cluster, due, identity) -> dueByIdentity.put(identity, new Entry(cluster, due)));
    }

    @Override
    public void say(Transition transition) {
        String identity = transition.identity();
        long decidedAt = transition.decidedAt().toEpochMilli();
        context.forward(new Record<>(transition.scopeKey(), transition, decidedAt), outputs.alerts());
        context.forward(new Record<>(identity, transition, decidedAt), outputs.activeAlerts());
        levels.on(transition);
        cancelTombstone(identity);
        if (transition.status() == Transition.Status.RESOLVED) {
            planTombstone(transition.cluster(), transition.decidedAt().plus(KEEP_RESOLVED), identity);
        }
        meters.transition(
                transition.alert(), transition.status().name(), Duration.between(transition.at(), clock.instant()));
    }

    @Override
    public void say(IncidentChange change) {
        context.forward(
                new Record<>(change.tenant().key(), change, change.decidedAt().toEpochMilli()),
                FleetTopology.WRITE_INCIDENTS);
        levels.on(change);
        meters.incident(change.status().name());
    }

    @Override
    public void forgetAlert(String identity) {
        cancelTombstone(identity);
        bury(identity, context.currentStreamTimeMs());
    }

    @Override
    public void failed(TenantId tenant, RuntimeException failure) {
        meters.odd("diagnosis-failed");
        DiagnosisFailures.log(tenant, failure);
    }

    @Override
    public void count(String what) {
        meters.odd(what);
    }

    /** The cluster's time has come to {@code upTo}: deletes the entries of alerts that resolved long enough ago. */
    void expire(String cluster, Instant upTo) {
        for (String identity : tombstones.due(cluster, upTo)) {
            cancelTombstone(identity);
            bury(identity, upTo.toEpochMilli());
        }
    }

    /** The cluster is gone: deletes the entries of all its resolved alerts. */
    void expireAll(String cluster) {
        tombstones.due(cluster, Instant.MAX).forEach(this::forgetAlert);
    }

    private void bury(String identity, long timestamp) {
        context.forward(new Record<>(identity, null, timestamp), outputs.activeAlerts());
    }

    private void planTombstone(String cluster, Instant due, String identity) {
        tombstones.add(cluster, due, identity);
        dueByIdentity.put(identity, new Entry(cluster, due));
    }

    private void cancelTombstone(String identity) {
        Entry entry = dueByIdentity.remove(identity);
        if (entry != null) {
            tombstones.remove(entry.cluster(), entry.due(), identity);
        }
    }
}
