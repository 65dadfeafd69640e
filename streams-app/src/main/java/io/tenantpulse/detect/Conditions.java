package io.tenantpulse.detect;

import io.tenantpulse.model.Condition;
import io.tenantpulse.model.Counts;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the rules ask of a tenant's own object. Sources: the operator's shipped alerts (domain/OPERATOR.md) and, for the
 * proving conditions, DESIGN 3.
 */
final class Conditions {
    /** So many failed tenants of a registry are some; more are many. */
    private static final int MANY = 5;

    private Conditions() {}

    /** Whether a literal condition holds; without a status none does. */
    static boolean holds(Rule.Predicate predicate, TenantState tenant) {
        Counts counts = tenant.facts().counts();
        return switch (predicate) {
            case COUNT_MISMATCH ->
                counts != null && counts.ready() != counts.desired() && counts.desired() > 0 && counts.failed() == 0;
            case RESOURCES_FAILED -> counts != null && counts.failed() > 0;
            case READY_FALSE -> is(tenant.facts().condition("Ready"), "False");
            case READY_UNKNOWN -> is(tenant.facts().condition("Ready"), "Unknown");
            case DEGRADED_TRUE -> is(tenant.facts().condition("Degraded"), "True");
            case CONFLICTED_TRUE -> is(tenant.facts().condition("Conflicted"), "True");
            case NOT_CONVERGED,
                    DEPENDENCY_STUCK,
                    STATUS_DRIFT,
                    FLAPPING,
                    REGISTRY_MANY_FAILED,
                    REGISTRY_FAILED,
                    REGISTRY_COUNT_MISMATCH,
                    MISMATCH_SURGE -> throw new AssertionError(predicate + " is not a literal condition of a tenant");
        };
    }

    /**
     * Whether a registry's condition holds; without a status none does. As the operator ships them: of a registry that
     * desires no tenant the share that failed is not asked.
     */
    static boolean holds(Rule.Predicate predicate, @Nullable Counts tenants) {
        if (tenants == null) {
            return false;
        }
        int failed = tenants.failed();
        return switch (predicate) {
            case REGISTRY_MANY_FAILED -> failed > MANY || (tenants.desired() > 0 && 2L * failed > tenants.desired());
            case REGISTRY_FAILED -> failed > 0 && failed <= MANY;
            case REGISTRY_COUNT_MISMATCH ->
                tenants.ready() != tenants.desired() && tenants.desired() > 0 && failed == 0;
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

    /** The part of the alert's identity beside the rule. */
    static String identityReason(Rule.Predicate predicate, TenantState tenant) {
        if (predicate != Rule.Predicate.DEGRADED_TRUE) {
            return "";
        }
        Condition degraded = tenant.facts().condition("Degraded");
        return degraded == null || degraded.reason() == null ? "" : degraded.reason();
    }

    /**
     * The {@code lastTransitionTime} that proves how long the condition has held at least, by the API server's clock; null
     * when nothing proves it.
     */
    static @Nullable Instant provenSince(Rule.Predicate predicate, TenantState tenant) {
        Condition ready = tenant.facts().condition("Ready");
        Condition proving = switch (predicate) {
            case COUNT_MISMATCH -> withReason(ready, "NotAllResourcesReady");
            case RESOURCES_FAILED ->
                first(withReason(ready, "ResourcesFailed"), withReason(ready, "ResourcesFailedAndConflicted"));
            case READY_FALSE, NOT_CONVERGED -> is(ready, "False") ? ready : null;
            case READY_UNKNOWN -> is(ready, "Unknown") ? ready : null;
            case DEGRADED_TRUE -> withStatus(tenant.facts().condition("Degraded"), "True");
            case CONFLICTED_TRUE -> withStatus(tenant.facts().condition("Conflicted"), "True");
            case DEPENDENCY_STUCK,
                    STATUS_DRIFT,
                    FLAPPING,
                    REGISTRY_MANY_FAILED,
                    REGISTRY_FAILED,
                    REGISTRY_COUNT_MISMATCH,
                    MISMATCH_SURGE -> null;
        };
        return proving == null ? null : proving.lastTransitionTime();
    }

    /** The {@code lastTransitionTime} that proves how long the operator has refused the dependencies at least; or null. */
    static @Nullable Instant refusedSince(TenantState tenant) {
        Condition refused = withReason(tenant.facts().condition("Ready"), "DependencyError");
        return refused == null ? null : refused.lastTransitionTime();
    }

    private static boolean is(@Nullable Condition condition, String status) {
        return condition != null && condition.status().equals(status);
    }

    private static @Nullable Condition withStatus(@Nullable Condition condition, String status) {
        return is(condition, status) ? condition : null;
    }

    private static @Nullable Condition withReason(@Nullable Condition ready, String reason) {
        return is(ready, "False") && ready != null && reason.equals(ready.reason()) ? ready : null;
    }

    private static @Nullable Condition first(@Nullable Condition a, @Nullable Condition b) {
        return a == null ? b : a;
    }
}
