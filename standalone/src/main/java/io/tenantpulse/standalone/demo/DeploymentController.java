package io.tenantpulse.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Deployments and their ReplicaSets: rolls one new pod in before an old one goes, and gives up loudly after ten minutes. */
final class DeploymentController {
    static final Duration DEADLINE = Duration.ofSeconds(600);

    private record Progress(long generation, int updated, int available, Instant at) {}

    private final World world;
    private final Map<String, Progress> progress = new HashMap<>();

    DeploymentController(World world) {
        this.world = world;
    }

    /** Brings one Deployment forward; true when it is complete. */
    boolean sync(Workload workload) {
        ObjectNode deployment = world.store()
                .peek(Kinds.DEPLOYMENT, workload.namespace(), workload.name())
                .orElse(null);
        if (deployment == null) {
            return true;
        }
        ObjectNode template = (ObjectNode) deployment.path("spec").path("template");
        String hash = World.hash(template);
        int desired = deployment.path("spec").path("replicas").asInt(1);
        boolean waits = waitsForOldPods(workload, deployment, hash);
        if (waits) {
            endOldPods(workload, hash);
        }
        String refusal = waits ? "" : roll(workload, replicaSet(workload, deployment, hash), hash, desired);
        List<SimPod> active = active(workload);
        replicaSets(workload, deployment).forEach(set -> writeReplicaSet(workload, set, active, refusal));
        return writeStatus(workload, deployment, hash, refusal);
    }

    /** With the strategy Recreate: while pods of before are there, if only on their way out. */
    private boolean waitsForOldPods(Workload workload, ObjectNode deployment, String hash) {
        return deployment.at("/spec/strategy/type").asText().equals("Recreate")
                && world.podsOf(workload).stream().anyMatch(pod -> !pod.revision.equals(hash) && !pod.finished());
    }

    private void endOldPods(Workload workload, String hash) {
        active(workload).stream().filter(pod -> !pod.revision.equals(hash)).forEach(world.podFactory()::terminate);
    }

    private String roll(Workload workload, ObjectNode current, String hash, int desired) {
        List<SimPod> fresh = active(workload).stream()
                .filter(pod -> pod.revision.equals(hash))
                .toList();
        List<SimPod> old = new ArrayList<>(active(workload).stream()
                .filter(pod -> !pod.revision.equals(hash))
                .toList());
        old.stream().filter(pod -> !pod.ready()).toList().forEach(pod -> {
            world.podFactory().terminate(pod);
            old.remove(pod);
        });
        long available = fresh.stream().filter(SimPod::ready).count();
        int surplus = (int) (old.size() + available - desired);
        for (int i = 0; i < surplus && !old.isEmpty(); i++) {
            world.podFactory().terminate(old.remove(0));
        }
        for (int i = desired; i < fresh.size(); i++) {
            world.podFactory().terminate(fresh.get(fresh.size() - 1 - (i - desired)));
        }
        int wanted = old.isEmpty() ? desired : Math.min(desired, desired + 1 - old.size());
        for (int i = fresh.size(); i < wanted; i++) {
            String name = workload.name() + "-" + hash + "-" + world.suffix(5);
            ObjectNode template = labelled((ObjectNode) current.path("spec").path("template"), hash);
            String refusal =
                    world.podFactory().create(new PodFactory.Plan(workload, current, hash, template, name, true));
            if (!refusal.isEmpty()) {
                tell(
                        Kinds.REPLICA_SET,
                        workload.namespace(),
                        workload.name() + "-" + hash,
                        EventWriter.News.warning(
                                "FailedCreate", "Error creating: " + refusal, "replicaset-controller"));
                return refusal;
            }
        }
        return "";
    }

