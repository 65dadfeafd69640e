package io.tenantpulse.detect;

import io.tenantpulse.diagnose.Diagnosis;
import io.tenantpulse.model.Counts;
import io.tenantpulse.model.TenantId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An alert began, changed or ended.
 *
 * @param tenant null for an alert of a cluster or of another part of the fleet
 * @param uid of the tenant or registry; null where there is none
 * @param since since when the condition holds without a break
 * @param at exact event time; of a firing since + hold + frozen
 * @param decidedAt the watermark or observation that decided
 * @param frozen time in which the condition could not be observed and that is not counted
 * @param unproven the condition may have been interrupted in a gap
 * @param unobservable a kind that the rule reads is blind or forbidden now
 * @param incident id of the incident; null where there is no tenant
 * @param reason of a resolution
 * @param labels stable ones beside the identity: template, registry, reason, resource_kind
 * @param notReady resource ids that must be ready and are not, by our own reading; sorted
 * @param regressed those of them that were ready in the tenant's present generation and lost it; sorted
 * @param blocker of which a stuck dependency speaks; null: a cycle or a missing id, or another alert
 * @param counts of a tenant's resources, of a registry's tenants; null: not known
 * @param runbookUrl null for an alert of a cluster, and where the rule is gone
 * @param diagnosis why it fires; null for a resolution and where there is no tenant
 * @param fleet null for an alert of a tenant, and for ClusterKindBlind and ClusterTelemetryStale
 */
public record Transition(
        String alert,
        Status status,
        String cluster,
        @Nullable TenantId tenant,
        @Nullable String uid,
        Severity severity,
        Instant since,
        Instant at,
        Instant decidedAt,
        Duration hold,
        Duration frozen,
        boolean unproven,
        boolean unobservable,
        @Nullable String incident,
        @Nullable ResolveReason reason,
        SortedMap<String, String> labels,
        @Nullable Counts counts,
        List<String> notReady,
        List<String> regressed,
        @Nullable String blocker,
        @Nullable String runbookUrl,
        @Nullable Diagnosis diagnosis,
        @Nullable FleetAlert fleet) {

    /** What happened to the alert. */
    public enum Status {
        FIRING,
        UPDATED,
        RESOLVED
    }

    public Transition {
        labels = new TreeMap<>(labels);
        notReady = List.copyOf(notReady);
        regressed = List.copyOf(regressed);
    }

    /** What stays the same from firing to resolution: alert, scope and the labels that belong to the identity. */
    public String identity() {
        return identity(alert, scopeKey(), identityLabel(labels));
    }

    /** Key of what it speaks of: a tenant, a part of the fleet, a cluster. */
    public String scopeKey() {
        if (tenant != null) {
            return tenant.key();
        }
        return fleet == null ? cluster : fleet.key();
    }

    /** The identity of an alert that speaks of that scope; the label is empty where none belongs to it. */
    public static String identity(String alert, String scope, String label) {
        return alert + '|' + scope + '|' + label;
    }

    private static String identityLabel(Map<String, String> labels) {
        return labels.getOrDefault("reason", labels.getOrDefault("resource_kind", ""));
    }
}
