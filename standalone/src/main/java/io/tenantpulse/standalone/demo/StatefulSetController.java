package io.tenantpulse.standalone.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** StatefulSets: pods one after the other, each waiting for the one before to be ready. */
final class StatefulSetController {
    private final World world;

    StatefulSetController(World world) {
        this.world = world;
    }

    /** Brings one StatefulSet forward; true when it is complete. */
    boolean sync(Workload workload) {
        ObjectNode set = world.store()
                .peek(Kinds.STATEFUL_SET, workload.namespace(), workload.name())
                .orElse(null);
        if (set == null) {
            return true;
        }
        int desired = set.path("spec").path("replicas").asInt(1);
        ObjectNode template = (ObjectNode) set.path("spec").path("template");
        String hash = World.hash(template);
        for (int ordinal = 0; ordinal < desired; ordinal++) {
            if (!advance(workload, set, hash, ordinal)) {
                break;
            }
        }
        world.podsOf(workload).stream()
                .filter(pod -> pod.active() && ordinal(pod) >= desired)
                .forEach(pod -> world.podFactory().terminate(pod));
        return writeStatus(workload, set, hash, desired);
    }

    /** True when the pod of this ordinal is ready and current, so that the next may be looked at. */
    private boolean advance(Workload workload, ObjectNode set, String hash, int ordinal) {
        String name = workload.name() + "-" + ordinal;
        Optional<SimPod> found = world.podsOf(workload).stream()
                .filter(pod -> pod.name.equals(name))
                .findFirst();
        if (found.isEmpty()) {
            ObjectNode template = ((ObjectNode) set.path("spec").path("template")).deepCopy();
            ObjectNode labels = Json.child(Json.child(template, "metadata"), "labels");
            labels.put("apps.kubernetes.io/pod-index", Integer.toString(ordinal));
            labels.put("controller-revision-hash", workload.name() + "-" + hash);
            labels.put("statefulset.kubernetes.io/pod-name", name);
            Json.child(template, "spec").put("hostname", name);
            world.podFactory().create(new PodFactory.Plan(workload, set, hash, template, name, false));
            return false;
        }
        SimPod pod = found.get();
        if (pod.active() && !pod.revision.equals(hash)) {
            world.podFactory().terminate(pod);
            return false;
        }
        return pod.active() && pod.ready();
    }

    private boolean writeStatus(Workload workload, ObjectNode set, String hash, int desired) {
        List<SimPod> pods = world.podsOf(workload);
        long ready = pods.stream().filter(SimPod::ready).count();
        long updated = pods.stream().filter(pod -> pod.revision.equals(hash)).count();
        boolean complete = ready == desired && updated == desired && pods.size() == desired;
        String revision = workload.name() + "-" + hash;
        String before = set.path("status").path("currentRevision").asText(revision);
        ObjectNode status = Json.object(
                "observedGeneration",
                set.path("metadata").path("generation"),
                "replicas",
                pods.size(),
                "availableReplicas",
                ready,
                "collisionCount",
                0,
                "currentRevision",
                complete ? revision : before,
                "updateRevision",
                revision);
        if (ready > 0) {
            status.put("readyReplicas", ready);
        }
        if (updated > 0) {
            status.put("updatedReplicas", updated).put("currentReplicas", updated);
        }
        world.store()
                .updateStatus(
                        Kinds.STATEFUL_SET, workload.namespace(), workload.name(), status, World.CONTROLLER_MANAGER);
        return complete;
    }

    private static int ordinal(SimPod pod) {
        return Integer.parseInt(pod.name.substring(pod.name.lastIndexOf('-') + 1));
    }
}
