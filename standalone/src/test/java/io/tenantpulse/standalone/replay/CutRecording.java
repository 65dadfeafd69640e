package io.tenantpulse.standalone.replay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tenantpulse.exporter.WatchedKind;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * A recording without marks, cut at an instant and begun there as an exporter that starts then would: a frame of every
 * kind with what existed, then the watch with a watermark every five seconds.
 */
final class CutRecording {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PROBE = Duration.ofSeconds(5);

    private final String cluster;
    private final BufferedWriter out;
    private final Map<WatchedKind, Map<String, JsonNode>> known = new LinkedHashMap<>();
    private Instant watermark = Instant.MIN;
    private long sequence;
    private boolean begun;

    private CutRecording(String cluster, BufferedWriter out) {
        this.cluster = cluster;
        this.out = out;
        WatchedKind.ALL.forEach(kind -> known.put(kind, new LinkedHashMap<>()));
    }

    /** Writes the cut recording to {@code to}; the line at {@code at} itself is the newest in the frames. */
    static void write(Path recording, String cluster, Instant at, Path to) throws IOException {
        try (BufferedReader in = new BufferedReader(new InputStreamReader(
                        new GZIPInputStream(Files.newInputStream(recording)), StandardCharsets.UTF_8));
                BufferedWriter out = Files.newBufferedWriter(to)) {
            CutRecording cut = new CutRecording(cluster, out);
            for (String text = in.readLine(); text != null; text = in.readLine()) {
                cut.take(text, at);
            }
            cut.mark("WATERMARK", cut.watermark.plus(PROBE), cut::cover);
        }
    }

    private void take(String text, Instant at) throws IOException {
        JsonNode line = JSON.readTree(text);
        Instant ts = Instant.parse(line.get("ts").asText());
        JsonNode object = line.get("object");
        Optional<WatchedKind> kind = WatchedKind.of(
                object.get("apiVersion").asText(), object.get("kind").asText());
        if (kind.isEmpty()) {
            return;
        }
        if (ts.isAfter(at)) {
            if (!begun) {
                begin(at);
            }
            advance(ts);
            write(line);
            return;
        }
        JsonNode metadata = object.get("metadata");
        String key =
                metadata.path("namespace").asText() + "/" + metadata.get("name").asText();
        if (line.get("type").asText().equals("DELETED")) {
            known.get(kind.get()).remove(key);
        } else {
            known.get(kind.get()).put(key, line);
        }
    }

    private void begin(Instant at) throws IOException {
        begun = true;
        mark("EPOCH", at, mark -> mark.put("instance", "cut"));
        for (Map.Entry<WatchedKind, Map<String, JsonNode>> frame : known.entrySet()) {
            String kind = frame.getKey().name();
            mark("SYNC_BEGIN", at, mark -> mark.put("kind", kind).put("skewMillis", 0));
            long id = sequence;
            for (JsonNode line : frame.getValue().values()) {
                write(((ObjectNode) line).put("ts", at.toString()).put("type", "ADDED"));
            }
            mark(
                    "SYNC_END",
                    at,
                    mark -> mark.put("kind", kind)
                            .putObject("frame")
                            .put("epoch", 1)
                            .put("sequence", id));
        }
        watermark = at;
        mark("WATERMARK", at, this::cover);
    }

    private void advance(Instant ts) throws IOException {
        while (watermark.plus(PROBE).isBefore(ts)) {
            watermark = watermark.plus(PROBE);
            mark("WATERMARK", watermark, this::cover);
        }
    }

    private void cover(ObjectNode mark) {
        mark.put("watermark", mark.get("ts").asText()).put("probed", true);
        for (WatchedKind kind : WatchedKind.ALL) {
            mark.withArray("coverage").addObject().put("kind", kind.name()).put("state", "LIVE");
        }
    }

    private void mark(String type, Instant ts, java.util.function.Consumer<ObjectNode> fill) throws IOException {
        ObjectNode mark = JSON.createObjectNode();
        mark.put("ts", ts.toString()).put("cluster", cluster).put("type", type);
        mark.put("epoch", 1).put("sequence", ++sequence);
        fill.accept(mark);
        write(mark);
    }

    private void write(JsonNode line) throws IOException {
        out.write(JSON.writeValueAsString(line));
        out.newLine();
    }
}
