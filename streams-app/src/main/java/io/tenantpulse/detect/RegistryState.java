package io.tenantpulse.detect;

import io.tenantpulse.model.Counts;
import io.tenantpulse.model.RegistryId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one registry.
 *
 * @param seenAt when it was last observed
 * @param frame that last mentioned it
 * @param counts tenants as the operator counts them; null: its status was never written
 * @param undecodableSince the newest object could not be decoded: since when; what is remembered is frozen
 * @param clocks of the conditions that hold
 * @param deadline where it stands in the index of deadlines; null: nowhere
 */
public record RegistryState(
        RegistryId id,
        String uid,
        String resourceVersion,
        Position position,
        Instant seenAt,
        Position frame,
        @Nullable Counts counts,
        @Nullable Instant undecodableSince,
        List<Clock> clocks,
        @Nullable Instant deadline) {
    public RegistryState {
        clocks = List.copyOf(clocks);
    }

    /** Whether the uid is this object's, as far as it is known. */
    boolean isOf(String other) {
        return other.isEmpty() || uid.equals(other);
    }

    /** As the news says; clocks stay. */
    static RegistryState of(Observation.OfRegistry news, Position frame, @Nullable RegistryState before) {
        return new RegistryState(
                news.registry(),
                news.uid(),
                news.resourceVersion(),
                news.position(),
                news.observedAt(),
                frame,
                news.counts(),
                null,
                before == null ? List.of() : before.clocks,
                before == null ? null : before.deadline);
    }

    RegistryState asUndecodable(Instant at, Position where, Position inFrame) {
        Instant first = undecodableSince == null ? at : undecodableSince;
        return new RegistryState(id, uid, resourceVersion, where, seenAt, inFrame, counts, first, clocks, deadline);
    }

    /** A frame from memory repeats what was published of it: that is no look at it. */
    RegistryState mentioned(Position inFrame, String version) {
        return new RegistryState(
                id,
                uid,
                version.isEmpty() ? resourceVersion : version,
                position,
                seenAt,
                inFrame,
                counts,
                undecodableSince,
                clocks,
                deadline);
    }

    RegistryState with(List<Clock> nowClocks, @Nullable Instant nowDeadline) {
        return new RegistryState(
                id, uid, resourceVersion, position, seenAt, frame, counts, undecodableSince, nowClocks, nowDeadline);
    }
}
