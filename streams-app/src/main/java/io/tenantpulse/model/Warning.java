package io.tenantpulse.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A Kubernetes Event of type Warning that concerns a tenant or an object of it. Best effort: the source drops some.
 *
 * @param uid of the Event itself; repeats have the same
 * @param object what it is about
 * @param objectUid null where the source does not say it
 * @param resourceId id in the tenant's spec; null where not known
 * @param count how often it was seen; at least 1
 * @param firstAt first seen, by the cluster's clocks
 * @param lastAt last seen, by the cluster's clocks
 */
public record Warning(
        String uid,
        ObjectId object,
        @Nullable String objectUid,
        @Nullable String resourceId,
        String reason,
        String message,
        int count,
        @Nullable Instant firstAt,
        @Nullable Instant lastAt) {}
