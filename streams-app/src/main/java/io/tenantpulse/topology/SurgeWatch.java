package io.tenantpulse.topology;

import io.tenantpulse.detect.Rule;
import io.tenantpulse.detect.Rules;
import io.tenantpulse.detect.SurgeWords;
import io.tenantpulse.detect.Transition;
import io.tenantpulse.metrics.FleetMeters;
import io.tenantpulse.trends.HeldSurgeMemory;
import io.tenantpulse.trends.Scope;
import io.tenantpulse.trends.ScopeSurges;
import io.tenantpulse.trends.SurgeChange;
import io.tenantpulse.trends.SurgeMemory;
import io.tenantpulse.trends.SurgeRule;
import io.tenantpulse.trends.Surges;
import io.tenantpulse.trends.TrendWindow;
import io.tenantpulse.trends.WindowSize;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/** Carries the judge of surges: hands it the windows that close, its stores, and the topics of alerts. */
final class SurgeWatch {
    /** The trends are one task, which is none of the partitions of the log. */
    private static final int TASK = -1;

    private final Rules rules;
    private final FiringLevels levels;
    private final TopicVoice voice;
    private final Surges surges;

    SurgeWatch(ProcessorContext<? super String, Object> context, TopologyParts parts) {
        this.rules = parts.rules();
        this.levels = new FiringLevels(parts.meters().fleet(), TASK);
        TopicVoice.Outputs outputs = new TopicVoice.Outputs(
                FleetTopology.WRITE_SURGES, FleetTopology.WRITE_ACTIVE_SURGES, Stores.SURGE_TOMBSTONES);
        this.voice = new TopicVoice(context, outputs, parts.meters(), parts.clock(), levels);
        this.surges = new Surges(this::rulesOf, memory(context, parts), this::say);
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

    private List<SurgeRule> rulesOf(Scope scope) {
        return rules.of(scope).stream()
                .map(rule -> new SurgeRule(
                        rule.name(), Objects.requireNonNull(rule.surge()), rule.hold(), rule.keepFiring()))
                .toList();
    }

    private void say(String alert, SurgeChange change) {
        Rule rule = rules.of(change.scope()).stream()
                .filter(each -> each.name().equals(alert))
                .findAny()
                .orElse(null);
        Transition transition = SurgeWords.of(change, alert, rule);
        voice.say(transition);
        if (change.kind() == SurgeChange.Kind.VANISHED) {
            // No window of it will come by which 24 hours could be counted.
            voice.forgetAlert(transition.identity());
        }
    }

    void close() {
        levels.close();
    }
}
