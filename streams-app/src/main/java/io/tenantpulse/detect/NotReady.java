package io.tenantpulse.detect;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A resource of a tenant that is not ready, or does not exist.
 *
 * @param id in the tenant's spec; kind and name where it has none
 * @param kind of the resource, as marks name it; null in state of an older version
 * @param required the tenant waits for it; one for which it does not ({@code waitForReady: false}) stands here only while
 *     it does not exist
 * @param since since when it is so
 * @param absentSince since when it is known, without a break, not to exist: proof across gaps; null: it exists
 * @param lastReadyAt the last instant at which it is known to have been ready; null: never seen
 * @param regressed it was ready in the present generation of the tenant, and then lost it; false also where that is not known
 * @param hold what others wait for; null while it waits for another to be created itself
 */
public record NotReady(
        String id,
        @Nullable String kind,
        boolean required,
        Instant since,
        @Nullable Instant absentSince,
        @Nullable Instant lastReadyAt,
        boolean regressed,
        @Nullable Hold hold) {

    /**
     * How long a resource may hold back others.
     *
     * @param stretch how long it is not ready by its own fault: what is not created behind another has not begun
     * @param timeout its own {@code timeoutSeconds}
     * @param waitedForSince since when something that is not ready waits for it; null: nothing does, or it is itself behind
     *     another
     */
    public record Hold(
            Stretch stretch, Duration timeout, @Nullable Instant waitedForSince) {}

    /** Whether it is an object of that kind, as far as is known. */
    boolean isOf(@Nullable String other) {
        return kind == null || other == null || kind.equals(other);
    }

    NotReady holding(@Nullable Hold now) {
        return new NotReady(id, kind, required, since, absentSince, lastReadyAt, regressed, now);
    }
}
