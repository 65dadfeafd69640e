package io.tenantpulse.detect;

import io.tenantpulse.model.TenantFacts;
import io.tenantpulse.model.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one tenant.
 *
 * @param seenAt when it was last observed
 * @param frame that last mentioned it
 * @param generationSince since when it is known to be of its present generation
 * @param everObserved whether its operator has ever written {@code status.observedGeneration}
 * @param undecodableSince the newest object could not be decoded: since when; what is remembered is frozen
 * @param clocks of the conditions that hold
 * @param flips what has turned lately
 * @param deadline where it stands in the index of deadlines; null: nowhere
 */
public record TenantState(
        TenantId id,
        String uid,
        String resourceVersion,
        Position position,
        Instant seenAt,
        Position frame,
        TenantFacts facts,
        Instant generationSince,
        boolean everObserved,
        @Nullable Instant undecodableSince,
        Own own,
        List<Clock> clocks,
        @Nullable IncidentState incident,
        Flips flips,
        @Nullable Instant deadline) {
    public TenantState {
        clocks = List.copyOf(clocks);
    }

    /** Whether the uid is this object's, as far as it is known. */
    boolean isOf(String other) {
        return other.isEmpty() || uid.equals(other);
    }

    TenantState withOwn(Own now) {
        return new TenantState(
                id,
                uid,
                resourceVersion,
                position,
                seenAt,
                frame,
                facts,
                generationSince,
                everObserved,
                undecodableSince,
                now,
                clocks,
                incident,
                flips,
                deadline);
    }

    TenantState with(List<Clock> nowClocks, @Nullable IncidentState nowIncident, @Nullable Instant nowDeadline) {
        return new TenantState(
                id,
                uid,
                resourceVersion,
                position,
                seenAt,
                frame,
                facts,
                generationSince,
                everObserved,
                undecodableSince,
                own,
                nowClocks,
                nowIncident,
                flips,
                nowDeadline);
    }

    TenantState withFlips(Flips now) {
        return new TenantState(
                id,
                uid,
                resourceVersion,
                position,
                seenAt,
                frame,
                facts,
                generationSince,
                everObserved,
                undecodableSince,
                own,
                clocks,
                incident,
                now,
                deadline);
    }

    TenantState asUndecodable(Instant at, Position where, Position inFrame) {
        Instant first = undecodableSince == null ? at : undecodableSince;
        return new TenantState(
                id,
                uid,
                resourceVersion,
                where,
                seenAt,
                inFrame,
                facts,
                generationSince,
                everObserved,
                first,
                own,
                clocks,
                incident,
                flips,
                deadline);
    }

    /** A frame from memory repeats what was published of it: that is no look at it. */
    TenantState mentioned(Position inFrame, String version) {
        return new TenantState(
                id,
                uid,
                version.isEmpty() ? resourceVersion : version,
                position,
                seenAt,
                inFrame,
                facts,
                generationSince,
                everObserved,
                undecodableSince,
                own,
                clocks,
                incident,
                flips,
                deadline);
    }

    /** As the news says; clocks and incident stay. */
    static TenantState of(Observation.OfTenant news, Position frame, @Nullable TenantState before) {
        TenantFacts facts = news.facts();
        boolean sameGeneration = before != null && Objects.equals(before.facts.generation(), facts.generation());
        return new TenantState(
                news.tenant(),
                news.uid(),
                news.resourceVersion(),
                news.position(),
                news.observedAt(),
                frame,
                facts,
                before != null && sameGeneration ? before.generationSince : news.observedAt(),
                facts.observedGeneration() != null || (before != null && before.everObserved),
                null,
                before == null ? Own.UNKNOWN : before.own,
                before == null ? List.of() : before.clocks,
                before == null ? null : before.incident,
                before == null ? Flips.NONE : before.flips,
                before == null ? null : before.deadline);
    }
}
