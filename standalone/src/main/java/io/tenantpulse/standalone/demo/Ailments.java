package io.tenantpulse.standalone.demo;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the script has done to the world: behaviours by image tag and by workload, and what provisioners and load balancers do not do. */
final class Ailments {
    static final String GOOD_TAG = "1.4.2";
    static final String MISSING_TAG = "1.5.0-rc9";
    static final String CRASHING_TAG = "1.5.1";
    static final String HUNGRY_TAG = "1.5.2";
    static final String HEAVY_TAG = "1.6.0";

    private static final Map<String, Behaviour> BY_TAG = Map.of(
            MISSING_TAG, Behaviour.NO_IMAGE,
            CRASHING_TAG, Behaviour.CRASHES,
            HUNGRY_TAG, Behaviour.OUT_OF_MEMORY,
            HEAVY_TAG, Behaviour.SLOW_PULL);

    private final Map<String, Behaviour> byWorkload = new HashMap<>();
    private final Set<String> stuckObjects = new HashSet<>();

    void set(String namespace, String workload, Behaviour behaviour) {
        byWorkload.put(namespace + "/" + workload, behaviour);
    }

    void clear(String namespace, String workload) {
        byWorkload.remove(namespace + "/" + workload);
    }

    Behaviour of(String namespace, String workload, String image) {
        return Optional.ofNullable(byWorkload.get(namespace + "/" + workload))
                .orElseGet(() -> BY_TAG.getOrDefault(image.substring(image.lastIndexOf(':') + 1), Behaviour.GOOD));
    }

    /** A claim that its provisioner does not provision, or a Service that gets no address. */
    void stick(String namespace, String name) {
        stuckObjects.add(namespace + "/" + name);
    }

    void unstick(String namespace, String name) {
        stuckObjects.remove(namespace + "/" + name);
    }

    boolean stuck(String namespace, String name) {
        return stuckObjects.contains(namespace + "/" + name);
    }
}
