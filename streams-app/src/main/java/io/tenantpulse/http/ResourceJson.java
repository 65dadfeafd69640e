package io.tenantpulse.http;

import io.tenantpulse.diagnose.ResourceHealth;
import io.tenantpulse.diagnose.SeenObject;
import io.tenantpulse.model.Container;
import io.tenantpulse.model.ObjectId;
import io.tenantpulse.model.PodFacts;
import java.time.Instant;
import java.util.Objects;

/** A tenant's resources and pods. */
final class ResourceJson {
    private ResourceJson() {}

    static JsonObject resource(ResourceHealth health, Instant asOf) {
        ObjectId object = health.dependency().object();
        SeenObject seen = health.object();
        return new JsonObject()
                .put("id", health.id())
                .put("group", object.group())
                .put("kind", object.kind())
                .put("namespace", object.namespace())
                .put("name", object.name())
                .put("state", TenantBody.word(health.state()))
                .put("reason", health.reason())
                .put("since", health.since())
                .put("regressed", health.regressed())
                .put("required", health.required())
                .put("once", health.dependency().once())
                .putSeconds("timeoutSeconds", health.dependency().timeout())
                .putSeconds("timeLeftSeconds", health.timeLeft())
                .putSeconds("ageSeconds", health.age(asOf))
                .put("createdAt", seen == null ? null : seen.createdAt())
                .put("lastReadyAt", seen == null ? null : seen.lastReadyAt())
                .put("undecodable", seen == null ? null : seen.undecodable())
                .put(
                        "replicas",
                        seen == null ? null : ObjectJson.replicas(seen.facts().replicas()))
                .put("dependIds", health.dependency().dependIds())
                .put("waitsFor", health.waitsFor())
                .put(
                        "pods",
                        health.pods().stream().map(pod -> pod.object().name()).toList());
    }

    /** Whether it is a pod that neither runs with all containers ready nor has ended well. */
    static boolean isPodInTrouble(SeenObject object) {
        PodFacts pod = object.facts().pod();
        return pod != null && pod.isNotReady();
    }

    static JsonObject pod(SeenObject object) {
        PodFacts pod = Objects.requireNonNull(object.facts().pod());
        return new JsonObject()
                .put("namespace", object.object().namespace())
                .put("name", object.object().name())
                .put("resource", object.resourceId())
                .put("phase", pod.phase())
                .put("reason", pod.reason())
                .put("node", pod.node())
                .put("nodeReady", pod.nodeReady())
                .put("createdAt", object.createdAt())
                .put("deletionTimestamp", object.facts().deletionTimestamp())
                .put("conditions", object.facts().conditions(), TenantBody::condition)
                .put("containers", pod.containers(), ResourceJson::container);
    }

    static JsonObject container(Container container) {
        return new JsonObject()
                .put("name", container.name())
                .put("init", container.init())
                .put("image", container.image())
                .put("ready", container.ready())
                .put("restarts", container.restarts())
                .put("state", container.state())
                .put("reason", container.reason())
                .put("message", container.message())
                .put("exitCode", container.exitCode())
                .put("lastReason", container.lastReason())
                .put("startedAt", container.startedAt());
    }
}
