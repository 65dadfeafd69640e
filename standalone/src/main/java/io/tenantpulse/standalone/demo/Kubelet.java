package io.tenantpulse.standalone.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;

/** Scheduler and kubelets: what happens to one pod as time passes. */
final class Kubelet {
    private static final Duration SCHEDULER_RETRY = Duration.ofMinutes(5);
    private static final Duration PROBE_NEWS = Duration.ofMinutes(2);
    private static final Duration MOUNT_NEWS = Duration.ofMinutes(2);
    private static final int LONGEST_BACK_OFF = 300;

    private final World world;

    Kubelet(World world) {
        this.world = world;
    }

    static String pullError(String image) {
        return "Failed to pull image \"%s\": rpc error: code = NotFound desc = failed to pull and unpack image \"%s\": not found"
                .formatted(image, image);
    }

    /** Moves one pod on; true when it changed. */
    boolean step(SimPod pod) {
        if (pod.terminating != null) {
            return end(pod);
        }
        boolean lost = pod.node != null && !pod.finished() && world.nodes().lost(pod.node);
        if (lost != pod.nodeLost) {
            pod.nodeLost = lost;
            pod.readyChanged = world.now();
            return write(pod);
        }
        return !lost && live(pod) && write(pod);
    }

    private boolean live(SimPod pod) {
        Behaviour behaviour = world.ailments().of(pod);
        return switch (pod.phase) {
            case UNSCHEDULED -> schedule(pod);
            case SCHEDULED -> passed(pod.since, 3) && begin(pod, behaviour);
            case MOUNTING -> behaviour.pod() == Behaviour.Pod.MOUNT_FAILS ? mountFails(pod) : start(pod, behaviour);
            case INIT_RUNNING -> initRunning(pod, behaviour);
            case INIT_BACK_OFF -> due(pod) && initAgain(pod);
            case PULLING -> pulling(pod, behaviour);
            case PULL_ERROR -> pullAgain(pod, behaviour);
            case CONFIG_ERROR -> secretsExist(pod) && run(pod);
            case RUNNING -> running(pod, behaviour);
            case READY -> ready(pod, behaviour);
            case BACK_OFF -> due(pod) && restart(pod);
            case SUCCEEDED, FAILED -> false;
        };
    }

    private boolean schedule(SimPod pod) {
        if (!passed(pod.created, 1)) {
            return false;
        }
        String why = world.nodes().whyNot(pod);
        if (why.isEmpty()) {
            pod.node = world.nodes().pick(pod);
            pod.scheduled = world.now();
            pod.become(SimPod.Phase.SCHEDULED, world.now());
            world.podFactory().bind(pod);
            return true;
        }
        if (why.equals(Nodes.WAITING_FOR_VOLUME)) {
            return false;
        }
        boolean fresh = !why.equals(pod.unschedulable);
        if (fresh || due(pod)) {
            pod.nextTry = world.now().plus(SCHEDULER_RETRY);
            tell(pod, EventWriter.News.warning("FailedScheduling", why, "default-scheduler"));
        }
        if (fresh) {
            pod.unschedulable = why;
        }
        return fresh;
    }

    private boolean begin(SimPod pod, Behaviour behaviour) {
        pod.accepted = world.now();
        if (behaviour.pod() == Behaviour.Pod.MOUNT_FAILS) {
            pod.nextTry = null;
            pod.become(SimPod.Phase.MOUNTING, world.now());
            return true;
        }
        return start(pod, behaviour);
    }

    private boolean mountFails(SimPod pod) {
        if (pod.nextTry == null || due(pod)) {
            pod.nextTry = world.now().plus(MOUNT_NEWS);
            warn(
                    pod,
                    "FailedMount",
                    "MountVolume.MountDevice failed for volume \"pvc-%s\" : rpc error: code = DeadlineExceeded desc = context deadline exceeded"
                            .formatted(pod.claims.isEmpty() ? "" : volume(pod)));
        }
        return false;
    }

