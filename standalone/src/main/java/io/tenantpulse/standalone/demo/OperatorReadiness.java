package io.tenantpulse.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** When the operators call a resource ready. */
final class OperatorReadiness {
    private OperatorReadiness() {}

    static boolean ready(ResourceType type, ObjectNode object) {
        JsonNode status = object.path("status");
        JsonNode spec = object.path("spec");
        if (type == Kinds.DEPLOYMENT) {
            return current(object, wanted(spec), "availableReplicas");
        }
        if (type == Kinds.STATEFUL_SET) {
            return current(object, wanted(spec), "readyReplicas");
        }
        if (type == Kinds.DAEMON_SET) {
            int wanted = status.path("desiredNumberScheduled").asInt();
            return wanted > 0 && status.path("numberReady").asInt() >= wanted;
        }
        if (type == Kinds.AUTOSCALER) {
            return Conditions.isTrue(status, "AbleToScale");
        }
        if (type == Kinds.JOB) {
            return Conditions.isTrue(status, "Complete")
                    || status.path("succeeded").asInt() > 0;
        }
        if (type == Kinds.CLAIM) {
            return status.path("phase").asText().equals("Bound");
        }
        if (type == Kinds.SERVICE) {
            return !spec.path("type").asText().equals("LoadBalancer")
                    || !status.path("loadBalancer").path("ingress").isEmpty();
        }
        return type != Kinds.INGRESS || !spec.path("rules").isEmpty();
    }

    /** 0 counts as 1: a workload scaled to nothing is never ready for the operator. */
    private static int wanted(JsonNode spec) {
        return Math.max(1, spec.path("replicas").asInt(1));
    }

    private static boolean current(ObjectNode object, int wanted, String count) {
        JsonNode status = object.path("status");
        return object.path("metadata").path("generation").asLong()
                        == status.path("observedGeneration").asLong()
                && status.path(count).asInt() >= wanted
                && status.path("updatedReplicas").asInt() >= wanted;
    }
}
