package io.tenantpulse.trends;

import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Judges windows, as they close, for surges of clusters, registries and templates. Not thread-safe; all that it knows is in
 * its memory. A window that only says that its cluster is blind is passed over: if what happened in it comes after all, it
 * is judged then, in the cluster's own order; if not, its time does not count.
 */
public final class Surges {
    private final Function<Scope, List<SurgeRule>> rules;
    private final SurgeMemory memory;
    private final SurgeVoice voice;

    /** @param rules those that hold for a scope */
    public Surges(Function<Scope, List<SurgeRule>> rules, SurgeMemory memory, SurgeVoice voice) {
        this.rules = rules;
        this.memory = memory;
        this.voice = voice;
    }

    /** Takes a window that has closed or was corrected. */
    public void on(TrendWindow window) {
        Scope scope = window.scope();
        if (window.size() == WindowSize.MINUTE
                && SurgeJudge.isJudged(scope)
                && !window.blindClusters().contains(scope.cluster())) {
            judge(window);
        }
    }

    private void judge(TrendWindow window) {
        Scope scope = window.scope();
        ScopeSurges known = memory.surges(scope);
        TreeMap<String, SurgeState> before = known == null ? new TreeMap<>() : new TreeMap<>(known.byAlert());
        boolean vanished = window.totals().population().atEnd().total() == 0;
        TreeMap<String, SurgeState> after = new TreeMap<>();
        for (SurgeRule rule : rules.apply(scope)) {
            SurgeState state = before.remove(rule.alert());
            if (vanished && state != null && window.end().isBefore(state.upTo())) {
                // It corrects a minute after which there were tenants.
                after.put(rule.alert(), state);
            } else if (vanished && state != null) {
                say(rule.alert(), SurgeJudge.onVanished(state, window.end()));
            } else if (!vanished) {
                SurgeJudge judge = new SurgeJudge(rule.threshold(), rule.hold(), rule.keepFiring());
                SurgeJudge.Step step = judge.onWindow(state, window, around(scope, rule.alert()));
                after.put(rule.alert(), step.remember());
                say(rule.alert(), step.say());
            }
        }
        before.forEach((alert, state) -> removed(alert, state, window.end()));
        if (!after.isEmpty()) {
            memory.put(new ScopeSurges(scope, after));
        } else if (known != null) {
            memory.forget(scope);
        }
    }

    private @Nullable SurgeState around(Scope scope, String alert) {
        Scope cluster = Scope.cluster(scope.cluster());
        ScopeSurges known = scope.equals(cluster) ? null : memory.surges(cluster);
        return known == null ? null : known.byAlert().get(alert);
    }

    private void removed(String alert, SurgeState state, Instant end) {
        say(alert, SurgeJudge.onRuleRemoved(state, end));
    }

    private void say(String alert, List<SurgeChange> changes) {
        changes.forEach(change -> voice.say(alert, change));
    }
}
