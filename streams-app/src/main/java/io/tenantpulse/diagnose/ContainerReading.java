package io.tenantpulse.diagnose;

import io.tenantpulse.model.Container;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the state of one container says. A container that crashes is seen waiting, running and terminated in turn; all three
 * are one cause.
 */
final class ContainerReading {
    /** The kubelet forgives earlier crashes after as long a run (its back-off is reset). */
    static final Duration FORGIVEN = Duration.ofMinutes(10);

    /** A first run can be as short as anything, and tells nothing of the next. */
    private static final Duration SOONEST = Duration.ofMinutes(1);

    private static final Set<String> IMAGE = Set.of(
            "ErrImagePull",
            "ImagePullBackOff",
            "ErrImageNeverPull",
            "InvalidImageName",
            "ImageInspectError",
            "RegistryUnavailable",
            "SignatureValidationFailed");
    private static final Set<String> CONFIG = Set.of("CreateContainerConfigError", "CreateContainerError");
    private static final Set<String> CRASH =
            Set.of("CrashLoopBackOff", "RunContainerError", "PostStartHookError", "StartError", "ContainerCannotRun");
    private static final String OOM = "OOMKilled";

    private ContainerReading() {}

    /** What stops it before it runs at all: its image or its configuration; null: neither. */
    static @Nullable Finding beforeItRuns(SeenObject pod, Container container) {
        String reason = container.reason();
        if (!isWaiting(container) || reason == null) {
            return null;
        }
        if (IMAGE.contains(reason)) {
            String image = container.image() == null ? "its image" : container.image();
            return found(CauseWord.IMAGE_PULL, pod, container, "cannot pull " + image + ": " + reason)
                    .subject(container.image());
        }
        if (CONFIG.contains(reason)) {
            String missing = Messages.missingConfig(container.message());
            String detail = missing == null ? reason + said(container) : missing + " is missing";
            return found(CauseWord.CONTAINER_CONFIG, pod, container, detail).subject(missing);
        }
        return null;
    }

    /** That it was killed for its memory, or crashes again and again; null: neither. */
    static @Nullable Finding crash(SeenObject pod, Container container, Moment now) {
        if (container.ready() && container.state().equals("running")) {
            return null;
        }
        boolean endedWell = container.exitCode() != null && container.exitCode() == 0;
        boolean ended = container.state().equals("terminated") && (!endedWell || container.restarts() > 0);
        boolean backingOff = isWaiting(container) && container.reason() != null && CRASH.contains(container.reason());
        if (!ended && !backingOff && !restartedLately(container, now, forgivenAfter(pod, container))) {
            return null;
        }
        return crashed(pod, container);
    }

    /** A container that is ready between two crashes; null: it did not crash lately. */
    static @Nullable Finding crashedLately(SeenObject pod, Container container, Moment now) {
        boolean running = container.state().equals("running") && restartedLately(container, now, FORGIVEN);
        boolean badly = container.exitCode() == null || container.exitCode() != 0;
        return running && badly ? crashed(pod, container).confidence(Confidence.LIKELY) : null;
    }

    private static boolean restartedLately(Container container, Moment now, Duration forgiven) {
        return container.restarts() > 0
                && (container.startedAt() == null
                        || now.isBefore(container.startedAt().plus(forgiven)));
    }

    /**
     * A loop goes on at its pace or slower. What has run for more than twice as long as it took from start to start so far
     * (its database came up meanwhile, say) is in no loop any more, whatever else keeps it from being ready.
     */
    private static Duration forgivenAfter(SeenObject pod, Container container) {
        if (pod.createdAt() == null || container.startedAt() == null || container.restarts() == 0) {
            return FORGIVEN;
        }
        Duration pace = Duration.between(pod.createdAt(), container.startedAt()).dividedBy(container.restarts());
        Duration twice = pace.multipliedBy(2);
        if (twice.compareTo(SOONEST) < 0) {
            return SOONEST;
        }
        return twice.compareTo(FORGIVEN) < 0 ? twice : FORGIVEN;
    }

    /** Whether its newest end was that: while it is over its own, otherwise the last. */
    static boolean wasKilledForMemory(Container container) {
        return OOM.equals(container.state().equals("terminated") ? container.reason() : container.lastReason());
    }

    private static Finding crashed(SeenObject pod, Container container) {
        boolean memory = wasKilledForMemory(container);
        String times = container.restarts() == 1 ? "1 restart" : container.restarts() + " restarts";
        String exit = container.exitCode() == null ? "" : ", exit code " + container.exitCode();
        String detail = memory ? "killed for its memory, " + times : "crashes, " + times + exit;
        return found(memory ? CauseWord.OOM_KILLED : CauseWord.CRASH_LOOP, pod, container, detail)
                .subject(container.image())
                .failed(true);
    }

    /** A finding about the container, with the state it is in as evidence. */
    static Finding found(CauseWord word, SeenObject pod, Container container, String detail) {
        String field = "containers[" + container.name() + "].";
        String state = container.state().isEmpty() ? "unknown" : container.state();
        String reason = container.reason() == null ? state : state + ' ' + container.reason();
        Finding finding = Finding.of(
                        word, Confidence.CERTAIN, pod.object(), "container " + container.name() + ": " + detail)
                .container(container.name())
                .with(pod.object(), field + "state", reason + said(container), pod.since())
                .with(pod.object(), field + "lastState.terminated.reason", container.lastReason(), null)
                .with(pod.object(), field + "exitCode", container.exitCode(), null);
        return container.restarts() == 0
                ? finding
                : finding.with(pod.object(), field + "restartCount", container.restarts(), null);
    }

    private static String said(Container container) {
        return container.message() == null || container.message().isEmpty() ? "" : ": " + container.message();
    }

    static boolean isWaiting(Container container) {
        return container.state().equals("waiting");
    }

    /** Whether an init container holds those after it: neither ended well nor, as a sidecar, up. */
    static boolean holdsOthers(Container container) {
        boolean endedWell = container.state().equals("terminated")
                && (container.exitCode() == null ? "Completed".equals(container.reason()) : container.exitCode() == 0);
        return container.init() && !endedWell && !container.ready();
    }
}
