package io.tenantpulse.detect;

/** How an object came to be in the log. */
public enum Change {
    /** Inside a frame. */
    SNAPSHOT,
    ADDED,
    MODIFIED,
    DELETED,
    /** It exists, but is no longer this tenant's. */
    RELEASED,
    /** Identity only: the object could not be decoded; what was known of it is frozen. */
    UNDECODABLE
}
