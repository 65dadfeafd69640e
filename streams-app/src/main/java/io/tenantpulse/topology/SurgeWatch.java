package io.tenantpulse.topology;

import io.tenantpulse.detect.SurgeAlerts;
import io.tenantpulse.detect.Transition;
import io.tenantpulse.metrics.FleetMeters;
import io.tenantpulse.trends.HeldSurgeMemory;
import io.tenantpulse.trends.Scope;
import io.tenantpulse.trends.ScopeSurges;
import io.tenantpulse.trends.SurgeMemory;
import io.tenantpulse.trends.TrendWindow;
import io.tenantpulse.trends.WindowSize;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/** Carries the judge of surges: hands it the windows that close, its stores, and the topics of alerts. */
final class SurgeWatch {
    /** The trends are one task, which is none of the partitions of the log. */
    private static final int TASK = -1;

    private final FiringLevels levels;
    private final TopicVoice voice;
    private final SurgeAlerts surges;

    SurgeWatch(ProcessorContext<? super String, Object> context, TopologyParts parts) {
        this.levels = new FiringLevels(parts.meters().fleet(), TASK);
        TopicVoice.Outputs outputs = new TopicVoice.Outputs(
                FleetTopology.WRITE_SURGES, FleetTopology.WRITE_ACTIVE_SURGES, Stores.SURGE_TOMBSTONES);
        this.voice = new TopicVoice(context, outputs, parts.meters(), parts.clock(), levels);
        this.surges = new SurgeAlerts(parts.rules(), memory(context, parts), voice);
    }

    private static SurgeMemory memory(ProcessingContext context, TopologyParts parts) {
        if (!parts.durable()) {
            return new HeldSurgeMemory();
        }
        StreamsSurgeMemory memory = new StreamsSurgeMemory(context);
        memory.each(known -> restore(known, parts.meters().fleet()));
        return memory;
    }

    private static void restore(ScopeSurges known, FleetMeters meters) {
        Scope scope = known.scope();
        known.byAlert().forEach((alert, state) -> {
            if (state.surge() != null && state.surge().firedAt() != null) {
                FleetMeters.Part part = new FleetMeters.Part(
                        alert,
                        scope.cluster(),
                        scope.namespace().isEmpty() ? null : scope.namespace(),
                        scope.level() == Scope.Level.REGISTRY ? scope.name() : null,
                        scope.level() == Scope.Level.TEMPLATE ? scope.name() : null);
                meters.alert(TASK, Transition.identity(alert, scope.key(), ""), part);
            }
        });
    }

    void on(TrendWindow window) {
        surges.on(window);
        if (window.size() == WindowSize.MINUTE && window.scope().level() == Scope.Level.CLUSTER) {
            voice.expire(window.scope().cluster(), window.end());
        }
    }

    void close() {
        levels.close();
    }
}
