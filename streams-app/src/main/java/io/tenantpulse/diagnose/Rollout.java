package io.tenantpulse.diagnose;

import io.tenantpulse.model.Readiness;
import io.tenantpulse.model.Replicas;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which pods of a workload explain it: a new ReplicaSet's bad pods, not the good ones of the old beside them. */
final class Rollout {
    private Rollout() {}

    /** Pods of the newest ReplicaSet if it has any, else all; those that end on purpose left out. */
    static List<SeenObject> newestPods(SeenObject workload, List<SeenObject> below) {
        SeenObject newest = newestReplicaSet(workload, below);
        List<SeenObject> ofNewest = new ArrayList<>();
        List<SeenObject> all = new ArrayList<>();
        for (SeenObject pod : below) {
            if (!pod.isA("Pod") || isOver(pod)) {
                continue;
            }
            all.add(pod);
            if (newest != null && newest.uid().equals(pod.facts().parentUid())) {
                ofNewest.add(pod);
            }
        }
        boolean allReady = ofNewest.stream().noneMatch(Rollout::isBad);
        return ofNewest.isEmpty() || allReady ? withoutReplaced(all) : withoutReplaced(ofNewest);
    }

    private static boolean isBad(SeenObject pod) {
        return pod.readiness() != Readiness.READY;
    }

    /** Being deleted on a node that lives, or evicted or refused by one. */
    private static boolean isOver(SeenObject pod) {
        boolean nodeDown = pod.facts().pod() != null
                && Boolean.FALSE.equals(pod.facts().pod().nodeReady());
        return pod.isBeingDeleted() && !nodeDown;
    }

    /** Pods that have failed for good explain only when nothing has taken their place. */
    private static List<SeenObject> withoutReplaced(List<SeenObject> pods) {
        List<SeenObject> live = pods.stream().filter(each -> !hasFailed(each)).toList();
        return live.isEmpty() ? pods : live;
    }

    static boolean hasFailed(SeenObject pod) {
        return pod.facts().pod() != null && pod.facts().pod().phase().equals("Failed");
    }

    /** A rollback takes up an old ReplicaSet again, so the images count more than the age. */
    static @Nullable SeenObject newestReplicaSet(SeenObject workload, List<SeenObject> below) {
        SeenObject best = null;
        for (SeenObject each : below) {
            if (each.isA("ReplicaSet")
                    && !each.isBeingDeleted()
                    && (best == null
                            || rank(workload, each) > rank(workload, best)
                            || (rank(workload, each) == rank(workload, best)
                                    && !created(each).isBefore(created(best))))) {
                best = each;
            }
        }
        return best;
    }

    private static int rank(SeenObject workload, SeenObject set) {
        Replicas replicas = set.facts().replicas();
        boolean wanted = replicas != null && replicas.desired() > 0;
        boolean sameImages = set.facts().images().equals(workload.facts().images());
        return (sameImages ? 2 : 0) + (wanted ? 1 : 0);
    }

    private static Instant created(SeenObject object) {
        return object.createdAt() == null ? Instant.MIN : object.createdAt();
    }
}
