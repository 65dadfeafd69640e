package io.tenantpulse.bench.detector;

import java.util.PriorityQueue;
import java.util.Random;

/**
 * Which tenant of a fleet is seen next, and how it stands then: the same for every reader of the same log.
 *
 * <p>Tenants get into trouble in turn. Nineteen of twenty troubles pass before any rule's hold, the twentieth lasts 16 to 30
 * minutes, so that it fires whatever it is. Where every event changes something, a trouble has steps: resources become
 * ready one by one.
 */
final class Episodes {
    static final int RESOURCES = 20;

    private static final int STUCK_ONE_IN = 20;
    private static final int SHORT_MILLIS = 20_000;
    private static final int SHORT_SPREAD_MILLIS = 180_000;
    private static final int LONG_MILLIS = 16 * 60_000;
    private static final int LONG_SPREAD_MILLIS = 14 * 60_000;
    private static final int PERCENT = 100;
    /** No common divisor with a number of tenants that is not a multiple of it. */
    private static final int STRIDE = 7919;

    private final Random random = new Random(7);
    private final int tenants;
    private final double changing;
    private final int steps;
    private final Trouble[] troubles;
    private final byte[] ready;
    private final long[] since;
    private final PriorityQueue<Due> due = new PriorityQueue<>();
    private double owed;
    private long turn;

    private record Due(long at, int tenant, long every) implements Comparable<Due> {
        @Override
        public int compareTo(Due other) {
            return at == other.at ? Integer.compare(tenant, other.tenant) : Long.compare(at, other.at);
        }
    }

    Episodes(int tenants, double changing, long begin) {
        this.tenants = tenants;
        this.changing = changing;
        this.steps = changing == 1 ? RESOURCES - 2 : 1;
        this.troubles = new Trouble[tenants];
        this.ready = new byte[tenants];
        this.since = new long[tenants];
        for (int i = 0; i < tenants; i++) {
            heal(i);
            since[i] = begin;
        }
    }

    Trouble trouble(int tenant) {
        return troubles[tenant];
    }

    int ready(int tenant) {
        return ready[tenant];
    }

    /** Since when it stands so. */
    long since(int tenant) {
        return since[tenant];
    }

    /** The tenant that is seen at this instant; it stands as {@link #trouble} and {@link #ready} say from then on. */
    int next(long millis) {
        owed += changing;
        if (owed < 1) {
            return random.nextInt(tenants);
        }
        owed -= 1;
        Due first = due.peek();
        int tenant = first != null && first.at <= millis ? goOn(due.remove(), millis) : begin(millis);
        since[tenant] = millis;
        return tenant;
    }

    private int goOn(Due step, long millis) {
        int tenant = step.tenant;
        int now = ready[tenant] + (steps == 1 ? RESOURCES : 1);
        if (now >= RESOURCES) {
            heal(tenant);
        } else {
            ready[tenant] = (byte) now;
            due.add(new Due(millis + step.every, tenant, step.every));
        }
        return tenant;
    }

    private int begin(long millis) {
        int tenant = healthy();
        boolean stuck = random.nextInt(STUCK_ONE_IN) == 0;
        int length = stuck
                ? LONG_MILLIS + random.nextInt(LONG_SPREAD_MILLIS)
                : SHORT_MILLIS + random.nextInt(SHORT_SPREAD_MILLIS);
        troubles[tenant] = Trouble.of(random.nextInt(PERCENT));
        ready[tenant] = (byte) (RESOURCES - (steps == 1 ? 1 : steps));
        due.add(new Due(millis + length / steps, tenant, length / steps));
        return tenant;
    }

    private int healthy() {
        for (int tried = 0; tried < tenants; tried++) {
            int tenant = (int) (turn++ * STRIDE % tenants);
            if (troubles[tenant] == Trouble.NONE) {
                return tenant;
            }
        }
        throw new IllegalStateException("all of the " + tenants + " tenants are in trouble: give more tenants");
    }

    private void heal(int tenant) {
        troubles[tenant] = Trouble.NONE;
        ready[tenant] = RESOURCES;
    }
}
