package io.tenantpulse.detect;

import java.time.Duration;

/**
 * A rule of a tenant: what must hold, how long, and how bad it is.
 *
 * @param name name of the alert, unique
 * @param hold how long the condition must hold; zero or more
 * @param keepFiring how long the alert stays firing after the condition ended; zero or more
 */
public record Rule(String name, Predicate predicate, Duration hold, Severity severity, Duration keepFiring) {

    /** What can be asked of a tenant; a rules file names these in kebab case. */
    public enum Predicate {
        /** ready ≠ desired, desired > 0, failed = 0. */
        COUNT_MISMATCH,
        /** failed > 0. */
        RESOURCES_FAILED,
        /** Ready = False. */
        READY_FALSE,
        /** Ready = Unknown. */
        READY_UNKNOWN,
        /** Degraded = True; its reason is part of the alert's identity. */
        DEGRADED_TRUE,
        /** Conflicted = True. */
        CONFLICTED_TRUE,
        /** By our own reading a resource that must be ready is not, or does not exist. */
        NOT_CONVERGED
    }

    public Rule {
        if (hold.isNegative()) {
            throw new IllegalArgumentException("hold of rule " + name + " must not be negative: " + hold);
        }
        if (keepFiring.isNegative()) {
            throw new IllegalArgumentException("keepFiring of rule " + name + " must not be negative: " + keepFiring);
        }
    }
}
