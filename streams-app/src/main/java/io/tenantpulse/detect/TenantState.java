package io.tenantpulse.detect;

import io.tenantpulse.model.Condition;
import io.tenantpulse.model.Counts;
import io.tenantpulse.model.TenantId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of one tenant.
 *
 * @param seenAt when it was last observed
 * @param frame that last mentioned it
 * @param counts null when the status was never written
 * @param undecodableSince the newest object could not be decoded: since when; what is remembered is frozen
 * @param clocks of the conditions that hold
 * @param deadline where it stands in the index of deadlines; null: nowhere
 */
public record TenantState(
        TenantId id,
        String uid,
        String resourceVersion,
        Position position,
        Instant seenAt,
        Position frame,
        @Nullable Instant createdAt,
        @Nullable Counts counts,
        List<Condition> conditions,
        List<String> appliedIds,
        @Nullable String template,
        @Nullable String registry,
        @Nullable Instant undecodableSince,
        Own own,
        List<Clock> clocks,
        @Nullable IncidentState incident,
        @Nullable Instant deadline) {
    public TenantState {
        conditions = List.copyOf(conditions);
        appliedIds = List.copyOf(appliedIds);
        clocks = List.copyOf(clocks);
    }

    /** The condition of a type, or null. */
    @Nullable
    Condition condition(String type) {
        for (Condition condition : conditions) {
            if (condition.type().equals(type)) {
                return condition;
            }
        }
        return null;
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
                createdAt,
                counts,
                conditions,
                appliedIds,
                template,
                registry,
                undecodableSince,
                now,
                clocks,
                incident,
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
                createdAt,
                counts,
                conditions,
                appliedIds,
                template,
                registry,
                undecodableSince,
                own,
                nowClocks,
                nowIncident,
                nowDeadline);
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
                createdAt,
                counts,
                conditions,
                appliedIds,
                template,
                registry,
                first,
                own,
                clocks,
                incident,
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
                createdAt,
                counts,
                conditions,
                appliedIds,
                template,
                registry,
                undecodableSince,
                own,
                clocks,
                incident,
                deadline);
    }

    /** As the news says; clocks and incident stay. */
    static TenantState of(Observation.OfTenant news, Position frame, @Nullable TenantState before) {
        return new TenantState(
                news.tenant(),
                news.uid(),
                news.resourceVersion(),
                news.position(),
                news.observedAt(),
                frame,
                news.createdAt(),
                news.counts(),
                news.conditions(),
                news.appliedIds(),
                news.template(),
                news.registry(),
                null,
                before == null ? Own.UNKNOWN : before.own,
                before == null ? List.of() : before.clocks,
                before == null ? null : before.incident,
                before == null ? null : before.deadline);
    }
}
