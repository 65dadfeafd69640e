package io.tenantpulse.diagnose;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The instant for which a tenant is examined. What is told of a tenant may depend on whether something is still to come;
 * that is asked here and nowhere else, so that it is known until when nothing changes by time alone.
 */
final class Moment {
    private final Instant now;
    private @Nullable Instant next;

    Moment(Instant now) {
        this.now = now;
    }

    Instant instant() {
        return now;
    }

    /** Whether {@code then} is still to come. The answer is another from {@code then} on. */
    boolean isBefore(Instant then) {
        boolean before = now.isBefore(then);
        if (before && (next == null || then.isBefore(next))) {
            next = then;
        }
        return before;
    }

    /** The earliest instant at which one of the answers given so far is another; null: at none. */
    @Nullable
    Instant next() {
        return next;
    }
}
