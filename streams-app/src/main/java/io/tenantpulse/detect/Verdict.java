package io.tenantpulse.detect;

/** What can be said of a condition now. */
enum Verdict {
    TRUE,
    FALSE,
    /** It can't be seen: what was the case stays the case. */
    FROZEN
}
