package io.tenantpulse.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Resources under what they depend on. One that depends on several stands once, under the first of them, and names the
 * others; members of a cycle stand beside each other.
 */
final class ResourceTree {
    /** Deeper chains are not indented any further. */
    private static final int DEEPEST = 12;

    private final Map<String, JsonNode> byId = new HashMap<>();
    private final Map<String, List<JsonNode>> below = new HashMap<>();
    private final Set<String> shown = new HashSet<>();
    private final List<Line> lines = new ArrayList<>();

    /** One resource. */
    record Line(Screen.Tone tone, String text) {}

    private record Place(JsonNode resource, int depth) {}

    ResourceTree(JsonNode resources) {
        resources.forEach(each -> byId.put(id(each), each));
        List<JsonNode> roots = new ArrayList<>();
        for (JsonNode each : resources) {
            String first = firstNeed(each);
            if (first.isEmpty()) {
                roots.add(each);
            } else {
                below.computeIfAbsent(first, any -> new ArrayList<>()).add(each);
            }
        }
        roots.forEach(this::show);
        resources.forEach(this::show);
    }

    private String firstNeed(JsonNode resource) {
        for (JsonNode need : resource.path("dependIds")) {
            if (byId.containsKey(need.asText()) && !need.asText().equals(id(resource))) {
                return need.asText();
            }
        }
        return "";
    }

    /** Without recursion, for chains are deep. */
    private void show(JsonNode root) {
        Deque<Place> open = new ArrayDeque<>(List.of(new Place(root, 0)));
        while (!open.isEmpty()) {
            Place next = open.pop();
            if (!shown.add(id(next.resource()))) {
                continue;
            }
            lines.add(line(next));
            List<JsonNode> children = below.getOrDefault(id(next.resource()), List.of());
            for (int i = children.size() - 1; i >= 0; i--) {
                open.push(new Place(children.get(i), next.depth() + 1));
            }
        }
    }

    private Line line(Place place) {
        JsonNode resource = place.resource();
        String indent = "  ".repeat(Math.min(place.depth(), DEEPEST));
        StringBuilder text = new StringBuilder(indent)
                .append(id(resource))
                .append(' ')
                .append(resource.path("kind").asText())
                .append('/')
                .append(resource.path("name").asText())
                .append("  ")
                .append(resource.path("state").asText());
        if (resource.has("reason")) {
            text.append(' ').append(resource.path("reason").asText());
        }
        if (resource.has("since")) {
            text.append(" since ").append(resource.path("since").asText());
        }
        if (resource.has("ageSeconds")) {
            Duration age = Duration.ofSeconds(resource.path("ageSeconds").asLong());
            text.append(", age ").append(AlertLine.inWords(age));
        }
        if (resource.path("regressed").asBoolean()) {
            text.append(", was ready before");
        }
        return new Line(
                tone(resource.path("state").asText()),
                text.append(others(resource)).toString());
    }

    private String others(JsonNode resource) {
        List<String> others = new ArrayList<>();
        String first = firstNeed(resource);
        for (JsonNode need : resource.path("dependIds")) {
            if (!need.asText().equals(first)) {
                others.add(need.asText() + (byId.containsKey(need.asText()) ? "" : " (missing)"));
            }
        }
        return others.isEmpty()
                ? ""
                : first.isEmpty() ? ", needs " + String.join(" ", others) : ", also needs " + String.join(" ", others);
    }

    private static Screen.Tone tone(String state) {
        return switch (state) {
            case "ready" -> Screen.Tone.GOOD;
            case "failed", "missing", "stalled" -> Screen.Tone.BAD;
            case "progressing", "waiting", "terminating" -> Screen.Tone.PENDING;
            default -> Screen.Tone.PLAIN;
        };
    }

    private static String id(JsonNode resource) {
        return resource.path("id").asText();
    }

    List<Line> lines() {
        return lines;
    }
}
