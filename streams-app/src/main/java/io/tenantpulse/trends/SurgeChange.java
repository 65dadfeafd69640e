package io.tenantpulse.trends;

import java.time.Duration;
import java.time.Instant;

/**
 * A surge of a scope began, changed or ended.
 *
 * @param since end of the window in which the threshold was first reached
 * @param at exact event time; of a beginning since + hold + frozen
 * @param decidedAt end of the window that decided
 * @param frozen time since then that could not be judged and is not counted
 * @param unseen whether tenants of the scope were out of sight in that window
 */
public record SurgeChange(
        Scope scope,
        Kind kind,
        Instant since,
        Instant at,
        Instant decidedAt,
        Duration frozen,
        boolean unseen,
        SurgeFacts facts) {

    /** What happened. */
    public enum Kind {
        BEGAN,
        /** Its common cause is another. */
        CHANGED,
        /** So few are unhealthy, for so long, that it is over. */
        ENDED,
        /** The scope has no tenants any more. */
        VANISHED,
        /** The rule asks for more now. */
        RULE_CHANGED,
        /** There is no rule any more. */
        RULE_REMOVED
    }
}
