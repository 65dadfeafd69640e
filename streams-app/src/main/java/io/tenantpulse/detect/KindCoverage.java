package io.tenantpulse.detect;

/** What a watermark says of a kind. */
public enum KindCoverage {
    /** Nothing is said: not watched, or not yet. */
    UNKNOWN,
    /** Covered by the watermark. */
    LIVE,
    /** Served, but not proven live. */
    BLIND,
    /** Not served. */
    ABSENT,
    /** Not allowed. */
    FORBIDDEN
}
