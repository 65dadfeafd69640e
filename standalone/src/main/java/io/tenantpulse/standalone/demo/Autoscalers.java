package io.tenantpulse.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;

/** HorizontalPodAutoscalers: whether they find what they are to scale. In this world none ever has a reason to scale it. */
final class Autoscalers {
    private static final Duration EVERY = Duration.ofSeconds(15);

    private record Watched(String namespace, String name) {}

    private final World world;
    private final Map<String, Watched> watched = new TreeMap<>();
    private Instant next = Instant.MIN;

    Autoscalers(World world) {
        this.world = world;
    }

    void watch(String namespace, String name) {
        watched.put(namespace + "/" + name, new Watched(namespace, name));
    }

    void step() {
        if (next.isAfter(world.now())) {
            return;
        }
        next = world.now().plus(EVERY);
        Iterator<Watched> each = watched.values().iterator();
        while (each.hasNext()) {
            Watched scaler = each.next();
            ObjectNode object = world.store()
                    .peek(Kinds.AUTOSCALER, scaler.namespace(), scaler.name())
                    .orElse(null);
            if (object == null) {
                each.remove();
            } else {
                write(scaler, object);
            }
        }
    }

    private void write(Watched scaler, ObjectNode object) {
        String target = object.at("/spec/scaleTargetRef/name").asText();
        ObjectNode found =
                world.store().peek(Kinds.DEPLOYMENT, scaler.namespace(), target).orElse(null);
        Conditions conditions = new Conditions(object.path("status"), world.now());
        ObjectNode status = Json.object("currentMetrics", null);
        if (found == null) {
            String message =
                    "the HPA controller was unable to get the target's current scale: deployments/scale.apps \"%s\" not found"
                            .formatted(target);
            conditions.autoscaler("AbleToScale", false, "FailedGetScale", message);
            status.put("currentReplicas", object.at("/status/currentReplicas").asInt());
            status.put("desiredReplicas", 0);
            world.events()
                    .write(
                            Kinds.AUTOSCALER,
                            scaler.namespace(),
                            scaler.name(),
                            EventWriter.News.warning("FailedGetScale", message, "horizontal-pod-autoscaler"));
        } else {
            JsonNode replicas = found.at("/spec/replicas");
            conditions.autoscaler("AbleToScale", true, "ReadyForNewScale", "recommended size matches current size");
            conditions.autoscaler(
                    "ScalingLimited", false, "DesiredWithinRange", "the desired count is within the acceptable range");
            status.put("currentReplicas", replicas.asInt(1)).put("desiredReplicas", replicas.asInt(1));
        }
        status.set("conditions", conditions.all());
        world.store()
                .updateStatus(Kinds.AUTOSCALER, scaler.namespace(), scaler.name(), status, World.CONTROLLER_MANAGER);
        if (!conditions.all().equals(object.path("status").path("conditions"))) {
            world.changed(scaler.namespace(), scaler.name());
        }
    }
}
