package io.tenantpulse.trends;

import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** One thing that happened, as what it adds to a window. */
public final class Counted {
    private static final String NO_CAUSE = "Unknown";

    private Counted() {}

    /** An incident opened. */
    public static Totals opened(@Nullable String cause, @Nullable String blocker) {
        return incidents(new Incidents(
                one(cause == null ? NO_CAUSE : cause),
                one(blocker),
                TopCounts.NONE,
                TopCounts.NONE,
                Quantiles.NONE,
                0,
                0));
    }

    /**
     * An incident ended.
     *
     * @param recovery how long it lasted; null: it did not end by recovery
     */
    public static Totals ended(@Nullable String cause, @Nullable String blocker, @Nullable Duration recovery) {
        return incidents(new Incidents(
                TopCounts.NONE,
                TopCounts.NONE,
                one(cause == null ? NO_CAUSE : cause),
                one(blocker),
                recovery == null ? Quantiles.NONE : Quantiles.of(recovery),
                recovery == null ? 0 : 1,
                recovery == null ? 0 : Math.max(0, recovery.toMillis())));
    }

    private static TopCounts one(@Nullable String name) {
        return name == null ? TopCounts.NONE : TopCounts.of(name, 1);
    }

    /** A tenant became healthy for the first time, or in another generation. */
    static Totals tenantReady(Duration time) {
        return of(Incidents.NONE, Quantiles.of(time), new TreeMap<>(), 0, 0);
    }

    /**
     * A resource of a tenant became ready.
     *
     * @param timeout that was configured for it
     */
    public static Totals resourceReady(String id, Duration time, Duration timeout) {
        return of(Incidents.NONE, Quantiles.NONE, new TreeMap<>(Map.of(id, ReadyTimes.of(time, timeout))), 0, 0);
    }

    /** Containers restarted. */
    public static Totals restarts(long count) {
        return of(Incidents.NONE, Quantiles.NONE, new TreeMap<>(), count, 0);
    }

    /** So much was counted in a later window than that in which it lies. */
    static Totals late(long count) {
        return of(Incidents.NONE, Quantiles.NONE, new TreeMap<>(), 0, count);
    }

    private static Totals incidents(Incidents incidents) {
        return of(incidents, Quantiles.NONE, new TreeMap<>(), 0, 0);
    }

    private static Totals of(
            Incidents incidents,
            Quantiles timeToReady,
            SortedMap<String, ReadyTimes> readyByResource,
            long restarts,
            long late) {
        return new Totals(
                Population.NONE,
                Members.NONE,
                incidents,
                new TreeMap<>(),
                timeToReady,
                readyByResource,
                restarts,
                late);
    }
}
