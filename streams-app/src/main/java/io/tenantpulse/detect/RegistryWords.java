package io.tenantpulse.detect;

import io.tenantpulse.model.Counts;
import io.tenantpulse.model.RegistryId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Words a registry's decisions: what was decided is made into what is said. */
final class RegistryWords {
    private RegistryWords() {}

    /** @param hidden whether the registry can't be seen now */
    static Transition of(
            RegistryState registry,
            Clock clock,
            @Nullable Rule rule,
            Transition.Status status,
            Speech.Instants when,
            boolean hidden,
            @Nullable ResolveReason reason) {
        return new Transition(
                clock.rule(),
                status,
                registry.id().cluster(),
                null,
                registry.uid(),
                clock.severity(),
                clock.since(),
                when.at(),
                when.decidedAt(),
                rule == null ? Duration.ZERO : clock.hold(rule),
                clock.stretch().frozen(),
                clock.stretch().unproven(),
                hidden,
                null,
                reason,
                new TreeMap<>(Map.of("registry", registry.id().name())),
                registry.counts(),
                List.of(),
                List.of(),
                null,
                rule == null ? null : Runbook.of(rule),
                null,
                fleet(registry, status == Transition.Status.RESOLVED ? null : rule));
    }

    private static FleetAlert fleet(RegistryState registry, @Nullable Rule rule) {
        RegistryId id = registry.id();
        Counts counts = registry.counts();
        if (rule == null || counts == null) {
            return new FleetAlert(id.key(), id.namespace(), id.kind(), null, null, null);
        }
        String summary = "Registry " + id.name() + ": " + counts.failed() + " of " + counts.desired()
                + " tenants failed, " + counts.ready() + " ready";
        String where = "Registry " + id.name() + " (" + id.kind() + ") in namespace " + id.namespace() + " of cluster "
                + id.cluster() + " counts " + counts.desired() + " desired tenants, " + counts.ready() + " ready and "
                + counts.failed() + " failed. ";
        return new FleetAlert(id.key(), id.namespace(), id.kind(), summary, where + meaning(rule.predicate()), null);
    }

    private static String meaning(Rule.Predicate predicate) {
        return switch (predicate) {
            case REGISTRY_MANY_FAILED ->
                "So many fail together mostly for what they share: a template, the data source, the operator.";
            case REGISTRY_FAILED -> "Look at each failed tenant: its own alerts tell why.";
            case REGISTRY_COUNT_MISMATCH ->
                "None failed, so tenants are slow, or the registry does not follow its data source.";
            case COUNT_MISMATCH,
                    RESOURCES_FAILED,
                    READY_FALSE,
                    READY_UNKNOWN,
                    DEGRADED_TRUE,
                    CONFLICTED_TRUE,
                    NOT_CONVERGED,
                    DEPENDENCY_STUCK,
                    STATUS_DRIFT,
                    FLAPPING,
                    MISMATCH_SURGE -> throw new AssertionError(predicate + " is not asked of a registry");
        };
    }
}
