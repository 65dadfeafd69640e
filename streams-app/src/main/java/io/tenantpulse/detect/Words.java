package io.tenantpulse.detect;

import io.tenantpulse.diagnose.Diagnosis;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Words a tenant's decisions: what was decided is made into what is said. */
final class Words {
    private Words() {}

    static Transition of(
            TenantState tenant,
            @Nullable IncidentState incident,
            Clock clock,
            @Nullable Rule rule,
            Transition.Status status,
            Instant at,
            Instant decidedAt,
            boolean hidden,
            @Nullable ResolveReason reason,
            @Nullable Diagnosis why) {
        return new Transition(
                clock.rule(),
                status,
                tenant.id().cluster(),
                tenant.id(),
                tenant.uid(),
                clock.severity(),
                clock.since(),
                at,
                decidedAt,
                rule == null ? Duration.ZERO : clock.hold(rule),
                clock.stretch().frozen(),
                clock.stretch().unproven(),
                hidden,
                incident == null ? null : incident.id(),
                reason,
                labels(tenant, clock),
                tenant.facts().counts(),
                tenant.own().notReady(),
                regressed(tenant.own()),
                clock.subject(),
                rule == null ? null : Runbook.of(rule),
                why,
                null);
    }

    private static List<String> regressed(Own own) {
        return own.unready().stream()
                .filter(each -> each.required() && each.regressed())
                .map(NotReady::id)
                .toList();
    }

    private static SortedMap<String, String> labels(TenantState tenant, Clock clock) {
        SortedMap<String, String> labels = new TreeMap<>();
        if (tenant.facts().template() != null) {
            labels.put("template", tenant.facts().template());
        }
        if (tenant.facts().registry() != null) {
            labels.put("registry", tenant.facts().registry());
        }
        if (!clock.reason().isEmpty()) {
            labels.put("reason", clock.reason());
        }
        return labels;
    }

    static IncidentChange of(
            TenantState tenant,
            IncidentState incident,
            List<Clock> clocks,
            IncidentChange.Status status,
            @Nullable Instant endedAt,
            Instant decidedAt,
            @Nullable ResolveReason reason) {
        return new IncidentChange(
                incident.id(),
                status,
                tenant.id(),
                tenant.uid(),
                incident.since(),
                incident.openedAt(),
                endedAt,
                decidedAt,
                reason,
                incident.severity(),
                clocks.stream()
                        .filter(Clock::isFiring)
                        .map(Clock::rule)
                        .distinct()
                        .sorted()
                        .toList(),
                incident.alerts(),
                incident.told(),
                tenant.facts().template(),
                tenant.facts().registry());
    }
}
