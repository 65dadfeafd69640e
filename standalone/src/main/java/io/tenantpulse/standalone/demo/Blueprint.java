package io.tenantpulse.standalone.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** A template as its author keeps it: parts that change when it is rolled out anew. */
final class Blueprint {
    private final String namespace;
    private final String name;
    private List<Part> parts;
    private int generation = 1;

    Blueprint(String namespace, String name, List<Part> parts) {
        this.namespace = namespace;
        this.name = name;
        this.parts = List.copyOf(parts);
    }

    String namespace() {
        return namespace;
    }

    String name() {
        return name;
    }

    String registry() {
        return name + "-reg";
    }

    List<Part> parts() {
        return parts;
    }

    int generation() {
        return generation;
    }

    /** Rolls out another image tag for all parts. */
    void roll(String fromTag, String toTag) {
        parts = parts.stream()
                .map(part -> part.withBody(part.body().replace(":" + fromTag + "\"", ":" + toTag + "\"")))
                .toList();
        generation++;
    }

    boolean has(String id) {
        return parts.stream().anyMatch(part -> part.id().equals(id));
    }

    /** The arrays of resources, as a template (names are templates) or a tenant (names are rendered) carries them. */
    ObjectNode resources(Dialect dialect, String uidOrEmpty) {
        ObjectNode spec = Json.object();
        for (Part part : parts) {
            ArrayNode field = spec.get(part.field()) instanceof ArrayNode found ? found : spec.putArray(part.field());
            ObjectNode entry = Json.object(
                    "id",
                    part.id(),
                    "nameTemplate",
                    uidOrEmpty.isEmpty() ? part.nameTemplate() : part.nameFor(uidOrEmpty),
                    "spec",
                    Json.parse(part.body()),
                    "conflictPolicy",
                    "Stuck",
                    "creationPolicy",
                    "WhenNeeded",
                    "deletionPolicy",
                    "Delete",
                    "patchStrategy",
                    "apply",
                    "timeoutSeconds",
                    part.timeoutSeconds(),
                    "waitForReady",
                    part.waitForReady());
            if (!part.dependIds().isEmpty()) {
                entry.set("dependIds", Json.strings(part.dependIds()));
            }
            if (!part.targetNamespace().isEmpty()) {
                entry.put("targetNamespace", part.targetNamespace());
            }
            if (dialect == Dialect.LYNQ) {
                entry.put("skipOnDependencyFailure", true);
            }
            field.add(entry);
        }
        return spec;
    }
}
