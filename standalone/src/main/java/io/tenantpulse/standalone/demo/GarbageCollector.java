package io.tenantpulse.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Deletes what belonged to deleted objects, a moment later. */
final class GarbageCollector {
    private static final List<ResourceType> COLLECTED = List.of(
            Kinds.DEPLOYMENT,
            Kinds.STATEFUL_SET,
            Kinds.DAEMON_SET,
            Kinds.CRON_JOB,
            Kinds.AUTOSCALER,
            Kinds.JOB,
            Kinds.REPLICA_SET,
            Kinds.POD,
            Kinds.SERVICE,
            Kinds.INGRESS,
            Kinds.CONFIG_MAP,
            Kinds.SECRET,
            Kinds.SERVICE_ACCOUNT,
            Kinds.CLAIM);

    private final World world;
    private final Map<String, Instant> gone = new LinkedHashMap<>();

    GarbageCollector(World world) {
        this.world = world;
    }

    /** Deletes an object; what it owns follows. */
    void delete(ResourceType type, String namespace, String name) {
        world.store().delete(type, namespace, name).ifPresent(last -> {
            gone.put(last.path("metadata").path("uid").asText(), world.now());
            world.changed(namespace, name);
        });
    }

    void step() {
        for (String owner : List.copyOf(gone.keySet())) {
            Instant since = gone.get(owner);
            if (since != null && world.now().isAfter(since.plusSeconds(1))) {
                gone.remove(owner);
                COLLECTED.forEach(type -> collect(type, owner));
            }
        }
    }

    private void collect(ResourceType type, String owner) {
        for (ObjectNode object : world.store().snapshot(type, "").objects()) {
            if (!owns(owner, object)) {
                continue;
            }
            JsonNode meta = object.path("metadata");
            SimPod pod = world.pods().get(meta.path("uid").asText());
            if (pod != null) {
                world.podFactory().terminate(pod);
            } else {
                delete(type, meta.path("namespace").asText(), meta.path("name").asText());
            }
        }
    }

    private static boolean owns(String uid, ObjectNode object) {
        for (JsonNode owner : object.path("metadata").path("ownerReferences")) {
            if (owner.path("uid").asText().equals(uid)) {
                return true;
            }
        }
        return false;
    }
}
