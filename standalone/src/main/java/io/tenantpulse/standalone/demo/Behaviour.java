package io.tenantpulse.standalone.demo;

/**
 * How a container behaves on its node, in seconds.
 *
 * @param pullSeconds how long its image takes; {@link #NEVER}: the image does not exist
 * @param readySeconds from start to passing its probe; NEVER: it fails for ever, and one that was ready is so no more
 * @param crashSeconds from start to its end with an error; NEVER: it goes on running
 * @param exitCode of a job's container, which runs for readySeconds, or of a crash; 137: the kernel's doing
 * @param pod what befalls its pod beside it
 */
record Behaviour(int pullSeconds, int readySeconds, int crashSeconds, int exitCode, Pod pod) {
    static final int NEVER = -1;
    static final int KILLED = 137;
    static final int LONG_JOB_SECONDS = 25 * 60;
    static final int LONG_START_SECONDS = 21 * 60;

    /** What befalls a pod as a whole. */
    enum Pod {
        NOTHING,
        /** Its volumes cannot be mounted. */
        MOUNT_FAILS,
        /** It does not end when it is told to. */
        STAYS
    }

    static final Behaviour GOOD = readyAfter(6);
    static final Behaviour NO_IMAGE = new Behaviour(NEVER, 6, NEVER, 0, Pod.NOTHING);
    static final Behaviour SLOW_PULL = new Behaviour(240, 8, NEVER, 0, Pod.NOTHING);
    static final Behaviour CRASHES = new Behaviour(0, NEVER, 5, 1, Pod.NOTHING);
    static final Behaviour OUT_OF_MEMORY = new Behaviour(0, NEVER, 7, KILLED, Pod.NOTHING);
    static final Behaviour PROBE_FAILS = readyAfter(NEVER);
    static final Behaviour JOB_FAILS = new Behaviour(0, 12, NEVER, 2, Pod.NOTHING);
    static final Behaviour MOUNT_FAILS = new Behaviour(0, 6, NEVER, 0, Pod.MOUNT_FAILS);
    static final Behaviour STAYS = new Behaviour(0, 6, NEVER, 0, Pod.STAYS);

    static Behaviour readyAfter(int seconds) {
        return new Behaviour(0, seconds, NEVER, 0, Pod.NOTHING);
    }
}
