package io.tenantpulse.trends;

import java.time.Instant;
import java.util.List;

/**
 * A window of a scope that has closed.
 *
 * @param start inclusive; the window ends {@code size} later, exclusive
 * @param revision 0 when it closed; one more each time that something which came later corrected it
 * @param blindClusters whose tenants are counted as blind because their telemetry had not come when it closed; sorted
 * @param minutes how many are in it: fewer than its length where nobody looked, or the scope began later or went earlier
 * @param from start of the first minute that is in it: later where the scope began later
 * @param upTo end of the last minute that is in it, exclusive
 */
public record TrendWindow(
        Scope scope,
        WindowSize size,
        Instant start,
        int revision,
        List<String> blindClusters,
        Totals totals,
        int minutes,
        Instant from,
        Instant upTo) {
    public TrendWindow {
        blindClusters = List.copyOf(blindClusters);
    }

    /** A window that is whole. */
    TrendWindow(Scope scope, WindowSize size, Instant start, int revision, List<String> blindClusters, Totals totals) {
        this(scope, size, start, revision, blindClusters, totals, minutes(size), start, start.plus(size.length()));
    }

    private static int minutes(WindowSize size) {
        return Math.toIntExact(size.length().toMinutes());
    }

    /** The same, with the totals of another window where they are the same: most minutes are like the one before, and totals are large. */
    TrendWindow sharing(TrendWindow other) {
        return totals != other.totals && totals.equals(other.totals) ? with(other.totals) : this;
    }

    TrendWindow with(Totals others) {
        return new TrendWindow(scope, size, start, revision, blindClusters, others, minutes, from, upTo);
    }

    public Instant end() {
        return start.plus(size.length());
    }
}
