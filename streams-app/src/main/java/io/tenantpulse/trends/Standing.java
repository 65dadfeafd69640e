package io.tenantpulse.trends;

import java.time.Instant;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How one tenant is counted.
 *
 * @param registry that it is counted under; empty: none
 * @param template that it is counted under; empty: none
 * @param templateGeneration of the template that it was rendered from; null: not known
 * @param notReadyByKind how many of its resources that must be ready are not, by kind as marks name it
 * @param unhealthySince since when it is unhealthy without a break; null: it is not
 * @param cause {@link CommonCause#key} of what was diagnosed last; null: it is not unhealthy, or not diagnosed yet
 * @param causeDue when it is to be diagnosed for a common cause; null: it is not unhealthy
 * @param rollout since when it is on its way to be healthy for the first time, or in another generation; null: it is not,
 *     or the beginning was not seen
 * @param unsettled whether it has been anything but healthy on that way
 * @param timed whether it was seen when that began, and all that happened to its object since
 * @param rolledOut generation of its template that was rolled out to it on that way, while it was not unhealthy: if it is
 *     unhealthy now, that made it so; null: none was
 */
public record Standing(
        Health health,
        String registry,
        String template,
        @Nullable Long templateGeneration,
        SortedMap<String, Integer> notReadyByKind,
        @Nullable Instant unhealthySince,
        @Nullable String cause,
        @Nullable Instant causeDue,
        @Nullable Instant rollout,
        boolean unsettled,
        boolean timed,
        @Nullable Long rolledOut) {
    public Standing {
        // A healthy tenant's, which most are: what is made for each turn of each tenant is felt.
        notReadyByKind = notReadyByKind.isEmpty()
                ? Collections.emptySortedMap()
                : Collections.unmodifiableSortedMap(new TreeMap<>(notReadyByKind));
    }

    /** Whether it adds the same to what is counted. */
    public boolean isCountedAs(Standing other) {
        return health == other.health
                && registry.equals(other.registry)
                && template.equals(other.template)
                && Objects.equals(rolledOut, other.rolledOut)
                && notReadyByKind.equals(other.notReadyByKind)
                && Objects.equals(unhealthySince, other.unhealthySince)
                && Objects.equals(cause, other.cause);
    }

    /** With another cause, to be diagnosed again then. */
    public Standing explained(@Nullable String now, @Nullable Instant next) {
        return new Standing(
                health,
                registry,
                template,
                templateGeneration,
                notReadyByKind,
                unhealthySince,
                now,
                next,
                rollout,
                unsettled,
                timed,
                rolledOut);
    }
}
