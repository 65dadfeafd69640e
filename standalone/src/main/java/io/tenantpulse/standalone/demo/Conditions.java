package io.tenantpulse.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** Keeps a status's conditions, each with the time rules of who writes it. */
final class Conditions {
    private final ArrayNode conditions;
    private final Instant now;

    /** Starts from the conditions of an earlier status, copied. */
    Conditions(JsonNode status, Instant now) {
        conditions = status.get("conditions") instanceof ArrayNode before ? before.deepCopy() : Json.array();
        this.now = now;
    }

    /** As the operators do it: any difference, the message's too, moves lastTransitionTime. */
    Conditions operator(String type, boolean value, String reason, String message) {
        ObjectNode fresh = Json.object(
                "type",
                type,
                "status",
                value ? "True" : "False",
                "reason",
                reason,
                "message",
                message,
                "lastTransitionTime",
                Json.time(now));
        int at = at(type);
        if (at < 0) {
            conditions.add(fresh);
        } else if (!same(conditions.get(at), fresh, "status", "reason", "message")) {
            conditions.set(at, fresh);
        }
        return this;
    }

    /** As the deployment controller does it: lastTransitionTime moves with the status, lastUpdateTime with the reason. */
    Conditions deployment(String type, boolean value, String reason, String message) {
        ObjectNode fresh = Json.object(
                "type",
                type,
                "status",
                value ? "True" : "False",
                "reason",
                reason,
                "message",
                message,
                "lastUpdateTime",
                Json.time(now),
                "lastTransitionTime",
                Json.time(now));
        int at = at(type);
        if (at < 0) {
            conditions.add(fresh);
        } else if (!same(conditions.get(at), fresh, "status", "reason")) {
            if (same(conditions.get(at), fresh, "status")) {
                fresh.set("lastTransitionTime", conditions.get(at).get("lastTransitionTime"));
            }
            conditions.set(at, fresh);
        }
        return this;
    }

    /** As the autoscalers' controller does it: lastTransitionTime moves with the status. */
    Conditions autoscaler(String type, boolean value, String reason, String message) {
        ObjectNode fresh = Json.object(
                "type",
                type,
                "status",
                value ? "True" : "False",
                "reason",
                reason,
                "message",
                message,
                "lastTransitionTime",
                Json.time(now));
        int at = at(type);
        if (at < 0) {
            conditions.add(fresh);
            return this;
        }
        if (same(conditions.get(at), fresh, "status")) {
            fresh.set("lastTransitionTime", conditions.get(at).get("lastTransitionTime"));
        }
        conditions.set(at, fresh);
        return this;
    }

    Conditions without(String type) {
        int at = at(type);
        if (at >= 0) {
            conditions.remove(at);
        }
        return this;
    }

    ArrayNode all() {
        return conditions;
    }

    static boolean isTrue(JsonNode status, String type) {
        for (JsonNode condition : status.path("conditions")) {
            if (condition.path("type").asText().equals(type)) {
                return condition.path("status").asText().equals("True");
            }
        }
        return false;
    }

    private int at(String type) {
        for (int i = 0; i < conditions.size(); i++) {
            if (conditions.get(i).path("type").asText().equals(type)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean same(JsonNode one, JsonNode other, String... fields) {
        for (String field : fields) {
            if (!one.path(field).equals(other.path(field))) {
                return false;
            }
        }
        return true;
    }
}
