package io.tenantpulse.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The machines: where pods go, why they cannot, and what a dead machine does to them. */
final class Nodes {
    /** Label {@code pool} of the one machine that daemons of tenants run on. */
    static final String POOL = "gpu";

    static final String WAITING_FOR_VOLUME = "waiting for a volume";

    private static final Duration EVICTION = Duration.ofMinutes(5);
    private static final int CPU_MILLIS = 48_000;

    private final World world;
    private final List<String> names = new ArrayList<>();
    private final Map<String, Instant> lost = new LinkedHashMap<>();

    Nodes(World world) {
        this.world = world;
    }

    void add(int count) {
        for (int i = 1; i <= count; i++) {
            String name = "node-" + i;
            names.add(name);
            ObjectNode node = Json.object(
                    "metadata",
                    Json.object(
                            "name",
                            name,
                            "labels",
                            Json.object(
                                    "kubernetes.io/hostname",
                                    name,
                                    "kubernetes.io/os",
                                    "linux",
                                    "kubernetes.io/arch",
                                    "amd64",
                                    "topology.kubernetes.io/zone",
                                    "zone-" + i,
                                    "pool",
                                    i == count ? POOL : "general")),
                    "spec",
                    Json.object());
            world.store().create(Kinds.NODE, node, "kubelet");
            writeStatus(name);
        }
    }

    boolean lost(String node) {
        return lost.containsKey(node);
    }

    /** Machines that are lost, each since when. */
    Map<String, Instant> lost() {
        return lost;
    }

    List<String> names() {
        return names;
    }

    void lose(String node) {
        lost.put(node, world.now());
        writeStatus(node);
        writeTaints(node);
        world.events()
                .write(
                        Kinds.NODE,
                        "",
                        node,
                        EventWriter.News.normal(
                                "NodeNotReady", "Node " + node + " status is now: NodeNotReady", "node-controller"));
    }

    void restore(String node) {
        lost.remove(node);
        writeStatus(node);
        writeTaints(node);
    }

    void step() {
        lost.forEach((node, since) -> {
            if (!world.now().isBefore(since.plus(EVICTION))) {
                world.pods().values().stream()
                        .filter(pod -> node.equals(pod.node) && pod.active() && pod.owner.type() != Kinds.DAEMON_SET)
                        .toList()
                        .forEach(pod -> world.podFactory().terminate(pod));
            }
        });
    }

    /** Empty when the pod can be placed; otherwise the scheduler's message, or {@link #WAITING_FOR_VOLUME}. */
    String whyNot(SimPod pod) {
        for (String claim : pod.claims) {
            ObjectNode found =
                    world.store().peek(Kinds.CLAIM, pod.namespace(), claim).orElse(null);
            if (found == null) {
                return "%s persistentvolumeclaim \"%s\" not found.%s".formatted(none(), claim, notHelpful());
            }
            if (!found.path("status").path("phase").asText().equals("Bound")) {
                return world.volumes().wantedBy(found)
                        ? WAITING_FOR_VOLUME
                        : none() + " pod has unbound immediate PersistentVolumeClaims. not found";
            }
        }
        if (pod.cpuMillis > CPU_MILLIS) {
            return "%s %d Insufficient cpu.%s".formatted(none(), names.size(), notHelpful());
        }
        return "";
    }

    /** Machines with all labels of a pod's node selector. */
    List<String> matching(JsonNode selector) {
        return names.stream()
                .filter(name -> {
                    JsonNode labels = world.store()
                            .peek(Kinds.NODE, "", name)
                            .orElseThrow()
                            .at("/metadata/labels");
                    return selector.properties().stream()
                            .allMatch(wanted -> labels.path(wanted.getKey()).equals(wanted.getValue()));
                })
                .toList();
    }

    String pick(SimPod pod) {
        if (!pod.pinnedTo.isEmpty()) {
            return pod.pinnedTo;
        }
        List<String> up = names.stream().filter(name -> !lost(name)).toList();
        return up.get(Math.floorMod(pod.name.hashCode(), up.size()));
    }

    private String none() {
        return "0/" + names.size() + " nodes are available:";
    }

    private String notHelpful() {
        return " no new claims to deallocate, preemption: %s %d Preemption is not helpful for scheduling."
                .formatted(none(), names.size());
    }

    private void writeStatus(String name) {
        boolean gone = lost(name);
        ObjectNode size = Json.object("cpu", "48", "ephemeral-storage", "200Gi", "memory", "192Gi", "pods", "500");
        ArrayNode conditions = Json.array(
                condition(
                        name,
                        "MemoryPressure",
                        "KubeletHasSufficientMemory",
                        "kubelet has sufficient memory available",
                        gone),
                condition(name, "DiskPressure", "KubeletHasNoDiskPressure", "kubelet has no disk pressure", gone),
                condition(name, "PIDPressure", "KubeletHasSufficientPID", "kubelet has sufficient PID available", gone),
                condition(name, "Ready", "KubeletReady", "kubelet is posting ready status", gone));
        ObjectNode status = Json.object(
                "capacity",
                size,
                "allocatable",
                size.deepCopy(),
                "conditions",
                conditions,
                "nodeInfo",
                Json.object(
                        "architecture",
                        "amd64",
                        "containerRuntimeVersion",
                        "containerd://2.1.0",
                        "kubeletVersion",
                        "v1.34.2",
                        "operatingSystem",
                        "linux"));
        world.store().updateStatus(Kinds.NODE, "", name, status, gone ? World.CONTROLLER_MANAGER : "kubelet");
    }

    private ObjectNode condition(String node, String type, String reason, String message, boolean gone) {
        String value = gone ? "Unknown" : type.equals("Ready") ? "True" : "False";
        JsonNode before = world.store()
                .peek(Kinds.NODE, "", node)
                .orElseThrow()
                .path("status")
                .path("conditions");
        String since = Json.time(world.now());
        for (JsonNode condition : before) {
            if (condition.path("type").asText().equals(type)
                    && condition.path("status").asText().equals(value)) {
                since = condition.path("lastTransitionTime").asText();
            }
        }
        return Json.object(
                "type",
                type,
                "status",
                value,
                "reason",
                gone ? "NodeStatusUnknown" : reason,
                "message",
                gone ? "Kubelet stopped posting node status." : message,
                "lastHeartbeatTime",
                Json.time(world.now()),
                "lastTransitionTime",
                since);
    }

    private void writeTaints(String name) {
        ObjectNode node = world.store().get(Kinds.NODE, "", name).orElseThrow();
        ObjectNode spec = Json.object();
        if (lost(name)) {
            spec.set(
                    "taints",
                    Json.array(
                            Json.object("key", "node.kubernetes.io/unreachable", "effect", "NoSchedule"),
                            Json.object("key", "node.kubernetes.io/unreachable", "effect", "NoExecute")));
        }
        node.set("spec", spec);
        world.store().update(Kinds.NODE, node, World.CONTROLLER_MANAGER);
    }
}
