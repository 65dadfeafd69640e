package io.tenantpulse.model;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A condition of an object's status.
 *
 * @param status {@code True}, {@code False} or {@code Unknown}
 * @param message for people; null where the condition {@linkplain #isGood is good}, for it explains nothing there and
 *     changes often
 * @param lastTransitionTime by the API server's clock; the operator rewrites it also when only the message changes
 */
public record Condition(
        String type,
        String status,
        @Nullable String reason,
        @Nullable String message,
        @Nullable Instant lastTransitionTime) {
    /** Types whose {@code True} is trouble; of every other type anything but {@code True} may be. */
    private static final Set<String> TROUBLES = Set.of(
            "Degraded",
            "Conflicted",
            "Failed",
            "FailureTarget",
            "ReplicaFailure",
            "Stalled",
            "DisruptionTarget",
            "FileSystemResizePending");

    /** Whether a condition of that type and status has nothing to explain. */
    public static boolean isGood(String type, String status) {
        return TROUBLES.contains(type) != status.equals("True");
    }

    /** Whether it is of that type and {@code True}. */
    public boolean isTrue(String ofType) {
        return type.equals(ofType) && status.equals("True");
    }
}
