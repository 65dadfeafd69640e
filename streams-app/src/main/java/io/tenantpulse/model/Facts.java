package io.tenantpulse.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What explains an object's state, as far as the exporter published it: null or empty where it told nothing.
 *
 * @param parentUid of the controller of a pod, ReplicaSet, Job or claim
 * @param deletionTimestamp set while the object is being deleted
 * @param conditions sorted by type; a message only where the condition is not good
 * @param images of a workload's pod template, in order
 */
public record Facts(
        @Nullable String parentUid,
        @Nullable Instant deletionTimestamp,
        List<Condition> conditions,
        @Nullable Replicas replicas,
        @Nullable PodFacts pod,
        @Nullable ClaimFacts claim,
        @Nullable JobFacts job,
        @Nullable String serviceType,
        List<String> images) {
    /** Nothing was told. */
    public static final Facts NONE = new Facts(null, null, List.of(), null, null, null, null, null, List.of());

    public Facts {
        conditions = List.copyOf(conditions);
        images = List.copyOf(images);
    }

    /** The condition of a type, or null. */
    public @Nullable Condition condition(String type) {
        for (Condition condition : conditions) {
            if (condition.type().equals(type)) {
                return condition;
            }
        }
        return null;
    }
}
