package io.tenantpulse.topology.serde;

import io.tenantpulse.model.ClaimFacts;
import io.tenantpulse.model.Condition;
import io.tenantpulse.model.Container;
import io.tenantpulse.model.Facts;
import io.tenantpulse.model.JobFacts;
import io.tenantpulse.model.PodFacts;
import io.tenantpulse.model.Replicas;
import io.tenantpulse.v1.ResourceObserved;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what explains an object from its record. */
final class FactsOf {
    private FactsOf() {}

    static Facts resource(ResourceObserved from) {
        return new Facts(
                from.getParentUid(),
                from.getDeletionTimestamp(),
                conditions(from.getConditions()),
                replicas(from.getReplicas()),
                pod(from.getPod()),
                claim(from.getClaim()),
                job(from.getJob()),
                from.getServiceType(),
                List.copyOf(from.getImages()));
    }

    static List<Condition> conditions(List<io.tenantpulse.v1.Condition> conditions) {
        return conditions.stream().map(FactsOf::condition).toList();
    }

    private static Condition condition(io.tenantpulse.v1.Condition from) {
        return new Condition(
                from.getType(),
                from.getStatus(),
                from.getReason(),
                Condition.isGood(from.getType(), from.getStatus()) ? null : from.getMessage(),
                from.getLastTransitionTime());
    }

    private static @Nullable Replicas replicas(io.tenantpulse.v1.@Nullable Replicas from) {
        return from == null
                ? null
                : new Replicas(
                        from.getDesired(),
                        from.getCurrent(),
                        from.getUpdated(),
                        from.getReady(),
                        from.getAvailable(),
                        from.getGeneration(),
                        from.getObservedGeneration());
    }

    private static @Nullable PodFacts pod(io.tenantpulse.v1.@Nullable PodFacts from) {
        return from == null
                ? null
                : new PodFacts(
                        from.getPhase(),
                        from.getReason(),
                        from.getNode(),
                        from.getNodeReady(),
                        from.getContainers().stream().map(FactsOf::container).toList());
    }

    private static Container container(io.tenantpulse.v1.Container from) {
        return new Container(
                from.getName(),
                from.getInit(),
                from.getImage(),
                from.getReady(),
                from.getRestarts(),
                from.getState(),
                from.getReason(),
                from.getMessage(),
                from.getExitCode(),
                from.getLastReason(),
                from.getStartedAt());
    }

    private static @Nullable ClaimFacts claim(io.tenantpulse.v1.@Nullable ClaimFacts from) {
        return from == null
                ? null
                : new ClaimFacts(
                        from.getPhase(), from.getStorageClass(), from.getStorageClassExists(), from.getBindingMode());
    }

    private static @Nullable JobFacts job(io.tenantpulse.v1.@Nullable JobFacts from) {
        return from == null
                ? null
                : new JobFacts(
                        from.getActive(),
                        from.getSucceeded(),
                        from.getFailed(),
                        from.getCompletions(),
                        from.getBackoffLimit(),
                        from.getSuspended());
    }
}
