package io.tenantpulse.detect;

/** Whether what changes of a tenant was seen when it happened: a time is told only between instants that were. */
enum Continuity {
    /** It was seen to be made, or to begin another generation, at that very instant. */
    BEGINS,
    /** It began another generation, at an instant that was not seen: the news of it came late. */
    BEGAN_BEFORE,
    /** Nothing can have been missed. */
    GOES_ON,
    /** Its object was seen all the time, but what changed of its resources happened at an instant that was not seen. */
    RESOURCES_UNSEEN,
    /** What happened to its object since it was seen last is not known. */
    BROKEN;

    boolean isBegin() {
        return this == BEGINS || this == BEGAN_BEFORE;
    }

    /** Whether this is the instant at which it happened. */
    boolean isSeen() {
        return this == BEGINS || this == GOES_ON;
    }
}
