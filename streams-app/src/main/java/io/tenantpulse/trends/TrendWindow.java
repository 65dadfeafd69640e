package io.tenantpulse.trends;

import java.time.Instant;
import java.util.List;

/**
 * A window of a scope that has closed.
 *
 * @param start inclusive; the window ends {@code size} later, exclusive
 * @param revision 0 when it closed; one more each time that something which came later corrected it
 * @param blindClusters whose tenants are counted as blind because their telemetry had not come when it closed; sorted
 */
public record TrendWindow(
        Scope scope, WindowSize size, Instant start, int revision, List<String> blindClusters, Totals totals) {
    public TrendWindow {
        blindClusters = List.copyOf(blindClusters);
    }

    public Instant end() {
        return start.plus(size.length());
    }
}
