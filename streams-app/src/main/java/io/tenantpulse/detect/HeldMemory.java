package io.tenantpulse.detect;

import io.tenantpulse.model.Dependency;
import io.tenantpulse.model.ObjectId;
import io.tenantpulse.model.RegistryId;
import io.tenantpulse.model.TenantId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Holds what the detector remembers as it is, not as bytes, for a process that needs nothing of it when it ends: a replay.
 * Visits go over what was there when they began.
 */
public final class HeldMemory implements Memory {
    private final Map<String, ClusterState> clusters = new TreeMap<>();
    private final Map<TenantId, HeldTenant> tenants = new HashMap<>();
    /** The same by cluster and key, for their order. */
    private final Map<String, TreeMap<String, HeldTenant>> ordered = new HashMap<>();

    private final Map<String, TreeMap<String, RegistryState>> registries = new HashMap<>();
    private final Agenda<TenantId> deadlines = new Agenda<>();
    private final Agenda<TenantId> looks = new Agenda<>();
    private final Agenda<RegistryId> ofRegistries = new Agenda<>();
    private final Agenda<WarningKey> ofWarnings = new Agenda<>();
    private final Agenda<TenantId> ofIncidents = new Agenda<>();
    private long reading = 1;
    private @Nullable HeldTenant last;

    /** Whether a watermark of the cluster would find anything due. */
    public boolean isDue(String cluster, Instant upTo) {
        return deadlines.isDue(cluster, upTo)
                || looks.isDue(cluster, upTo)
                || ofRegistries.isDue(cluster, upTo)
                || ofWarnings.isDue(cluster, upTo)
                || ofIncidents.isDue(cluster, upTo);
    }

    /** Most of what is asked is about the tenant that was asked about last. */
    private @Nullable HeldTenant held(TenantId id) {
        HeldTenant known = last;
        if (known == null || !known.id.equals(id)) {
            known = tenants.get(id);
            last = known;
        }
        return known;
    }

    private HeldTenant made(TenantId id) {
        HeldTenant known = held(id);
        if (known == null) {
            known = new HeldTenant(id, id.key());
            tenants.put(id, known);
            ordered.computeIfAbsent(id.cluster(), any -> new TreeMap<>()).put(known.key, known);
            last = known;
        }
        return known;
    }

    private void dropIfEmpty(HeldTenant known) {
        if (known.isEmpty()) {
            tenants.remove(known.id);
            ordered.get(known.id.cluster()).remove(known.key);
            last = null;
        }
    }

