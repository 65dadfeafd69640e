package io.tenantpulse.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The simulated objects have the fields of real ones. {@code demo/recorded-shape.json} lists the paths below metadata and status
 * that were seen in a recording of both operators on a real control plane.
 */
class DemoShapeTest {
    private static final Instant START = Instant.parse("2026-11-23T16:00:00Z");

    private static final Map<String, Set<String>> SIMULATED = new TreeMap<>();
    private static JsonNode recorded;

    @BeforeAll
    static void collectPaths() throws IOException {
        try (InputStream shape = DemoShapeTest.class.getResourceAsStream("/demo/recorded-shape.json")) {
            recorded = new ObjectMapper().readTree(shape);
        }
        DemoFleet fleet = new DemoFleet(7, 30, START);
        fleet.advanceTo(START.plusSeconds(480));
        for (String cluster : fleet.clusters()) {
            for (ResourceType type : fleet.store(cluster).types()) {
                fleet.store(cluster).list(type).forEach(object -> collect(type, object));
            }
        }
    }

    @Test
    void writesNoFieldThatRealClustersDoNotHave() {
        SIMULATED.forEach((kind, paths) -> {
            Set<String> unknown = new TreeSet<>(paths);
            unknown.removeAll(recorded(kind));
            if (recorded.has(kind)) {
                assertThat(unknown).as(kind).isEmpty();
            }
        });
    }

    @Test
    void writesTheFieldsOnWhichReadinessRests() {
        assertThat(SIMULATED.get("Deployment"))
                .contains(
                        ".status.observedGeneration",
                        ".status.availableReplicas",
                        ".status.updatedReplicas",
                        ".status.unavailableReplicas",
                        ".status.conditions[].lastUpdateTime");
        assertThat(SIMULATED.get("StatefulSet")).contains(".status.readyReplicas", ".status.updateRevision");
        assertThat(SIMULATED.get("Job")).contains(".status.succeeded", ".status.failed", ".status.conditions[].reason");
        assertThat(SIMULATED.get("PersistentVolumeClaim")).contains(".status.phase", ".status.capacity.storage");
        assertThat(SIMULATED.get("Pod"))
                .contains(
                        ".status.containerStatuses[].state.waiting.reason",
                        ".status.containerStatuses[].lastState.terminated.reason",
                        ".status.conditions[].reason",
                        ".metadata.ownerReferences[].controller");
        assertThat(SIMULATED.get("Tenant")).contains(".status.appliedResources", ".metadata.finalizers");
        assertThat(SIMULATED.get("LynqNode"))
                .contains(".status.skippedResourceIds", ".status.observedGeneration", ".status.lastFullReconcileAt");
        assertThat(SIMULATED.get("Event")).contains(".involvedObject.uid", ".reason", ".count", ".series.count");
    }

    private static void collect(ResourceType type, ObjectNode object) {
        Set<String> paths = SIMULATED.computeIfAbsent(type.kind(), any -> new TreeSet<>());
        walk(".metadata", object.path("metadata"), paths);
        walk(".status", object.path("status"), paths);
        if (type == Kinds.EVENT) {
            object.properties().stream()
                    .filter(field -> !field.getKey().equals("metadata"))
                    .forEach(field -> {
                        paths.add("." + field.getKey());
                        walk("." + field.getKey(), field.getValue(), paths);
                    });
        }
    }

    private static void walk(String path, JsonNode node, Set<String> paths) {
        if (path.endsWith(".annotations") || path.endsWith(".labels") || path.endsWith(".managedFields")) {
            return;
        }
        if (node.isArray()) {
            node.forEach(each -> walk(path + "[]", each, paths));
            return;
        }
        node.properties().forEach(field -> {
            paths.add(path + "." + field.getKey());
            walk(path + "." + field.getKey(), field.getValue(), paths);
        });
    }

    /** No init container was recorded; its status is of the same type as any container's. */
    private static Set<String> recorded(String kind) {
        Set<String> paths = new HashSet<>();
        recorded.path(kind).forEach(path -> {
            paths.add(path.asText());
            paths.add(path.asText().replace(".containerStatuses", ".initContainerStatuses"));
        });
        return paths;
    }
}
