package io.tenantpulse.detect;

import io.tenantpulse.model.Counts;
import io.tenantpulse.model.Dependency;
import io.tenantpulse.model.Facts;
import io.tenantpulse.model.ObjectId;
import io.tenantpulse.model.Readiness;
import io.tenantpulse.model.RegistryId;
import io.tenantpulse.model.TenantFacts;
import io.tenantpulse.model.TenantId;
import io.tenantpulse.model.Warning;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One record of the log: an object that was seen, or a mark about a cluster. */
public sealed interface Observation {
    String cluster();

    Position position();

    /** When it was read by the exporter; the timestamp of the record. */
    Instant observedAt();

    /**
     * A tenant object.
     *
     * @param uid empty only in UNDECODABLE
     * @param dependencies null: as in the last record of this uid that had them
     */
    record OfTenant(
            TenantId tenant,
            Position position,
            Instant observedAt,
            Change change,
            String uid,
            String resourceVersion,
            TenantFacts facts,
            @Nullable List<Dependency> dependencies)
            implements Observation {
        @Override
        public String cluster() {
            return tenant.cluster();
        }
    }

    /**
     * An object that concerns a tenant.
     *
     * @param resourceId id in the tenant's spec, of itself or of its ancestor; null where not known
     */
    record OfResource(
            TenantId tenant,
            Position position,
            Instant observedAt,
            Change change,
            ObjectId object,
            String uid,
            String resourceVersion,
            @Nullable String resourceId,
            boolean owned,
            Readiness readiness,
            @Nullable String reason,
            @Nullable Instant createdAt,
            Facts facts)
            implements Observation {
        @Override
        public String cluster() {
            return tenant.cluster();
        }
    }

    /** A Kubernetes Event about a tenant or an object of it. */
    record OfWarning(TenantId tenant, Position position, Instant observedAt, Warning warning) implements Observation {
        @Override
        public String cluster() {
            return tenant.cluster();
        }
    }

    /**
     * A registry.
     *
     * @param uid empty only in UNDECODABLE
     * @param counts tenants as the operator counts them; null: its status was never written
     */
    record OfRegistry(
            RegistryId registry,
            Position position,
            Instant observedAt,
            Change change,
            String uid,
            String resourceVersion,
            @Nullable Counts counts)
            implements Observation {
        @Override
        public String cluster() {
            return registry.cluster();
        }
    }

    /** A record that detection does not read: a template, whose alerts come from its tenants. */
    record OfOther(String cluster, Position position, Instant observedAt) implements Observation {}

    /** An exporter claims an epoch; only in the partition of the cluster's name. */
    record EpochClaimed(String cluster, Position position, Instant observedAt, String instance)
            implements Observation {}

    /**
     * A full list of one kind begins.
     *
     * @param kind as {@link ObjectId#kindName()}
     * @param fromMemory it repeats what was published; no list, no gap
     * @param skewMillis the API server's clock minus the exporter's
     */
    record SyncBegin(
            String cluster, Position position, Instant observedAt, String kind, boolean fromMemory, long skewMillis)
            implements Observation {}

    /**
     * A full list of one kind ends: what it did not mention is gone.
     *
     * @param frame id of the frame; null in a recording without marks, where it only says that the kind has been seen
     */
    record SyncEnd(
            String cluster,
            Position position,
            Instant observedAt,
            String kind,
            @Nullable Position frame) implements Observation {}

    /**
     * A stretch in which kinds were not proven live, declared when it is over.
     *
     * @param from the last watermark that covered them; null: none ever did
     * @param resumed the watch went on where it was; otherwise a frame follows
     */
    record Gap(
            String cluster,
            Position position,
            Instant observedAt,
            List<String> kinds,
            @Nullable Instant from,
            Instant to,
            boolean resumed)
            implements Observation {}

    /**
     * All of the covered kinds up to {@code time}, inclusive, stands before this mark.
     *
     * @param probed false: proven by bookmarks only
     * @param coverage every kind that the exporter watches
     */
    record Watermark(
            String cluster,
            Position position,
            Instant observedAt,
            Instant time,
            boolean probed,
            Map<String, KindCoverage> coverage)
            implements Observation {}

    /** The cluster is gone for good. */
    record ClusterGone(String cluster, Position position, Instant observedAt) implements Observation {}
}
