package io.tenantpulse.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant's own object says.
 *
 * @param observedGeneration some versions of the operator never write it
 * @param counts null when the status was never written
 * @param conditions sorted by type
 * @param appliedIds resource ids that {@code status.appliedResources} names, sorted
 * @param skippedIds resource ids that were held back after a failure, sorted
 * @param applyStartTime from when the operator counts timeouts; only newer versions write it
 */
public record TenantFacts(
        @Nullable Instant createdAt,
        @Nullable Instant deletionTimestamp,
        @Nullable Long generation,
        @Nullable Long observedGeneration,
        @Nullable Counts counts,
        List<Condition> conditions,
        List<String> appliedIds,
        List<String> skippedIds,
        @Nullable String template,
        @Nullable Long templateGeneration,
        @Nullable String registry,
        @Nullable Instant applyStartTime) {
    public TenantFacts {
        conditions = List.copyOf(conditions);
        appliedIds = List.copyOf(appliedIds);
        skippedIds = List.copyOf(skippedIds);
    }

    /** The condition of a type, or null. */
    public @Nullable Condition condition(String type) {
        for (Condition condition : conditions) {
            if (condition.type().equals(type)) {
                return condition;
            }
        }
        return null;
    }

    /** Whether a condition is {@code True}. */
    public boolean isTrue(String type) {
        Condition condition = condition(type);
        return condition != null && condition.status().equals("True");
    }

    /** The reason of a condition that is not good; empty otherwise. */
    public String badReason(String type) {
        Condition condition = condition(type);
        boolean bad = condition != null && !Condition.isGood(type, condition.status()) && condition.reason() != null;
        return bad ? String.valueOf(condition.reason()) : "";
    }

    /** Whether the operator says that it has not seen the newest spec; false where it never says so. */
    public boolean isBehind() {
        return observedGeneration != null && generation != null && observedGeneration < generation;
    }

    /** Whether the operator says that it applied the resource; of one without an id that is not known. */
    public boolean isApplied(String id) {
        return !id.isEmpty() && appliedIds.contains(id);
    }
}
