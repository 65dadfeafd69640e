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
 * @param stretch how long the condition holds
 * @param timeout what must pass beside the rule's hold: the blocker's own, of a dependency; zero for other conditions
 * @param subject id of the blocker of which a stuck dependency speaks; null for other conditions, a cycle and a missing id
 * @param firedAt {@code at} of the firing; null while pending
 * @param keepUntil the alert fires until then: its condition has ended, or ends by itself; null otherwise
 * @param told why it fires, as last told; null while pending
 */
public record Clock(
        String rule,
        String reason,
        Severity severity,
        Stretch stretch,
        Duration timeout,
        @Nullable String subject,
        @Nullable Instant firedAt,
        @Nullable Instant keepUntil,
        @Nullable Told told) {

    static Clock started(Rule rule, String reason, Stretch stretch) {
        return new Clock(rule.name(), reason, rule.severity(), stretch, Duration.ZERO, null, null, null, null);
    }

    Instant since() {
        return stretch.since();
    }

    boolean isFiring() {
        return firedAt != null;
    }

    /** How long the condition must hold. */
    Duration hold(Rule rule) {
        return rule.hold().plus(timeout);
    }

    /** When it fires. */
    Instant deadline(Rule rule) {
        return stretch.after(hold(rule));
    }

    /** When it must be looked at again; null: never by itself. */
    @Nullable
    Instant wake(Rule rule) {
        return isFiring() ? keepUntil : deadline(rule);
    }

    Clock fired(Instant at) {
        return new Clock(rule, reason, severity, stretch, timeout, subject, at, keepUntil, told);
    }

    Clock pendingAgain() {
        return new Clock(rule, reason, severity, stretch, timeout, subject, null, null, null);
    }

    Clock keptUntil(@Nullable Instant until) {
        return new Clock(rule, reason, severity, stretch, timeout, subject, firedAt, until, told);
    }

    Clock withSeverity(Severity now) {
        return new Clock(rule, reason, now, stretch, timeout, subject, firedAt, keepUntil, told);
    }

    Clock with(Stretch now) {
        return new Clock(rule, reason, severity, now, timeout, subject, firedAt, keepUntil, told);
    }

    Clock told(Told now) {
        return new Clock(rule, reason, severity, stretch, timeout, subject, firedAt, keepUntil, now);
    }

    /** It speaks of that blocker from now on. */
    Clock about(@Nullable String blocker, Duration itsTimeout) {
        return new Clock(rule, reason, severity, stretch, itsTimeout, blocker, firedAt, keepUntil, told);
    }

    /** A gap was not bridged: the policy decides, but what fires already only doubts. */
    Clock acrossGap(Instant from, Instant to, Rules.GapPolicy policy, Instant at) {
        return with(isFiring() ? stretch.doubted(from, to) : stretch.acrossGap(from, to, policy, at));
    }
}
