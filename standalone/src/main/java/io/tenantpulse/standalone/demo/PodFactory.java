package io.tenantpulse.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** Makes pods from templates, within quotas, and takes them away. */
final class PodFactory {
    private static final int GRACE_SECONDS = 5;

    /** As the controller of a DaemonSet writes it. */
    private static final String PINNED_TO =
            "/spec/affinity/nodeAffinity/requiredDuringSchedulingIgnoredDuringExecution/nodeSelectorTerms/0/matchFields/0/values/0";

    private final World world;

    PodFactory(World world) {
        this.world = world;
    }

    /** A pod to be made; parent is the direct owner: a ReplicaSet, StatefulSet or Job. */
    record Plan(
            Workload owner, ObjectNode parent, String revision, ObjectNode template, String name, boolean generated) {}

    /** Makes the pod; the answer is empty, or why the API server refused it. */
    String create(Plan plan) {
        String refusal = refusal(plan);
        if (!refusal.isEmpty()) {
            return refusal;
        }
        ObjectNode template = plan.template().deepCopy();
        ObjectNode meta = Json.child(template, "metadata");
        meta.put("name", plan.name());
        meta.put("namespace", plan.owner().namespace());
        meta.put("generation", 1);
        if (plan.generated()) {
            meta.put("generateName", plan.name().substring(0, plan.name().length() - 5));
        }
        meta.set("ownerReferences", Json.array(owner(plan.parent())));
        ObjectNode spec = Json.child(template, "spec");
        spec.put("enableServiceLinks", true)
                .put("preemptionPolicy", "PreemptLowerPriority")
                .put("priority", 0);
        spec.put("serviceAccount", "default").put("serviceAccountName", "default");
        spec.set(
                "tolerations",
                Json.array(toleration("node.kubernetes.io/not-ready"), toleration("node.kubernetes.io/unreachable")));
        ObjectNode object = Json.object(
                "metadata", meta, "spec", spec, "status", Json.object("phase", "Pending", "qosClass", "Burstable"));
        ObjectNode stored = world.store().create(Kinds.POD, object, World.CONTROLLER_MANAGER);
        SimPod pod = new SimPod(plan.owner(), plan.revision(), shape(stored), world.now());
        world.pods().put(pod.uid, pod);
        return "";
    }

    /** Writes the node that the scheduler chose into the pod. */
    void bind(SimPod pod) {
        ObjectNode object =
                world.store().get(Kinds.POD, pod.namespace(), pod.name).orElseThrow();
        Json.child(object, "spec").put("nodeName", pod.node);
        world.store().update(Kinds.POD, object, "kube-scheduler");
    }

    /** Asks the pod's kubelet to end it; if its node is lost, it stays Terminating. */
    void terminate(SimPod pod) {
        if (pod.terminating != null) {
            return;
        }
        pod.terminating = world.now().plusSeconds(pod.node == null ? 0 : 2);
        world.store().get(Kinds.POD, pod.namespace(), pod.name).ifPresent(object -> {
            Json.child(object, "metadata")
                    .put("deletionTimestamp", Json.time(world.now().plusSeconds(GRACE_SECONDS)))
                    .put("deletionGracePeriodSeconds", GRACE_SECONDS);
            world.store().update(Kinds.POD, object, World.CONTROLLER_MANAGER);
        });
    }

    static ObjectNode owner(ObjectNode parent) {
        return Json.object(
                "apiVersion",
                parent.path("apiVersion"),
                "kind",
                parent.path("kind"),
                "name",
                parent.path("metadata").path("name"),
                "uid",
                parent.path("metadata").path("uid"),
                "controller",
                true,
                "blockOwnerDeletion",
                true);
    }

    /** Webhooks are asked before quotas are counted. */
    private String refusal(Plan plan) {
        String image = plan.template().at("/spec/containers/0/image").asText();
        return Ailments.isSigned(image)
                ? quotaRefusal(plan)
                : "admission webhook \"signatures.policy.example.com\" denied the request: image %s has no valid signature"
                        .formatted(image);
    }

    private String quotaRefusal(Plan plan) {
        String namespace = plan.owner().namespace();
        for (ObjectNode quota : world.store().snapshot(Kinds.QUOTA, namespace).objects()) {
            int hard = quota.path("spec").path("hard").path("pods").asInt();
            long used = world.pods().values().stream()
                    .filter(pod -> pod.namespace().equals(namespace) && !pod.finished())
                    .count();
            String name = quota.path("metadata").path("name").asText();
            ObjectNode status = Json.object(
                    "hard",
                    quota.path("spec").path("hard"),
                    "used",
                    Json.object("pods", Long.toString(Math.min(hard, used + 1))));
            world.store().updateStatus(Kinds.QUOTA, namespace, name, status, World.CONTROLLER_MANAGER);
            if (used >= hard) {
                return "pods \"%s\" is forbidden: exceeded quota: %s, requested: pods=1, used: pods=%d, limited: pods=%d"
                        .formatted(plan.name(), name, used, hard);
            }
        }
        return "";
    }

    private static SimPod.Shape shape(ObjectNode pod) {
        JsonNode container = pod.path("spec").path("containers").path(0);
        List<String> claims = new ArrayList<>();
        pod.path("spec").path("volumes").forEach(volume -> {
            if (volume.has("persistentVolumeClaim")) {
                claims.add(
                        volume.path("persistentVolumeClaim").path("claimName").asText());
            }
        });
        List<String> secrets = new ArrayList<>();
        container.path("env").forEach(env -> {
            if (env.has("valueFrom")) {
                secrets.add(
                        env.path("valueFrom").path("secretKeyRef").path("name").asText());
            }
        });
        String cpu = container.path("resources").path("requests").path("cpu").asText("100m");
        int millis =
                cpu.endsWith("m") ? Integer.parseInt(cpu.substring(0, cpu.length() - 1)) : Integer.parseInt(cpu) * 1000;
        return new SimPod.Shape(
                pod.path("metadata").path("name").asText(),
                pod.path("metadata").path("uid").asText(),
                container.path("name").asText(),
                container.path("image").asText(),
                pod.at("/spec/initContainers/0"),
                pod.at(PINNED_TO).asText(),
                database(container),
                claims,
                secrets,
                millis);
    }

    private static String database(JsonNode container) {
        for (JsonNode env : container.path("env")) {
            if (env.path("name").asText().equals("DATABASE_HOST")) {
                return env.path("value").asText();
            }
        }
        return "";
    }

    private static ObjectNode toleration(String key) {
        return Json.object("key", key, "operator", "Exists", "effect", "NoExecute", "tolerationSeconds", 300);
    }
}
