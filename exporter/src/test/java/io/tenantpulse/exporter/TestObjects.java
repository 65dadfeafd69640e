package io.tenantpulse.exporter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;

/** Kubernetes objects for tests, as an API server would serve them. */
public final class TestObjects {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private TestObjects() {}

    /** An object of that kind in namespace {@code shop}; uid is {@code uid-<name>}. */
    public static ObjectNode object(WatchedKind kind, String name, int resourceVersion) {
        ObjectNode object = MAPPER.createObjectNode();
        object.put("apiVersion", kind.apiVersion());
        object.put("kind", kind.kind());
        ObjectNode metadata = object.putObject("metadata");
        metadata.put("creationTimestamp", "2026-11-23T10:00:00Z");
        metadata.put("name", name);
        if (kind.namespaced()) {
            metadata.put("namespace", "shop");
        }
        metadata.put("resourceVersion", Integer.toString(resourceVersion));
        metadata.put("uid", "uid-" + name);
        return object;
    }

    public static ObjectNode object(WatchedKind kind, String name, int resourceVersion, Consumer<ObjectNode> more) {
        ObjectNode object = object(kind, name, resourceVersion);
        more.accept(object);
        return object;
    }

    public static ObjectNode metadata(ObjectNode object) {
        return (ObjectNode) object.get("metadata");
    }

    /** Makes the object owned. */
    public static Consumer<ObjectNode> ownedBy(WatchedKind kind, String owner) {
        return object -> metadata(object)
                .withArrayProperty("ownerReferences")
                .addObject()
                .put("apiVersion", kind.apiVersion())
                .put("controller", true)
                .put("kind", kind.kind())
                .put("name", owner)
                .put("uid", "uid-" + owner);
    }

    public static Consumer<ObjectNode> labelled(String key, String value) {
        return object -> metadata(object).withObjectProperty("labels").put(key, value);
    }

    /** Adds an entry to an array of a tenant's spec. */
    public static Consumer<ObjectNode> asksFor(String array, String id, String name) {
        return object -> object.withObjectProperty("spec")
                .withArrayProperty(array)
                .addObject()
                .put("id", id)
                .put("nameTemplate", name);
    }

    public static Consumer<ObjectNode> applied(String reference) {
        return object -> object.withObjectProperty("status")
                .withArrayProperty("appliedResources")
                .add(reference);
    }

    public static Consumer<ObjectNode> condition(String type, String status, String reason, String message) {
        return object -> object.withObjectProperty("status")
                .withArrayProperty("conditions")
                .addObject()
                .put("type", type)
                .put("status", status)
                .put("reason", reason)
                .put("message", message)
                .put("lastTransitionTime", "2026-11-23T10:01:00Z");
    }

    public static byte[] bytes(ObjectNode object) {
        try {
            return MAPPER.writeValueAsBytes(object);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }
}
