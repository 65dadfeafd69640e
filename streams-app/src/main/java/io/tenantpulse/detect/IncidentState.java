package io.tenantpulse.detect;

import io.tenantpulse.model.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * An incident that goes on.
 *
 * @param since of the condition that opened it
 * @param openedAt {@code at} of its first alert
 * @param severity highest so far
 * @param alerts that have fired in it, sorted
 * @param told its leading cause and blocker, as last told; null: none yet
 */
public record IncidentState(
        String id,
        Instant since,
        Instant openedAt,
        Severity severity,
        List<String> alerts,
        @Nullable Told told) {
    public IncidentState {
        alerts = List.copyOf(alerts);
    }

    static IncidentState opened(TenantId tenant, String uid, Clock first, Instant at) {
        String id = Hashes.of(
                tenant.cluster(),
                tenant.kind(),
                tenant.namespace(),
                tenant.name(),
                uid,
                first.since().toString());
        return new IncidentState(id, first.since(), at, first.severity(), List.of(first.rule()), null);
    }

    IncidentState with(Clock fired) {
        TreeSet<String> all = new TreeSet<>(alerts);
        all.add(fired.rule());
        Severity highest = fired.severity().compareTo(severity) > 0 ? fired.severity() : severity;
        return new IncidentState(id, since, openedAt, highest, List.copyOf(all), told);
    }

    IncidentState with(Told now) {
        return new IncidentState(id, since, openedAt, severity, alerts, now);
    }
}
