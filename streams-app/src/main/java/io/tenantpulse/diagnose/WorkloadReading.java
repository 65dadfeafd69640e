package io.tenantpulse.diagnose;

import io.tenantpulse.model.Condition;
import io.tenantpulse.model.Container;
import io.tenantpulse.model.Dependency;
import io.tenantpulse.model.PodFacts;
import io.tenantpulse.model.Replicas;
import io.tenantpulse.model.Warning;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Why a Deployment, StatefulSet or DaemonSet is not ready: mostly for its pods, or for those that do not exist. */
final class WorkloadReading {
    private final Reading reading;
    private final Dependency dependency;
    private final SeenObject workload;
    private final PodReading pods;
    private final List<SeenObject> below;

    WorkloadReading(Reading reading, Dependency dependency, SeenObject workload) {
        this.reading = reading;
        this.dependency = dependency;
        this.workload = workload;
        this.pods = new PodReading(reading, dependency, workload);
        this.below = reading.tree().below(dependency);
    }

    /** All that was found, what explains the most first; never empty. */
    List<Finding> read() {
        Replicas replicas = workload.facts().replicas();
        Finding none = nothingWanted(replicas);
        if (none != null) {
            return List.of(none);
        }
        List<SeenObject> shown = new ArrayList<>(Rollout.newestPods(workload, below));
        List<SeenObject> replaced = shown.stream().filter(this::isReplaced).toList();
        shown.removeAll(replaced);
        List<Finding> found = troubles(shown);
        addBeforeStarting(found, troubles(replaced));
        Finding refused = PodCreation.refused(reading, workload, below, replicas);
        boolean anyLive = shown.stream().anyMatch(each -> !Rollout.hasFailed(each));
        int missing = replicas == null ? 0 : replicas.desired() - (anyLive ? shown.size() : 0);
        if (refused != null) {
            // Pods that are over wait for those that are refused.
            int troubled = anyLive ? found.stream().mapToInt(Finding::count).sum() : 0;
            found.add(missing >= troubled || troubled == 0 ? 0 : found.size(), refused.count(Math.max(1, missing)));
        }
        claims(found);
        if (workload.isA("StatefulSet") && refused == null) {
            Ordinals.add(found, workload, shown, replicas);
        }
        if (found.isEmpty()) {
            found.add(betweenCrashes(shown));
        }
        return found;
    }

    private @Nullable Finding nothingWanted(@Nullable Replicas replicas) {
        if (replicas == null || replicas.desired() > 0) {
            return null;
        }
        boolean daemons = workload.isA("DaemonSet");
        if (daemons && isUnseen(replicas)) {
            return null;
        }
        return Finding.of(
                        daemons ? CauseWord.NO_ELIGIBLE_NODE : CauseWord.SCALED_TO_ZERO,
                        Confidence.CERTAIN,
                        workload.object(),
                        daemons
                                ? "no node matches the DaemonSet: the operator never calls it ready"
                                : "scaled to 0 replicas: the operator takes 0 for 1 and never calls it ready")
                .with(
                        workload.object(),
                        daemons ? "status.desiredNumberScheduled" : "spec.replicas",
                        replicas.desired(),
                        workload.since());
    }

    /** Whether its controller has yet to see what it asks for: its figures then say nothing. */
    private static boolean isUnseen(@Nullable Replicas replicas) {
        return replicas != null
                && replicas.generation() != null
                && !replicas.generation().equals(replicas.observedGeneration());
    }

    /** One finding for all pods that show the same, what most of them show first. */
    private List<Finding> troubles(List<SeenObject> shown) {
        List<Finding> found = new ArrayList<>();
        for (SeenObject pod : shown) {
            Finding trouble = pods.of(pod);
            if (trouble != null) {
                join(found, trouble);
            }
        }
        // Starting pods beside broken ones are those that replace them.
        found.sort(Comparator.comparing((Finding each) -> each.word() == CauseWord.STARTING)
                .thenComparing(each -> each.word() == CauseWord.UNKNOWN)
                .thenComparing(Finding::count, Comparator.reverseOrder())
                .thenComparing(Finding::word));
        return found;
    }

