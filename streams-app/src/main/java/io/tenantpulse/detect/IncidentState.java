package io.tenantpulse.detect;

import io.tenantpulse.diagnose.Blockage;
import io.tenantpulse.diagnose.Diagnosis;
import io.tenantpulse.model.Counts;
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
 * @param blockers ids of the root blockers when it was last told of, the one that holds back the most first; the first only
 * @param counts the operator's when it was last told of; null: it had written none
 */
public record IncidentState(
        String id,
        Instant since,
        Instant openedAt,
        Severity severity,
        List<String> alerts,
        @Nullable Told told,
        List<String> blockers,
        @Nullable Counts counts) {
    /** So many blockers are remembered. */
    static final int BLOCKERS = 10;

    public IncidentState {
        alerts = List.copyOf(alerts);
        blockers = List.copyOf(blockers);
    }

    static IncidentState opened(TenantId tenant, String uid, Clock first, Instant at) {
        String id = Hashes.of(
                tenant.cluster(),
                tenant.kind(),
                tenant.namespace(),
                tenant.name(),
                uid,
                first.since().toString());
        return new IncidentState(id, first.since(), at, first.severity(), List.of(first.rule()), null, List.of(), null);
    }

    IncidentState with(Clock fired) {
        TreeSet<String> all = new TreeSet<>(alerts);
        all.add(fired.rule());
        Severity highest = fired.severity().compareTo(severity) > 0 ? fired.severity() : severity;
        return new IncidentState(id, since, openedAt, highest, List.copyOf(all), told, blockers, counts);
    }

    /** With what is told of it now. */
    IncidentState with(Told now, Diagnosis why, @Nullable Counts byOperator) {
        List<String> ids = why.blockers().stream()
                .map(Blockage.Blocker::id)
                .limit(BLOCKERS)
                .toList();
        return new IncidentState(id, since, openedAt, severity, alerts, now, ids, byOperator);
    }
}
