package io.tenantpulse.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** Writes what a reconcile came to as the operator's own status: counts of 0 are left out, as they are in Go. */
final class TenantStatus {
    private final Dialect dialect;

    TenantStatus(Dialect dialect) {
        this.dialect = dialect;
    }

    ObjectNode starting(ObjectNode tenantObject, Instant now) {
        ObjectNode status = before(tenantObject);
        status.set(
                "conditions",
                new Conditions(status, now)
                        .operator("Progressing", true, "Reconciling", "Reconciling changed resources")
                        .all());
        return status;
    }

    ObjectNode of(Outcome outcome, ObjectNode tenantObject, Instant now) {
        ObjectNode status = before(tenantObject);
        Conditions conditions = new Conditions(status, now);
        if (!outcome.variablesError.isEmpty()) {
            conditions.operator("Ready", false, "VariablesBuildError", outcome.variablesError);
            conditions.operator("Degraded", true, "VariablesBuildError", outcome.variablesError);
            status.set("conditions", conditions.all());
            return status;
        }
        if (!outcome.dependencyError.isEmpty()) {
            conditions.without("Progressing");
            conditions.operator("Ready", false, "DependencyError", outcome.dependencyError);
            conditions.operator("Degraded", true, "DependencyCycle", "Dependency cycle detected in resource graph");
            status.set("conditions", conditions.all());
            return status;
        }
        count(status, "readyResources", outcome.ready.size());
        count(status, "desiredResources", outcome.desired);
        count(status, "failedResources", outcome.failed.size());
        status.set("appliedResources", Json.strings(outcome.applied));
        if (dialect == Dialect.LYNQ) {
            count(status, "skippedResources", outcome.skipped.size());
            status.remove("skippedResourceIds");
            if (!outcome.skipped.isEmpty()) {
                status.set("skippedResourceIds", Json.strings(outcome.skipped));
            }
        }
        if (dialect.writesObservedGeneration()) {
            status.set("observedGeneration", tenantObject.path("metadata").path("generation"));
        }
        conditions.operator("Progressing", false, "ReconcileComplete", "Reconciliation completed");
        judge(conditions, outcome);
        status.set("conditions", conditions.all());
        return status;
    }

    private void judge(Conditions conditions, Outcome outcome) {
        int failed = outcome.failed.size();
        int conflicts = outcome.conflicted.size();
        String kind = dialect.tenant().kind();
        if (conflicts > 0) {
            conditions.operator(
                    "Ready",
                    false,
                    "ResourcesFailedAndConflicted",
                    "%d resources failed and %d resources in conflict".formatted(failed, conflicts));
            conditions.operator(
                    "Conflicted",
                    true,
                    "ResourceConflict",
                    "One or more resources are in conflict. Check events for details.");
            conditions.operator(
                    "Degraded",
                    true,
                    "ResourceFailuresAndConflicts",
                    "%s has %d failed and %d conflicted resources".formatted(kind, failed, conflicts));
            return;
        }
        conditions.operator("Conflicted", false, "NoConflict", "No resource conflicts detected");
        String progress = "Not all resources are ready: %d/%d ready".formatted(outcome.ready.size(), outcome.desired);
        if (failed > 0) {
            conditions.operator("Ready", false, "ResourcesFailed", failed + " resources failed");
            conditions.operator(
                    "Degraded",
                    true,
                    outcome.unrendered.isEmpty() ? "ResourceFailures" : "TemplateRenderError",
                    "%s has %d failed resources".formatted(kind, failed));
        } else if (outcome.ready.size() < outcome.desired) {
            conditions.operator("Ready", false, "NotAllResourcesReady", progress);
            conditions.operator("Degraded", true, "ResourcesNotReady", progress);
        } else {
            conditions.operator("Ready", true, "Reconciled", "Successfully reconciled all resources");
            conditions.operator("Degraded", false, "Healthy", "All resources are healthy");
        }
    }

    private static ObjectNode before(ObjectNode tenantObject) {
        JsonNode status = tenantObject.path("status");
        return status.isObject() ? ((ObjectNode) status).deepCopy() : Json.object();
    }

    private static void count(ObjectNode status, String name, int value) {
        if (value == 0) {
            status.remove(name);
        } else {
            status.put(name, value);
        }
    }
}
