package io.tenantpulse.standalone.demo;

import java.util.Comparator;

/** An object that makes pods: what a controller is asked to look at. */
record Workload(ResourceType type, String namespace, String name) implements Comparable<Workload> {
    private static final Comparator<Workload> ORDER = Comparator.comparing(
                    (Workload workload) -> workload.type().kind())
            .thenComparing(Workload::namespace)
            .thenComparing(Workload::name);

    @Override
    public int compareTo(Workload other) {
        return ORDER.compare(this, other);
    }
}
