package io.tenantpulse.detect;

import io.tenantpulse.trends.Scope;
import io.tenantpulse.trends.SurgeChange;
import io.tenantpulse.trends.SurgeFacts;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Words a surge: what was judged of a scope is made into what is said. */
public final class SurgeWords {
    private SurgeWords() {}

    /**
     * The alert's transition.
     *
     * @param alert name of the rule
     * @param rule null: it is gone
     */
    public static Transition of(SurgeChange change, String alert, @Nullable Rule rule) {
        Scope scope = change.scope();
        TreeMap<String, String> labels = new TreeMap<>();
        labels.put("scope", scope.level().word());
        if (!scope.name().isEmpty()) {
            labels.put(scope.level().word(), scope.name());
        }
        ResolveReason reason = reason(change);
        return new Transition(
                alert,
                status(change.kind()),
                scope.cluster(),
                null,
                null,
                rule == null ? Severity.CRITICAL : rule.severity(),
                change.since(),
                change.at(),
                change.decidedAt(),
                rule == null ? Duration.ZERO : rule.hold(),
                change.frozen(),
                !change.frozen().isZero(),
                change.unseen(),
                null,
                reason,
                labels,
                null,
                List.of(),
                List.of(),
                null,
                rule == null ? null : Runbook.of(rule),
                null,
                new FleetAlert(
                        scope.key(),
                        scope.namespace().isEmpty() ? null : scope.namespace(),
                        null,
                        reason == null ? summary(change) : null,
                        reason == null ? description(change) : null,
                        change.facts()));
    }

    private static Transition.Status status(SurgeChange.Kind kind) {
        return switch (kind) {
            case BEGAN -> Transition.Status.FIRING;
            case CHANGED -> Transition.Status.UPDATED;
            case ENDED, VANISHED, RULE_CHANGED, RULE_REMOVED -> Transition.Status.RESOLVED;
        };
    }

    private static @Nullable ResolveReason reason(SurgeChange change) {
        return switch (change.kind()) {
            case BEGAN, CHANGED -> null;
            case ENDED -> ResolveReason.RECOVERED;
            case VANISHED -> ResolveReason.DELETED;
            case RULE_CHANGED -> ResolveReason.RULE_CHANGED;
            case RULE_REMOVED -> ResolveReason.RULE_REMOVED;
        };
    }

    private static String where(Scope scope) {
        String level = scope.level().word().substring(0, 1).toUpperCase(Locale.ROOT)
                + scope.level().word().substring(1);
        return scope.name().isEmpty()
                ? level + ' ' + scope.cluster()
                : level + ' ' + scope.name() + " in " + scope.cluster() + '/' + scope.namespace();
    }

    private static String summary(SurgeChange change) {
        SurgeFacts facts = change.facts();
        String why = facts.cause() == null ? "no common cause" : facts.cause().key();
        String rollout = facts.rollout() == null ? "" : ", rollout of " + facts.rollout();
        return where(change.scope()) + ": " + facts.members() + " of " + facts.tenants() + " tenants unhealthy, " + why
                + rollout;
    }

    private static String description(SurgeChange change) {
        SurgeFacts facts = change.facts();
        StringBuilder text = new StringBuilder(where(change.scope()));
        text.append(": ").append(facts.members()).append(" of ").append(facts.tenants());
        text.append(" tenants (").append(percent(facts.share())).append(") are unhealthy and ");
        text.append(
                switch (facts.direction()) {
                    case RISING -> "more become so";
                    case STEADY -> "stay so";
                    case FALLING -> "fewer become so";
                });
        text.append("; usual are ").append(percent(facts.usual())).append('.');
        if (facts.firstSince() != null && facts.lastSince() != null) {
            text.append(" The first is so since ").append(facts.firstSince());
            text.append(", the last since ").append(facts.lastSince()).append('.');
        }
        if (facts.cause() != null) {
            text.append(' ')
                    .append(facts.causeMembers())
                    .append(" have ")
                    .append(facts.cause().word());
            text.append(
                            facts.cause().subject() == null
                                    ? ""
                                    : " (" + facts.cause().subject() + ")")
                    .append('.');
        } else {
            text.append(" No cause dominates so far.");
        }
        if (facts.rollout() != null) {
            text.append(' ').append(facts.rolloutMembers()).append(" were not healthy since template ");
            text.append(facts.rollout().replace("@", " was rolled out in its generation "))
                    .append('.');
        }
        return text.toString();
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }
}
