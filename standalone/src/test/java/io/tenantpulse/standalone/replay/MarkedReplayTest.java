package io.tenantpulse.standalone.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tenantpulse.exporter.Batch;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Recordings with marks: the marks decide, not the lines' times. */
class MarkedReplayTest {
    private static final String KIND = "Tenant.operator.kubernetes-tenants.org";
    private static final String EPOCH = mark("00:00:00", "EPOCH", "\"epoch\":5,\"instance\":\"one\"");
    private static final String BEGIN = mark("00:00:01", "SYNC_BEGIN", "\"kind\":\"" + KIND + "\"");
    private static final String STUCK = """
            {"ts":"2026-01-01T00:00:02Z","cluster":"a","type":"ADDED","object":{"apiVersion":"operator.kubernetes-tenants.org/v1",\
            "kind":"Tenant","metadata":{"name":"acme","namespace":"shop","uid":"u-1","resourceVersion":"7","generation":1,\
            "creationTimestamp":"2026-01-01T00:00:00Z"},"spec":{"uid":"acme"},"status":{"readyResources":1,"desiredResources":2}}}""";

    private static final String END = mark("00:00:03", "SYNC_END", "\"kind\":\"" + KIND + "\"");

    @TempDir
    private Path folder;

    @Test
    void firesWhenTheWatermarkReachesTheDeadlineAndNotBefore() throws IOException {
        String before = watermark("00:15:01.999");
        String at = watermark("00:15:02");

        assertThat(replay(EPOCH, BEGIN, STUCK, END, before)).isEmpty();
        assertThat(replay(EPOCH, BEGIN, STUCK, END, before, at))
                .containsExactly("TenantResourcesMismatch firing 2026-01-01T00:15:02Z null");
    }

    @Test
    void endsItsTimeAtTheLastWatermarkWhateverLinesFollow() throws IOException {
        String later = EPOCH.replace("00:00:00", "00:30:00");

        assertThat(replay(EPOCH, BEGIN, STUCK, END, later)).isEmpty();
    }

    @Test
    void sweepsWhatASecondFrameDoesNotMention() throws IOException {
        assertThat(replay(
                        EPOCH,
                        BEGIN,
                        STUCK,
                        END,
                        watermark("00:15:02"),
                        BEGIN.replace("00:00:01", "00:20:01"),
                        END.replace("00:00:03", "00:20:03"),
                        watermark("00:20:04")))
                .containsExactly(
                        "TenantResourcesMismatch firing 2026-01-01T00:15:02Z null",
                        "TenantResourcesMismatch resolved 2026-01-01T00:20:03Z deleted");
    }

    /** A frame from memory tells the version of what was rewritten without a change: by it a later frame knows it again. */
    @Test
    void remembersWhatAFrameFromMemoryMentioned() throws IOException {
        String rewritten = STUCK.replace("\"7\"", "\"8\"");
        String begin = mark("00:06:00", "SYNC_BEGIN", "\"kind\":\"" + KIND + "\",\"fromMemory\":true");
        String end = mark("00:06:00", "SYNC_END", "\"kind\":\"" + KIND + "\",\"frame\":{\"epoch\":5,\"sequence\":6}");
        String gap = mark(
                "00:09:00",
                "GAP",
                "\"kinds\":[\"" + KIND
                        + "\"],\"from\":\"2026-01-01T00:07:00Z\",\"to\":\"2026-01-01T00:09:00Z\",\"resumed\":false");

        assertThat(replay(
                        EPOCH,
                        BEGIN,
                        STUCK,
                        END,
                        watermark("00:05:00"),
                        rewritten
                                .replace("00:00:02Z\",\"cluster", "00:05:01Z\",\"cluster")
                                .replace("ADDED", "MODIFIED"),
                        begin,
                        end,
                        watermark("00:07:00"),
                        gap,
                        BEGIN.replace("00:00:01", "00:09:00"),
                        rewritten.replace("00:00:02Z\",\"cluster", "00:09:00Z\",\"cluster"),
                        END.replace("00:00:03", "00:09:01"),
                        watermark("00:20:00")))
                .as("the gap is counted, for the tenant is as it was before")
                .containsExactly("TenantResourcesMismatch firing 2026-01-01T00:15:02Z null");
    }