    private String volume(SimPod pod) {
        return world.store()
                .peek(Kinds.CLAIM, pod.namespace(), pod.claims.get(0))
                .map(claim -> claim.path("metadata").path("uid").asText())
                .orElse("");
    }

    /** Volumes and network are there: init containers run before the others. */
    private boolean start(SimPod pod, Behaviour behaviour) {
        pod.nextTry = null;
        pod.prepared = world.now();
        pod.podIp = "10.244.%d.%d".formatted(world.between(0, 200), world.between(2, 250));
        if (pod.initImage.isEmpty()) {
            return pull(pod, behaviour);
        }
        pod.initStarted = world.now();
        pod.become(SimPod.Phase.INIT_RUNNING, world.now());
        return true;
    }

    private boolean initRunning(SimPod pod, Behaviour ofContainer) {
        Behaviour behaviour = world.ailments().of(pod.initImage);
        if (behaviour.crashSeconds() >= 0 && passed(pod.since, behaviour.crashSeconds())) {
            pod.crashExit = behaviour.exitCode();
            pod.crashed = world.now();
            pod.crashedRunStart = pod.initStarted;
            backOff(pod, SimPod.Phase.INIT_BACK_OFF, pod.initContainer, pod.initRestarts);
            return true;
        }
        if (behaviour.readySeconds() < 0 || !passed(pod.since, 2)) {
            return false;
        }
        pod.crashed = null;
        pod.initEnded = world.now();
        return pull(pod, ofContainer);
    }

    private boolean initAgain(SimPod pod) {
        pod.initRestarts++;
        pod.initStarted = world.now();
        pod.become(SimPod.Phase.INIT_RUNNING, world.now());
        return true;
    }

    private boolean pull(SimPod pod, Behaviour behaviour) {
        pod.initialized = world.now();
        if (!secretsExist(pod)) {
            pod.become(SimPod.Phase.CONFIG_ERROR, world.now());
            warn(pod, "Failed", "Error: secret \"" + pod.secrets.get(0) + "\" not found");
            return true;
        }
        if (behaviour.pullSeconds() == 0) {
            return run(pod);
        }
        pod.become(SimPod.Phase.PULLING, world.now());
        return true;
    }

    private boolean pulling(SimPod pod, Behaviour behaviour) {
        if (behaviour.pullSeconds() == Behaviour.NEVER) {
            return passed(pod.since, 4) && pullFails(pod);
        }
        return passed(pod.since, behaviour.pullSeconds() + pod.name.length() % 40) && run(pod);
    }

    private boolean pullFails(SimPod pod) {
        pod.become(SimPod.Phase.PULL_ERROR, world.now());
        pod.imageBackOff = false;
        pod.nextTry = world.now().plusSeconds(12);
        warn(pod, "Failed", pullError(pod.image));
        warn(pod, "Failed", "Error: ErrImagePull");
        return true;
    }

    private boolean pullAgain(SimPod pod, Behaviour behaviour) {
        if (!due(pod)) {
            return false;
        }
        if (behaviour.pullSeconds() != Behaviour.NEVER) {
            return run(pod);
        }
        if (!pod.imageBackOff) {
            pod.imageBackOff = true;
            pod.restarts = 0;
            long waited = Duration.between(pod.created, world.now()).toSeconds();
            pod.nextTry = world.now().plusSeconds(Math.min(LONGEST_BACK_OFF, 15 + waited));
            warn(pod, "Failed", "Error: ImagePullBackOff");
            return true;
        }
        return pullFails(pod);
    }

    private boolean run(SimPod pod) {
        pod.started = world.now();
        pod.nextTry = null;
        pod.become(SimPod.Phase.RUNNING, world.now());
        return true;
    }

