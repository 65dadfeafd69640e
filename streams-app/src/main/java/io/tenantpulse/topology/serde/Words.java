package io.tenantpulse.topology.serde;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Words that stand in nearly every tenant's state, by number: those of the watched operator's conditions, of Kubernetes and our
 * own. The numbers stand in what is kept: words may be added at the end, and neither moved nor taken away. Those up to 63
 * take one byte.
 */
final class Words {
    private static final List<String> ALL = List.of(
            "Ready",
            "Progressing",
            "Degraded",
            "Conflicted",
            "True",
            "False",
            "Unknown",
            "Reconciled",
            "Reconciling",
            "ReconcileComplete",
            "Healthy",
            "NoConflict",
            "NoConflicts",
            "NotAllResourcesReady",
            "ResourcesNotReady",
            "ResourcesFailed",
            "ResourceFailures",
            "ResourceConflict",
            "ResourcesFailedAndConflicted",
            "ResourceFailuresAndConflicts",
            "DependencyError",
            "DependencyCycle",
            "Tenant",
            "LynqNode",
            "HEALTHY",
            "PROGRESSING",
            "NOT_READY",
            "MISMATCHED",
            "FAILED",
            "UNKNOWN",
            "BLIND",
            "INFO",
            "WARNING",
            "CRITICAL",
            "",
            "Deployment",
            "StatefulSet",
            "DaemonSet",
            "Service",
            "Ingress",
            "Job",
            "PersistentVolumeClaim",
            "ConfigMap",
            "TenantResourcesMismatch",
            "TenantResourcesFailed",
            "TenantNotReady",
            "TenantStatusUnknown",
            "TenantDegraded",
            "TenantResourcesConflicted",
            "TenantNotConverged",
            "TenantDependencyStuck",
            "TenantStatusDrift",
            "TenantFlapping",
            "DependencyWait",
            "ImagePull",
            "CrashLoop",
            "ReadinessProbe",
            "Starting",
            "VolumePending",
            "Unschedulable",
            "JobRunning",
            "JobFailed",
            "default");

    private static final Map<String, Integer> CODES = codes();

    private Words() {}

    private static Map<String, Integer> codes() {
        Map<String, Integer> codes = new HashMap<>();
        for (String word : ALL) {
            codes.put(word, codes.size() + 1);
        }
        return codes;
    }

    /** A word's number; 0: it has none. */
    static int code(String word) {
        return CODES.getOrDefault(word, 0);
    }

    /**
     * The word of a number.
     *
     * @throws IllegalStateException if this code does not know it: a later one wrote it
     */
    static String word(int code) {
        if (code > ALL.size()) {
            throw new IllegalStateException("word " + code + " of a tenant's state is none that this version of Tenant"
                    + " Pulse knows; run the version that wrote it, or reset the application and read the log anew");
        }
        return ALL.get(code - 1);
    }
}
