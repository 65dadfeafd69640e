package io.tenantpulse.diagnose;

import io.tenantpulse.model.Condition;
import io.tenantpulse.model.Container;
import io.tenantpulse.model.Dependency;
import io.tenantpulse.model.Facts;
import io.tenantpulse.model.PodFacts;
import io.tenantpulse.model.Readiness;
import io.tenantpulse.model.Warning;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Why a pod of a resource is not ready. Its status decides; Events only add to it. */
final class PodReading {
    private static final Set<String> REFUSED_BY_NODE = Set.of(
            "OutOfcpu",
            "OutOfmemory",
            "OutOfpods",
            "OutOfephemeral-storage",
            "NodeAffinity",
            "UnexpectedAdmissionError");
    private static final Set<String> LOST_WITH_NODE = Set.of("NodeLost", "NodeShutdown", "Terminated", "Shutdown");
    private static final Set<String> TELLING = Set.of(
            "Failed", "BackOff", "FailedScheduling", "FailedMount", "FailedAttachVolume", "Unhealthy", "Evicted");
    private static final Set<String> NO_SANDBOX =
            Set.of("FailedCreatePodSandBox", "FailedCreatePodContainer", "NetworkNotReady");

    private final Reading reading;
    private final Dependency dependency;
    private final @Nullable Instant start;

    PodReading(Reading reading, Dependency dependency, @Nullable SeenObject resource) {
        this.reading = reading;
        this.dependency = dependency;
        this.start = reading.startOf(resource);
    }

    /** The pod's trouble; null: it is ready, done, on its way out, or nothing is told of it. */
    @Nullable
    Finding of(SeenObject pod) {
        PodFacts facts = pod.facts().pod();
        if (facts == null || facts.phase().equals("Succeeded") || isReady(pod)) {
            return null;
        }
        boolean nodeDown = Boolean.FALSE.equals(facts.nodeReady());
        if (pod.isBeingDeleted()) {
            return nodeDown ? onDeadNode(pod, facts) : null;
        }
        Finding found = beforeItRuns(pod, facts);
        if (found == null && nodeDown) {
            found = onDeadNode(pod, facts);
        }
        if (found == null && facts.phase().equals("Failed")) {
            found = ended(pod, facts);
        }
        if (found == null) {
            found = unscheduled(pod);
        }
        if (found == null) {
            found = running(pod, facts);
        }
        return found.with(reading.warning(pod, PodReading::tells));
    }

    private static boolean isReady(SeenObject pod) {
        Condition ready = pod.facts().condition("Ready");
        return ready == null
                ? pod.readiness() == Readiness.READY
                : ready.status().equals("True");
    }

    private static boolean tells(Warning warning) {
        return TELLING.contains(warning.reason()) || NO_SANDBOX.contains(warning.reason());
    }

    private static @Nullable Finding beforeItRuns(SeenObject pod, PodFacts facts) {
        for (CauseWord wanted : List.of(CauseWord.IMAGE_PULL, CauseWord.CONTAINER_CONFIG)) {
            for (Container container : facts.containers()) {
                Finding found = ContainerReading.beforeItRuns(pod, container);
                if (found != null && found.word() == wanted) {
                    return found;
                }
            }
        }
        return null;
    }

    private static Finding onDeadNode(SeenObject pod, PodFacts facts) {
        String node = facts.node() == null ? "its node" : "node " + facts.node();
        String stays = pod.isBeingDeleted() ? "; the pod stays Terminating there" : "";
        return Finding.of(CauseWord.NODE_NOT_READY, Confidence.CERTAIN, pod.object(), node + " is not ready" + stays)
                .subject(facts.node())
                .with(pod.object(), "spec.nodeName", facts.node(), null)
                .with(pod.object(), "node conditions[Ready]", "not True", pod.since())
                .with(pod.object(), "metadata.deletionTimestamp", pod.facts().deletionTimestamp(), null);
    }

    private Finding ended(SeenObject pod, PodFacts facts) {
        String reason = facts.reason() == null ? "" : facts.reason();
        if (REFUSED_BY_NODE.contains(reason)) {
            return Finding.of(
                            CauseWord.UNSCHEDULABLE, Confidence.CERTAIN, pod.object(), "its node refused it: " + reason)
                    .subject(reason)
                    .with(pod.object(), "status.reason", reason, pod.since());
        }
        if (LOST_WITH_NODE.contains(reason)) {
            return onDeadNode(pod, facts).with(pod.object(), "status.reason", reason, pod.since());
        }
        for (Container container : facts.containers()) {
            Finding crash = ContainerReading.crash(pod, container, reading.now());
            if (reason.isEmpty() && crash != null && !Integer.valueOf(0).equals(container.exitCode())) {
                return crash;
            }
        }
        String why = reason.isEmpty() ? "the pod failed" : "the pod failed: " + reason;
        return Finding.of(CauseWord.UNKNOWN, Confidence.POSSIBLE, pod.object(), why)
                .subject(reason.isEmpty() ? null : reason)
                .with(pod.object(), "status.phase", facts.phase() + ' ' + reason, pod.since());
    }

    private @Nullable Finding unscheduled(SeenObject pod) {
        Condition scheduled = pod.facts().condition("PodScheduled");
        if (scheduled == null || scheduled.status().equals("True")) {
            return null;
        }
        String message = scheduled.message();
        if (Messages.waitsForVolume(message)) {
            String claim = Messages.missingClaim(message);
            String detail = claim == null ? "the pod waits for its volumes" : "claim " + claim + " does not exist";
            return Finding.of(CauseWord.VOLUME_PENDING, Confidence.LIKELY, pod.object(), detail)
                    .subject(claim)
                    .with(pod.object(), scheduled);
        }
        String lack = Messages.lack(message);
        boolean gated = "SchedulingGated".equals(scheduled.reason());
        String detail = gated ? "held by a scheduling gate" : lack == null ? "no node takes the pod" : lack;
        return Finding.of(CauseWord.UNSCHEDULABLE, Confidence.CERTAIN, pod.object(), detail)
                .subject(gated ? "SchedulingGated" : lack)
                .with(pod.object(), scheduled);
    }

