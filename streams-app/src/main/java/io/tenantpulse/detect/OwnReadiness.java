package io.tenantpulse.detect;

import io.tenantpulse.diagnose.Blockage;
import io.tenantpulse.diagnose.DependencyGraph;
import io.tenantpulse.diagnose.Tally;
import io.tenantpulse.model.Dependency;
import io.tenantpulse.model.ObjectId;
import io.tenantpulse.model.Readiness;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
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
    private final Function<ObjectId, Glance> glances;
    private final Function<ObjectId, @Nullable ResourceState> resources;

    /** @param glances what a glance tells of the same resources */
    OwnReadiness(
            ClusterState cluster,
            Function<ObjectId, Glance> glances,
            Function<ObjectId, @Nullable ResourceState> resources) {
        this.cluster = cluster;
        this.glances = glances;
        this.resources = resources;
    }

    /** What a required resource is, as far as can be said. */
    private enum Found {
        READY,
        NOT_READY,
        OPEN
    }

    /**
     * Reads all of a tenant's resources.
     *
     * @param tenant as it is now, but for its own readiness, which is that of before
     * @param look how its resources were looked at
     */
    Own read(TenantState tenant, List<Dependency> dependencies, Look look) {
        TreeMap<String, NotReady> unready = new TreeMap<>();
        TreeSet<String> reads = new TreeSet<>();
        TreeSet<String> looksAt = new TreeSet<>();
        boolean certain = true;
        boolean frozen = false;
        Counting counting = new Counting();
        for (Dependency dependency : dependencies) {
            boolean required = dependency.waitForReady();
            if (canBeRead(dependency)) {
                (required ? reads : looksAt).add(dependency.object().kindName());
            }
            Glance glance = glances.apply(dependency.object());
            ResourceState resource = glance == Glance.OTHER ? resources.apply(dependency.object()) : null;
            frozen |= required && isFrozen(dependency, resource, tenant);
            Found found = found(dependency, glance, resource, tenant);
            counting.add(dependency, found, glance, resource);
            switch (found) {
                case READY -> {}
                case NOT_READY -> add(unready, unready(dependency, resource, tenant, look));
                case OPEN -> certain &= !required;
            }
        }
        looksAt.removeAll(reads);
        Holds holds = Holds.of(dependencies);
        Blockage blockage = holds.blockage(unready);
        return new Own(
                holds.among(unready, blockage, tenant.own(), look.at()),
                List.copyOf(reads),
                List.copyOf(looksAt),
                certain && !frozen,
                frozen,
                counting.tally(
                        dependencies,
                        counting.blockage(holds, unready, blockage),
                        tenant.facts().skippedIds()),
                broken(holds.brokenPath(), tenant, look));
    }

    /** Counts as the operator does. */
    private final class Counting {
        private final List<Dependency> ready = new ArrayList<>();
        private final Set<Dependency> loose = Collections.newSetFromMap(new IdentityHashMap<>());
        private final Set<String> unserved = new HashSet<>();
        private int open;

        void add(Dependency dependency, Found found, Glance glance, @Nullable ResourceState resource) {
            boolean untold = found == Found.READY && !dependency.once() && isUnknown(resource);
            boolean ofNoKind = found == Found.NOT_READY
                    && glance == Glance.NONE
                    && cluster.kind(dependency.object().kindName()).coverage() == KindCoverage.ABSENT;
            if (ofNoKind) {
                unserved.add(DependencyGraph.idOf(dependency));
            }
            if (found == Found.OPEN || untold || ofNoKind) {
                open++;
            } else if (found == Found.READY) {
                ready.add(dependency);
                if (glance == Glance.LOOSELY_READY || (resource != null && !resource.isEven())) {
                    loose.add(dependency);
                }
            }
        }

        private static boolean isUnknown(@Nullable ResourceState resource) {
            return resource != null && resource.readiness() == Readiness.UNKNOWN;
        }

        /** What the cluster does not serve explains no count: nothing is known of it. */
        @Nullable
        Blockage blockage(Holds holds, TreeMap<String, NotReady> unready, @Nullable Blockage all) {
            if (unserved.isEmpty()) {
                return all;
            }
            TreeMap<String, NotReady> known = new TreeMap<>(unready);
            known.keySet().removeAll(unserved);
            return holds.blockage(known);
        }

        Tally tally(List<Dependency> dependencies, @Nullable Blockage blockage, List<String> skipped) {
            int heldBack = 0;
            int further = 0;
            Set<String> held = new HashSet<>(skipped);
            for (Dependency each : ready) {
                boolean behind = blockage != null && blockage.isBehind(DependencyGraph.idOf(each));
                if (behind || held.contains(each.id())) {
                    heldBack++;
                } else if (loose.contains(each)) {
                    further++;
                }
            }
            return new Tally(
                    dependencies.size(),
                    ready.size(),
                    open,
                    heldBack,
                    further,
                    DependencyGraph.duplicates(dependencies));
        }
    }

    /** Of resources that share an id the first counts, but one that is required before one that is not. */
    private static void add(TreeMap<String, NotReady> unready, NotReady found) {
        unready.merge(found.id(), found, (before, now) -> before.required() || !now.required() ? before : now);
    }

    private NotReady unready(Dependency dependency, @Nullable ResourceState resource, TenantState tenant, Look look) {
        String id = DependencyGraph.idOf(dependency);
        NotReady before = before(dependency, tenant);
        Instant lost = look.lost().get(dependency.object());
        Instant since =
                before == null ? look.sight().ofResource(earliest(resource, lost, look), look.at()) : before.since();
        Instant lastReadyAt = lastReadyAt(before, resource, lost);
        return new NotReady(
                id,
                dependency.object().kindName(),
                dependency.waitForReady(),
                since,
                resource == null ? absentSince(dependency, before, look.at()) : null,
                lastReadyAt,
                lastReadyAt != null
                        && !lastReadyAt.isBefore(tenant.generationSince())
                        && (resource == null || resource.isOfReadyGeneration()),
                before == null ? null : before.hold());
    }

    private static Instant earliest(@Nullable ResourceState resource, @Nullable Instant lost, Look look) {
        Instant absent = look.sight().absentSince();
        // It was there after it was last ready: one that need not be ready is missed only since it is not
        Instant bound = lost == null || (absent != null && lost.isBefore(absent)) ? absent : lost;
        if (resource != null) {
            bound = resource.earliest();
        }
        return bound == null ? Instant.MIN : bound;
    }

    private static @Nullable Instant lastReadyAt(
            @Nullable NotReady before, @Nullable ResourceState resource, @Nullable Instant lost) {
        if (resource != null && resource.lastReadyAt() != null) {
            return resource.lastReadyAt();
        }
        return lost != null ? lost : before == null ? null : before.lastReadyAt();
    }

    /** What did not exist before a gap of its kind and does not after it may have existed within. */
    private Instant absentSince(Dependency dependency, @Nullable NotReady before, Instant at) {
        Instant known = before == null ? null : before.absentSince();
        if (known == null) {
            return at;
        }
        KindState kind = cluster.kind(dependency.object().kindName());
        KindState.Gap gap = kind.hasOpenGap() ? null : kind.gap();
        return gap == null || gap.to() == null ? known : Stretch.later(known, gap.to());
    }

    private static @Nullable BrokenSpec broken(List<String> path, TenantState tenant, Look look) {
        if (path.isEmpty()) {
            return null;
        }
        BrokenSpec before = tenant.own().broken();
        return new BrokenSpec(path, before == null ? look.sight().ofBrokenSpec(look.at()) : before.since());
    }

    /** What was known of it, be it only that it did not exist, stands until it can be read. */
    private static boolean isFrozen(Dependency dependency, @Nullable ResourceState resource, TenantState tenant) {
        return resource != null
                && resource.undecodable()
                && !dependency.once()
                && (resource.readiness() != Readiness.UNKNOWN || wasUnready(dependency, tenant));
    }

    /** Secrets are not watched, and what has no name can't be looked up. */
    private static boolean canBeRead(Dependency dependency) {
        return !dependency.object().kindName().equals(SECRET)
                && !dependency.object().name().isEmpty();
    }

    private Found found(Dependency dependency, Glance glance, @Nullable ResourceState resource, TenantState tenant) {
        if (!dependency.waitForReady()) {
            return foundApplied(dependency, glance, tenant);
        }
        if (dependency.object().kindName().equals(SECRET)) {
            return tenant.facts().isApplied(dependency.id()) ? Found.READY : Found.OPEN;
        }
        if (!canBeRead(dependency)) {
            return Found.OPEN;
        }
        KindState kind = cluster.kind(dependency.object().kindName());
        if (glance == Glance.NONE) {
            return absent(dependency, kind, tenant);
        }
        if (dependency.once() || resource == null) {
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
        return kind.settled() && wasUnready(dependency, tenant) ? Found.NOT_READY : Found.OPEN;
    }

    private static boolean wasUnready(Dependency dependency, TenantState tenant) {
        return before(dependency, tenant) != null;
    }

    /** What was known of it; an id under which the spec asks for another kind of object says nothing of that. */
    private static @Nullable NotReady before(Dependency dependency, TenantState tenant) {
        NotReady before = tenant.own().find(DependencyGraph.idOf(dependency));
        return before == null || before.isOf(dependency.object().kindName()) ? before : null;
    }

    /** One for which the tenant does not wait counts as ready once it is applied, and so once it exists. */
    private Found foundApplied(Dependency dependency, Glance glance, TenantState tenant) {
        if (!canBeRead(dependency)) {
            return Found.OPEN;
        }
        return glance == Glance.NONE
                ? absent(dependency, cluster.kind(dependency.object().kindName()), tenant)
                : Found.READY;
    }

    /**
     * The earliest instant at which the resources that are not ready can have become so; {@link Instant#MIN} where nothing
     * bounds it.
     *
     * @param absentSince bound for those that do not exist; null: none
     */
    Instant earliest(Own own, List<Dependency> dependencies, @Nullable Instant absentSince) {
        Instant earliest = Instant.MAX;
        for (Dependency dependency : dependencies) {
            if (dependency.waitForReady() && own.find(DependencyGraph.idOf(dependency)) != null) {
                ResourceState resource = resources.apply(dependency.object());
                Instant bound = resource == null ? absentSince : resource.earliest();
                earliest = bound == null ? Instant.MIN : min(earliest, bound);
            }
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
        for (Dependency dependency : dependencies) {
            NotReady found = dependency.waitForReady() ? own.find(DependencyGraph.idOf(dependency)) : null;
            Instant since = found == null ? null : knownSince(found, dependency.object());
            earliest = earliest == null || (since != null && since.isBefore(earliest)) ? since : earliest;
        }
        return earliest;
    }

    /**
     * Since when nothing of what the operator counts is known to have changed, its own counts left out: what they contradict
     * now they contradicted then. Null where something can't be seen.
     */
    @Nullable
    Instant unchangedSince(TenantState tenant, List<Dependency> dependencies) {
        Instant latest = tenant.unbrokenSince();
        for (Dependency dependency : dependencies) {
            ResourceState resource = canBeRead(dependency) ? resources.apply(dependency.object()) : null;
            NotReady absent = resource == null ? tenant.own().find(DependencyGraph.idOf(dependency)) : null;
            if (latest == null || (resource == null && absent == null)) {
                continue;
            }
            boolean seen = cluster.kind(dependency.object().kindName()).isObservable()
                    && (resource == null || !resource.undecodable());
            Instant since = resource == null ? absent.absentSince() : resource.since();
            latest = seen && since != null ? Stretch.later(latest, since) : null;
        }
        return latest;
    }

    /** Since when it is known to have been not ready without a break; null when it can't be seen. */
    @Nullable
    Instant knownSince(NotReady found, ObjectId object) {
        if (!cluster.kind(object.kindName()).isObservable()) {
            return null;
        }
        ResourceState resource = resources.apply(object);
        if (resource == null) {
            return found.absentSince();
        }
        return resource.undecodable() ? null : resource.since();
    }

    private static Instant min(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
