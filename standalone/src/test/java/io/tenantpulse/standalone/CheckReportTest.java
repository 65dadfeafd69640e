package io.tenantpulse.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What {@code check} shows, against files that a person has read. */
class CheckReportTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static byte[] file(String name) throws IOException {
        try (InputStream in = CheckReportTest.class.getResourceAsStream("/check/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        }
    }

    private static JsonNode answer() throws IOException {
        return JSON.readTree(file("acme.json"));
    }

    @Test
    void showsAStuckTenantOnOneScreen() throws IOException {
        JsonNode answer = answer();
        KubectlCommands.forContext(answer, "prod eu");

        String text = new CheckReport(answer, false).text();

        assertThat(text).isEqualTo(new String(file("acme.txt"), StandardCharsets.UTF_8));
    }

    @Test
    void letsNoTextFromKubernetesControlTheTerminal() throws IOException {
        ObjectNode answer = (ObjectNode) answer();
        String attack = "a\u001b[2Jb\r\nc\u2028d\u202ee";
        ((ObjectNode) answer.path("causes").get(0)).put("detail", attack);
        ((ObjectNode) answer.path("warnings").get(0)).put("message", attack);
        ((ObjectNode) answer.path("conditions").get(0)).put("message", attack);
        ((ObjectNode) answer.path("podsNotRunning").get(0)).put("phase", attack);

        String text = new CheckReport(answer, false).text();

        assertThat(text).doesNotContain("\u001b", "\r", "\u2028", "\u202e");
        assertThat(text.lines())
                .hasSameSizeAs(new CheckReport(answer(), false).text().lines().toList());
    }

    @Test
    void coloursOnlyWhereColoursAreWanted() throws IOException {
        assertThat(new CheckReport(answer(), true).text()).contains("\u001b[31m");
        assertThat(new CheckReport(answer(), false).text()).doesNotContain("\u001b");
    }

    @Test
    void showsEachMemberOfACycleOnceAndAChainOfThreeHundred() throws IOException {
        StringBuilder chain =
                new StringBuilder("[{\"id\":\"a\",\"dependIds\":[\"b\"]},{\"id\":\"b\",\"dependIds\":[\"a\"]}");
        for (int i = 0; i < 300; i++) {
            chain.append(",{\"id\":\"c")
                    .append(i)
                    .append("\",\"dependIds\":[\"c")
                    .append(i + 1)
                    .append("\"]}");
        }

        ResourceTree tree = new ResourceTree(JSON.readTree(chain.append(']').toString()));

        assertThat(tree.lines()).hasSize(302);
        assertThat(tree.lines())
                .filteredOn(line -> line.text().strip().startsWith("a "))
                .hasSize(1);
        assertThat(tree.lines()).anySatisfy(line -> assertThat(line.text()).contains("c300 (missing)"));
    }
}
