package io.tenantpulse.detect;

import io.tenantpulse.model.Dependency;
import io.tenantpulse.model.ObjectId;
import io.tenantpulse.model.RegistryId;
import io.tenantpulse.model.TenantId;
import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the detector of one partition remembers: Kafka Streams stores in production, maps in tests. Single-threaded. What
 * was put is what is read next. A visitor may put or forget the entry that it visits, no other.
 */
public interface Memory {
    @Nullable
    ClusterState cluster(String cluster);

    /** All clusters; few. */
    List<ClusterState> clusters();

    void put(ClusterState state);

    @Nullable
    TenantState tenant(TenantId id);

    void put(TenantState state);

    void forget(TenantId id);

    /** Whether an alert of a tenant fires; false: there is none of that name. It costs less than to read it. */
    boolean isFiring(TenantId id);

    /**
     * A tenant's own readiness has been read from its resources and its spec, and put. Only what is in memory remembers it:
     * to have forgotten it costs another reading.
     */
    void ownRead(TenantId id);

    /** Whether it was, and nothing of its resources and its spec was put or forgotten since. */
    boolean isOwnRead(TenantId id);

    /** What resources are judged by has changed: no reading holds any longer. */
    void forgetOwnRead();

    /** Visits the tenants of a cluster in the order of their keys. */
    void eachTenant(String cluster, Consumer<TenantState> visitor);

    /** Visits those tenants of a cluster of which an alert fires or an incident goes on. */
    default void eachTold(String cluster, Consumer<TenantState> visitor) {
        eachTenant(cluster, tenant -> {
            if (tenant.isTold()) {
                visitor.accept(tenant);
            }
        });
    }

    @Nullable
    RegistryState registry(RegistryId id);

    void put(RegistryState state);

    void forget(RegistryId id);

    /** Visits the registries of a cluster in the order of their keys; few. */
    void eachRegistry(String cluster, Consumer<RegistryState> visitor);

    /** The dependency spec of a tenant; null when it was never published. */
    @Nullable
    List<Dependency> dependencies(TenantId id);

    void put(TenantId id, List<Dependency> dependencies);

    void forgetDependencies(TenantId id);

    @Nullable
    ResourceState resource(TenantId id, ObjectId object);

    /** The same at a glance: it costs less than to read it. */
    Glance glance(TenantId id, ObjectId object);

    void put(TenantId id, ResourceState state);

    void forget(TenantId id, ObjectId object);

    /** Visits the resources of a tenant (not its dependency spec). */
    void eachResource(TenantId id, Consumer<ResourceState> visitor);

    /** Visits all resources of a cluster. */
    void eachResource(String cluster, BiConsumer<TenantId, ResourceState> visitor);

    /** A warning about a tenant, by the uid of its Event; null: not remembered. */
    @Nullable
    WarningState warning(TenantId id, String uid);

    void put(TenantId id, WarningState state);

    void forgetWarning(TenantId id, String uid);

    /** Visits the warnings about a tenant in the order of their uids. */
    void eachWarning(TenantId id, Consumer<WarningState> visitor);

    /**
     * Moves a warning's entry in the index of deadlines.
     *
     * @param before where it stands now; null: nowhere
     * @param after where it shall stand; null: nowhere
     */
    void moveExpiry(TenantId id, String uid, @Nullable Instant before, @Nullable Instant after);

    /** A warning in the index of deadlines. */
    record WarningKey(TenantId tenant, String uid) {}

    /** The warnings of a cluster whose entry is not later than {@code upTo}. Touches only what is due. */
    List<WarningKey> expired(String cluster, Instant upTo);

    /** The newest incidents of a tenant that have ended, whether it exists or not; null: there are none. */
    @Nullable
    IncidentHistory incidents(TenantId id);

    /**
     * Keeps them, and moves their entry in the index of deadlines.
     *
     * @param before where the entry stands now; null: nowhere
     */
    void put(TenantId id, IncidentHistory history, @Nullable Instant before);

    /** Forgets them, and their entry in the index of deadlines. */
    void forget(TenantId id, IncidentHistory history);

    /** The names whose incidents have an entry that is not later than {@code upTo}. Touches only what is due. */
    List<TenantId> agedIncidents(String cluster, Instant upTo);

    /**
     * Moves a tenant's entry in the index of deadlines.
     *
     * @param before where it stands now; null: nowhere
     * @param after where it shall stand; null: nowhere
     */
    void moveDeadline(TenantId id, @Nullable Instant before, @Nullable Instant after);

    /**
     * Moves a registry's entry in the index of deadlines.
     *
     * @param before where it stands now; null: nowhere
     * @param after where it shall stand; null: nowhere
     */
    void moveDeadline(RegistryId id, @Nullable Instant before, @Nullable Instant after);

    /** The registries of a cluster whose deadline is not later than {@code upTo}, ordered as {@link #due}. */
    List<RegistryId> dueRegistries(String cluster, Instant upTo);

    /**
     * Moves when a tenant is to be diagnosed for the trends; no alert depends on it.
     *
     * @param before when until now; null: never
     * @param after when; null: never
     */
    void moveLook(TenantId id, @Nullable Instant before, @Nullable Instant after);

    /** The tenants of a cluster that are to be diagnosed for the trends by then. Touches only what is due. */
    List<TenantId> looks(String cluster, Instant upTo);

    /**
     * The tenants of a cluster whose deadline is not later than {@code upTo}, earliest first, then by key. Touches only
     * what is due.
     */
    List<TenantId> due(String cluster, Instant upTo);
}
