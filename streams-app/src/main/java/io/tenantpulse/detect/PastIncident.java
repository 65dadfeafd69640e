package io.tenantpulse.detect;

import io.tenantpulse.model.Counts;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An incident that has ended, as it is remembered.
 *
 * @param uid of the tenant's object that had it
 * @param since of the condition that opened it
 * @param openedAt {@code at} of its first alert
 * @param reason why it ended; null: not told
 * @param severity the highest that it had
 * @param alerts that have fired in it, sorted
 * @param told its leading cause and blocker, as last told; null: never told
 * @param blockers ids of the root blockers when it was last told of; at most {@value IncidentState#BLOCKERS}
 * @param counts the operator's when it was last told of; null: it had written none
 */
public record PastIncident(
        String id,
        String uid,
        Instant since,
        Instant openedAt,
        Instant endedAt,
        @Nullable ResolveReason reason,
        Severity severity,
        List<String> alerts,
        @Nullable Told told,
        List<String> blockers,
        @Nullable Counts counts) {
    public PastIncident {
        alerts = List.copyOf(alerts);
        blockers = List.copyOf(blockers);
    }

    static PastIncident of(
            TenantState tenant, IncidentState incident, Instant endedAt, @Nullable ResolveReason reason) {
        return new PastIncident(
                incident.id(),
                tenant.uid(),
                incident.since(),
                incident.openedAt(),
                endedAt,
                reason,
                incident.severity(),
                incident.alerts(),
                incident.told(),
                incident.blockers(),
                incident.counts());
    }
}
