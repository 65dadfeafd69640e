package io.tenantpulse.diagnose;

import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How the operator of a cluster writes status: what a resource that is not ready counts as depends on its version
 * (PEERS 0.2). Shown to people; no alert depends on it.
 */
public enum Dialect {
    /** Up to v1.1.3: reconciling waits, and writes no status meanwhile; what is not ready in time has failed. */
    BLOCKING("waits for each resource, and writes no status meanwhile"),
    /** v1.1.4 to v1.1.12: what is not ready is neither ready nor failed, for ever; dependents are created at once. */
    FULL_PATH("never calls a slow resource failed, and creates dependents at once"),
    /** v1.1.13, or tenants that an older version began: as the full path, but readiness lost shows as failed at first. */
    MIXED("never calls a slow resource failed for long, and creates dependents at once"),
    /** From v1.1.14: what is not ready within its timeout has failed; dependents are held back. */
    TIMEOUT("calls a slow resource failed after its timeout, and holds its dependents back"),
    UNKNOWN("not recognised yet");

    private final String words;

    Dialect(String words) {
        this.words = words;
    }

    /** What the operator does, for people. */
    public String words() {
        return words;
    }

    /**
     * What the literal rules can tell on a cluster of this dialect, by their names.
     *
     * @param writesObservedGeneration whether {@code status.observedGeneration} was ever seen there
     */
    public SortedMap<String, String> reach(boolean writesObservedGeneration) {
        SortedMap<String, String> reach = new TreeMap<>();
        reach.put("TenantResourcesMismatch", mismatch());
        reach.put("TenantResourcesFailed", failed());
        reach.put(
                "TenantStatusDrift",
                writesObservedGeneration
                        ? "reads counts and observedGeneration"
                        : "reads counts only: observedGeneration was never written here, so it cannot lag");
        return reach;
    }

    private String mismatch() {
        return switch (this) {
            case BLOCKING ->
                "is silent while its operator waits, for it writes no status then; what stays slow ends as failed";
            case FULL_PATH -> "fires for every tenant that is stuck for 15 minutes";
            case MIXED ->
                "fires for every tenant that is stuck for 15 minutes; its clock begins after a blip of failed";
            case TIMEOUT ->
                "cannot last 15 minutes unless a timeoutSeconds is above 900, because its operator calls a slow resource failed after its timeout";
            case UNKNOWN -> "may be silent for tenants that are stuck, by the version of the operator";
        };
    }

    private String failed() {
        return switch (this) {
            case BLOCKING, TIMEOUT -> "fires also for tenants that are only slow, once a timeout is over";
            case FULL_PATH -> "fires only for conflicts and for what cannot be rendered or applied";
            case MIXED ->
                "fires for conflicts and for what cannot be rendered or applied; readiness lost is failed for seconds only, or stays failed for tenants of older versions";
            case UNKNOWN -> "may fire for tenants that are only slow, by the version of the operator";
        };
    }
}
