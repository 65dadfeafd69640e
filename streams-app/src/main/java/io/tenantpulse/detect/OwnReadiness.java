package io.tenantpulse.detect;

import io.tenantpulse.model.Dependency;
import io.tenantpulse.model.ObjectId;
import io.tenantpulse.model.Readiness;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tenant's readiness from its resources, as DESIGN 4 has it: some resource that must be ready
 * ({@code waitForReady}) is not ready, or does not exist. An object of the right group, kind, namespace and name counts,
 * whoever owns it.
 */
final class OwnReadiness {
    private static final String SECRET = "Secret";

    private final ClusterState cluster;
    private final Function<ObjectId, @Nullable ResourceState> resources;

    OwnReadiness(ClusterState cluster, Function<ObjectId, @Nullable ResourceState> resources) {
        this.cluster = cluster;
        this.resources = resources;
    }

    /** What a required resource is, as far as can be said. */
    private enum Found {
        READY,
        NOT_READY,
        OPEN
    }

    Own read(TenantState tenant, List<Dependency> dependencies) {
        TreeSet<String> notReady = new TreeSet<>();
        TreeSet<String> reads = new TreeSet<>();
        boolean certain = true;
        boolean frozen = false;
        for (Dependency dependency : dependencies) {
            if (!dependency.waitForReady()) {
                continue;
            }
            if (canBeRead(dependency)) {
                reads.add(dependency.object().kindName());
            }
            ResourceState resource = resources.apply(dependency.object());
            frozen |= isFrozen(dependency, resource, tenant);
            switch (found(dependency, resource, tenant)) {
                case READY -> {}
                case NOT_READY -> notReady.add(dependency.id());
                case OPEN -> certain = false;
            }
        }
        return new Own(List.copyOf(notReady), List.copyOf(reads), certain && !frozen, frozen);
    }

    /** What was known of it, be it only that it did not exist, stands until it can be read. */
    private static boolean isFrozen(Dependency dependency, @Nullable ResourceState resource, TenantState tenant) {
        return resource != null
                && resource.undecodable()
                && !dependency.once()
                && (resource.readiness() != Readiness.UNKNOWN
                        || tenant.own().notReady().contains(dependency.id()));
    }

    /** Secrets are not watched, and what has no name can't be looked up. */
    private static boolean canBeRead(Dependency dependency) {
        return !dependency.object().kindName().equals(SECRET)
                && !dependency.object().name().isEmpty();
    }

    private Found found(Dependency dependency, @Nullable ResourceState resource, TenantState tenant) {
        if (dependency.object().kindName().equals(SECRET)) {
            return tenant.appliedIds().contains(dependency.id()) ? Found.READY : Found.OPEN;
        }
        if (!canBeRead(dependency)) {
            return Found.OPEN;
        }
        KindState kind = cluster.kind(dependency.object().kindName());
        if (resource == null) {
            return absent(dependency, kind, tenant);
        }
        if (dependency.once()) {
            return Found.READY;
        }
        return switch (resource.readiness()) {
            case READY -> Found.READY;
            case NOT_READY -> Found.NOT_READY;
            case UNKNOWN -> isFrozen(dependency, resource, tenant) ? Found.NOT_READY : Found.OPEN;
        };
    }

    /** That it does not exist is concluded only after a completed frame of its kind, and not while that is blind. */
    private static Found absent(Dependency dependency, KindState kind, TenantState tenant) {
        if (kind.settled() && kind.isObservable()) {
            return Found.NOT_READY;
        }
        return kind.settled() && tenant.own().notReady().contains(dependency.id()) ? Found.NOT_READY : Found.OPEN;
    }

    /**
     * The earliest instant at which the resources that are not ready can have become so; {@link Instant#MIN} where nothing
     * bounds it.
     *
     * @param absentSince bound for those that do not exist; null: none
     */
    Instant earliest(Own own, List<Dependency> dependencies, @Nullable Instant absentSince) {
        Instant earliest = Instant.MAX;
        for (ResourceOf found : notReady(own, dependencies)) {
            Instant bound = found.resource == null ? absentSince : found.resource.earliest();
            earliest = bound == null ? Instant.MIN : min(earliest, bound);
        }
        return earliest.equals(Instant.MAX) ? Instant.MIN : earliest;
    }

    /**
     * Since when one of the resources that are not ready is known to have been so without a break; null when none of them
     * can be seen.
     */
    @Nullable
    Instant notReadySince(Own own, List<Dependency> dependencies) {
        Instant earliest = null;
        for (ResourceOf found : notReady(own, dependencies)) {
            ResourceState resource = found.resource;
            if (resource != null
                    && !resource.undecodable()
                    && cluster.kind(resource.object().kindName()).isObservable()) {
                earliest = earliest == null ? resource.since() : min(earliest, resource.since());
            }
        }
        return earliest;
    }

    private record ResourceOf(@Nullable ResourceState resource) {}

    private List<ResourceOf> notReady(Own own, List<Dependency> dependencies) {
        List<ResourceOf> found = new ArrayList<>();
        for (Dependency dependency : dependencies) {
            if (own.notReady().contains(dependency.id())) {
                found.add(new ResourceOf(resources.apply(dependency.object())));
            }
        }
        return found;
    }

    private static Instant min(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
