package io.tenantpulse.topology;

import io.tenantpulse.detect.Firing;
import io.tenantpulse.detect.IncidentChange;
import io.tenantpulse.detect.Memory;
import io.tenantpulse.detect.Transition;
import io.tenantpulse.metrics.FleetMeters;
import io.tenantpulse.metrics.FleetMeters.Part;
import io.tenantpulse.model.TenantId;
import org.jspecify.annotations.Nullable;

/** Shows which alerts of a task fire and which incidents go on: at its start by its stores, then by what it tells. */
final class FiringLevels {
    private final FleetMeters meters;
    private final int task;

    /** @param task partition of the log, or -1 for the trends */
    FiringLevels(FleetMeters meters, int task) {
        this.meters = meters;
        this.task = task;
    }

    void restore(Memory memory) {
        Firing.visit(memory, new Firing.Visitor() {
            @Override
            public void alert(
                    String identity,
                    String alert,
                    String cluster,
                    @Nullable String namespace,
                    @Nullable String registry,
                    @Nullable String template) {
                meters.alert(task, identity, new Part(alert, cluster, namespace, registry, template));
            }

            @Override
            public void incident(TenantId tenant, @Nullable String registry, @Nullable String template) {
                meters.incident(
                        task, tenant.key(), new Part("", tenant.cluster(), tenant.namespace(), registry, template));
            }
        });
    }

    void on(Transition transition) {
        boolean over = transition.status() == Transition.Status.RESOLVED;
        meters.alert(task, transition.identity(), over ? null : part(transition));
    }

    void on(IncidentChange change) {
        TenantId tenant = change.tenant();
        Part part = new Part("", tenant.cluster(), tenant.namespace(), change.registry(), change.template());
        meters.incident(task, tenant.key(), change.status() == IncidentChange.Status.ENDED ? null : part);
    }

    private static Part part(Transition transition) {
        String namespace = null;
        if (transition.tenant() != null) {
            namespace = transition.tenant().namespace();
        } else if (transition.fleet() != null) {
            namespace = transition.fleet().namespace();
        }
        return new Part(
                transition.alert(),
                transition.cluster(),
                namespace,
                transition.labels().get("registry"),
                transition.labels().get("template"));
    }

    void close() {
        meters.released(task);
    }
}
