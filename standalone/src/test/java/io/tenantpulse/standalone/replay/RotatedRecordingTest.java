package io.tenantpulse.standalone.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantpulse.exporter.ClusterLog;
import io.tenantpulse.exporter.Tap;
import io.tenantpulse.exporter.WatchedKind;
import io.tenantpulse.schema.AvroLimits;
import io.tenantpulse.v1.KindState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The parts of a rotated recording say together what one file would have said. */
class RotatedRecordingTest {
    static {
        AvroLimits.install();
    }

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int TENANTS = 8;

    /** Cluster b's clock is far ahead: lines of the two are in no common order. */
    private static final Duration AHEAD = Duration.ofMinutes(7);

    @TempDir
    private Path folder;

    @Test
    void partsReplayAsOneFileWhateverTheirOrder() throws IOException {
        Path whole = folder.resolve("whole.ndjson");
        try (RecordingWriter writer = RecordingWriter.create(whole, 0)) {
            live(writer);
        }
        String expected = text(Intervals.replay(whole.toString()));
        assertThat(expected.lines()).hasSize(4 * TENANTS);

        List<String> parts = rotated("cut.tar.ndjson.gz");

        assertThat(parts).hasSizeGreaterThan(20);
        assertThat(text(Intervals.replay(parts.toArray(String[]::new)))).isEqualTo(expected);
        Collections.reverse(parts);
        assertThat(text(Intervals.replay(parts.toArray(String[]::new)))).isEqualTo(expected);
    }

    @Test
    void everyPartReplaysByItself() throws IOException {
        List<String> parts = rotated("rec.ndjson");

        for (String part : parts) {
            assertThat(Files.readAllLines(Path.of(part)).get(0)).contains("\"type\":\"EPOCH\"");
            Intervals.replay(part);
        }
    }

    @Test
    void saysWhichPartIsMissing() throws IOException {
        List<String> parts = rotated("rec.ndjson");
        parts.remove(4);

        assertThatThrownBy(() -> Intervals.replay(parts.toArray(String[]::new)))
                .isInstanceOf(BadRecordingException.class)
                .hasMessageContainingAll("rec.part006.ndjson", "part 5 of this recording", "not given");
        BadLines skipping = BadLines.skip(line -> {});
        Intervals.replay(skipping, parts.toArray(String[]::new));
        assertThat(skipping.count()).isEqualTo(1);
    }

    @Test
    void refusesThePartThatIsGivenTwice() throws IOException {
        String first = rotated("rec.ndjson").get(0);

        assertThatThrownBy(() -> Intervals.replay(first, first))
                .isInstanceOf(BadRecordingException.class)
                .hasMessageContaining("the same part of the same recording");
    }

    private List<String> rotated(String name) throws IOException {
        try (RecordingWriter writer = RecordingWriter.create(folder.resolve(name), 1500)) {
            live(writer);
        }
        String beginning = name.substring(0, name.indexOf('.'));
        try (Stream<Path> files = Files.list(folder)) {
            return new ArrayList<>(files.map(Path::toString)
                    .filter(file -> Path.of(file).getFileName().toString().startsWith(beginning + "."))
                    .sorted()
                    .toList());
        }
    }

    /** What two exporters in one process tell a tap: tenants get stuck, recover, are gone, and there is a second frame. */
    private static void live(Tap tap) {
        Instant[] now = {START};
        ClusterLog a = new ClusterLog("a", batch -> {}, () -> now[0], tap);
        ClusterLog b = new ClusterLog("b", batch -> {}, () -> now[0].plus(AHEAD), tap);
        List<ClusterLog> both = List.of(a, b);
        both.forEach(log -> log.claimEpoch(5, "me"));
        both.forEach(log -> log.syncBegin(WatchedKind.TENANT, 0, null));
        for (int i = 0; i < TENANTS; i++) {
            int tenant = i;
            both.forEach(log -> tenant(log, "ADDED", tenant, 1));
        }
        both.forEach(log -> log.syncEnd(WatchedKind.TENANT, null));
        for (int minute = 1; minute <= 40; minute++) {
            now[0] = START.plus(Duration.ofMinutes(minute));
            watermark(a, now[0]);
            watermark(b, now[0].plus(AHEAD));
            if (minute >= 20 && minute < 20 + TENANTS) {
                int tenant = minute - 20;
                both.forEach(log -> tenant(log, tenant % 2 == 0 ? "MODIFIED" : "DELETED", tenant, 3));
            }
            if (minute == 18) {
                both.forEach(log -> log.memoryFrame(WatchedKind.TENANT, 0, null));
            }
        }
    }

    private static void watermark(ClusterLog log, Instant time) {
        log.watermark(time.minusMillis(1), true, Map.of(WatchedKind.TENANT, KindState.LIVE), null);
    }

    private static void tenant(ClusterLog log, String change, int number, int ready) {
        byte[] json = """
                {"apiVersion":"operator.kubernetes-tenants.org/v1","kind":"Tenant","metadata":{"name":"t%d","namespace":"shop",\
                "uid":"u%d","resourceVersion":"%d","generation":1,"creationTimestamp":"2026-01-01T00:00:00Z"},\
                "spec":{"uid":"x"},"status":{"readyResources":%d,"desiredResources":3}}""".formatted(number, number, 10 * number + ready, ready).getBytes(StandardCharsets.UTF_8);
        log.object(WatchedKind.TENANT, change, json, 0, json.length, null);
    }

    private static String text(byte[] output) {
        return new String(output, StandardCharsets.UTF_8);
    }
}
