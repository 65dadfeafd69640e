package io.tenantpulse.exporter.kube;

import io.tenantpulse.exporter.Role;
import io.tenantpulse.exporter.WatchedKind;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that is read of one object: whitelisted, immutable, canonical (sets sorted).
 *
 * @param uid empty only where undecodable
 * @param createdAt milliseconds since 1970, as all times here; {@link #NONE} where absent
 * @param labelledTenant the tenant that tracking labels name
 * @param orphaned the operator let go of it on purpose
 * @param conditions sorted by type; a Node's are not kept
 * @param undecodable only the identity can be trusted
 */
public record Facts(
        WatchedKind kind,
        ObjectName name,
        String uid,
        String resourceVersion,
        long createdAt,
        long deletedAt,
        long generation,
        List<OwnerRef> owners,
        @Nullable ObjectName labelledTenant,
        boolean orphaned,
        List<ConditionFacts> conditions,
        Detail detail,
        boolean undecodable) {
    /** No such number or time. */
    public static final long NONE = Times.NONE;

    /** Whether a record of the log would say the same of both; resourceVersions and times of conditions do not matter. */
    public boolean sameInLog(Facts other) {
        return uid.equals(other.uid)
                && undecodable == other.undecodable
                && createdAt == other.createdAt
                && deletedAt == other.deletedAt
                && (generation == other.generation || !generationMatters())
                && orphaned == other.orphaned
                && sameDetail(other)
                && ConditionFacts.same(conditions, other.conditions, messagesMatter())
                && owners.equals(other.owners)
                && Objects.equals(labelledTenant, other.labelledTenant);
    }

    private boolean sameDetail(Facts other) {
        if (detail instanceof Detail.OfEvent some && other.detail instanceof Detail.OfEvent others) {
            return some.sameInLog(others);
        }
        return detail.equals(other.detail);
    }

    private boolean generationMatters() {
        return switch (kind.role()) {
            case TENANT, REGISTRY, TEMPLATE, WORKLOAD -> true;
            case NODE, STORAGE_CLASS, POD, CLAIM, RESOURCE, EVENT -> false;
        };
    }

    /** Tenants' messages change with each recount; those of what they own tell why it is stuck. */
    private boolean messagesMatter() {
        Role role = kind.role();
        return role == Role.WORKLOAD || role == Role.POD || role == Role.CLAIM;
    }

    /** The same with an equal name that is kept anyway. */
    public Facts named(ObjectName kept) {
        return kept == name
                ? this
                : new Facts(
                        kind,
                        kept,
                        uid,
                        resourceVersion,
                        createdAt,
                        deletedAt,
                        generation,
                        owners,
                        labelledTenant,
                        orphaned,
                        conditions,
                        detail,
                        undecodable);
    }

    /** The same object, of which nothing but the identity can be trusted now. */
    public Facts asUndecodable(String latestResourceVersion) {
        return new Facts(
                kind,
                name,
                uid,
                latestResourceVersion,
                createdAt,
                deletedAt,
                generation,
                owners,
                labelledTenant,
                orphaned,
                conditions,
                detail,
                true);
    }
}
