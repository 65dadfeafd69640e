package io.tenantpulse.detect;

import io.tenantpulse.model.Dependency;
import io.tenantpulse.model.ObjectId;
import io.tenantpulse.model.RegistryId;
import io.tenantpulse.model.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A memory of maps, for tests. */
final class MapMemory implements Memory {
    private record Entry(String cluster, Instant deadline, TenantId id) {}

    private final Map<String, ClusterState> clusters = new TreeMap<>();
    private final TreeMap<TenantId, TenantState> tenants = new TreeMap<>();
    private final TreeMap<RegistryId, RegistryState> registries = new TreeMap<>();
    private final Map<RegistryId, Instant> registryDeadlines = new TreeMap<>();
    private final TreeMap<TenantId, Instant> looks = new TreeMap<>();
    private final Map<TenantId, List<Dependency>> dependencies = new HashMap<>();
    private final TreeMap<TenantId, TreeMap<String, ResourceState>> resources = new TreeMap<>();
    private final TreeMap<TenantId, TreeMap<String, WarningState>> warnings = new TreeMap<>();
    private final TreeMap<TenantId, IncidentHistory> incidents = new TreeMap<>();
    /** How often incidents that have ended were read or written. */
    int incidentAccesses;

    /** How often something was written that a tenant is judged by. */
    int changes;

    /** Remembers no reading of own readiness. */
    boolean forgetful;

    private final Set<TenantId> ownRead = new HashSet<>();

    /** Sees every state of a tenant that is written. */
    Consumer<TenantState> onTenant = any -> {};

    /** Makes every diagnosis fail. */
    boolean broken;

    private final Map<WarningKey, Instant> expiries = new LinkedHashMap<>();
    private final TreeSet<Entry> deadlines = new TreeSet<>(
            Comparator.comparing(Entry::cluster).thenComparing(Entry::deadline).thenComparing(Entry::id));

    @Override
    public @Nullable ClusterState cluster(String cluster) {
        return clusters.get(cluster);
    }

    @Override
    public List<ClusterState> clusters() {
        return List.copyOf(clusters.values());
    }

    @Override
    public void put(ClusterState state) {
        clusters.put(state.cluster(), state);
    }

    @Override
    public @Nullable TenantState tenant(TenantId id) {
        return tenants.get(id);
    }

    @Override
    public void put(TenantState state) {
        changes++;
        onTenant.accept(state);
        tenants.put(state.id(), state);
    }

    @Override
    public void forget(TenantId id) {
        changes++;
        ownRead.remove(id);
        tenants.remove(id);
    }

    @Override
    public boolean isFiring(TenantId id) {
        TenantState state = tenants.get(id);
        return state != null && state.isFiring();
    }

    @Override
    public void ownRead(TenantId id) {
        ownRead.add(id);
    }

    @Override
    public boolean isOwnRead(TenantId id) {
        return !forgetful && ownRead.contains(id);
    }

    @Override
    public void forgetOwnRead() {
        ownRead.clear();
    }

    @Override
    public void eachTenant(String cluster, Consumer<TenantState> visitor) {
        tenants.values().stream()
                .filter(tenant -> tenant.id().cluster().equals(cluster))
                .toList()
                .forEach(visitor);
    }

    @Override
    public @Nullable RegistryState registry(RegistryId id) {
        return registries.get(id);
    }

    @Override
    public void put(RegistryState state) {
        registries.put(state.id(), state);
    }

    @Override
    public void forget(RegistryId id) {
        registries.remove(id);
    }

    @Override
    public void eachRegistry(String cluster, Consumer<RegistryState> visitor) {
        registries.values().stream()
                .filter(registry -> registry.id().cluster().equals(cluster))
                .toList()
                .forEach(visitor);
    }

    @Override
    public @Nullable List<Dependency> dependencies(TenantId id) {
        return dependencies.get(id);
    }

    @Override
    public void put(TenantId id, List<Dependency> spec) {
        changes++;
        ownRead.remove(id);
        dependencies.put(id, spec);
    }

    @Override
    public void forgetDependencies(TenantId id) {
        changes++;
        ownRead.remove(id);
        dependencies.remove(id);
    }

    @Override
    public @Nullable ResourceState resource(TenantId id, ObjectId object) {
        return resources.getOrDefault(id, new TreeMap<>()).get(object.key());
    }

    @Override
    public Glance glance(TenantId id, ObjectId object) {
        ResourceState state = resource(id, object);
        return state == null ? Glance.NONE : Glance.of(state);
    }

    @Override
    public void put(TenantId id, ResourceState state) {
        changes++;
        ownRead.remove(id);
        resources.computeIfAbsent(id, key -> new TreeMap<>()).put(state.object().key(), state);
    }

    @Override
    public void forget(TenantId id, ObjectId object) {
        changes++;
        ownRead.remove(id);
        resources.getOrDefault(id, new TreeMap<>()).remove(object.key());
    }

    @Override
    public void eachResource(TenantId id, Consumer<ResourceState> visitor) {
        List.copyOf(resources.getOrDefault(id, new TreeMap<>()).values()).forEach(visitor);
    }

