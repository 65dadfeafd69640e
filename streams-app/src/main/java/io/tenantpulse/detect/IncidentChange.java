package io.tenantpulse.detect;

import io.tenantpulse.model.TenantId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An incident opened, changed or ended.
 *
 * @param id hash of cluster, kind, namespace, name, uid and since
 * @param since of the condition that opened it
 * @param openedAt {@code at} of its first alert
 * @param severity highest of its alerts so far
 * @param firing alerts that fire now, sorted
 * @param alerts alerts that have fired in it, sorted
 * @param told its leading cause and blocker, as last told; null: none yet
 */
public record IncidentChange(
        String id,
        Status status,
        TenantId tenant,
        String uid,
        Instant since,
        Instant openedAt,
        @Nullable Instant endedAt,
        Instant decidedAt,
        @Nullable ResolveReason reason,
        Severity severity,
        List<String> firing,
        List<String> alerts,
        @Nullable Told told,
        @Nullable String template,
        @Nullable String registry) {

    /** What happened to the incident. */
    public enum Status {
        OPENED,
        UPDATED,
        ENDED
    }
}
