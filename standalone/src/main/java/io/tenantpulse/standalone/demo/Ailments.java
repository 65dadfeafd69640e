package io.tenantpulse.standalone.demo;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** What the script has done to the world: behaviours by image tag and by workload or pod, and what provisioners and load balancers do not do. */
final class Ailments {
    static final String GOOD_TAG = "1.4.2";
    /** As good; a rollout to it makes pods anew. */
    static final String OTHER_GOOD_TAG = "1.4.3";

    static final String MISSING_TAG = "1.5.0-rc9";
    static final String CRASHING_TAG = "1.5.1";
    static final String HUNGRY_TAG = "1.5.2";
    static final String HEAVY_TAG = "1.6.0";
    static final String UNSIGNED_TAG = "1.7.0-dev";
    static final String GOOD_INIT_TAG = "2.0.4";
    static final String CRASHING_INIT_TAG = "2.1.0-beta";
    static final String HANGING_INIT_TAG = "2.2.0-beta";

    private static final Map<String, Behaviour> BY_TAG = Map.of(
            MISSING_TAG, Behaviour.NO_IMAGE,
            CRASHING_TAG, Behaviour.CRASHES,
            HUNGRY_TAG, Behaviour.OUT_OF_MEMORY,
            HEAVY_TAG, Behaviour.SLOW_PULL,
            CRASHING_INIT_TAG, Behaviour.CRASHES,
            HANGING_INIT_TAG, Behaviour.PROBE_FAILS);

    private final Map<String, Behaviour> byName = new HashMap<>();
    private final Set<String> stuckObjects = new HashSet<>();

    /** @param name of a workload, or of one of its pods */
    void set(String namespace, String name, Behaviour behaviour) {
        byName.put(namespace + "/" + name, behaviour);
    }

    void clear(String namespace, String name) {
        byName.remove(namespace + "/" + name);
    }

    /** Asked of every pod in every second. */
    Behaviour of(SimPod pod) {
        Behaviour own = byName.get(pod.path);
        Behaviour shared = own == null ? byName.get(pod.ownerPath) : own;
        return shared == null ? of(pod.image) : shared;
    }

    Behaviour of(String image) {
        return BY_TAG.getOrDefault(tag(image), Behaviour.GOOD);
    }

    /** Whether the cluster's webhook lets a pod of the image in. */
    static boolean isSigned(String image) {
        return !tag(image).equals(UNSIGNED_TAG);
    }

    private static String tag(String image) {
        return image.substring(image.lastIndexOf(':') + 1);
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
