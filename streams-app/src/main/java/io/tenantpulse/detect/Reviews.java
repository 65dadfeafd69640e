package io.tenantpulse.detect;

import io.tenantpulse.diagnose.Cause;
import io.tenantpulse.diagnose.CauseWord;
import io.tenantpulse.diagnose.Diagnosis;
import io.tenantpulse.diagnose.ResourceHealth;
import io.tenantpulse.diagnose.SeenObject;
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
     * When a tenant is to be diagnosed again though nothing is heard of it: what only starts now is broken once its time is
     * over.
     *
     * @param before when it was to be until now; null: not
     * @param now instant for which the diagnosis was made
     */
    static @Nullable Instant dueByTime(@Nullable Instant before, Diagnosis diagnosis, Instant now) {
        List<Cause> causes = diagnosis.causes();
        if (causes.isEmpty() || causes.get(0).word() != CauseWord.STARTING) {
            return before;
        }
        Instant over = null;
        for (ResourceHealth each : diagnosis.resources()) {
            if (!each.timeLeft().isZero()) {
                over = earlier(over, now.plus(each.timeLeft()));
            }
            for (SeenObject pod : each.isNotReady() ? each.pods() : List.<SeenObject>of()) {
                Instant end = pod.createdAt() == null
                        ? now
                        : pod.createdAt().plus(each.dependency().timeout());
                over = end.isAfter(now) ? earlier(over, end) : over;
            }
        }
        return over == null ? before : earlier(before, over.plus(SETTLING));
    }

    private static Instant earlier(@Nullable Instant one, Instant other) {
        return one == null || other.isBefore(one) ? other : one;
    }

    /**
     * Diagnoses a tenant again and tells what is new of it.
     *
     * @return when it is to be done again, for an alert that may not be updated yet or what only starts; null: not
     */
    static @Nullable Instant hold(TenantTurn turn, Instant due, Instant watermark) {
        Told now = Told.of(turn.diagnosis(watermark), due);
        Instant again = dueByTime(null, turn.diagnosis(watermark), watermark);
        boolean said = false;
        for (Clock clock : turn.clocks()) {
            Rule rule = turn.ruleOf(clock);
            Told told = clock.told();
            if (rule == null || !isToBeTold(clock, rule, now)) {
                continue;
            }
            Instant at = told == null ? due : Stretch.later(due, told.next());
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