    private boolean running(SimPod pod, Behaviour behaviour) {
        Instant started = pod.started == null ? pod.since : pod.started;
        if (passed(started, Behaviour.CRASHES.crashSeconds()) && !world.hasDatabase(pod)) {
            return crash(pod, Behaviour.CRASHES); // a container that was ready before waits for it instead
        }
        if (behaviour.crashSeconds() >= 0 && passed(started, behaviour.crashSeconds())) {
            return crash(pod, behaviour);
        }
        if (behaviour.readySeconds() >= 0 && passed(started, behaviour.readySeconds())) {
            pod.become(
                    !pod.job()
                            ? SimPod.Phase.READY
                            : behaviour.exitCode() == 0 ? SimPod.Phase.SUCCEEDED : SimPod.Phase.FAILED,
                    world.now());
            return true;
        }
        if (!pod.job() && behaviour.crashSeconds() < 0 && passed(started, 20) && (pod.nextTry == null || due(pod))) {
            pod.nextTry = world.now().plus(PROBE_NEWS);
            warn(pod, "Unhealthy", "Readiness probe failed: HTTP probe failed with statuscode: 503");
        }
        return false;
    }

    private boolean ready(SimPod pod, Behaviour behaviour) {
        if (behaviour.crashSeconds() >= 0) {
            return crash(pod, behaviour);
        }
        if (behaviour.readySeconds() == Behaviour.NEVER) {
            pod.nextTry = null;
            pod.become(SimPod.Phase.RUNNING, world.now());
            return true;
        }
        return false;
    }

    private boolean crash(SimPod pod, Behaviour behaviour) {
        pod.crashExit = behaviour.exitCode();
        pod.crashedRunStart = pod.started;
        pod.crashed = world.now();
        backOff(pod, SimPod.Phase.BACK_OFF, pod.container, pod.restarts);
        return true;
    }

    private void backOff(SimPod pod, SimPod.Phase phase, String container, int restarts) {
        pod.become(phase, world.now());
        pod.nextTry = world.now().plusSeconds(Math.min(LONGEST_BACK_OFF, 10L << Math.min(restarts, 5)));
        warn(
                pod,
                "BackOff",
                "Back-off restarting failed container %s in pod %s_%s(%s)"
                        .formatted(container, pod.name, pod.namespace(), pod.uid));
    }

    private boolean restart(SimPod pod) {
        pod.restarts++;
        return run(pod);
    }

    private boolean end(SimPod pod) {
        boolean kubeletIsThere = pod.node == null || !world.nodes().lost(pod.node);
        if (!kubeletIsThere || world.now().isBefore(pod.terminating)) {
            return false;
        }
        if (pod.node != null && world.ailments().of(pod).pod() == Behaviour.Pod.STAYS) {
            return stays(pod);
        }
        world.touch(pod.owner);
        world.pods().remove(pod.uid);
        world.store().delete(Kinds.POD, pod.namespace(), pod.name);
        return true;
    }

    private boolean stays(SimPod pod) {
        if (pod.nextTry == null || due(pod)) {
            pod.nextTry = world.now().plus(MOUNT_NEWS);
            warn(
                    pod,
                    "FailedKillPod",
                    "error killing pod: failed to \"KillContainer\" for \"%s\" with KillContainerError: \"rpc error: code = DeadlineExceeded desc = context deadline exceeded\""
                            .formatted(pod.container));
        }
        return false;
    }

    private boolean write(SimPod pod) {
        ObjectNode status = PodStatus.of(pod);
        world.store().updateStatus(Kinds.POD, pod.namespace(), pod.name, status, "kubelet");
        return true;
    }

    private boolean secretsExist(SimPod pod) {
        return pod.secrets.stream()
                .allMatch(name ->
                        world.store().peek(Kinds.SECRET, pod.namespace(), name).isPresent());
    }

    private boolean due(SimPod pod) {
        return pod.nextTry != null && !world.now().isBefore(pod.nextTry);
    }

    private boolean passed(Instant since, int seconds) {
        return !world.now().isBefore(since.plusSeconds(seconds));
    }

    private void warn(SimPod pod, String reason, String message) {
        tell(pod, new EventWriter.News(true, reason, message, "kubelet", String.valueOf(pod.node)));
    }

    private void tell(SimPod pod, EventWriter.News news) {
        world.events().write(Kinds.POD, pod.namespace(), pod.name, news);
    }
}
