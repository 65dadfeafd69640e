package io.tenantpulse.standalone.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** StorageClasses, provisioners and claims: what binds when, and what they say while it does not. */
final class Volumes {
    private static final String PROVISIONER = "disk.demo.example";
    private static final Duration NEWS_EVERY = Duration.ofMinutes(1);
    private static final int PROVISION_SECONDS = 4;

    private record Claim(String namespace, String name, Instant since) {}

    private final World world;
    private final Map<String, Claim> pending = new TreeMap<>();
    private final Map<String, Instant> nextNews = new TreeMap<>();
    private final Set<String> wanted = new HashSet<>();

    Volumes(World world) {
        this.world = world;
    }

    void addClass(String name, boolean waitsForConsumer) {
        world.store()
                .create(
                        Kinds.STORAGE_CLASS,
                        Json.object(
                                "metadata",
                                Json.object("name", name),
                                "provisioner",
                                PROVISIONER,
                                "reclaimPolicy",
                                "Delete",
                                "volumeBindingMode",
                                waitsForConsumer ? "WaitForFirstConsumer" : "Immediate"),
                        "kubectl");
    }

    void watch(String namespace, String name) {
        pending.put(namespace + "/" + name, new Claim(namespace, name, world.now()));
    }

    /** A pod that could be placed wants the claim; true when that is what its class waits for. */
    boolean wantedBy(ObjectNode claim) {
        boolean waits = classOf(claim).path("volumeBindingMode").asText().equals("WaitForFirstConsumer");
        if (waits) {
            wanted.add(claim.path("metadata").path("uid").asText());
        }
        return waits;
    }

    void step() {
        Iterator<Claim> each = pending.values().iterator();
        while (each.hasNext()) {
            Claim claim = each.next();
            ObjectNode object = world.store()
                    .peek(Kinds.CLAIM, claim.namespace(), claim.name())
                    .orElse(null);
            if (object == null || bound(claim, object)) {
                each.remove();
                world.changed(claim.namespace(), claim.name());
            }
        }
    }

    private boolean bound(Claim claim, ObjectNode object) {
        ObjectNode storageClass = classOf(object);
        String className = object.path("spec").path("storageClassName").asText();
        String uid = object.path("metadata").path("uid").asText();
        if (storageClass.isEmpty()) {
            tell(claim, "ProvisioningFailed", "storageclass.storage.k8s.io \"" + className + "\" not found", true);
            return false;
        }
        boolean waits = storageClass.path("volumeBindingMode").asText().equals("WaitForFirstConsumer");
        if (waits && !wanted.contains(uid)) {
            tell(claim, "WaitForFirstConsumer", "waiting for first consumer to be created before binding", false);
            return false;
        }
        if (world.ailments().stuck(claim.namespace(), claim.name())) {
            tell(
                    claim,
                    "ProvisioningFailed",
                    "failed to provision volume with StorageClass \"" + className
                            + "\": rpc error: code = ResourceExhausted desc = pool is full",
                    true);
            return false;
        }
        if (world.now().isBefore(claim.since().plusSeconds(PROVISION_SECONDS))) {
            return false;
        }
        bind(claim, object.deepCopy(), uid);
        return true;
    }

    private void bind(Claim claim, ObjectNode object, String uid) {
        ObjectNode annotations = Json.child(Json.child(object, "metadata"), "annotations");
        annotations.put("pv.kubernetes.io/bind-completed", "yes").put("pv.kubernetes.io/bound-by-controller", "yes");
        annotations.put("volume.kubernetes.io/storage-provisioner", PROVISIONER);
        Json.child(object, "spec").put("volumeName", "pvc-" + uid);
        world.store().update(Kinds.CLAIM, object, World.CONTROLLER_MANAGER);
        ObjectNode status = Json.object(
                "phase",
                "Bound",
                "accessModes",
                Json.array("ReadWriteOnce"),
                "capacity",
                object.path("spec").path("resources").path("requests"));
        world.store().updateStatus(Kinds.CLAIM, claim.namespace(), claim.name(), status, World.CONTROLLER_MANAGER);
    }

    private ObjectNode classOf(ObjectNode claim) {
        return world.store()
                .peek(
                        Kinds.STORAGE_CLASS,
                        "",
                        claim.path("spec").path("storageClassName").asText())
                .orElseGet(Json::object);
    }

    private void tell(Claim claim, String reason, String message, boolean warning) {
        String key = claim.namespace() + "/" + claim.name();
        if (nextNews.getOrDefault(key, Instant.MIN).isAfter(world.now())) {
            return;
        }
        nextNews.put(key, world.now().plus(NEWS_EVERY));
        String component = "persistentvolume-controller";
        world.events()
                .write(
                        Kinds.CLAIM,
                        claim.namespace(),
                        claim.name(),
                        new EventWriter.News(warning, reason, message, component, ""));
    }
}
