package io.tenantpulse.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
        if (areAllReady(workload, set, hash, desired)) {
            replaceOne(workload, hash, desired);
        }
        world.podsOf(workload).stream()
                .filter(pod -> pod.active() && ordinal(pod) >= desired)
                .forEach(pod -> world.podFactory().terminate(pod));
        return writeStatus(workload, set, hash, desired);
    }

    /** From the first on: makes what is missing, and looks no further than to one that is not ready. */
    private boolean areAllReady(Workload workload, ObjectNode set, String hash, int desired) {
        for (int ordinal = 0; ordinal < desired; ordinal++) {
            SimPod pod = pod(workload, ordinal);
            if (pod == null) {
                create(workload, set, hash, ordinal);
                return false;
            }
            if (pod.active() && !pod.ready() && !pod.revision.equals(hash)) {
                world.podFactory().terminate(pod); // the controller waits for it for ever; people delete it
            }
            if (!pod.active() || !pod.ready()) {
                return false;
            }
        }
        return true;
    }

    /** From the last on, as a rolling update goes. */
    private void replaceOne(Workload workload, String hash, int desired) {
        for (int ordinal = desired - 1; ordinal >= 0; ordinal--) {
            SimPod pod = pod(workload, ordinal);
            if (pod != null && !pod.revision.equals(hash)) {
                world.podFactory().terminate(pod);
                return;
            }
        }
    }

    private @Nullable SimPod pod(Workload workload, int ordinal) {
        String name = workload.name() + "-" + ordinal;
        return world.podsOf(workload).stream()
                .filter(pod -> pod.name.equals(name))
                .findFirst()
                .orElse(null);
    }

    private void create(Workload workload, ObjectNode set, String hash, int ordinal) {
        String name = workload.name() + "-" + ordinal;
        ObjectNode template = ((ObjectNode) set.path("spec").path("template")).deepCopy();
        ObjectNode labels = Json.child(Json.child(template, "metadata"), "labels");
        labels.put("apps.kubernetes.io/pod-index", Integer.toString(ordinal));
        labels.put("controller-revision-hash", workload.name() + "-" + hash);
        labels.put("statefulset.kubernetes.io/pod-name", name);
        ObjectNode spec = Json.child(template, "spec");
        spec.put("hostname", name);
        ArrayNode volumes = Json.array();
        for (JsonNode claim : set.at("/spec/volumeClaimTemplates")) {
            String claimed = claim.at("/metadata/name").asText();
            volumes.add(Json.object(
                    "name", claimed, "persistentVolumeClaim", Json.object("claimName", claimed + "-" + name)));
            createClaim(workload.namespace(), claimed + "-" + name, claim.path("spec"));
        }
        if (!volumes.isEmpty()) {
            spec.set("volumes", volumes);
        }
        world.podFactory().create(new PodFactory.Plan(workload, set, hash, template, name, false));
    }

    /** Nobody owns it: it outlives pod and StatefulSet. */
    private void createClaim(String namespace, String name, JsonNode spec) {
        if (world.store().peek(Kinds.CLAIM, namespace, name).isPresent()) {
            return;
        }
        ObjectNode meta = Json.object(
                "name", name, "namespace", namespace, "finalizers", Json.array("kubernetes.io/pvc-protection"));
        ObjectNode claim = Json.object("metadata", meta, "spec", spec, "status", Rendering.firstStatus(Kinds.CLAIM));
        Json.child(claim, "spec").put("volumeMode", "Filesystem");
        world.store().create(Kinds.CLAIM, claim, World.CONTROLLER_MANAGER);
        world.volumes().watch(namespace, name);
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