    private ObjectNode replicaSet(Workload workload, ObjectNode deployment, String hash) {
        String name = workload.name() + "-" + hash;
        return world.store().peek(Kinds.REPLICA_SET, workload.namespace(), name).orElseGet(() -> {
            ObjectNode labels = labelled((ObjectNode) deployment.path("spec").path("template"), hash);
            JsonNode podLabels = labels.path("metadata").path("labels");
            long revision = replicaSets(workload, deployment).size() + 1L;
            ObjectNode set = Json.object(
                    "metadata",
                    Json.object(
                            "name",
                            name,
                            "namespace",
                            workload.namespace(),
                            "labels",
                            podLabels,
                            "annotations",
                            Json.object("deployment.kubernetes.io/revision", Long.toString(revision)),
                            "ownerReferences",
                            Json.array(PodFactory.owner(deployment))),
                    "spec",
                    Json.object(
                            "replicas",
                            deployment.path("spec").path("replicas"),
                            "selector",
                            Json.object("matchLabels", podLabels),
                            "template",
                            labels),
                    "status",
                    Json.object("replicas", 0));
            tell(
                    Kinds.DEPLOYMENT,
                    workload.namespace(),
                    workload.name(),
                    EventWriter.News.normal(
                            "ScalingReplicaSet",
                            "Scaled up replica set " + name + " from 0 to 1",
                            "deployment-controller"));
            return world.store().create(Kinds.REPLICA_SET, set, World.CONTROLLER_MANAGER);
        });
    }

    private static ObjectNode labelled(ObjectNode template, String hash) {
        ObjectNode copy = template.deepCopy();
        Json.child(Json.child(copy, "metadata"), "labels").put("pod-template-hash", hash);
        return copy;
    }

    private List<ObjectNode> replicaSets(Workload workload, ObjectNode deployment) {
        String uid = deployment.path("metadata").path("uid").asText();
        return world.store().snapshot(Kinds.REPLICA_SET, workload.namespace()).objects().stream()
                .filter(set -> set.path("metadata")
                        .path("ownerReferences")
                        .path(0)
                        .path("uid")
                        .asText()
                        .equals(uid))
                .toList();
    }

    private List<SimPod> active(Workload workload) {
        return world.podsOf(workload).stream().filter(SimPod::active).toList();
    }

    private void writeReplicaSet(Workload workload, ObjectNode set, List<SimPod> active, String refusal) {
        String name = set.path("metadata").path("name").asText();
        String hash = name.substring(workload.name().length() + 1);
        List<SimPod> pods =
                active.stream().filter(pod -> pod.revision.equals(hash)).toList();
        long ready = pods.stream().filter(SimPod::ready).count();
        if (set.path("spec").path("replicas").asInt() != pods.size() && refusal.isEmpty()) {
            ObjectNode scaled = set.deepCopy();
            Json.child(scaled, "spec").put("replicas", pods.size());
            world.store().update(Kinds.REPLICA_SET, scaled, World.CONTROLLER_MANAGER);
        }
        ObjectNode now = world.store()
                .peek(Kinds.REPLICA_SET, workload.namespace(), name)
                .orElseThrow();
        ObjectNode status = Json.object(
                "replicas",
                pods.size(),
                "observedGeneration",
                now.path("metadata").path("generation"));
        putUnlessZero(status, "fullyLabeledReplicas", pods.size());
        putUnlessZero(status, "readyReplicas", ready);
        putUnlessZero(status, "availableReplicas", ready);
        if (!refusal.isEmpty()) {
            status.set(
                    "conditions",
                    Json.array(Json.object(
                            "type",
                            "ReplicaFailure",
                            "status",
                            "True",
                            "reason",
                            "FailedCreate",
                            "message",
                            refusal,
                            "lastTransitionTime",
                            Json.time(world.now()))));
        }
        world.store().updateStatus(Kinds.REPLICA_SET, workload.namespace(), name, status, World.CONTROLLER_MANAGER);
    }

