package io.tenantpulse.detect;

/** Severity of an alert, the lowest first. */
public enum Severity {
    INFO,
    WARNING,
    CRITICAL
}
