package io.tenantpulse.standalone.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes the status of a pod's init container as a kubelet does. */
final class InitStatus {
    private InitStatus() {}

    static ObjectNode of(SimPod pod) {
        boolean running = pod.phase == SimPod.Phase.INIT_RUNNING;
        boolean ended = pod.initEnded != null;
        boolean crashed = !ended && pod.crashed != null;
        ObjectNode status = Json.object(
                "name",
                pod.initContainer,
                "image",
                pod.initImage,
                "imageID",
                "",
                "ready",
                ended,
                "restartCount",
                pod.initRestarts,
                "started",
                running,
                "lastState",
                crashed ? Json.object("terminated", PodStatus.crash(pod)) : Json.object(),
                "state",
                state(pod));
        if (running || ended) {
            status.put("containerID", "containerd://" + pod.uid + "-init");
        }
        return status;
    }

    private static ObjectNode state(SimPod pod) {
        String started = Json.time(PodStatus.or(pod.initStarted, pod.since));
        if (pod.initEnded != null) {
            return Json.object(
                    "terminated",
                    Json.object(
                            "exitCode",
                            0,
                            "reason",
                            "Completed",
                            "startedAt",
                            started,
                            "finishedAt",
                            Json.time(pod.initEnded)));
        }
        return switch (pod.phase) {
            case INIT_RUNNING -> Json.object("running", Json.object("startedAt", started));
            case INIT_BACK_OFF -> PodStatus.crashLoop(pod, pod.initContainer);
            default -> PodStatus.waiting("PodInitializing", "");
        };
    }
}
