package io.tenantpulse.detect;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A condition of a tenant that holds, and for how long. A value that changes while the condition stays true does not move
 * it; one observed false ends it.
 *
 * @param reason the part of the alert's identity beside the rule; empty if it has none
 * @param severity of the rule when it was last judged
 * @param since since when the condition holds without a break
 * @param frozen time that is not counted, because nobody saw it
 * @param unproven whether the condition may have been interrupted in a gap
 * @param accountedTo up to where gaps have been judged
 * @param firedAt {@code at} of the firing; null while pending
 * @param keepUntil the condition has ended, but the alert is kept firing until then; null otherwise
 * @param owed of own readiness: a gap that is over but not judged, for something else that the rule reads is still hidden
 */
public record Clock(
        String rule,
        String reason,
        Severity severity,
        Instant since,
        Duration frozen,
        boolean unproven,
        Instant accountedTo,
        @Nullable Instant firedAt,
        @Nullable Instant keepUntil,
        @Nullable OwnGap owed) {

    static Clock started(Rule rule, String reason, Instant since, Instant at) {
        return new Clock(rule.name(), reason, rule.severity(), since, Duration.ZERO, false, at, null, null, null);
    }

    boolean isFiring() {
        return firedAt != null;
    }

    /** When it fires: since + hold + frozen, everywhere. */
    Instant deadline(Rule rule) {
        return since.plus(rule.hold()).plus(frozen);
    }

    /** When it must be looked at again; null: never by itself. */
    @Nullable
    Instant wake(Rule rule) {
        return isFiring() ? keepUntil : deadline(rule);
    }

    Clock fired(Instant at) {
        return new Clock(rule, reason, severity, since, frozen, unproven, accountedTo, at, null, owed);
    }

    Clock pendingAgain() {
        return new Clock(rule, reason, severity, since, frozen, unproven, accountedTo, null, null, owed);
    }

    Clock keptUntil(@Nullable Instant until) {
        return new Clock(rule, reason, severity, since, frozen, unproven, accountedTo, firedAt, until, owed);
    }

    Clock withSeverity(Severity now) {
        return new Clock(rule, reason, now, since, frozen, unproven, accountedTo, firedAt, keepUntil, owed);
    }

    Clock owing(@Nullable OwnGap gap) {
        return new Clock(rule, reason, severity, since, frozen, unproven, accountedTo, firedAt, keepUntil, gap);
    }

    /** The gap up to {@code to} was bridged: the condition is known to have held throughout. */
    Clock bridged(Instant to) {
        return new Clock(
                rule, reason, severity, since, frozen, unproven, later(accountedTo, to), firedAt, keepUntil, owed);
    }

    /** The gap was not bridged: the policy decides. */
    Clock acrossGap(Instant from, Instant to, Rules.GapPolicy policy, Instant at) {
        Instant lower = later(later(from, since), accountedTo);
        Instant accounted = later(accountedTo, to);
        if (!to.isAfter(lower)) {
            return bridged(to);
        }
        if (isFiring()) {
            return new Clock(rule, reason, severity, since, frozen, true, accounted, firedAt, keepUntil, owed);
        }
        return switch (policy) {
            case FREEZE ->
                new Clock(
                        rule,
                        reason,
                        severity,
                        since,
                        frozen.plus(Duration.between(lower, to)),
                        true,
                        accounted,
                        firedAt,
                        keepUntil,
                        owed);
            case COUNT -> new Clock(rule, reason, severity, since, frozen, true, accounted, firedAt, keepUntil, owed);
            case RESET ->
                new Clock(rule, reason, severity, at, Duration.ZERO, true, accounted, firedAt, keepUntil, owed);
        };
    }

    /** From where an unjudged gap that began at {@code from} weighs on this clock. */
    Instant unaccountedFrom(Instant from) {
        return later(later(from, since), accountedTo);
    }

    static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }
}
