package io.tenantpulse.detect;

import io.tenantpulse.model.Dependency;
import io.tenantpulse.model.ObjectId;
import io.tenantpulse.model.TenantId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** All that {@link HeldMemory} holds of one tenant, whether it exists or not. */
final class HeldTenant {
    final TenantId id;
    final String key;
    final TreeMap<String, WarningState> warnings = new TreeMap<>();
    /** By the objects' keys, for their order. */
    private final TreeMap<String, Slot> ordered = new TreeMap<>();

    private final Map<ObjectId, Slot> resources = new HashMap<>();

    @Nullable
    TenantState state;

    @Nullable
    List<Dependency> dependencies;

    @Nullable
    IncidentHistory incidents;

    /** The reading of own readiness that holds; 0: none. */
    long ownRead;

    private static final class Slot {
        ResourceState state;

        Slot(ResourceState state) {
            this.state = state;
        }
    }

    HeldTenant(TenantId id, String key) {
        this.id = id;
        this.key = key;
    }

    @Nullable
    ResourceState resource(ObjectId object) {
        Slot slot = resources.get(object);
        return slot == null ? null : slot.state;
    }

    void put(ResourceState resource) {
        Slot slot = resources.get(resource.object());
        if (slot == null) {
            Slot made = new Slot(resource);
            resources.put(resource.object(), made);
            ordered.put(resource.object().key(), made);
        } else {
            slot.state = resource;
        }
    }

    void forget(ObjectId object) {
        if (resources.remove(object) != null) {
            ordered.remove(object.key());
        }
    }

    /** In the order of their keys; what is visited may be put or forgotten. */
    List<ResourceState> resources() {
        List<ResourceState> all = new ArrayList<>(ordered.size());
        for (Slot each : ordered.values()) {
            all.add(each.state);
        }
        return all;
    }

    boolean isEmpty() {
        return state == null && dependencies == null && incidents == null && warnings.isEmpty() && resources.isEmpty();
    }
}