    private List<HeldTenant> heldOf(String cluster) {
        TreeMap<String, HeldTenant> all = ordered.get(cluster);
        return all == null ? List.of() : new ArrayList<>(all.values());
    }

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
        HeldTenant known = held(id);
        return known == null ? null : known.state;
    }

    @Override
    public void put(TenantState state) {
        made(state.id()).state = state;
    }

    @Override
    public void forget(TenantId id) {
        HeldTenant known = held(id);
        if (known != null) {
            known.state = null;
            known.ownRead = 0;
            dropIfEmpty(known);
        }
    }

    @Override
    public boolean isFiring(TenantId id) {
        TenantState state = tenant(id);
        return state != null && state.isFiring();
    }

    @Override
    public void ownRead(TenantId id) {
        HeldTenant known = held(id);
        if (known != null && known.state != null) {
            known.ownRead = reading;
        }
    }

    @Override
    public boolean isOwnRead(TenantId id) {
        HeldTenant known = held(id);
        return known != null && known.ownRead == reading;
    }

    @Override
    public void forgetOwnRead() {
        reading++;
    }

    @Override
    public void eachTenant(String cluster, Consumer<TenantState> visitor) {
        for (HeldTenant each : heldOf(cluster)) {
            if (each.state != null) {
                visitor.accept(each.state);
            }
        }
    }

    @Override
    public @Nullable RegistryState registry(RegistryId id) {
        TreeMap<String, RegistryState> of = registries.get(id.cluster());
        return of == null ? null : of.get(id.key());
    }

    @Override
    public void put(RegistryState state) {
        registries
                .computeIfAbsent(state.id().cluster(), any -> new TreeMap<>())
                .put(state.id().key(), state);
    }

    @Override
    public void forget(RegistryId id) {
        TreeMap<String, RegistryState> of = registries.get(id.cluster());
        if (of != null) {
            of.remove(id.key());
        }
    }

    @Override
    public void eachRegistry(String cluster, Consumer<RegistryState> visitor) {
        TreeMap<String, RegistryState> of = registries.get(cluster);
        if (of != null) {
            List.copyOf(of.values()).forEach(visitor);
        }
    }

    @Override
    public @Nullable List<Dependency> dependencies(TenantId id) {
        HeldTenant known = held(id);
        return known == null ? null : known.dependencies;
    }

    @Override
    public void put(TenantId id, List<Dependency> dependencies) {
        HeldTenant known = made(id);
        known.dependencies = dependencies;
        known.ownRead = 0;
    }

    @Override
    public void forgetDependencies(TenantId id) {
        HeldTenant known = held(id);
        if (known != null) {
            known.dependencies = null;
            known.ownRead = 0;
            dropIfEmpty(known);
        }
    }

    @Override
    public @Nullable ResourceState resource(TenantId id, ObjectId object) {
        HeldTenant known = held(id);
        return known == null ? null : known.resource(object);
    }

    @Override
    public Glance glance(TenantId id, ObjectId object) {
        ResourceState state = resource(id, object);
        return state == null ? Glance.NONE : Glance.of(state);
    }

    @Override
    public void put(TenantId id, ResourceState state) {
        HeldTenant known = made(id);
        known.put(state);
        known.ownRead = 0;
    }

    @Override
    public void forget(TenantId id, ObjectId object) {
        HeldTenant known = held(id);
        if (known != null) {
            known.forget(object);
            known.ownRead = 0;
            dropIfEmpty(known);
        }
    }

    @Override
    public void eachResource(TenantId id, Consumer<ResourceState> visitor) {
        HeldTenant known = held(id);
        if (known != null) {
            known.resources().forEach(visitor);
        }
    }

    @Override
    public void eachResource(String cluster, BiConsumer<TenantId, ResourceState> visitor) {
        for (HeldTenant each : heldOf(cluster)) {
            each.resources().forEach(state -> visitor.accept(each.id, state));
        }
    }

    @Override
    public @Nullable WarningState warning(TenantId id, String uid) {
        HeldTenant known = held(id);
        return known == null ? null : known.warnings.get(uid);
    }

    @Override
    public void put(TenantId id, WarningState state) {
        made(id).warnings.put(state.warning().uid(), state);
    }

    @Override
    public void forgetWarning(TenantId id, String uid) {
        HeldTenant known = held(id);
        if (known != null) {
            known.warnings.remove(uid);
            dropIfEmpty(known);
        }
    }

    @Override
    public void eachWarning(TenantId id, Consumer<WarningState> visitor) {
        HeldTenant known = held(id);
        if (known != null) {
            new ArrayList<>(known.warnings.values()).forEach(visitor);
        }
    }

    @Override
    public void moveExpiry(TenantId id, String uid, @Nullable Instant before, @Nullable Instant after) {
        ofWarnings.move(id.cluster(), id.key() + '\1' + uid, new WarningKey(id, uid), before, after);
    }

    @Override
    public List<WarningKey> expired(String cluster, Instant upTo) {
        return ofWarnings.due(cluster, upTo);
    }

    @Override
    public @Nullable IncidentHistory incidents(TenantId id) {
        HeldTenant known = held(id);
        return known == null ? null : known.incidents;
    }

    @Override
    public void put(TenantId id, IncidentHistory history, @Nullable Instant before) {
        HeldTenant known = made(id);
        known.incidents = history;
        ofIncidents.move(id.cluster(), known.key, id, before, history.deadline());
    }

    @Override
    public void forget(TenantId id, IncidentHistory history) {
        ofIncidents.move(id.cluster(), id.key(), id, history.deadline(), null);
        HeldTenant known = held(id);
        if (known != null) {
            known.incidents = null;
            dropIfEmpty(known);
        }
    }

    @Override
    public List<TenantId> agedIncidents(String cluster, Instant upTo) {
        return ofIncidents.due(cluster, upTo);
    }

    @Override
    public void moveDeadline(TenantId id, @Nullable Instant before, @Nullable Instant after) {
        move(deadlines, id, before, after);
    }

    @Override
    public void moveLook(TenantId id, @Nullable Instant before, @Nullable Instant after) {
        move(looks, id, before, after);
    }

    private void move(Agenda<TenantId> agenda, TenantId id, @Nullable Instant before, @Nullable Instant after) {
        if (before != null || after != null) {
            HeldTenant known = held(id);
            agenda.move(id.cluster(), known == null ? id.key() : known.key, id, before, after);
        }
    }

    @Override
    public List<TenantId> due(String cluster, Instant upTo) {
        return deadlines.due(cluster, upTo);
    }

    @Override
    public List<TenantId> looks(String cluster, Instant upTo) {
        return looks.due(cluster, upTo);
    }

    @Override
    public void moveDeadline(RegistryId id, @Nullable Instant before, @Nullable Instant after) {
        ofRegistries.move(id.cluster(), id.key(), id, before, after);
    }

    @Override
    public List<RegistryId> dueRegistries(String cluster, Instant upTo) {
        return ofRegistries.due(cluster, upTo);
    }
}
