package io.tenantpulse.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What replays say of tenants, alert by alert. */
final class Transitions {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Transitions() {}

    /** Each alert's transitions: what, and when. */
    static Map<String, List<JsonNode>> byIdentity(String lines) throws IOException {
        Map<String, List<JsonNode>> all = new TreeMap<>();
        for (String line : lines.lines().toList()) {
            JsonNode each = JSON.readTree(line);
            if (each.has("tenant")) {
                String identity = each.get("tenant").asText()
                        + ' '
                        + each.get("alert").asText()
                        + ' '
                        + each.path("labels").path("reason").asText();
                all.computeIfAbsent(identity, ignored -> new ArrayList<>()).add(each);
            }
        }
        return all;
    }

    /** The same transitions within the seconds that a busy machine lets one of two processes wait; from an outage on within what two exporters may need to heal from it. */
    static void assertNear(Map<String, List<JsonNode>> said, Map<String, List<JsonNode>> live, Instant outage) {
        assertThat(texts(said)).isEqualTo(texts(live));
        live.forEach((identity, transitions) -> {
            for (int i = 0; i < transitions.size(); i++) {
                Instant at = Instant.parse(transitions.get(i).get("at").asText());
                assertThat(Instant.parse(said.get(identity).get(i).get("at").asText()))
                        .as(identity)
                        .isCloseTo(at, within(at.isBefore(outage) ? 6 : 60, ChronoUnit.SECONDS));
            }
        });
    }

    static String texts(Map<String, List<JsonNode>> transitions) {
        StringBuilder text = new StringBuilder();
        transitions.forEach((identity, each) -> text.append(identity)
                .append(each.stream()
                        .map(one -> one.get("status").asText()
                                + ' '
                                + one.path("reason").asText())
                        .toList())
                .append('\n'));
        return text.toString();
    }
}
