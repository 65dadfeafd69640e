package io.tenantpulse.standalone.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** What replays say and references expect, as intervals in which an alert fires. */
final class Intervals {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * An alert that fires.
     *
     * @param to null: still firing at the end
     */
    record Interval(
            String alert,
            String cluster,
            String namespace,
            String tenant,
            Instant from,
            @Nullable Instant to) {}

    static final Comparator<Interval> ORDER = Comparator.comparing(Interval::cluster)
            .thenComparing(Interval::namespace)
            .thenComparing(Interval::tenant)
            .thenComparing(Interval::alert)
            .thenComparing(Interval::from)
            .thenComparing(interval -> Objects.requireNonNullElse(interval.to(), Instant.MAX));

    private Intervals() {}

    /** Runs a replay and returns its output. */
    static byte[] replay(String... files) throws IOException {
        return replay(BadLines.fail(), files);
    }

    static byte[] replay(BadLines badLines, String... files) throws IOException {
        ReplayOptions options = new ReplayOptions(
                List.of(files), Duration.ofSeconds(30), null, badLines, io.tenantpulse.detect.Rules.builtIn());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Replay(options).run(new ByteArrayInputStream(new byte[0]), out);
        return out.toByteArray();
    }

    /** The intervals of tenants' alerts that an output tells of. */
    static List<Interval> of(byte[] output) throws IOException {
        Map<String, Deque<JsonNode>> open = new HashMap<>();
        List<Interval> intervals = new ArrayList<>();
        for (String line : new String(output, StandardCharsets.UTF_8).lines().toList()) {
            JsonNode transition = JSON.readTree(line);
            if (!transition.has("tenant")) {
                continue;
            }
            Deque<JsonNode> firing = open.computeIfAbsent(identity(transition), any -> new ArrayDeque<>());
            switch (transition.get("status").asText()) {
                case "firing" -> firing.add(transition);
                case "resolved" -> intervals.add(interval(firing.remove(), time(transition, "at")));
                default -> {}
            }
        }
        open.values().forEach(firing -> firing.forEach(each -> intervals.add(interval(each, null))));
        return intervals.stream().sorted(ORDER).toList();
    }

    private static String identity(JsonNode transition) {
        return transition.get("alert") + "|" + transition.get("cluster") + "|" + transition.get("namespace") + "|"
                + transition.get("kind") + "|" + transition.get("tenant") + "|"
                + transition.path("labels").path("reason").asText();
    }

    /**
     * The intervals of a reference.
     *
     * @param from name of the field that says when the alert fires
     */
    static List<Interval> expected(String resource, String from) throws IOException {
        List<Interval> intervals = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(resource(resource)), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                JsonNode one = JSON.readTree(line);
                Instant to = one.get("resolvesAt").isNull() ? null : time(one, "resolvesAt");
                intervals.add(interval(one, time(one, from), to));
            }
        }
        return intervals.stream().sorted(ORDER).toList();
    }

    private static Interval interval(JsonNode firing, @Nullable Instant to) {
        return interval(firing, time(firing, "at"), to);
    }

    private static Interval interval(JsonNode node, Instant from, @Nullable Instant to) {
        return new Interval(
                node.get("alert").asText(),
                node.get("cluster").asText(),
                node.get("namespace").asText(),
                node.get("tenant").asText(),
                from,
                to);
    }

    private static Instant time(JsonNode node, String field) {
        return Instant.parse(node.get(field).asText());
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(Intervals.class.getResourceAsStream(name), name);
    }

    /** A file of the test resources. */
    static String file(String resource) {
        return Path.of(System.getProperty("user.dir"), "src/test/resources", resource)
                .toString();
    }
}
