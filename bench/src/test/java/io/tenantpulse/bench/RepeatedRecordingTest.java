package io.tenantpulse.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepeatedRecordingTest {
    private static final String FIRST =
            "{\"ts\":\"2026-01-01T00:00:00.5Z\",\"cluster\":\"a\",\"type\":\"ADDED\",\"object\":"
                    + "{\"metadata\":{\"uid\":\"89a76c14-480e\",\"resourceVersion\":\"7\",\"creationTimestamp\":\"2025-12-31T23:59:59Z\","
                    + "\"labels\":{\"kubernetes-tenants.org/uid\":\"e00-web\"}}}}";
    private static final String LAST =
            "{\"ts\":\"2026-01-01T01:00:00.5Z\",\"cluster\":\"a\",\"type\":\"DELETED\",\"object\":{\"involvedObject\":{\"uid\":\"ffff0000-11\"}}}";

    @TempDir
    private Path dir;

    private RepeatedRecording recording;

    @BeforeEach
    void readRecording() throws IOException {
        Path file = dir.resolve("two.ndjson");
        Files.write(file, List.of(FIRST, LAST));
        recording = RepeatedRecording.read(file);
    }

    private List<String> lines(long bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        RepeatedRecording.Written written = recording.write(bytes, out);
        String text = out.toString(StandardCharsets.UTF_8);
        assertThat(written.bytes()).isEqualTo(out.size());
        assertThat(written.lines()).isEqualTo(text.lines().count());
        return text.lines().toList();
    }

    @Test
    void theFirstRoundIsTheRecordingWithLongerVersions() throws IOException {
        assertThat(lines(recording.roundBytes()))
                .containsExactly(FIRST.replace("Version\":\"7\"", "Version\":\"1000000007\""), LAST);
    }

    @Test
    void eachRoundIsLaterWithOtherUidsAndHigherVersions() throws IOException {
        List<String> lines = lines(3L * recording.roundBytes());

        assertThat(lines.get(2))
                .contains("\"ts\":\"2026-01-01T01:01:00.5Z\"", "\"creationTimestamp\":\"2026-01-01T01:00:59Z\"")
                .contains(
                        "\"uid\":\"89a86c14-480e\"",
                        "\"resourceVersion\":\"1001000007\"",
                        "kubernetes-tenants.org/uid\":\"e00-web");
        assertThat(lines.get(4)).contains("\"ts\":\"2026-01-01T02:02:00.5Z\"", "\"uid\":\"89a96c14-480e\"");
        assertThat(lines.get(3)).contains("\"uid\":\"00000000-11\"");
    }

    @Test
    void endsAfterTheLastWholeLineThatFits() throws IOException {
        assertThat(lines(recording.roundBytes() - 1)).hasSize(1);
        assertThat(lines(recording.roundBytes() + 1)).hasSize(2);
        assertThat(lines(1)).hasSize(1);
    }
}
