package io.tenantpulse.detect;

import io.tenantpulse.model.RegistryId;
import io.tenantpulse.model.TenantId;
import io.tenantpulse.trends.Scope;
import io.tenantpulse.trends.SurgeThreshold;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The rules in force: for tenants and registries, with overrides by scope, and for clusters.
 *
 * @param tenantRules in the order of the file; names are unique
 * @param overrides applied in order, the last that matches wins field by field
 * @param kindBlindHold hold of ClusterKindBlind, in the cluster's time; null: the rule is off
 * @param telemetryStaleHold hold of ClusterTelemetryStale, in wall time; null: the rule is off
 * @param telemetryStaleHoldUnprobed the same where watermarks rest on bookmarks only
 * @param gapPolicy what a gap does to a clock whose continuity is not proven
 * @param registryRules in the order of the file; names are unique among all rules
 * @param scopeRules of clusters, registries and templates, as registryRules
 */
public record Rules(
        List<Rule> tenantRules,
        List<Override> overrides,
        @Nullable Duration kindBlindHold,
        @Nullable Duration telemetryStaleHold,
        @Nullable Duration telemetryStaleHoldUnprobed,
        GapPolicy gapPolicy,
        List<Rule> registryRules,
        List<Rule> scopeRules) {

    /** What a gap does to a clock whose continuity is not proven. */
    public enum GapPolicy {
        /** The gap is not counted. */
        FREEZE,
        /** The gap is counted. */
        COUNT,
        /** The clock starts anew. */
        RESET
    }

    /**
     * A change of one rule for some tenants or registries. A null selector matches everything; a template that is asked for
     * matches no registry.
     *
     * @param rule name of the rule
     * @param enabled false: the rule is off there; null: as it was
     * @param rate of flapping; null: as it was
     * @param surge of a surge; null: as it was
     */
    public record Override(
            String rule,
            @Nullable String cluster,
            @Nullable String namespace,
            @Nullable String registry,
            @Nullable String template,
            @Nullable Boolean enabled,
            @Nullable Duration hold,
            @Nullable Severity severity,
            @Nullable Duration keepFiring,
            Rule.@Nullable Rate rate,
            @Nullable SurgeThreshold surge) {

        boolean matches(
                String itsCluster, String itsNamespace, @Nullable String itsRegistry, @Nullable String itsTemplate) {
            return (cluster == null || cluster.equals(itsCluster))
                    && (namespace == null || namespace.equals(itsNamespace))
                    && (registry == null || registry.equals(itsRegistry))
                    && (template == null || template.equals(itsTemplate));
        }

        Rule apply(Rule before) {
            return new Rule(
                    before.name(),
                    before.predicate(),
                    hold == null ? before.hold() : hold,
                    severity == null ? before.severity() : severity,
                    keepFiring == null ? before.keepFiring() : keepFiring,
                    rate == null || before.rate() == null ? before.rate() : rate,
                    surge == null || before.surge() == null ? before.surge() : surge);
        }
    }

    public Rules {
        tenantRules = List.copyOf(tenantRules);
        overrides = List.copyOf(overrides);
        registryRules = List.copyOf(registryRules);
        scopeRules = List.copyOf(scopeRules);
    }

    /** Rules of tenants and clusters alone. */
    public Rules(
            List<Rule> tenantRules,
            List<Override> overrides,
            @Nullable Duration kindBlindHold,
            @Nullable Duration telemetryStaleHold,
            @Nullable Duration telemetryStaleHoldUnprobed,
            GapPolicy gapPolicy) {
        this(
                tenantRules,
                overrides,
                kindBlindHold,
                telemetryStaleHold,
                telemetryStaleHoldUnprobed,
                gapPolicy,
                List.of(),
                List.of());
    }

    /** The operator's own alerts with exactly its conditions and holds, and ours. */
    public static Rules builtIn() {
        return new Rules(
                List.of(
                        rule("TenantResourcesMismatch", Rule.Predicate.COUNT_MISMATCH, 15, Severity.WARNING),
                        rule("TenantResourcesFailed", Rule.Predicate.RESOURCES_FAILED, 5, Severity.CRITICAL),
                        rule("TenantNotReady", Rule.Predicate.READY_FALSE, 15, Severity.CRITICAL),
                        rule("TenantStatusUnknown", Rule.Predicate.READY_UNKNOWN, 10, Severity.CRITICAL),
                        rule("TenantDegraded", Rule.Predicate.DEGRADED_TRUE, 5, Severity.CRITICAL),
                        rule("TenantResourcesConflicted", Rule.Predicate.CONFLICTED_TRUE, 10, Severity.WARNING),
                        rule("TenantNotConverged", Rule.Predicate.NOT_CONVERGED, 15, Severity.WARNING),
                        rule("TenantDependencyStuck", Rule.Predicate.DEPENDENCY_STUCK, 0, Severity.WARNING),
                        rule("TenantStatusDrift", Rule.Predicate.STATUS_DRIFT, 10, Severity.WARNING),
                        new Rule(
                                "TenantFlapping",
                                Rule.Predicate.FLAPPING,
                                Duration.ZERO,
                                Severity.WARNING,
                                Duration.ZERO,
                                new Rule.Rate(Duration.ofHours(1), 6, 2))),
                List.of(),
                Duration.ofMinutes(5),
                Duration.ofSeconds(120),
                Duration.ofSeconds(180),
                GapPolicy.FREEZE,
                List.of(
                        rule("RegistryManyTenantsFailure", Rule.Predicate.REGISTRY_MANY_FAILED, 5, Severity.CRITICAL),
                        rule("RegistryTenantsFailure", Rule.Predicate.REGISTRY_FAILED, 10, Severity.WARNING),
                        rule(
                                "RegistryDesiredCountMismatch",
                                Rule.Predicate.REGISTRY_COUNT_MISMATCH,
                                20,
                                Severity.WARNING)),
                List.of(new Rule(
                        "FleetMismatchSurge",
                        Rule.Predicate.MISMATCH_SURGE,
                        Duration.ofMinutes(3),
                        Severity.CRITICAL,
                        Duration.ofMinutes(3),
                        null,
                        SurgeThreshold.DEFAULT)));
    }

    private static Rule rule(String name, Rule.Predicate predicate, int minutes, Severity severity) {
        return new Rule(name, predicate, Duration.ofMinutes(minutes), severity, Duration.ZERO);
    }

    /** The rules for one tenant, overrides applied; a rule that is off there is missing. */
    public List<Rule> of(TenantId id, @Nullable String registry, @Nullable String template) {
        return overridden(tenantRules, each -> each.matches(id.cluster(), id.namespace(), registry, template));
    }

    /** The rules for one registry, overrides applied; a rule that is off there is missing. */
    public List<Rule> of(RegistryId id) {
        return overridden(registryRules, each -> each.matches(id.cluster(), id.namespace(), id.name(), null));
    }

    /** The rules for one scope, overrides applied; those of a registry ask for its name, those of a template for the template's. */
    public List<Rule> of(Scope scope) {
        String registry = scope.level() == Scope.Level.REGISTRY ? scope.name() : null;
        String template = scope.level() == Scope.Level.TEMPLATE ? scope.name() : null;
        return overridden(scopeRules, each -> each.matches(scope.cluster(), scope.namespace(), registry, template));
    }

    private List<Rule> overridden(List<Rule> rules, Predicate<Override> matching) {
        if (overrides.isEmpty()) {
            return rules;
        }
        List<Rule> result = new ArrayList<>();
        for (Rule rule : rules) {
            Rule now = rule;
            boolean enabled = true;
            for (Override override : overrides) {
                if (override.rule().equals(rule.name()) && matching.test(override)) {
                    now = override.apply(now);
                    enabled = override.enabled() == null ? enabled : override.enabled();
                }
            }
            if (enabled) {
                result.add(now);
            }
        }
        return result;
    }

    /** Changes with every rule; kept with the state, so that a change of the rules is noticed. */
    public String hash() {
        return Hashes.of(toString());
    }
}
