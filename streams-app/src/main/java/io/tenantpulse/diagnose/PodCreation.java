package io.tenantpulse.diagnose;

import io.tenantpulse.model.Condition;
import io.tenantpulse.model.ObjectId;
import io.tenantpulse.model.Replicas;
import io.tenantpulse.model.Warning;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why pods that a controller wants do not exist: a quota, or somebody who refuses them. */
final class PodCreation {
    private PodCreation() {}

    /** Deployments and ReplicaSets say it in a condition; of the other controllers only Events tell. */
    static @Nullable Finding refused(
            Reading reading, SeenObject workload, List<SeenObject> below, @Nullable Replicas replicas) {
        List<SeenObject> creators = new ArrayList<>();
        SeenObject newest = Rollout.newestReplicaSet(workload, below);
        if (newest != null) {
            creators.add(newest);
        }
        creators.add(workload);
        for (SeenObject each : creators) {
            Condition failure = each.facts().condition("ReplicaFailure");
            if (failure != null && failure.status().equals("True")) {
                Finding found = read(each.object(), failure.message(), Confidence.CERTAIN);
                Warning warning = reading.warning(each, PodCreation::isFailedCreate);
                return found.with(each.object(), failure).with(warning);
            }
        }
        boolean tooFew = replicas == null || replicas.current() < replicas.desired();
        for (SeenObject each : tooFew ? creators : List.<SeenObject>of()) {
            Warning warning = reading.warning(each, PodCreation::isFailedCreate);
            if (warning != null && !isOvercome(warning, each, below)) {
                return read(each.object(), warning.message(), Confidence.LIKELY).with(warning);
            }
        }
        return null;
    }

    /** Whether the creator has made a pod since: an Event stays long after what it tells of. */
    private static boolean isOvercome(Warning refused, SeenObject creator, List<SeenObject> below) {
        Instant last = refused.lastAt();
        return last != null
                && below.stream()
                        .anyMatch(each -> each.isA("Pod")
                                && creator.uid().equals(each.facts().parentUid())
                                && each.createdAt() != null
                                && each.createdAt().isAfter(last));
    }

    static boolean isFailedCreate(Warning warning) {
        return warning.reason().equals("FailedCreate");
    }

    /** What a refusal says. */
    static Finding read(ObjectId about, @Nullable String message, Confidence confidence) {
        String quota = Messages.quota(message);
        if (quota != null) {
            return Finding.of(CauseWord.QUOTA_EXCEEDED, confidence, about, "quota " + quota + " is used up")
                    .subject(quota);
        }
        String refusal = Messages.refusal(message);
        if (refusal != null) {
            return Finding.of(CauseWord.ADMISSION_DENIED, confidence, about, "refused by " + refusal)
                    .subject(refusal);
        }
        return Finding.of(CauseWord.UNKNOWN, Confidence.POSSIBLE, about, "cannot be created");
    }
}
