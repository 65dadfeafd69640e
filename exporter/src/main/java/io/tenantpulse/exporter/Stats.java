package io.tenantpulse.exporter;

import java.util.Map;

/** What one cluster's log has done so far, by kind. */
public record Stats(Map<WatchedKind, OfKind> kinds) {
    public Stats {
        kinds = Map.copyOf(kinds);
    }

    /**
     * Counts of one kind.
     *
     * @param objects how many are known now
     * @param published records that went into the log
     * @param unchanged events that had no news
     * @param undecodable events that could not be read or were too large for the log
     */
    public record OfKind(long objects, long published, long unchanged, long undecodable) {}
}
