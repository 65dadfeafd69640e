package io.tenantpulse.detect;

import io.tenantpulse.diagnose.Cause;
import io.tenantpulse.diagnose.CauseWord;
import io.tenantpulse.diagnose.Diagnosis;
import io.tenantpulse.diagnose.ResourceHealth;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells why an alert fires when that has changed: some seconds after the news, for many come together, and not before
 * another cause may be told. What changes meanwhile is not lost: the last state is told when the pause is over.
 */
final class Reviews {
    /** A rollout or a recovery passes through states that explain nothing: objects do not change at one instant. */
    static final Duration SETTLING = Duration.ofSeconds(10);

    /** The operator looks at a tenant every 30 s or when its objects change, and then takes its time to write. */
    static final Duration CATCHING_UP = SETTLING.plus(Duration.ofSeconds(30));

    private Reviews() {}

    /**
     * When a tenant is to be diagnosed again after news at {@code at}; null: no alert of it fires.
     *
     * @param before when it was to be until now; null: not
     */
    static @Nullable Instant due(@Nullable Instant before, List<Clock> clocks, Instant at) {
        Instant allowed = null;
        for (Clock clock : clocks) {
            if (clock.isFiring()) {
                Instant next = clock.told() == null ? at : clock.told().next();
                allowed = allowed == null || next.isBefore(allowed) ? next : allowed;
            }
        }
        return allowed == null ? before : earlier(before, Stretch.later(at.plus(SETTLING), allowed));
    }

    /**
     * When a tenant is to be diagnosed again though nothing is heard of it: what only starts is broken once its time is
     * over, a crash is forgiven, a warning expires, an operator is silent for too long.
     *
     * @param before when it was to be until now; null: not
     */
    static @Nullable Instant dueByTime(@Nullable Instant before, Diagnosis diagnosis, List<Clock> clocks) {
        return diagnosis.changesAt() == null ? before : due(before, clocks, diagnosis.changesAt());
    }

    private static Instant earlier(@Nullable Instant one, Instant other) {
        return one == null || other.isBefore(one) ? other : one;
    }

    /**
     * Diagnoses a tenant again and tells what is new of it.
     *
     * @return when it is to be done again, for an alert that may not be updated yet or what time alone will change; null: not
     */
    static @Nullable Instant hold(TenantTurn turn, Instant due, Instant watermark) {
        Diagnosis why = turn.diagnosis(watermark);
        Instant from = isSaidByOperatorAlone(why) ? Stretch.later(due, caughtUp(turn.tenant(), why)) : due;
        Instant again = from.isAfter(watermark) ? from : tell(turn, why, from, watermark);
        return dueByTime(again, why, turn.clocks());
    }

    /** Every resource is well, and only the operator's status, which is older than the objects, still says otherwise. */
    private static boolean isSaidByOperatorAlone(Diagnosis why) {
        Cause leading = why.causes().isEmpty() ? null : why.causes().get(0);
        return leading != null
                && leading.resources().isEmpty()
                && (leading.word() == CauseWord.STATUS_DRIFT || leading.word() == CauseWord.UNKNOWN)
                && why.resources().stream().noneMatch(ResourceHealth::isNotReady);
    }

    /** When the operator has had the time to see what changed last. */
    private static Instant caughtUp(TenantState tenant, Diagnosis why) {
        Instant changed = tenant.generationSince();
        for (ResourceHealth each : why.resources()) {
            changed = each.since() == null ? changed : Stretch.later(changed, each.since());
        }
        return changed.plus(CATCHING_UP);
    }

    /** @return when it is to be done again, for an alert that may not be updated yet; null: all is told */
    private static @Nullable Instant tell(TenantTurn turn, Diagnosis why, Instant from, Instant watermark) {
        Told now = Told.of(why, from);
        Instant again = null;
        boolean said = false;
        for (Clock clock : turn.clocks()) {
            Rule rule = turn.ruleOf(clock);
            Told told = clock.told();
            if (rule == null || !isToBeTold(clock, rule, now)) {
                continue;
            }
            Instant at = told == null ? from : Stretch.later(from, told.next());
            if (at.isAfter(watermark)) {
                again = earlier(again, at);
            } else {
                turn.say(clock, rule, Transition.Status.UPDATED, new Speech.Instants(at, watermark), null);
                said = true;
            }
        }
        if (said) {
            turn.sayIncident(watermark);
        }
        return again;
    }

    /** Where nothing is wrong now there is nothing to tell: the alert will resolve, or come back to its cause. */
    private static boolean isToBeTold(Clock clock, Rule rule, Told now) {
        boolean ends = clock.keepUntil() != null && rule.predicate() != Rule.Predicate.FLAPPING;
        return clock.isFiring()
                && !ends
                && now.cause() != null
                && (clock.told() == null || !clock.told().saysTheSameAs(now));
    }
}
