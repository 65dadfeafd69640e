package io.tenantpulse.diagnose;

import io.tenantpulse.model.Condition;
import io.tenantpulse.model.Dependency;
import io.tenantpulse.model.Warning;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Why an object that exists and is not ready is not. One rule for each kind. */
final class ResourceReading {
    private static final Set<String> WORKLOADS = Set.of("Deployment", "StatefulSet", "DaemonSet");

    private final Reading reading;

    ResourceReading(Reading reading) {
        this.reading = reading;
    }

    /** All that was found, what explains the most first; never empty. */
    List<Finding> read(Dependency dependency, SeenObject object) {
        if (object.isBeingDeleted()) {
            return List.of(Finding.of(CauseWord.UNKNOWN, Confidence.CERTAIN, object.object(), "is being deleted")
                    .with(
                            object.object(),
                            "metadata.deletionTimestamp",
                            object.facts().deletionTimestamp(),
                            object.facts().deletionTimestamp()));
        }
        String kind = object.object().kind();
        if (WORKLOADS.contains(kind)) {
            return new WorkloadReading(reading, dependency, object).read();
        }
        Finding found = switch (kind) {
            case "Job" -> new JobReading(reading, dependency, object).read();
            case "PersistentVolumeClaim" -> claim(dependency, object);
            case "Pod" -> new PodReading(reading, dependency, object).of(object);
            case "Service", "Ingress" -> address(object);
            default -> null;
        };
        return List.of(found == null ? byConditions(object) : found);
    }

    private Finding address(SeenObject object) {
        Warning warning = reading.warning(object, each -> true);
        String type = object.facts().serviceType();
        return Finding.of(
                        CauseWord.LOAD_BALANCER_PENDING,
                        Confidence.CERTAIN,
                        object.object(),
                        "no load balancer has given it an address")
                .subject(object.object().kind())
                .with(object.object(), "spec.type", type, null)
                .with(object.object(), "status.loadBalancer.ingress", "none", object.since())
                .with(warning);
    }

    /** A claim that waits for its consumer is explained by that: it may wait for the claim, or fit on no node. */
    private @Nullable Finding claim(Dependency dependency, SeenObject claim) {
        Finding found = ClaimReading.pending(reading, claim);
        if (found == null || found.word() != CauseWord.VOLUME_WAITS_FOR_CONSUMER) {
            return found;
        }
        for (Dependency each : reading.view().dependencies()) {
            if (!each.dependIds().contains(dependency.id()) || !canConsume(each)) {
                continue;
            }
            SeenObject consumer = reading.tree().find(each.object());
            if (consumer == null) {
                boolean proven = reading.view().kinds().of(each.object().kindName()) == KindSight.Sight.LIVE;
                return found.confidence(proven ? Confidence.CERTAIN : Confidence.LIKELY)
                        .failed(proven)
                        .detail("deadlock: it is bound once a pod of " + each.id() + " is scheduled, and " + each.id()
                                + " is created once it is bound")
                        .with(each.object(), "exists", "no", null)
                        .with(each.object(), "dependIds", String.join(", ", each.dependIds()), null);
            }
            for (Finding other : consumerFindings(each, consumer)) {
                if (other.word() == CauseWord.UNSCHEDULABLE) {
                    return other.with(found.evidence());
                }
            }
        }
        return found;
    }

    private List<Finding> consumerFindings(Dependency dependency, SeenObject consumer) {
        return WORKLOADS.contains(consumer.object().kind())
                ? new WorkloadReading(reading, dependency, consumer).read()
                : List.of();
    }

    private static boolean canConsume(Dependency dependency) {
        String kind = dependency.object().kind();
        return WORKLOADS.contains(kind) || kind.equals("Job") || kind.equals("CronJob") || kind.equals("Pod");
    }

    private Finding byConditions(SeenObject object) {
        Condition ready = object.facts().condition("Ready");
        Condition telling = ready;
        for (Condition each : object.facts().conditions()) {
            if (telling == null && !Condition.isGood(each.type(), each.status())) {
                telling = each;
            }
        }
        String why = object.reason() == null ? "not ready" : "not ready: " + object.reason();
        return Finding.of(CauseWord.UNKNOWN, Confidence.POSSIBLE, object.object(), why)
                .subject(object.reason())
                .with(object.object(), telling)
                .with(reading.warning(object, each -> true));
    }
}
