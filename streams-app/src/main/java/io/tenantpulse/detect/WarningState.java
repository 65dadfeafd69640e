package io.tenantpulse.detect;

import io.tenantpulse.model.Warning;
import java.time.Duration;
import java.time.Instant;

/**
 * What is remembered of a warning about a tenant. Never swept; it expires by age.
 *
 * @param seenAt when it was last seen, by the exporter's clock
 * @param deadline where it stands in the index of deadlines; not later than it expires
 */
public record WarningState(Warning warning, Position position, Instant seenAt, Instant deadline) {
    /** As long as the API server keeps Events by default. */
    static final Duration AGE = Duration.ofHours(1);

    Instant expiresAt() {
        return seenAt.plus(AGE);
    }

    WarningState standingAt(Instant now) {
        return new WarningState(warning, position, seenAt, now);
    }
}
