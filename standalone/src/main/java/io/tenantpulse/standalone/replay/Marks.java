package io.tenantpulse.standalone.replay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tenantpulse.exporter.ClusterLog;
import io.tenantpulse.exporter.WatchedKind;
import io.tenantpulse.v1.KindState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The marks of a recording, each a line of its own with the fields of {@code ClusterMark}; puts them back into a log. */
final class Marks {
    static final String EPOCH = "EPOCH";

    private static final Set<String> TYPES =
            Set.of(EPOCH, "SYNC_BEGIN", "SYNC_END", "GAP", "WATERMARK", "CLUSTER_GONE");

    private static final ObjectMapper JSON = new ObjectMapper();

    static boolean isMark(String type) {
        return TYPES.contains(type);
    }

    /** The epoch that an EPOCH line claims. */
    long epoch(RecordedLine line) throws BadLine {
        JsonNode epoch = read(line).path("epoch");
        if (!epoch.canConvertToLong() || epoch.asLong() < 1) {
            throw new BadLine("EPOCH without an \"epoch\" above 0");
        }
        return epoch.asLong();
    }

    String instance(RecordedLine line) throws BadLine {
        return read(line).path("instance").asText("recording");
    }

    /** Whether an EPOCH line begins a part of a rotated recording, but not its first. */
    boolean isOfLaterPart(RecordedLine line) throws BadLine {
        return read(line).path("part").asInt() > 1;
    }

    /** Which part of which recording a line says that its file is; null: it says nothing of it. */
    static @Nullable RecordingPart part(RecordedLine line) throws BadLine {
        if (!line.type().equals(EPOCH)) {
            return null;
        }
        JsonNode mark = read(line);
        String recording = mark.path("recording").asText();
        int number = mark.path("part").asInt();
        return recording.isEmpty() || number < 1 ? null : new RecordingPart(recording, number);
    }

    /** The kind that a frame's mark names; null: it is not watched. */
    @Nullable
    WatchedKind kind(RecordedLine line) throws BadLine {
        return WatchedKind.named(read(line).path("kind").asText()).orElse(null);
    }

    boolean isFromMemory(RecordedLine line) throws BadLine {
        return read(line).path("fromMemory").asBoolean();
    }

    /** Whether a SYNC_END ends a frame; otherwise it only says that the kind has been seen. */
    boolean hasFrame(RecordedLine line) throws BadLine {
        return read(line).hasNonNull("frame");
    }

    long skewMillis(RecordedLine line) throws BadLine {
        return read(line).path("skewMillis").asLong();
    }

    void gap(RecordedLine line, ClusterLog log) throws BadLine {
        JsonNode mark = read(line);
        List<WatchedKind> kinds = new ArrayList<>();
        for (JsonNode name : mark.path("kinds")) {
            WatchedKind.named(name.asText()).ifPresent(kinds::add);
        }
        Instant from = mark.hasNonNull("from") ? instant(mark, "from") : null;
        log.gap(kinds, from, instant(mark, "to"), mark.path("resumed").asBoolean(), line.ts());
    }

    void watermark(RecordedLine line, ClusterLog log) throws BadLine {
        JsonNode mark = read(line);
        Map<WatchedKind, KindState> coverage = new LinkedHashMap<>();
        for (JsonNode one : mark.path("coverage")) {
            WatchedKind kind = WatchedKind.named(one.path("kind").asText()).orElse(null);
            if (kind != null) {
                coverage.put(kind, state(one.path("state").asText()));
            }
        }
        boolean probed = mark.path("probed").asBoolean(true);
        log.watermark(instant(mark, "watermark"), probed, coverage, line.ts());
    }

    private static KindState state(String name) throws BadLine {
        try {
            return KindState.valueOf(name);
        } catch (IllegalArgumentException e) {
            throw new BadLine("WATERMARK with an unknown state of a kind, expected LIVE, BLIND, ABSENT or FORBIDDEN");
        }
    }

    private static Instant instant(JsonNode mark, String field) throws BadLine {
        if (!mark.path(field).isTextual()) {
            throw new BadLine("the mark has no \"" + field + "\"");
        }
        return Envelope.instant(mark.path(field).asText(), field);
    }

    private static JsonNode read(RecordedLine line) throws BadLine {
        try {
            return JSON.readTree(line.bytes());
        } catch (JsonProcessingException e) {
            throw new BadLine("not valid JSON");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
