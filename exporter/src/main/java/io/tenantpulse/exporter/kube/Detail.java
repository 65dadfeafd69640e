package io.tenantpulse.exporter.kube;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is read of one kind of object beside what all have. Absent long values are {@link Facts#NONE}. */
public sealed interface Detail {
    /** Of kinds that need only exist. */
    record None() implements Detail {
        static final None INSTANCE = new None();
    }

    /**
     * Of a tenant.
     *
     * @param hasStatus false: the status was never written, so the counts say nothing
     * @param applied {@code status.appliedResources}, sorted
     * @param skipped sorted
     */
    record OfTenant(
            boolean hasStatus,
            long observedGeneration,
            int desired,
            int ready,
            int failed,
            List<String> applied,
            List<String> skipped,
            @Nullable String template,
            long templateGeneration,
            @Nullable String registry,
            long applyStartTime,
            List<DependencyFacts> dependencies)
            implements Detail {}

    /** Of a registry. */
    record OfRegistry(
            boolean hasStatus, long observedGeneration, int desired, int ready, int failed, int referencingTemplates)
            implements Detail {}

    /** Of a template. */
    record OfTemplate(
            boolean hasStatus,
            long observedGeneration,
            int total,
            int ready,
            @Nullable String registry) implements Detail {}

    /**
     * Of a Deployment, StatefulSet, DaemonSet, ReplicaSet or, with images only, a CronJob.
     *
     * @param desired {@code spec.replicas}, 1 where absent
     * @param claimTemplates names of a StatefulSet's {@code volumeClaimTemplates}
     */
    record OfWorkload(
            int desired,
            int current,
            int updated,
            int ready,
            int available,
            long observedGeneration,
            List<String> images,
            List<String> claimTemplates)
            implements Detail {}

    /** Of a Job. */
    record OfJob(
            int active,
            int succeeded,
            int failed,
            @Nullable Integer completions,
            @Nullable Integer backoffLimit,
            boolean suspended,
            List<String> images)
            implements Detail {}

    /** Of a pod. */
    record OfPod(
            String phase, @Nullable String reason, @Nullable String node, List<ContainerFacts> containers)
            implements Detail {}

    /**
     * Of one container of a pod.
     *
     * @param state waiting, running, terminated or empty
     * @param exitCode of the present state if terminated, else of the last termination
     */
    record ContainerFacts(
            String name,
            boolean init,
            @Nullable String image,
            boolean ready,
            int restarts,
            String state,
            @Nullable String reason,
            @Nullable String message,
            @Nullable Integer exitCode,
            @Nullable String lastReason,
            long startedAt) {}

    /** Of a PersistentVolumeClaim. */
    record OfClaim(String phase, @Nullable String storageClass) implements Detail {}

    /** Of a Service. */
    record OfService(@Nullable String type, boolean hasAddress) implements Detail {}

    /** Of an Ingress. */
    record OfIngress(boolean hasRule, boolean hasAddress) implements Detail {}

    /** Of a Namespace. */
    record OfNamespace(String phase) implements Detail {}

    /** Of a Node: only whether it is ready. */
    record OfNode(boolean ready) implements Detail {}

    /** Of a StorageClass. */
    record OfStorageClass(@Nullable String bindingMode) implements Detail {}

    /**
     * Of an Event.
     *
     * @param message redacted and cut
     * @param count how often it was seen, series included
     */
    record OfEvent(
            String type,
            String reason,
            String message,
            ObjectName object,
            @Nullable String objectUid,
            int count,
            long firstAt,
            long lastAt)
            implements Detail {
        /** Whether it tells of trouble; the others are not published. */
        public boolean isWarning() {
            return type.equals("Warning");
        }

        boolean sameInLog(OfEvent other) {
            return count == other.count && reason.equals(other.reason) && object.equals(other.object);
        }
    }
}