    @Test
    void takesTheFrameOfANewEpochThoughTheOldOneEndedInsideAFrameFromMemory() throws IOException {
        String begin = mark("00:01:00", "SYNC_BEGIN", "\"kind\":\"" + KIND + "\",\"fromMemory\":true");
        String next = mark("00:02:00", "EPOCH", "\"epoch\":6,\"instance\":\"two\"");

        assertThat(replay(
                        EPOCH,
                        BEGIN,
                        STUCK,
                        END,
                        watermark("00:00:04"),
                        begin,
                        next,
                        BEGIN.replace("00:00:01", "00:02:01"),
                        END.replace("00:00:03", "00:02:02"),
                        watermark("00:20:00")))
                .as("the tenant is gone")
                .isEmpty();
    }

    @Test
    void takesTheWholeLinesOfARecordingThatIsCutOffAndSaysSo() throws IOException {
        String whole = String.join("\n", EPOCH, BEGIN, STUCK, END, watermark("00:15:02"), "");
        Path file = Files.writeString(folder.resolve("cut.ndjson"), whole + STUCK.substring(0, 100));
        List<String> said = new ArrayList<>();
        BadLines badLines = BadLines.fail(said::add);

        byte[] output = Intervals.replay(badLines, file.toString());

        assertThat(output)
                .isEqualTo(Intervals.replay(
                        Files.writeString(folder.resolve("whole.ndjson"), whole).toString()));
        assertThat(new String(output, StandardCharsets.UTF_8)).contains("\"status\":\"firing\"");
        assertThat(said).singleElement().asString().contains("cut.ndjson: line 6: ", "cut off");
        assertThat(badLines.count()).isEqualTo(1);
    }

    @Test
    void reportsTheEndOfAFrameThatNeverBegan() {
        String end = END.replace("}", ",\"frame\":{\"epoch\":5,\"sequence\":2}}");

        assertThatThrownBy(() -> replay(EPOCH, end))
                .isInstanceOf(BadRecordingException.class)
                .hasMessageContainingAll("line 2", "SYNC_END", "without its SYNC_BEGIN");
    }

    @Test
    void givesTheSameBytesForARecordingTappedFromTheLog() throws IOException {
        Path tapped = folder.resolve("tapped.ndjson.gz");
        String sample = Intervals.file("sample/scenarios.ndjson.gz");
        try (RecordingWriter tap = RecordingWriter.create(tapped, 0);
                RecordingFile lines = RecordingFile.open(
                        sample, new ByteArrayInputStream(new byte[0]), Duration.ZERO, BadLines.fail())) {
            Map<String, ClusterReplay> clusters = new TreeMap<>();
            RecordedLine last = null;
            for (RecordedLine line = lines.next(); line != null; line = lines.next()) {
                clusters.computeIfAbsent(
                                line.cluster(), name -> new ClusterReplay(name, new Unread(), new Marks(), tap))
                        .onLine(line);
                last = line;
            }
            for (ClusterReplay cluster : clusters.values()) {
                cluster.end(last.ts());
            }
        }

        assertThat(new String(Intervals.replay(tapped.toString()), StandardCharsets.UTF_8))
                .isEqualTo(new String(Intervals.replay(sample), StandardCharsets.UTF_8));
    }

    private static String mark(String time, String type, String fields) {
        return "{\"ts\":\"2026-01-01T" + time + "Z\",\"cluster\":\"a\",\"type\":\"" + type + "\"," + fields + "}";
    }

    private static String watermark(String time) {
        return mark(
                time,
                "WATERMARK",
                "\"watermark\":\"2026-01-01T" + time + "Z\",\"coverage\":[{\"kind\":\"" + KIND
                        + "\",\"state\":\"LIVE\"}]");
    }

    private List<String> replay(String... lines) throws IOException {
        Path file = Files.write(folder.resolve("marked.ndjson"), List.of(lines));
        List<String> said = new ArrayList<>();
        ObjectMapper json = new ObjectMapper();
        for (String line : new String(Intervals.replay(file.toString()), StandardCharsets.UTF_8)
                .lines()
                .toList()) {
            JsonNode transition = json.readTree(line);
            said.add(transition.get("alert").asText()
                    + ' '
                    + transition.get("status").asText()
                    + ' '
                    + transition.get("at").asText()
                    + ' '
                    + transition.path("reason").asText("null"));
        }
        return said;
    }

    /** A log that nobody reads: any watermark might matter. */
    private static final class Unread implements ReplayLog {
        @Override
        public void accept(Batch batch) {}

        @Override
        public boolean isDue(String cluster, Instant upTo) {
            return true;
        }
    }
}
