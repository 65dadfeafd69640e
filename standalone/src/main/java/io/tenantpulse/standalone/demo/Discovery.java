package io.tenantpulse.standalone.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;

/** Answers what an API server serves: /version, /api, /apis and the resource lists below them. */
final class Discovery {
    private final ObjectStore store;

    Discovery(ObjectStore store) {
        this.store = store;
    }

    /** The document of a discovery path, or empty when the path is none. */
    Optional<ObjectNode> answer(List<String> path) {
        return switch (String.join("/", path)) {
            case "version" -> Optional.of(version());
            case "api" -> Optional.of(Json.object("kind", "APIVersions", "versions", Json.array("v1")));
            case "apis" -> Optional.of(groups());
            case "api/v1" -> Optional.of(resources("", "v1"));
            default -> below(path);
        };
    }

    private Optional<ObjectNode> below(List<String> path) {
        if (path.isEmpty() || !path.get(0).equals("apis") || path.size() > 3) {
            return Optional.empty();
        }
        String group = path.get(1);
        List<ResourceType> ofGroup = store.types().stream()
                .filter(type -> type.group().equals(group))
                .toList();
        if (ofGroup.isEmpty()) {
            throw ApiError.pathNotFound();
        }
        if (path.size() == 2) {
            ObjectNode answer = Json.object("kind", "APIGroup", "apiVersion", "v1");
            answer.setAll(group(ofGroup.get(0)));
            return Optional.of(answer);
        }
        return Optional.of(resources(group, path.get(2)));
    }

    private static ObjectNode version() {
        return Json.object(
                "major",
                "1",
                "minor",
                "34",
                "gitVersion",
                "v1.34.2",
                "gitTreeState",
                "clean",
                "platform",
                "linux/amd64");
    }

    private ObjectNode groups() {
        ArrayNode groups = Json.array();
        store.types().stream()
                .filter(type -> !type.group().isEmpty())
                .map(type -> new ResourceType(type.group(), type.version(), "", "", false, false))
                .distinct()
                .forEach(type -> groups.add(group(type)));
        return Json.object("kind", "APIGroupList", "apiVersion", "v1", "groups", groups);
    }

    private static ObjectNode group(ResourceType type) {
        ObjectNode version = Json.object("groupVersion", type.apiVersion(), "version", type.version());
        return Json.object("name", type.group(), "versions", Json.array(version), "preferredVersion", version);
    }

    private ObjectNode resources(String group, String version) {
        ArrayNode resources = Json.array();
        for (ResourceType type : store.types()) {
            if (type.group().equals(group) && type.version().equals(version)) {
                resources.add(Json.object(
                        "name",
                        type.plural(),
                        "singularName",
                        type.singular(),
                        "namespaced",
                        type.namespaced(),
                        "kind",
                        type.kind(),
                        "verbs",
                        Json.array("get", "list", "watch")));
            }
        }
        if (resources.isEmpty()) {
            throw ApiError.pathNotFound();
        }
        return Json.object(
                "kind",
                "APIResourceList",
                "apiVersion",
                "v1",
                "groupVersion",
                group.isEmpty() ? version : group + "/" + version,
                "resources",
                resources);
    }
}