    private boolean writeStatus(Workload workload, ObjectNode deployment, String hash, String refusal) {
        List<SimPod> active = active(workload);
        int desired = deployment.path("spec").path("replicas").asInt(1);
        int updated =
                (int) active.stream().filter(pod -> pod.revision.equals(hash)).count();
        int ready = (int) active.stream().filter(SimPod::ready).count();
        int freshReady = (int) active.stream()
                .filter(pod -> pod.revision.equals(hash) && pod.ready())
                .count();
        boolean complete = updated == desired && freshReady == desired && active.size() == desired;
        long generation = deployment.path("metadata").path("generation").asLong();
        ObjectNode status = Json.object("observedGeneration", generation);
        putUnlessZero(status, "replicas", active.size());
        putUnlessZero(status, "updatedReplicas", updated);
        putUnlessZero(status, "readyReplicas", ready);
        putUnlessZero(status, "availableReplicas", ready);
        putUnlessZero(status, "unavailableReplicas", Math.max(0, Math.max(desired, active.size()) - ready));
        status.set(
                "conditions",
                conditions(
                        workload,
                        deployment,
                        hash,
                        new Progress(generation, updated, freshReady, world.now()),
                        ready,
                        complete,
                        refusal));
        world.store()
                .updateStatus(
                        Kinds.DEPLOYMENT, workload.namespace(), workload.name(), status, World.CONTROLLER_MANAGER);
        return complete;
    }

    private JsonNode conditions(
            Workload workload,
            ObjectNode deployment,
            String hash,
            Progress news,
            int ready,
            boolean complete,
            String refusal) {
        int desired = deployment.path("spec").path("replicas").asInt(1);
        String set = workload.name() + "-" + hash;
        Conditions conditions = new Conditions(deployment.path("status"), world.now());
        if (ready >= desired) {
            conditions.deployment(
                    "Available", true, "MinimumReplicasAvailable", "Deployment has minimum availability.");
        } else {
            conditions.deployment(
                    "Available", false, "MinimumReplicasUnavailable", "Deployment does not have minimum availability.");
        }
        if (refusal.isEmpty()) {
            conditions.without("ReplicaFailure");
        } else {
            conditions.deployment("ReplicaFailure", true, "FailedCreate", refusal);
        }
        Progress since = since(deployment.path("metadata").path("uid").asText(), news);
        boolean wasComplete = isReason(deployment.path("status"), "NewReplicaSetAvailable")
                && since.generation()
                        == deployment.path("status").path("observedGeneration").asLong();
        if (complete || wasComplete) {
            // a finished rollout that loses pods later stays "progressed", as in the real controller
            conditions.deployment(
                    "Progressing",
                    true,
                    "NewReplicaSetAvailable",
                    "ReplicaSet \"" + set + "\" has successfully progressed.");
        } else if (!world.now().isBefore(since.at().plus(DEADLINE))) {
            conditions.deployment(
                    "Progressing",
                    false,
                    "ProgressDeadlineExceeded",
                    "ReplicaSet \"" + set + "\" has timed out progressing.");
        } else {
            conditions.deployment(
                    "Progressing", true, "ReplicaSetUpdated", "ReplicaSet \"" + set + "\" is progressing.");
        }
        return conditions.all();
    }

    private Progress since(String uid, Progress news) {
        Progress before = progress.get(uid);
        boolean moved = before == null
                || before.generation() != news.generation()
                || before.updated() != news.updated()
                || before.available() < news.available();
        if (moved) {
            progress.put(uid, news);
            return news;
        }
        return before;
    }

    private static boolean isReason(JsonNode status, String reason) {
        for (JsonNode condition : status.path("conditions")) {
            if (condition.path("reason").asText().equals(reason)) {
                return true;
            }
        }
        return false;
    }

    private void tell(ResourceType type, String namespace, String name, EventWriter.News news) {
        world.events().write(type, namespace, name, news);
    }

    private static void putUnlessZero(ObjectNode status, String name, long value) {
        if (value > 0) {
            status.put(name, value);
        }
    }
}
