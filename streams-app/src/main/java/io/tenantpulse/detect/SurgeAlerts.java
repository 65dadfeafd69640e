package io.tenantpulse.detect;

import io.tenantpulse.trends.Scope;
import io.tenantpulse.trends.SurgeChange;
import io.tenantpulse.trends.SurgeMemory;
import io.tenantpulse.trends.SurgeRule;
import io.tenantpulse.trends.Surges;
import io.tenantpulse.trends.TrendWindow;
import java.util.List;
import java.util.Objects;

/** Makes alerts of the surges that are found in windows, by the rules that hold for their scope. Not thread-safe. */
public final class SurgeAlerts {
    private final Rules rules;
    private final Voice voice;
    private final Surges surges;

    public SurgeAlerts(Rules rules, SurgeMemory memory, Voice voice) {
        this.rules = rules;
        this.voice = voice;
        this.surges = new Surges(this::rulesOf, memory, this::say);
    }

    /** Takes a window that has closed or was corrected. */
    public void on(TrendWindow window) {
        surges.on(window);
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
}
