package io.tenantpulse.detect;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one object of a tenant.
 *
 * @param since since when it is known, without a break, to be as it is: proof across deadlines and gaps
 * @param earliest the earliest instant at which it can have become as it is; null: nothing is known of that
 * @param frame that last mentioned it
 * @param undecodable what is remembered is older than the newest that was served
 */
public record ResourceState(
        ObjectId object,
        @Nullable String resourceId,
        String uid,
        String resourceVersion,
        Readiness readiness,
        @Nullable String reason,
        boolean owned,
        @Nullable Instant createdAt,
        Instant since,
        @Nullable Instant earliest,
        Instant seenAt,
        Position position,
        Position frame,
        boolean undecodable) {

    ResourceState asUndecodable(Position at, Position inFrame) {
        return new ResourceState(
                object,
                resourceId,
                uid,
                resourceVersion,
                readiness,
                reason,
                owned,
                createdAt,
                since,
                earliest,
                seenAt,
                at,
                inFrame,
                true);
    }
}
