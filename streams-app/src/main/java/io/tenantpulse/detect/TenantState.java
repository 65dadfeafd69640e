package io.tenantpulse.detect;

import io.tenantpulse.model.TenantFacts;
import io.tenantpulse.model.TenantId;
import io.tenantpulse.trends.Standing;
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
 * @param unbrokenSince since when every change of its own object is known; null: not known
 * @param undecodableSince the newest object could not be decoded: since when; what is remembered is frozen
 * @param clocks of the conditions that hold
 * @param flips what has turned lately
 * @param review when it is to be diagnosed again, for what explains its alerts has changed; null: it has not
 * @param standing how it is counted; null: it is not yet
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
        @Nullable Instant unbrokenSince,
        @Nullable Instant undecodableSince,
        Own own,
        List<Clock> clocks,
        @Nullable IncidentState incident,
        Flips flips,
        @Nullable Instant review,
        @Nullable Standing standing,
        @Nullable Instant deadline) {
    public TenantState {
        clocks = List.copyOf(clocks);
    }

    /** Whether there is more of it to tell than that it is well: an alert fires, or an incident goes on. */
    public boolean isTold() {
        return incident != null || isFiring();
    }

    /** Whether an alert of it fires. */
    public boolean isFiring() {
        for (Clock clock : clocks) {
            if (clock.isFiring()) {
                return true;
            }
        }
        return false;
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
                unbrokenSince,
                undecodableSince,
                now,
                clocks,
                incident,
                flips,
                review,
                standing,
                deadline);
    }

    TenantState with(
            List<Clock> nowClocks,
            @Nullable IncidentState nowIncident,
            @Nullable Instant nowReview,
            @Nullable Instant nowDeadline) {
        return new TenantState(
                id,
                uid,
                resourceVersion,
                position,
                seenAt,
                frame,
                facts,
                generationSince,
                unbrokenSince,
                undecodableSince,
                own,
                nowClocks,
                nowIncident,
                flips,
                nowReview,
                standing,
                nowDeadline);
    }

    TenantState withGenerationSince(Instant now) {
        return new TenantState(
                id,
                uid,
                resourceVersion,
                position,
                seenAt,
                frame,
                facts,
                now,
                unbrokenSince,
                undecodableSince,
                own,
                clocks,
                incident,
                flips,
                review,
                standing,
                deadline);
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
                unbrokenSince,
                undecodableSince,
                own,
                clocks,
                incident,
                now,
                review,
                standing,
                deadline);
    }

    /** Counted so. */
    TenantState counted(Standing now) {
        return new TenantState(
                id,
                uid,
                resourceVersion,
                position,
                seenAt,
                frame,
                facts,
                generationSince,
                unbrokenSince,
                undecodableSince,
                own,
                clocks,
                incident,
                flips,
                review,
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
                unbrokenSince,
                first,
                own,
                clocks,
                incident,
                flips,
                review,
                standing,
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
                unbrokenSince,
                undecodableSince,
                own,
                clocks,
                incident,
                flips,
                review,
                standing,
                deadline);
    }

    /**
     * As the news says; clocks and incident stay.
     *
     * @param unbroken nothing can have happened to the object between {@code before} and the news
     */
    static TenantState of(Observation.OfTenant news, Position frame, @Nullable TenantState before, boolean unbroken) {
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
                before != null && unbroken ? before.unbrokenSince : news.observedAt(),
                null,
                before == null ? Own.UNKNOWN : before.own,
                before == null ? List.of() : before.clocks,
                before == null ? null : before.incident,
                before == null ? Flips.NONE : before.flips,
                before == null ? null : before.review,
                before == null ? null : before.standing,
                before == null ? null : before.deadline);
    }
}
