package io.tenantpulse.detect;

import io.tenantpulse.model.Readiness;

/**
 * What a glance at a remembered object tells. Most objects are ready, and no more need be known of those: a look at all of a
 * large tenant's resources then costs little.
 */
public enum Glance {
    /** Nothing is remembered of it. */
    NONE,
    /** Ready by its newest state. */
    READY,
    /** The same, but its replica figures are not all equal. */
    LOOSELY_READY,
    /** Not ready, unknown, or its newest state could not be decoded. */
    OTHER;

    /** Of what is remembered of an object. */
    public static Glance of(ResourceState state) {
        if (state.readiness() != Readiness.READY || state.undecodable()) {
            return OTHER;
        }
        return state.isEven() ? READY : LOOSELY_READY;
    }
}