    @Override
    public void eachResource(String cluster, BiConsumer<TenantId, ResourceState> visitor) {
        for (TenantId id : List.copyOf(resources.keySet())) {
            if (id.cluster().equals(cluster)) {
                eachResource(id, state -> visitor.accept(id, state));
            }
        }
    }

    @Override
    public @Nullable WarningState warning(TenantId id, String uid) {
        return warnings.getOrDefault(id, new TreeMap<>()).get(uid);
    }

    @Override
    public void put(TenantId id, WarningState state) {
        warnings.computeIfAbsent(id, key -> new TreeMap<>()).put(state.warning().uid(), state);
    }

    @Override
    public void forgetWarning(TenantId id, String uid) {
        warnings.getOrDefault(id, new TreeMap<>()).remove(uid);
    }

    @Override
    public void eachWarning(TenantId id, Consumer<WarningState> visitor) {
        if (broken) {
            throw new IllegalStateException("planted");
        }
        List.copyOf(warnings.getOrDefault(id, new TreeMap<>()).values()).forEach(visitor);
    }

    @Override
    public void moveExpiry(TenantId id, String uid, @Nullable Instant before, @Nullable Instant after) {
        if (before != null && !before.equals(expiries.remove(new WarningKey(id, uid)))) {
            throw new AssertionError("the index does not hold " + uid + " at " + before);
        }
        if (after != null) {
            expiries.put(new WarningKey(id, uid), after);
        }
    }

    @Override
    public List<WarningKey> expired(String cluster, Instant upTo) {
        return expiries.entrySet().stream()
                .filter(entry -> entry.getKey().tenant().cluster().equals(cluster))
                .filter(entry -> !entry.getValue().isAfter(upTo))
                .map(Map.Entry::getKey)
                .toList();
    }

    /** How many warnings are remembered. */
    int warnings() {
        return warnings.values().stream().mapToInt(Map::size).sum();
    }

    @Override
    public @Nullable IncidentHistory incidents(TenantId id) {
        incidentAccesses++;
        return incidents.get(id);
    }

    @Override
    public void put(TenantId id, IncidentHistory history, @Nullable Instant before) {
        incidentAccesses++;
        IncidentHistory replaced = incidents.put(id, history);
        if (!Objects.equals(before, replaced == null ? null : replaced.deadline())) {
            throw new AssertionError("the index does not hold the incidents of " + id + " at " + before);
        }
    }

    @Override
    public void forget(TenantId id, IncidentHistory history) {
        incidentAccesses++;
        if (!incidents.remove(id, history)) {
            throw new AssertionError("these are not the incidents of " + id);
        }
    }

    @Override
    public List<TenantId> agedIncidents(String cluster, Instant upTo) {
        return incidents.entrySet().stream()
                .filter(entry -> entry.getKey().cluster().equals(cluster))
                .filter(entry -> !entry.getValue().deadline().isAfter(upTo))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public void moveDeadline(TenantId id, @Nullable Instant before, @Nullable Instant after) {
        if (before != null && !deadlines.remove(new Entry(id.cluster(), before, id))) {
            throw new AssertionError("the index does not hold " + id + " at " + before);
        }
        if (after != null) {
            deadlines.add(new Entry(id.cluster(), after, id));
        }
    }

    @Override
    public List<TenantId> due(String cluster, Instant upTo) {
        List<TenantId> due = new ArrayList<>();
        for (Entry entry : deadlines) {
            if (entry.cluster().equals(cluster) && !entry.deadline().isAfter(upTo)) {
                due.add(entry.id());
            }
        }
        return due;
    }

    @Override
    public void moveLook(TenantId id, @Nullable Instant before, @Nullable Instant after) {
        if (before != null && !before.equals(looks.remove(id))) {
            throw new AssertionError("no look at " + id + " is due at " + before);
        }
        if (after != null) {
            looks.put(id, after);
        }
    }

    @Override
    public List<TenantId> looks(String cluster, Instant upTo) {
        return looks.entrySet().stream()
                .filter(entry -> entry.getKey().cluster().equals(cluster)
                        && !entry.getValue().isAfter(upTo))
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public void moveDeadline(RegistryId id, @Nullable Instant before, @Nullable Instant after) {
        if (before != null && !before.equals(registryDeadlines.remove(id))) {
            throw new AssertionError("the index does not hold " + id + " at " + before);
        }
        if (after != null) {
            registryDeadlines.put(id, after);
        }
    }

    @Override
    public List<RegistryId> dueRegistries(String cluster, Instant upTo) {
        return registryDeadlines.entrySet().stream()
                .filter(entry -> entry.getKey().cluster().equals(cluster))
                .filter(entry -> !entry.getValue().isAfter(upTo))
                .sorted(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** How many entries the index of deadlines holds. */
    int indexed() {
        return deadlines.size() + registryDeadlines.size();
    }

    /** Whether nothing but cluster states is left. */
    boolean isEmptyButForClusters() {
        return tenants.isEmpty()
                && looks.isEmpty()
                && incidents.isEmpty()
                && registries.isEmpty()
                && registryDeadlines.isEmpty()
                && dependencies.isEmpty()
                && deadlines.isEmpty()
                && expiries.isEmpty()
                && warnings.values().stream().allMatch(Map::isEmpty)
                && resources.values().stream().allMatch(Map::isEmpty);
    }
}
