package io.tenantpulse.standalone.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A template as its author keeps it: parts that change when it is rolled out anew. */
final class Blueprint {
    private final String namespace;
    private final String name;
    private List<Part> parts;
    private List<Affliction> afflictions = List.of();
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

    /** @throws IllegalArgumentException if there is none of that id */
    Part part(String id) {
        return parts.stream()
                .filter(part -> part.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("template %s has no resource %s".formatted(name, id)));
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

    /** What the template itself does to all its tenants at present. */
    List<Affliction> afflictions() {
        return afflictions;
    }

    void afflictions(List<Affliction> now) {
        afflictions = List.copyOf(now);
    }

    /** Ids that a part depends on, over any number of steps; itself is one only in a cycle. */
    Set<String> dependenciesOf(String id) {
        Set<String> found = new TreeSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(id));
        while (!open.isEmpty()) {
            String next = open.pop();
            parts.stream()
                    .filter(part -> part.id().equals(next))
                    .flatMap(part -> part.dependIds().stream())
                    .filter(found::add)
                    .forEach(open::push);
        }
        return found;
    }

    /**
     * The arrays of resources, as a template or a tenant carries them: in a tenant names and labels are rendered, bodies are not.
     *
     * @param tenant null: for the template
     */
    ObjectNode resources(Dialect dialect, @Nullable SimTenant tenant) {
        ObjectNode spec = Json.object();
        for (Part part : parts) {
            ArrayNode field = spec.get(part.field()) instanceof ArrayNode found ? found : spec.putArray(part.field());
            ObjectNode entry = Json.object(
                    "id",
                    part.id(),
                    "nameTemplate",
                    tenant == null ? part.nameTemplate() : part.nameFor(tenant.uid),
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
            if (part.type() == Kinds.CONFIG_MAP) {
                String plan = tenant == null ? "{{ .plan }}" : tenant.columns.getOrDefault("plan", "");
                entry.set("labelsTemplate", Json.object("plan", plan));
            }
            if (dialect == Dialect.LYNQ) {
                entry.put("skipOnDependencyFailure", true);
            }
            field.add(entry);
        }
        return spec;
    }
}
