package io.tenantpulse.bench.oracle.surge;

import java.util.List;
import java.util.function.Predicate;

/**
 * What is told of a cluster at once: one minute of each of its scopes, the cluster's own first.
 *
 * @param isAfterRestart whether the judge was restarted before
 */
record Round(List<Minute> minutes, boolean isAfterRestart) {
    Round {
        minutes = List.copyOf(minutes);
    }

    Round of(Predicate<Minute> kept) {
        return new Round(minutes.stream().filter(kept).toList(), isAfterRestart);
    }

    Round withoutRestart() {
        return new Round(minutes, false);
    }
}
