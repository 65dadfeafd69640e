package io.tenantpulse.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;

/** Keeps {@code metadata.managedFields}: who wrote which fields when. Two levels deep: enough to look and weigh like the real thing. */
final class ManagedFields {
    private ManagedFields() {}

    static void record(ObjectNode object, String manager, boolean status, Instant now) {
        ObjectNode meta = Json.child(object, "metadata");
        ArrayNode entries =
                meta.get("managedFields") instanceof ArrayNode found ? found : meta.putArray("managedFields");
        ObjectNode entry = entry(object, manager, status, now);
        for (int i = 0; i < entries.size(); i++) {
            JsonNode old = entries.get(i);
            if (old.path("manager").asText().equals(manager) && old.has("subresource") == status) {
                entries.set(i, entry);
                return;
            }
        }
        entries.add(entry);
    }

    private static ObjectNode entry(ObjectNode object, String manager, boolean status, Instant now) {
        ObjectNode fields = Json.object();
        if (status) {
            fields.set("f:status", names(object.path("status")));
        } else {
            ObjectNode meta = Json.object();
            for (String name : List.of("annotations", "labels", "ownerReferences", "finalizers")) {
                if (object.path("metadata").path(name).isObject()) {
                    meta.set("f:" + name, names(object.path("metadata").path(name)));
                } else if (object.path("metadata").has(name)) {
                    meta.set("f:" + name, Json.object());
                }
            }
            fields.set("f:metadata", meta);
            object.fieldNames().forEachRemaining(name -> {
                if (!List.of("apiVersion", "kind", "metadata", "status").contains(name)) {
                    fields.set("f:" + name, names(object.path(name)));
                }
            });
        }
        ObjectNode entry = Json.object(
                "manager",
                manager,
                "operation",
                "Update",
                "apiVersion",
                object.path("apiVersion"),
                "time",
                Json.time(now),
                "fieldsType",
                "FieldsV1",
                "fieldsV1",
                fields);
        if (status) {
            entry.put("subresource", "status");
        }
        return entry;
    }

    private static ObjectNode names(JsonNode value) {
        ObjectNode names = Json.object();
        value.fieldNames().forEachRemaining(name -> names.set("f:" + name, Json.object()));
        return names;
    }
}
