package io.tenantpulse.model;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A condition of an object's status, without its message.
 *
 * @param status {@code True}, {@code False} or {@code Unknown}
 * @param lastTransitionTime by the API server's clock; the operator rewrites it also when only the message changes
 */
public record Condition(
        String type,
        String status,
        @Nullable String reason,
        @Nullable Instant lastTransitionTime) {}
