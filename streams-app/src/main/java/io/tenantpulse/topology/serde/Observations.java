package io.tenantpulse.topology.serde;

import io.tenantpulse.detect.Change;
import io.tenantpulse.detect.Observation;
import io.tenantpulse.detect.Position;
import io.tenantpulse.model.Counts;
import io.tenantpulse.model.Dependency;
import io.tenantpulse.model.ObjectId;
import io.tenantpulse.model.Readiness;
import io.tenantpulse.model.RegistryId;
import io.tenantpulse.model.TenantFacts;
import io.tenantpulse.model.TenantId;
import io.tenantpulse.model.Warning;
import io.tenantpulse.schema.UndecodableRecordException;
import io.tenantpulse.v1.ClusterMark;
import io.tenantpulse.v1.ObjectRef;
import io.tenantpulse.v1.RegistryObserved;
import io.tenantpulse.v1.ResourceObserved;
import io.tenantpulse.v1.TemplateObserved;
import io.tenantpulse.v1.TenantObserved;
import io.tenantpulse.v1.WarningObserved;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Turns the records of the log into what the detector understands. */
final class Observations {
    private Observations() {}

    /**
     * The domain's view of a record.
     *
     * @param observedAt the Kafka timestamp of the record
     * @throws UndecodableRecordException if the record says something that this version does not understand
     */
    static Observation of(SpecificRecord value, Instant observedAt) {
        if (value instanceof TenantObserved tenant) {
            return ofTenant(tenant, observedAt);
        }
        if (value instanceof ResourceObserved resource) {
            return ofResource(resource, observedAt);
        }
        if (value instanceof ClusterMark mark) {
            return Marks.of(mark, observedAt);
        }
        if (value instanceof RegistryObserved registry) {
            return ofRegistry(registry, observedAt);
        }
        if (value instanceof TemplateObserved other) {
            return new Observation.OfOther(
                    other.getCluster(), new Position(other.getEpoch(), other.getSequence()), observedAt);
        }
        if (value instanceof WarningObserved warning) {
            return ofWarning(warning, observedAt);
        }
        throw new UndecodableRecordException(
                "a record of type " + value.getSchema().getFullName() + " does not belong into the log");
    }

    private static Observation ofTenant(TenantObserved from, Instant observedAt) {
        return new Observation.OfTenant(
                new TenantId(from.getCluster(), from.getNamespace(), from.getKind(), from.getName()),
                new Position(from.getEpoch(), from.getSequence()),
                observedAt,
                change(from.getChange()),
                from.getUid(),
                from.getResourceVersion(),
                new TenantFacts(
                        from.getCreatedAt(),
                        from.getDeletionTimestamp(),
                        from.getGeneration(),
                        from.getObservedGeneration(),
                        counts(from.getReady(), from.getDesired(), from.getFailed()),
                        FactsOf.conditions(from.getConditions()),
                        List.copyOf(from.getAppliedIds()),
                        List.copyOf(from.getSkippedIds()),
                        from.getTemplate(),
                        from.getTemplateGeneration(),
                        from.getRegistry(),
                        from.getApplyStartTime()),
                from.getDependencies() == null ? null : dependencies(from.getDependencies()));
    }

    /** A status that was written has all three counts; where a version wrote only some, the missing ones are 0. */
    static @Nullable Counts counts(@Nullable Integer ready, @Nullable Integer desired, @Nullable Integer failed) {
        if (ready == null && desired == null && failed == null) {
            return null;
        }
        return new Counts(ready == null ? 0 : ready, desired == null ? 0 : desired, failed == null ? 0 : failed);
    }

    private static Observation ofRegistry(RegistryObserved from, Instant observedAt) {
        return new Observation.OfRegistry(
                new RegistryId(from.getCluster(), from.getNamespace(), from.getKind(), from.getName()),
                new Position(from.getEpoch(), from.getSequence()),
                observedAt,
                change(from.getChange()),
                from.getUid(),
                from.getResourceVersion(),
                counts(from.getReady(), from.getDesired(), from.getFailed()));
    }

    private static Observation ofResource(ResourceObserved from, Instant observedAt) {
        return new Observation.OfResource(
                new TenantId(from.getCluster(), from.getTenantNamespace(), from.getTenantKind(), from.getTenantName()),
                new Position(from.getEpoch(), from.getSequence()),
                observedAt,
                change(from.getChange()),
                new ObjectId(from.getGroup(), from.getKind(), from.getNamespace(), from.getName()),
                from.getUid(),
                from.getResourceVersion(),
                from.getResourceId(),
                from.getOwned(),
                readiness(from.getReadiness()),
                from.getReason(),
                from.getCreatedAt(),
                FactsOf.resource(from));
    }

    private static Observation ofWarning(WarningObserved from, Instant observedAt) {
        ObjectRef about = from.getObject();
        return new Observation.OfWarning(
                new TenantId(from.getCluster(), from.getTenantNamespace(), from.getTenantKind(), from.getTenantName()),
                new Position(from.getEpoch(), from.getSequence()),
                observedAt,
                new Warning(
                        from.getUid(),
                        new ObjectId(about.getGroup(), about.getKind(), about.getNamespace(), about.getName()),
                        about.getUid(),
                        from.getResourceId(),
                        from.getReason(),
                        from.getMessage(),
                        from.getCount(),
                        from.getFirstAt(),
                        from.getLastAt()));
    }

    /** A change of a newer exporter that we do not know tells nothing of the object: what was known of it is frozen. */
    static Change change(io.tenantpulse.v1.Change change) {
        return switch (change) {
            case SNAPSHOT -> Change.SNAPSHOT;
            case ADDED -> Change.ADDED;
            case MODIFIED -> Change.MODIFIED;
            case DELETED -> Change.DELETED;
            case RELEASED -> Change.RELEASED;
            case UNKNOWN, UNDECODABLE -> Change.UNDECODABLE;
        };
    }

    static Readiness readiness(io.tenantpulse.v1.Readiness readiness) {
        return switch (readiness) {
            case UNKNOWN -> Readiness.UNKNOWN;
            case READY -> Readiness.READY;
            case NOT_READY -> Readiness.NOT_READY;
        };
    }

    private static List<Dependency> dependencies(List<io.tenantpulse.v1.Dependency> dependencies) {
        return dependencies.stream().map(Observations::dependency).toList();
    }

    private static Dependency dependency(io.tenantpulse.v1.Dependency from) {
        return new Dependency(
                from.getId(),
                new ObjectId(from.getGroup(), from.getKind(), from.getNamespace(), from.getName()),
                from.getDependIds(),
                from.getWaitForReady(),
                Duration.ofSeconds(from.getTimeoutSeconds()),
                from.getCreationPolicy().equals("Once"));
    }
}
