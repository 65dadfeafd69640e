package io.tenantpulse.standalone.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Writes a pod's status as a kubelet does. */
final class PodStatus {
    private PodStatus() {}

    static ObjectNode of(SimPod pod) {
        ObjectNode status = Json.object("phase", phase(pod), "qosClass", "Burstable");
        ArrayNode conditions = conditions(pod);
        if (!conditions.isEmpty()) {
            status.set("conditions", conditions);
        }
        if (pod.accepted != null) {
            status.put("hostIP", "10.0.0." + String.valueOf(pod.node).replaceAll("\\D", ""));
            status.put("startTime", Json.time(pod.accepted));
            if (!pod.initImage.isEmpty()) {
                status.set("initContainerStatuses", Json.array(InitStatus.of(pod)));
            }
            status.set("containerStatuses", Json.array(container(pod)));
            if (pod.started != null) {
                status.put("podIP", pod.podIp);
                status.set("podIPs", Json.array(Json.object("ip", pod.podIp)));
            }
        }
        return status;
    }

    private static String phase(SimPod pod) {
        return switch (pod.phase) {
            case UNSCHEDULED, SCHEDULED, MOUNTING, INIT_RUNNING, INIT_BACK_OFF, PULLING, PULL_ERROR, CONFIG_ERROR ->
                "Pending";
            case RUNNING, READY, BACK_OFF -> "Running";
            case SUCCEEDED -> "Succeeded";
            case FAILED -> "Failed";
        };
    }

    private static ArrayNode conditions(SimPod pod) {
        ArrayNode conditions = Json.array();
        if (pod.scheduled == null) {
            if (!pod.unschedulable.isEmpty()) {
                conditions.add(reasoned("PodScheduled", pod.since, "Unschedulable", pod.unschedulable)
                        .put("observedGeneration", 1));
            }
            return conditions;
        }
        conditions.add(condition("PodScheduled", true, pod.scheduled));
        if (pod.accepted == null) {
            return conditions;
        }
        conditions.add(condition("PodReadyToStartContainers", pod.prepared != null, or(pod.prepared, pod.accepted)));
        if (pod.initImage.isEmpty() || pod.initialized != null) {
            conditions.add(condition("Initialized", true, or(pod.initialized, pod.accepted)));
        } else {
            conditions.add(reasoned(
                    "Initialized",
                    pod.accepted,
                    "ContainersNotInitialized",
                    "containers with incomplete status: [" + pod.initContainer + "]"));
        }
        boolean containersReady = pod.phase == SimPod.Phase.READY;
        for (String type : new String[] {"ContainersReady", "Ready"}) {
            boolean ready = type.equals("Ready") ? pod.ready() : containersReady;
            if (ready) {
                conditions.add(condition(type, true, pod.readyChanged));
            } else if (containersReady) {
                conditions.add(condition(type, false, pod.readyChanged)); // the node controller gives no reason
            } else if (pod.finished()) {
                String reason = pod.phase == SimPod.Phase.SUCCEEDED ? "PodCompleted" : "PodFailed";
                conditions.add(reasoned(type, pod.since, reason, ""));
            } else {
                Instant since = pod.readyChanged.equals(pod.created) ? pod.accepted : pod.readyChanged;
                conditions.add(reasoned(
                        type, since, "ContainersNotReady", "containers with unready status: [" + pod.container + "]"));
            }
        }
        return conditions;
    }

    private static ObjectNode condition(String type, boolean value, Instant since) {
        return Json.object(
                "type",
                type,
                "status",
                value ? "True" : "False",
                "lastProbeTime",
                null,
                "lastTransitionTime",
                Json.time(since));
    }

    private static ObjectNode reasoned(String type, Instant since, String reason, String message) {
        ObjectNode condition = condition(type, false, since);
        condition.put("reason", reason);
        if (!message.isEmpty()) {
            condition.put("message", message);
        }
        return condition;
    }

    private static ObjectNode container(SimPod pod) {
        boolean running = pod.phase == SimPod.Phase.RUNNING || pod.phase == SimPod.Phase.READY;
        ObjectNode status = Json.object(
                "name",
                pod.container,
                "image",
                pod.image,
                "imageID",
                "",
                "ready",
                pod.phase == SimPod.Phase.READY,
                "restartCount",
                pod.restarts,
                "started",
                running,
                "lastState",
                pod.crashed == null || pod.initialized == null ? Json.object() : Json.object("terminated", crash(pod)),
                "state",
                state(pod));
        if (running) {
            status.put("containerID", "containerd://" + pod.uid);
        }
        return status;
    }

    private static ObjectNode state(SimPod pod) {
        return switch (pod.phase) {
            case RUNNING, READY ->
                Json.object("running", Json.object("startedAt", Json.time(or(pod.started, pod.since))));
            case SUCCEEDED -> Json.object("terminated", end(pod, 0, "Completed"));
            case FAILED -> Json.object("terminated", end(pod, Behaviour.JOB_FAILS.exitCode(), "Error"));
            case BACK_OFF -> crashLoop(pod, pod.container);
            case PULL_ERROR ->
                pod.imageBackOff
                        ? waiting("ImagePullBackOff", "Back-off pulling image \"" + pod.image + "\"")
                        : waiting("ErrImagePull", Kubelet.pullError(pod.image));
            case CONFIG_ERROR ->
                waiting("CreateContainerConfigError", "secret \"" + pod.secrets.get(0) + "\" not found");
            case UNSCHEDULED, SCHEDULED, PULLING, MOUNTING, INIT_RUNNING, INIT_BACK_OFF ->
                waiting(
                        pod.initImage.isEmpty() || pod.initialized != null ? "ContainerCreating" : "PodInitializing",
                        "");
        };
    }

    static ObjectNode crashLoop(SimPod pod, String container) {
        return waiting(
                "CrashLoopBackOff",
                "back-off %s restarting failed container=%s pod=%s_%s(%s)"
                        .formatted(delay(pod), container, pod.name, pod.namespace(), pod.uid));
    }

    private static String delay(SimPod pod) {
        long seconds = Duration.between(pod.since, or(pod.nextTry, pod.since)).toSeconds();
        return seconds < 60 ? seconds + "s" : seconds / 60 + "m" + seconds % 60 + "s";
    }

    static ObjectNode waiting(String reason, String message) {
        ObjectNode waiting = Json.object("reason", reason);
        if (!message.isEmpty()) {
            waiting.put("message", message);
        }
        return Json.object("waiting", waiting);
    }

    private static ObjectNode end(SimPod pod, int exitCode, String reason) {
        return Json.object(
                "exitCode",
                exitCode,
                "reason",
                reason,
                "startedAt",
                Json.time(or(pod.started, pod.since)),
                "finishedAt",
                Json.time(pod.since));
    }

    static ObjectNode crash(SimPod pod) {
        boolean outOfMemory = pod.crashExit == Behaviour.KILLED;
        return Json.object(
                "exitCode",
                pod.crashExit,
                "reason",
                outOfMemory ? "OOMKilled" : "Error",
                "startedAt",
                Json.time(or(pod.crashedRunStart, pod.since)),
                "finishedAt",
                Json.time(or(pod.crashed, pod.since)));
    }

    static Instant or(@Nullable Instant time, Instant otherwise) {
        return time == null ? otherwise : time;
    }
}
