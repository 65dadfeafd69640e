package io.tenantpulse.bench.oracle;

import io.tenantpulse.bench.oracle.RuleTable.Condition;
import io.tenantpulse.v1.RegistryObserved;
import io.tenantpulse.v1.TenantObserved;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** The operator's own conditions, read from one object as its table of alerts has them. */
final class LiteralConditions {
    private LiteralConditions() {}

    /** The label of the alert whose condition holds, mostly empty; null: it does not hold. */
    static @Nullable String label(Condition asked, SpecificRecord record) {
        if (record instanceof RegistryObserved registry) {
            return holds(asked, registry) ? "" : null;
        }
        TenantObserved tenant = (TenantObserved) record;
        if (asked == Condition.DEGRADED_TRUE) {
            io.tenantpulse.v1.Condition degraded = condition(tenant, "Degraded");
            return degraded == null || !degraded.getStatus().equals("True")
                    ? null
                    : degraded.getReason() == null ? "" : degraded.getReason();
        }
        return holds(asked, tenant) ? "" : null;
    }

    private static boolean holds(Condition asked, TenantObserved tenant) {
        return switch (asked) {
            case COUNT_MISMATCH -> mismatched(tenant.getReady(), tenant.getDesired(), tenant.getFailed());
            case RESOURCES_FAILED -> number(tenant.getFailed()) > 0;
            case READY_FALSE -> is(tenant, "Ready", "False");
            case READY_UNKNOWN -> is(tenant, "Ready", "Unknown");
            case CONFLICTED_TRUE -> is(tenant, "Conflicted", "True");
            case STATUS_DRIFT -> lags(tenant);
            default -> throw new IllegalArgumentException(asked + " is not read from the tenant alone");
        };
    }

    /** Versions that never write observedGeneration do not lag. */
    private static boolean lags(TenantObserved tenant) {
        return tenant.getGeneration() != null
                && tenant.getObservedGeneration() != null
                && tenant.getObservedGeneration() < tenant.getGeneration();
    }

    private static boolean holds(Condition asked, RegistryObserved registry) {
        int failed = number(registry.getFailed());
        int desired = number(registry.getDesired());
        return switch (asked) {
            case REGISTRY_MANY_FAILED -> failed > 5 || desired > 0 && failed / (double) desired > 0.5;
            case REGISTRY_FAILED -> failed > 0 && failed <= 5;
            case REGISTRY_COUNT_MISMATCH ->
                mismatched(registry.getReady(), registry.getDesired(), registry.getFailed());
            default -> throw new IllegalArgumentException(asked + " is not asked of registries");
        };
    }

    private static boolean mismatched(@Nullable Integer ready, @Nullable Integer desired, @Nullable Integer failed) {
        return desired != null && desired > 0 && number(ready) != desired && number(failed) == 0;
    }

    private static int number(@Nullable Integer count) {
        return count == null ? 0 : count;
    }

    /**
     * When the condition that proves it last changed (DESIGN 3, First sight), by the API server's clock; null where nothing
     * proves it.
     */
    static @Nullable Instant provenSince(Condition asked, SpecificRecord record) {
        if (!(record instanceof TenantObserved tenant)) {
            return null;
        }
        return switch (asked) {
            case COUNT_MISMATCH -> readyFalse(tenant, "NotAllResourcesReady");
            case RESOURCES_FAILED -> readyFalse(tenant, "ResourcesFailed", "ResourcesFailedAndConflicted");
            case READY_FALSE -> changed(tenant, "Ready", "False");
            case READY_UNKNOWN -> changed(tenant, "Ready", "Unknown");
            case DEGRADED_TRUE -> changed(tenant, "Degraded", "True");
            case CONFLICTED_TRUE -> changed(tenant, "Conflicted", "True");
            default -> null;
        };
    }

    private static @Nullable Instant readyFalse(TenantObserved tenant, String... reasons) {
        io.tenantpulse.v1.Condition ready = condition(tenant, "Ready");
        for (String reason : reasons) {
            if (ready != null && reason.equals(ready.getReason())) {
                return changed(tenant, "Ready", "False");
            }
        }
        return null;
    }

    static @Nullable Instant changed(TenantObserved tenant, String type, String status) {
        io.tenantpulse.v1.Condition found = condition(tenant, type);
        return found != null && found.getStatus().equals(status) ? found.getLastTransitionTime() : null;
    }

    private static boolean is(TenantObserved tenant, String type, String status) {
        io.tenantpulse.v1.Condition found = condition(tenant, type);
        return found != null && found.getStatus().equals(status);
    }

    static io.tenantpulse.v1.@Nullable Condition condition(TenantObserved tenant, String type) {
        for (io.tenantpulse.v1.Condition each : tenant.getConditions()) {
            if (each.getType().equals(type)) {
                return each;
            }
        }
        return null;
    }
}