    /** On a dead node, and to be ended there: another has taken its place, but in a StatefulSet or on a node of a DaemonSet. */
    private boolean isReplaced(SeenObject pod) {
        return workload.isA("Deployment") && pod.isBeingDeleted();
    }

    /** A pod that is replaced explains why another only starts, not why that one fails. */
    private static void addBeforeStarting(List<Finding> found, List<Finding> replaced) {
        int place = 0;
        while (place < found.size()
                && found.get(place).word() != CauseWord.STARTING
                && found.get(place).word() != CauseWord.UNKNOWN) {
            place++;
        }
        found.addAll(place, replaced);
    }

    private static void join(List<Finding> found, Finding trouble) {
        for (int i = 0; i < found.size(); i++) {
            if (found.get(i).isSameAs(trouble)) {
                found.set(i, found.get(i).joined(trouble));
                return;
            }
        }
        found.add(trouble);
    }

    /** Pods that wait for volumes are explained by the claims made for them. */
    private void claims(List<Finding> found) {
        for (int i = 0; i < found.size(); i++) {
            Finding each = found.get(i);
            if (each.word() != CauseWord.VOLUME_PENDING && each.word() != CauseWord.UNSCHEDULABLE) {
                continue;
            }
            for (SeenObject claim : below) {
                boolean pending = claim.isA("PersistentVolumeClaim") && !claim.isBeingDeleted();
                Finding ofClaim = pending ? ClaimReading.pending(reading, claim) : null;
                if (ofClaim != null && each.word() == CauseWord.VOLUME_PENDING) {
                    found.set(i, ofClaim.with(each.evidence()).count(each.count()));
                    break;
                }
            }
        }
    }

    /** Nothing is wrong with any pod now, and yet the workload is not ready. */
    private Finding betweenCrashes(List<SeenObject> shown) {
        for (SeenObject pod : shown) {
            PodFacts facts = pod.facts().pod();
            for (Container container : facts == null ? List.<Container>of() : facts.containers()) {
                Finding lately =
                        container.init() ? null : ContainerReading.crashedLately(pod, container, reading.now());
                if (lately != null) {
                    return lately;
                }
            }
        }
        return withoutPods();
    }

    private Finding withoutPods() {
        Condition progressing = workload.facts().condition("Progressing");
        if (progressing != null && "ProgressDeadlineExceeded".equals(progressing.reason())) {
            return Finding.of(
                            CauseWord.ROLLOUT_DEADLINE,
                            Confidence.CERTAIN,
                            workload.object(),
                            "the rollout made no progress within its deadline")
                    .with(workload.object(), progressing);
        }
        Finding finding = reading.isWithinTimeout(dependency, reading.startOf(workload))
                ? Finding.of(CauseWord.STARTING, Confidence.LIKELY, workload.object(), "its pods are being created")
                : Finding.of(
                        CauseWord.UNKNOWN, Confidence.POSSIBLE, workload.object(), "not ready, and no pod says why");
        Warning warning = reading.warning(workload, each -> true);
        if (progressing != null && "DeploymentPaused".equals(progressing.reason())) {
            finding = finding.detail("the Deployment is paused").with(workload.object(), progressing);
        } else if ("NotObserved".equals(workload.reason())
                || isUnseen(workload.facts().replicas())) {
            finding = finding.detail("its controller has not seen its newest spec");
        }
        Replicas replicas = workload.facts().replicas();
        String counts = replicas == null
                ? null
                : replicas.ready() + " ready, " + replicas.updated() + " updated of " + replicas.desired();
        return finding.with(workload.object(), "status.replicas", counts, workload.since())
                .with(warning);
    }
}
