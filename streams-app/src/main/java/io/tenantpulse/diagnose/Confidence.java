package io.tenantpulse.diagnose;

/** How sure a cause is. */
public enum Confidence {
    /** The status of an object says so. */
    CERTAIN,
    /** It follows from several of them. */
    LIKELY,
    /** Only Events say so, which are best effort, or nothing contradicts it. */
    POSSIBLE
}
