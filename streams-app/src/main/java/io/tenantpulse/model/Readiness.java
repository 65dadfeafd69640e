package io.tenantpulse.model;

/** Readiness of an owned object as the tenant operator computes it. */
public enum Readiness {
    /** Never seen, or of a kind without a rule. */
    UNKNOWN,
    READY,
    NOT_READY
}