    private Finding running(SeenObject pod, PodFacts facts) {
        for (Container container : facts.containers()) {
            if (ContainerReading.holdsOthers(container)) {
                return initContainer(pod, container);
            }
        }
        for (Container container : facts.containers()) {
            Finding crash = container.init() ? null : ContainerReading.crash(pod, container, reading.now());
            if (crash != null) {
                return crash;
            }
        }
        for (Container container : facts.containers()) {
            if (!container.init() && !container.ready()) {
                return container.state().equals("running") ? probe(pod, container) : creating(pod, container);
            }
        }
        return unexplained(pod, facts);
    }

    private Finding initContainer(SeenObject pod, Container container) {
        Finding crash = ContainerReading.crash(pod, container, reading.now());
        if (crash != null) {
            return crash.word() == CauseWord.OOM_KILLED
                    ? crash
                    : ContainerReading.found(
                                    CauseWord.INIT_CONTAINER, pod, container, "init container " + crash.detail())
                            .subject(container.image())
                            .failed(true);
        }
        if (!container.state().equals("running")) {
            return creating(pod, container);
        }
        return isStarting(pod)
                ? ContainerReading.found(CauseWord.STARTING, pod, container, "init container is running")
                        .subject(container.image())
                : ContainerReading.found(CauseWord.INIT_CONTAINER, pod, container, "init container does not end")
                        .subject(container.image());
    }

    /** It runs and has not passed its probe: new and in time it is starting, otherwise the probe fails. */
    private Finding probe(SeenObject pod, Container container) {
        if (isStarting(pod)) {
            return ContainerReading.found(CauseWord.STARTING, pod, container, "runs, and is not ready yet")
                    .subject(container.image());
        }
        boolean before = pod.lastReadyAt() != null || pod.regressed();
        String detail =
                before ? "runs, was ready, and no longer passes its probe" : "runs, and does not pass its probe";
        return ContainerReading.found(CauseWord.READINESS_PROBE, pod, container, detail)
                .subject(container.image());
    }

    private Finding creating(SeenObject pod, Container container) {
        Condition prepared = pod.facts().condition("PodReadyToStartContainers");
        Warning mount = reading.warning(
                pod,
                each -> each.reason().equals("FailedMount") || each.reason().equals("FailedAttachVolume"));
        // A first attempt often fails, and the Event stays when a later one has not.
        boolean mounted = prepared != null && prepared.status().equals("True");
        if (mount != null && !mounted) {
            return mounting(pod, container, mount);
        }
        if (isStarting(pod)) {
            return ContainerReading.found(CauseWord.STARTING, pod, container, "is being created")
                    .subject(container.image());
        }
        Warning sandbox = reading.warning(pod, each -> NO_SANDBOX.contains(each.reason()));
        boolean unprepared = prepared != null && prepared.status().equals("False");
        if (sandbox == null && unprepared) {
            return ContainerReading.found(
                            CauseWord.VOLUME_MOUNT, pod, container, "its volumes or network are not set up")
                    .confidence(Confidence.POSSIBLE)
                    .with(pod.object(), prepared);
        }
        String detail = sandbox == null ? "was not created in time" : sandbox.reason();
        return ContainerReading.found(CauseWord.UNKNOWN, pod, container, detail)
                .confidence(Confidence.POSSIBLE)
                .subject(sandbox == null ? null : sandbox.reason());
    }

    /** The status of a pod says only that a container is being created; the Event says what keeps its volumes away. */
    private static Finding mounting(SeenObject pod, Container container, Warning mount) {
        String missing = Messages.missingConfig(mount.message());
        if (missing != null) {
            return ContainerReading.found(CauseWord.CONTAINER_CONFIG, pod, container, missing + " is missing")
                    .confidence(Confidence.LIKELY)
                    .subject(missing);
        }
        String volume = Messages.volume(mount.message());
        String what = volume == null ? "a volume" : "volume " + volume;
        return ContainerReading.found(CauseWord.VOLUME_MOUNT, pod, container, what + " cannot be mounted")
                .confidence(Confidence.LIKELY)
                .subject(volume);
    }

    private Finding unexplained(SeenObject pod, PodFacts facts) {
        Facts all = pod.facts();
        Condition ready = all.condition("Ready");
        if (facts.containers().isEmpty()
                || facts.phase().isEmpty()
                || facts.phase().equals("Pending")) {
            if (isStarting(pod)) {
                return Finding.of(CauseWord.STARTING, Confidence.CERTAIN, pod.object(), "the pod is being set up")
                        .with(pod.object(), "status.phase", facts.phase(), pod.since());
            }
        }
        String gates = ready != null && "ReadinessGatesNotReady".equals(ready.reason())
                ? "a readiness gate is not met"
                : "the pod is not ready, and does not say why";
        return Finding.of(CauseWord.UNKNOWN, Confidence.POSSIBLE, pod.object(), gates)
                .with(pod.object(), "status.phase", facts.phase(), pod.since())
                .with(pod.object(), ready);
    }

    /** Never ready yet, and the resource's time is not over. */
    private boolean isStarting(SeenObject pod) {
        if (pod.lastReadyAt() != null || pod.regressed()) {
            return false;
        }
        return reading.isWithinTimeout(dependency, Reading.later(pod.createdAt(), start));
    }
}
