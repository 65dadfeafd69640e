package io.tenantpulse.bench.oracle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The rules as DESIGN 4 and the operator's table have them, written down once more.
 *
 * @param rules of tenants and registries
 * @param blindHold of ClusterKindBlind
 */
public record RuleTable(List<Entry> rules, Duration blindHold) {
    static final int WARNING = 1;
    static final int CRITICAL = 2;

    /**
     * One rule.
     *
     * @param keepFiring how long it fires on after its condition ended
     */
    public record Entry(String alert, Condition condition, Duration hold, int severity, Duration keepFiring) {}

    /** What a rule asks, by its name in a rules file. */
    public enum Condition {
        COUNT_MISMATCH,
        RESOURCES_FAILED,
        READY_FALSE,
        READY_UNKNOWN,
        DEGRADED_TRUE,
        CONFLICTED_TRUE,
        NOT_CONVERGED,
        DEPENDENCY_STUCK,
        STATUS_DRIFT,
        FLAPPING,
        REGISTRY_MANY_FAILED,
        REGISTRY_FAILED,
        REGISTRY_COUNT_MISMATCH;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        }

        boolean isOfRegistry() {
            return name().startsWith("REGISTRY");
        }

        /** Whether it is one of the operator's own, read from the tenant object alone. */
        boolean isLiteral() {
            return ordinal() <= CONFLICTED_TRUE.ordinal();
        }
    }

    private static Entry entry(String alert, Condition condition, int minutes, int severity) {
        return new Entry(alert, condition, Duration.ofMinutes(minutes), severity, Duration.ZERO);
    }

    /** The default set but for what speaks of the fleet. */
    static RuleTable builtIn() {
        return new RuleTable(
                List.of(
                        entry("TenantResourcesMismatch", Condition.COUNT_MISMATCH, 15, WARNING),
                        entry("TenantResourcesFailed", Condition.RESOURCES_FAILED, 5, CRITICAL),
                        entry("TenantNotReady", Condition.READY_FALSE, 15, CRITICAL),
                        entry("TenantStatusUnknown", Condition.READY_UNKNOWN, 10, CRITICAL),
                        entry("TenantDegraded", Condition.DEGRADED_TRUE, 5, CRITICAL),
                        entry("TenantResourcesConflicted", Condition.CONFLICTED_TRUE, 10, WARNING),
                        entry("TenantNotConverged", Condition.NOT_CONVERGED, 15, WARNING),
                        entry("TenantDependencyStuck", Condition.DEPENDENCY_STUCK, 0, WARNING),
                        entry("TenantStatusDrift", Condition.STATUS_DRIFT, 10, WARNING),
                        entry("TenantFlapping", Condition.FLAPPING, 0, WARNING),
                        entry("RegistryManyTenantsFailure", Condition.REGISTRY_MANY_FAILED, 5, CRITICAL),
                        entry("RegistryTenantsFailure", Condition.REGISTRY_FAILED, 10, WARNING),
                        entry("RegistryDesiredCountMismatch", Condition.REGISTRY_COUNT_MISMATCH, 20, WARNING)),
                Duration.ofMinutes(5));
    }

    /** The same, each alert firing on for a while after its condition ended. */
    RuleTable keepingFiring(Duration keep) {
        List<Entry> entries = new ArrayList<>();
        for (Entry each : rules) {
            boolean literal = each.condition().isLiteral() || each.condition().isOfRegistry();
            entries.add(new Entry(
                    each.alert(), each.condition(), each.hold(), each.severity(), literal ? keep : Duration.ZERO));
        }
        return new RuleTable(entries, blindHold);
    }

    /** Only the rules of these conditions; those of registries stay. */
    RuleTable only(Set<Condition> conditions) {
        return new RuleTable(
                rules.stream()
                        .filter(each -> conditions.contains(each.condition())
                                || each.condition().isOfRegistry())
                        .toList(),
                blindHold);
    }

    /** As a rules file. */
    public String toYaml() {
        StringBuilder yaml = new StringBuilder("rules:\n");
        for (Entry each : rules) {
            yaml.append("  - name: ").append(each.alert()).append('\n');
            yaml.append("    predicate: ").append(each.condition().word()).append('\n');
            yaml.append("    hold: ").append(each.hold()).append('\n');
            yaml.append("    severity: ").append(each.severity() == CRITICAL ? "critical" : "warning");
            yaml.append("\n    keep-firing: ").append(each.keepFiring()).append('\n');
            if (each.condition() == Condition.FLAPPING) {
                yaml.append("    rate: {window: 1h, high: 6, low: 2}\n");
            }
        }
        return yaml.append("cluster:\n  kind-blind-hold: ")
                .append(blindHold)
                .append('\n')
                .toString();
    }
}
