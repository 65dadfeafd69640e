package io.tenantpulse.detect;

import io.tenantpulse.model.TenantFacts;
import io.tenantpulse.model.TenantId;
import org.jspecify.annotations.Nullable;

/** Which alerts fire and which incidents go on by what is remembered: what transitions have told and not taken back. */
public final class Firing {
    private Firing() {}

    /** Sees what goes on. */
    public interface Visitor {
        /**
         * An alert that fires.
         *
         * @param identity as {@link Transition#identity}
         * @param namespace null: it speaks of a cluster
         * @param registry null: none is known
         * @param template null: none is known
         */
        void alert(
                String identity,
                String alert,
                String cluster,
                @Nullable String namespace,
                @Nullable String registry,
                @Nullable String template);

        /** A tenant whose incident goes on. */
        void incident(TenantId tenant, @Nullable String registry, @Nullable String template);
    }

    /** Visits all of a partition. Passes by every tenant once: for the start of a task. */
    public static void visit(Memory memory, Visitor visitor) {
        for (ClusterState cluster : memory.clusters()) {
            ofCluster(cluster, visitor);
            memory.eachTold(cluster.cluster(), tenant -> ofTenant(tenant, visitor));
            memory.eachRegistry(
                    cluster.cluster(),
                    registry -> registry.clocks().stream()
                            .filter(Clock::isFiring)
                            .forEach(clock -> visitor.alert(
                                    Transition.identity(
                                            clock.rule(), registry.id().key(), clock.reason()),
                                    clock.rule(),
                                    cluster.cluster(),
                                    registry.id().namespace(),
                                    registry.id().name(),
                                    null)));
        }
    }

    private static void ofCluster(ClusterState cluster, Visitor visitor) {
        String name = cluster.cluster();
        for (KindState kind : cluster.kinds().values()) {
            if (kind.blindFired()) {
                String identity = Transition.identity(ClusterAlerts.KIND_BLIND, name, kind.kind());
                visitor.alert(identity, ClusterAlerts.KIND_BLIND, name, null, null, null);
            }
        }
        if (cluster.staleSince() != null) {
            String identity = Transition.identity(ClusterAlerts.TELEMETRY_STALE, name, "");
            visitor.alert(identity, ClusterAlerts.TELEMETRY_STALE, name, null, null, null);
        }
    }

    private static void ofTenant(TenantState tenant, Visitor visitor) {
        TenantFacts facts = tenant.facts();
        for (Clock clock : tenant.clocks()) {
            if (clock.isFiring()) {
                visitor.alert(
                        Transition.identity(clock.rule(), tenant.id().key(), clock.reason()),
                        clock.rule(),
                        tenant.id().cluster(),
                        tenant.id().namespace(),
                        facts.registry(),
                        facts.template());
            }
        }
        if (tenant.incident() != null) {
            visitor.incident(tenant.id(), facts.registry(), facts.template());
        }
    }
}
