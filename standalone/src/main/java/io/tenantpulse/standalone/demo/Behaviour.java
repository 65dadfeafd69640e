package io.tenantpulse.standalone.demo;

/**
 * How a container behaves on its node, in seconds.
 *
 * @param pullSeconds how long its image takes; {@link #NEVER}: the image does not exist
 * @param readySeconds from start to passing its probe; NEVER: it fails for ever, and one that was ready is so no more
 * @param crashSeconds from start to its end with an error; NEVER: it goes on running
 * @param outOfMemory whether a crash is the kernel's doing
 * @param exitCode of a job's container; a job runs for readySeconds
 */
record Behaviour(int pullSeconds, int readySeconds, int crashSeconds, boolean outOfMemory, int exitCode) {
    static final int NEVER = -1;

    static final Behaviour GOOD = new Behaviour(0, 6, NEVER, false, 0);
    static final Behaviour NO_IMAGE = new Behaviour(NEVER, 6, NEVER, false, 0);
    static final Behaviour SLOW_PULL = new Behaviour(420, 8, NEVER, false, 0);
    static final Behaviour CRASHES = new Behaviour(0, NEVER, 5, false, 1);
    static final Behaviour OUT_OF_MEMORY = new Behaviour(0, NEVER, 7, true, 137);
    static final Behaviour PROBE_FAILS = new Behaviour(0, NEVER, NEVER, false, 0);
    static final Behaviour JOB_FAILS = new Behaviour(0, 12, NEVER, false, 2);

    static Behaviour readyAfter(int seconds) {
        return new Behaviour(0, seconds, NEVER, false, 0);
    }
}
