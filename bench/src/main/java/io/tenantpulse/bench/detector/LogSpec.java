package io.tenantpulse.bench.detector;

import java.time.Duration;

/**
 * A log to be written: a fleet's first listing, then events at the pace at which every tenant is seen once in two minutes.
 *
 * @param name part of the topic's name
 * @param kind what the events are about
 * @param tenants of the fleet; at least 1
 * @param warmUp events before those that are measured
 * @param events that are measured
 * @param changing share of the events that change the state of their tenant; more than 0, at most 1
 */
public record LogSpec(String name, Kind kind, int tenants, int warmUp, int events, double changing) {
    /** Partitions of the log. */
    public static final int PARTITIONS = 4;

    static final int TENANTS_PER_CLUSTER = 10_000;

    private static final Duration SEEN_EVERY = Duration.ofMinutes(2);

    /** What a log is mostly made of. */
    public enum Kind {
        /** Tenants alone, for the literal rules. */
        TENANTS,
        /** Tenants with their resources, for our own readiness. */
        RESOURCES
    }

    public LogSpec {
        if (tenants < 1 || warmUp < 0 || events < 1) {
            throw new IllegalArgumentException("a log needs a tenant and an event: " + tenants + " tenants, " + warmUp
                    + " events to warm up, " + events + " measured");
        }
        if (!(changing > 0 && changing <= 1)) {
            throw new IllegalArgumentException("share of changing events must be in (0, 1]: " + changing);
        }
    }

    int clusters() {
        return Math.max(1, tenants / TENANTS_PER_CLUSTER);
    }

    /** Event time from one event to the next. */
    double millisPerEvent() {
        return (double) SEEN_EVERY.toMillis() / tenants;
    }

    /** Prefix of the topics of the log. */
    String prefix() {
        return "bench-" + name;
    }
}
