package io.tenantpulse.trends;

import java.time.Duration;

/**
 * The incidents that opened and ended in a window.
 *
 * @param openedByCause by leading cause as it was diagnosed then, {@code Unknown} where none was found
 * @param openedByBlocker by resource id of the root blocker; those without one are not here
 * @param closedByCause by leading cause as it was told last
 * @param closedByBlocker by resource id of the root blocker as it was told last; those without one are not here
 * @param length of those that ended by recovery, from {@code since} to the end
 * @param recovered how many ended by recovery; not by deletion, a change of rules or the like
 * @param recoveryMillis the sum of their lengths
 */
public record Incidents(
        TopCounts openedByCause,
        TopCounts openedByBlocker,
        TopCounts closedByCause,
        TopCounts closedByBlocker,
        Quantiles length,
        long recovered,
        long recoveryMillis) {
    public static final Incidents NONE =
            new Incidents(TopCounts.NONE, TopCounts.NONE, TopCounts.NONE, TopCounts.NONE, Quantiles.NONE, 0, 0);

    public long opened() {
        return openedByCause.total();
    }

    public long closed() {
        return closedByCause.total();
    }

    /** Mean time to recovery; zero where nothing recovered. */
    public Duration meanTimeToRecovery() {
        return recovered == 0 ? Duration.ZERO : Duration.ofMillis(recoveryMillis / recovered);
    }

    public Incidents plus(Incidents other) {
        return new Incidents(
                openedByCause.plus(other.openedByCause),
                openedByBlocker.plus(other.openedByBlocker),
                closedByCause.plus(other.closedByCause),
                closedByBlocker.plus(other.closedByBlocker),
                length.plus(other.length),
                recovered + other.recovered,
                recoveryMillis + other.recoveryMillis);
    }
}
