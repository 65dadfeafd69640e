package io.tenantpulse.standalone.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** DaemonSets: one pod on each machine that their node selector matches. */
final class DaemonSetController {
    private final World world;

    DaemonSetController(World world) {
        this.world = world;
    }

    /** Brings one DaemonSet forward; true when it is complete. */
    boolean sync(Workload workload) {
        ObjectNode set = world.store()
                .peek(Kinds.DAEMON_SET, workload.namespace(), workload.name())
                .orElse(null);
        if (set == null) {
            return true;
        }
        ObjectNode template = (ObjectNode) set.at("/spec/template");
        String hash = World.hash(template);
        List<String> nodes = world.nodes().matching(template.at("/spec/nodeSelector"));
        active(workload).stream()
                .filter(pod -> !pod.revision.equals(hash) || !nodes.contains(pod.pinnedTo))
                .forEach(world.podFactory()::terminate);
        for (String node : nodes) {
            if (world.podsOf(workload).stream().noneMatch(pod -> pod.pinnedTo.equals(node))) {
                String name = workload.name() + "-" + world.suffix(5);
                ObjectNode pinned = pinned(template, hash, node);
                world.podFactory().create(new PodFactory.Plan(workload, set, hash, pinned, name, true));
            }
        }
        return writeStatus(workload, set, hash, nodes.size());
    }

    private List<SimPod> active(Workload workload) {
        return world.podsOf(workload).stream().filter(SimPod::active).toList();
    }

    private static ObjectNode pinned(ObjectNode template, String hash, String node) {
        ObjectNode copy = template.deepCopy();
        Json.child(Json.child(copy, "metadata"), "labels").put("controller-revision-hash", hash);
        ObjectNode field = Json.object("key", "metadata.name", "operator", "In", "values", Json.array(node));
        ObjectNode terms = Json.object("nodeSelectorTerms", Json.array(Json.object("matchFields", Json.array(field))));
        Json.child(copy, "spec")
                .set(
                        "affinity",
                        Json.object(
                                "nodeAffinity", Json.object("requiredDuringSchedulingIgnoredDuringExecution", terms)));
        return copy;
    }

    private boolean writeStatus(Workload workload, ObjectNode set, String hash, int desired) {
        List<SimPod> active = active(workload);
        int ready = (int) active.stream().filter(SimPod::ready).count();
        int updated =
                (int) active.stream().filter(pod -> pod.revision.equals(hash)).count();
        ObjectNode status = Json.object(
                "currentNumberScheduled",
                active.size(),
                "desiredNumberScheduled",
                desired,
                "numberMisscheduled",
                0,
                "numberReady",
                ready,
                "observedGeneration",
                set.path("metadata").path("generation"));
        putUnlessZero(status, "numberAvailable", ready);
        putUnlessZero(status, "numberUnavailable", desired - ready);
        putUnlessZero(status, "updatedNumberScheduled", updated);
        world.store()
                .updateStatus(
                        Kinds.DAEMON_SET, workload.namespace(), workload.name(), status, World.CONTROLLER_MANAGER);
        return ready == desired && updated == desired;
    }

    private static void putUnlessZero(ObjectNode status, String name, int value) {
        if (value > 0) {
            status.put(name, value);
        }
    }
}
