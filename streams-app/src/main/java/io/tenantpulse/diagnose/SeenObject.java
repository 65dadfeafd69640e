package io.tenantpulse.diagnose;

import io.tenantpulse.model.Facts;
import io.tenantpulse.model.ObjectId;
import io.tenantpulse.model.Readiness;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An object of a tenant as last seen: a resource, or what belongs to one (ReplicaSets, pods, claims).
 *
 * @param resourceId of itself or of its ancestor in the tenant's spec; null where not known
 * @param owned false: the spec names it, but it is another's
 * @param reason a word for why it is not ready
 * @param since since when it is known to be as ready, or not, as it is
 * @param lastReadyAt last instant at which it was known to be ready; null: never seen so
 * @param regressed it was ready in the tenant's present generation and is not now
 * @param undecodable what is known is older than the newest that was served
 */
public record SeenObject(
        ObjectId object,
        String uid,
        @Nullable String resourceId,
        boolean owned,
        Readiness readiness,
        @Nullable String reason,
        @Nullable Instant createdAt,
        Instant since,
        @Nullable Instant lastReadyAt,
        boolean regressed,
        Facts facts,
        boolean undecodable) {

    boolean isA(String kind) {
        return object.kind().equals(kind);
    }

    boolean isBeingDeleted() {
        return facts.deletionTimestamp() != null;
    }
}
