package io.tenantpulse.standalone.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts a template's parts into the order in which they are applied, or says why that cannot be. */
record DependencyOrder(List<Part> parts, String error) {

    static DependencyOrder of(List<Part> parts) {
        Map<String, Part> byId = new HashMap<>();
        parts.forEach(part -> byId.put(part.id(), part));
        for (Part part : parts) {
            for (String needed : part.dependIds()) {
                if (!byId.containsKey(needed)) {
                    return new DependencyOrder(
                            List.of(), "resource %s depends on non-existent resource: %s".formatted(part.id(), needed));
                }
            }
        }
        Set<String> done = new LinkedHashSet<>();
        List<Part> left = new ArrayList<>(parts);
        List<Part> ordered = new ArrayList<>();
        while (!left.isEmpty()) {
            Part next = left.stream()
                    .filter(part -> done.containsAll(part.dependIds()))
                    .findFirst()
                    .orElse(null);
            if (next == null) {
                Part part = left.get(0);
                return new DependencyOrder(
                        List.of(),
                        "circular dependency detected: %s -> %s"
                                .formatted(part.dependIds().get(0), part.id()));
            }
            left.remove(next);
            ordered.add(next);
            done.add(next.id());
        }
        return new DependencyOrder(ordered, "");
    }
}
