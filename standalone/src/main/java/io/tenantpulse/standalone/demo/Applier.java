package io.tenantpulse.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** Puts one resource of a tenant into the cluster, as an operator's server-side apply does. */
final class Applier {
    private final World world;
    private final Dialect dialect;

    Applier(World world, Dialect dialect) {
        this.world = world;
        this.dialect = dialect;
    }

    /** Creates or updates the object; false when another owner holds it. */
    boolean apply(SimTenant tenant, ObjectNode tenantObject, Part part) {
        String namespace = part.namespaceFor(tenant.namespace());
        String name = part.nameFor(tenant.uid);
        Optional<ObjectNode> existing = world.store().peek(part.type(), namespace, name);
        if (existing.isPresent() && !owned(existing.get(), tenantObject)) {
            tellConflict(tenant, part, namespace, name);
            return false;
        }
        Integer row = tenant.row();
        if (row.equals(tenant.appliedRow.put(part.id(), row)) && existing.isPresent()) {
            return true;
        }
        ObjectNode rendered = Rendering.render(tenant, part);
        int hash = rendered.toString().hashCode();
        boolean changed = !Integer.valueOf(hash).equals(tenant.appliedHash.put(part.id(), hash));
        if (existing.isEmpty() || changed) {
            tenant.applyStart.put(part.id(), world.now());
        }
        rendered.set("metadata", metadata(tenant, tenantObject, part, hash));
        if (existing.isEmpty()) {
            create(part, rendered);
        } else if (changed && part.type() != Kinds.JOB) {
            update(part, existing.get(), rendered);
        }
        return true;
    }

    private void create(Part part, ObjectNode rendered) {
        ObjectNode status = Rendering.firstStatus(part.type());
        if (rendered.has("spec")) {
            rendered.set("status", status);
        }
        ObjectNode stored = world.store().create(part.type(), rendered, dialect.manager());
        wake(part, stored);
    }

    private void update(Part part, ObjectNode existing, ObjectNode rendered) {
        if (part.type() == Kinds.CLAIM && existing.path("spec").has("volumeName")) {
            return; // a bound claim's spec cannot change
        }
        wake(part, world.store().update(part.type(), rendered, dialect.manager()));
    }

    private void wake(Part part, ObjectNode stored) {
        String namespace = stored.path("metadata").path("namespace").asText();
        String name = stored.path("metadata").path("name").asText();
        if (World.WORKLOADS.contains(part.type())) {
            world.touch(new Workload(part.type(), namespace, name));
        } else if (part.type() == Kinds.AUTOSCALER) {
            world.autoscalers().watch(namespace, name);
        } else if (part.type() == Kinds.CLAIM) {
            world.volumes().watch(namespace, name);
        } else if (stored.path("spec").path("type").asText().equals("LoadBalancer")) {
            world.loadBalancers().watch(namespace, name);
        }
    }

    private ObjectNode metadata(SimTenant tenant, ObjectNode tenantObject, Part part, int hash) {
        ObjectNode labels = Json.object("app", part.nameFor(tenant.uid));
        ObjectNode annotations = Json.object(dialect.name("deletion-policy"), "Delete");
        if (dialect == Dialect.LYNQ) {
            annotations.put(dialect.name("applied-hash"), Integer.toHexString(hash));
            annotations.put(dialect.name("apply-start-time"), String.valueOf(tenant.applyStart.get(part.id())));
        }
        ObjectNode meta = Json.object(
                "name",
                part.nameFor(tenant.uid),
                "namespace",
                part.namespaceFor(tenant.namespace()),
                "labels",
                labels,
                "annotations",
                annotations);
        if (part.type() == Kinds.DEPLOYMENT) {
            annotations.put("deployment.kubernetes.io/revision", "1");
        } else if (part.type() == Kinds.CONFIG_MAP) {
            labels.put("plan", tenant.columns.getOrDefault("plan", ""));
        } else if (part.type() == Kinds.CLAIM) {
            meta.set("finalizers", Json.array("kubernetes.io/pvc-protection"));
        }
        if (part.targetNamespace().isEmpty()) {
            meta.set("ownerReferences", Json.array(PodFactory.owner(tenantObject)));
        } else {
            labels.put(dialect.trackingLabel(), tenant.name());
            labels.put(dialect.trackingNamespaceLabel(), tenant.namespace());
        }
        return meta;
    }

    private boolean owned(ObjectNode existing, ObjectNode tenantObject) {
        JsonNode meta = existing.path("metadata");
        for (JsonNode owner : meta.path("ownerReferences")) {
            if (owner.path("uid").equals(tenantObject.path("metadata").path("uid"))) {
                return true;
            }
        }
        return meta.path("labels")
                .path(dialect.trackingLabel())
                .equals(tenantObject.path("metadata").path("name"));
    }

    private void tellConflict(SimTenant tenant, Part part, String namespace, String name) {
        String message =
                "Resource conflict detected for %s/%s (Kind: %s, Policy: Stuck). Another controller or user may be managing this resource. Consider using ConflictPolicy=Force to take ownership or resolve the conflict manually. Error: Apply failed with 1 conflict: conflict with \"kubectl\": .data.token"
                        .formatted(namespace, name, part.type().kind());
        world.events()
                .write(
                        dialect.tenant(),
                        tenant.namespace(),
                        tenant.name(),
                        EventWriter.News.warning("ResourceConflict", message, dialect.controller()));
    }
}
