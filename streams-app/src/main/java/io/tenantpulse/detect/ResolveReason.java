package io.tenantpulse.detect;

import java.util.Locale;

/** Why an alert resolved. */
public enum ResolveReason {
    /** The condition ended, and the incident with it. */
    RECOVERED,
    /** At the same observation a condition of higher severity turned true. */
    ESCALATED,
    /** The condition ended; the incident goes on. */
    EASED,
    DELETED,
    /** A new object has taken the name. */
    REPLACED,
    RULE_CHANGED,
    RULE_REMOVED,
    CLUSTER_REMOVED;

    /** The word used in topics and output, such as {@code rule-changed}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
