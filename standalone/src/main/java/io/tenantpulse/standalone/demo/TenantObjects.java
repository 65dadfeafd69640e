package io.tenantpulse.standalone.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** Shapes the operator's own objects: tenants, registries and templates. */
final class TenantObjects {
    private TenantObjects() {}

    static ObjectNode tenant(Dialect dialect, SimTenant tenant, ObjectNode registry) {
        ObjectNode extra = Json.object();
        for (Map.Entry<String, String> column : tenant.columns.entrySet()) {
            extra.put(column.getKey(), column.getValue());
        }
        ObjectNode annotations = Json.object(
                dialect.name("activate"),
                "1",
                dialect.name("extra"),
                tenant.extraBroken ? extra.toString().replace("\",", "\"") : extra.toString(),
                dialect.name("hostOrUrl"),
                "https://" + tenant.host(),
                dialect.name("template-generation"),
                Integer.toString(tenant.blueprint.generation()));
        if (dialect == Dialect.LYNQ) {
            annotations.put(dialect.name("hubId"), tenant.blueprint.registry());
        }
        ObjectNode meta = Json.object(
                "name",
                tenant.name(),
                "namespace",
                tenant.namespace(),
                "labels",
                Json.object(dialect.registryLabel(), tenant.blueprint.registry(), dialect.name("uid"), tenant.uid),
                "annotations",
                annotations,
                "ownerReferences",
                Json.array(PodFactory.owner(registry)));
        ObjectNode spec = Json.object("uid", tenant.uid, "templateRef", tenant.blueprint.name());
        spec.setAll(tenant.blueprint.resources(dialect, tenant));
        return Json.object("metadata", meta, "spec", spec);
    }

    static ObjectNode registry(Dialect dialect, Blueprint blueprint) {
        ObjectNode mysql = Json.object(
                "host",
                "mysql.saas.svc",
                "port",
                3306,
                "database",
                "tenants",
                "username",
                "op",
                "table",
                blueprint.name(),
                "passwordRef",
                Json.object("name", "db", "key", "password"));
        ObjectNode spec = Json.object(
                "source",
                Json.object("type", "mysql", "syncInterval", "30s", "mysql", mysql),
                "valueMappings",
                Json.object("uid", "id", "hostOrUrl", "url", "activate", "isActive"),
                "extraValueMappings",
                Json.object("card", "card", "tag", "tag", "class", "class"));
        return applied(dialect.registry(), blueprint.namespace(), blueprint.registry(), spec);
    }

    static ObjectNode template(Dialect dialect, Blueprint blueprint) {
        ObjectNode spec = Json.object(dialect == Dialect.LYNQ ? "hubId" : "registryId", blueprint.registry());
        spec.setAll(blueprint.resources(dialect, null));
        return applied(dialect.template(), blueprint.namespace(), blueprint.name(), spec);
    }

    /** People apply these with kubectl, which leaves the whole spec in an annotation once more. */
    private static ObjectNode applied(ResourceType type, String namespace, String name, ObjectNode spec) {
        ObjectNode last = Json.object(
                "apiVersion",
                type.apiVersion(),
                "kind",
                type.kind(),
                "metadata",
                Json.object("annotations", Json.object(), "name", name, "namespace", namespace),
                "spec",
                spec);
        return Json.object(
                "metadata",
                Json.object(
                        "name",
                        name,
                        "namespace",
                        namespace,
                        "annotations",
                        Json.object("kubectl.kubernetes.io/last-applied-configuration", last + "\n")),
                "spec",
                spec);
    }
}
