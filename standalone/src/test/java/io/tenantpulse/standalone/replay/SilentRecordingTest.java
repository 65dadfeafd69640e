package io.tenantpulse.standalone.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tenantpulse.detect.Rules;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A recording without marks in which nothing is said for long: its time goes on as it did live. */
class SilentRecordingTest {
    @TempDir
    private Path folder;

    private static String line(String at, String type, int tenant, int ready) {
        return """
                {"ts":"2026-01-01T%sZ","cluster":"a","type":"%s","object":{"apiVersion":"operator.kubernetes-tenants.org/v1",\
                "kind":"Tenant","metadata":{"name":"t%d","namespace":"shop","uid":"u-%d","resourceVersion":"%d","generation":1,\
                "creationTimestamp":"2025-12-31T00:00:00Z"},"spec":{"uid":"t%d","templateRef":"web"},\
                "status":{"readyResources":%d,"desiredResources":2}}}""".formatted(at, type, tenant, tenant, 7 + ready, tenant, ready);
    }

    private List<String> surges(List<String> lines) throws IOException {
        Path file = Files.write(folder.resolve("silent.ndjson"), lines);
        ReplayOptions options = new ReplayOptions(
                List.of(file.toString()),
                Duration.ofSeconds(30),
                Instant.parse("2026-01-01T03:00:00Z"),
                BadLines.fail(),
                Rules.builtIn());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new Replay(options).run(new ByteArrayInputStream(new byte[0]), out);
        List<String> found = new ArrayList<>();
        for (String each : out.toString(StandardCharsets.UTF_8).lines().toList()) {
            JsonNode transition = new ObjectMapper().readTree(each);
            if (transition.get("alert").asText().equals("FleetMismatchSurge")) {
                found.add(transition.get("status").asText()
                        + ' '
                        + transition.get("at").asText()
                        + ' '
                        + transition.get("labels").get("scope").asText());
            }
        }
        return found;
    }

    @Test
    void surgesThoughNothingIsRecordedBeforeAndAfterIt() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int tenant = 0; tenant < 20; tenant++) {
            lines.add(line("00:00:00", "ADDED", tenant, 2));
        }
        for (int tenant = 0; tenant < 8; tenant++) {
            lines.add(line("01:00:30", "MODIFIED", tenant, 1));
        }

        assertThat(surges(lines))
                .containsExactlyInAnyOrder(
                        "firing 2026-01-01T01:04:00Z cluster", "firing 2026-01-01T01:04:00Z template");
    }
}
