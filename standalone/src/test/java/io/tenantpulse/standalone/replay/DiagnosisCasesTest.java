package io.tenantpulse.standalone.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.BufferedWriter;
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
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Short histories of tenants in trouble and every transition that must come of them, nothing else. A case is two files of
 * {@code src/test/resources/diagnosis}: {@code CASE.ndjson}, watch events of a cluster that is called like the case, and
 * {@code CASE.expected}, read by hand from DESIGN and the operator's rules; its comment says why.
 *
 * <p>All cases run in one replay, each a cluster of its own. Watermarks come once a minute until eleven o'clock: the
 * lines of an object of nobody's are added for that.
 */
class DiagnosisCasesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FOLDER = Path.of(Intervals.file("diagnosis"));
    private static final String RECORDING = ".ndjson";
    private static final String EXPECTED = ".expected";
    private static final Instant BEGIN = Instant.parse("2026-03-02T10:00:00Z");
    private static final Instant END = Instant.parse("2026-03-02T11:00:00Z");
    private static final Duration STEP = Duration.ofMinutes(1);

    private static final Map<String, List<String>> SAID = new TreeMap<>();

    @TempDir
    private static Path folder;

    @BeforeAll
    static void replayAll() throws IOException {
        List<String> files = new ArrayList<>();
        List<String> cases = cases().toList();
        for (String name : cases) {
            files.add(FOLDER.resolve(name + RECORDING).toString());
            SAID.put(name, new ArrayList<>());
        }
        Path clock = folder.resolve("clock.ndjson");
        writeClock(clock, cases);
        files.add(clock.toString());
        byte[] output = Intervals.replay(files.toArray(String[]::new));
        for (String line : new String(output, StandardCharsets.UTF_8).lines().toList()) {
            JsonNode transition = JSON.readTree(line);
            SAID.get(transition.get("cluster").asText()).add(text(transition));
        }
        SAID.values().forEach(lines -> lines.sort(null));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void saysExactlyWhatItMust(String name) throws IOException {
        assertThat(SAID.get(name)).isEqualTo(expected(name));
    }

    @Test
    void everyCaseIsWhole() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            cases().flatMap(name -> Stream.of(name + RECORDING, name + EXPECTED))
                                    .toList())
                    .hasSizeGreaterThanOrEqualTo(2 * 60);
        }
        for (String name : cases().toList()) {
            try (BufferedReader lines = Files.newBufferedReader(FOLDER.resolve(name + RECORDING))) {
                assertThat(lines.lines())
                        .as(name)
                        .isNotEmpty()
                        .allMatch(line -> line.contains("\"cluster\":\"" + name + '"'));
            }
            assertThat(Files.readString(FOLDER.resolve(name + EXPECTED))).startsWith("# ");
        }
    }

    static Stream<String> cases() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith(RECORDING))
                    .map(file -> file.substring(0, file.length() - RECORDING.length()))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static List<String> expected(String name) throws IOException {
        return Files.readAllLines(FOLDER.resolve(name + EXPECTED)).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .sorted()
                .toList();
    }

    /** A heartbeat of an object that belongs to no tenant. */
    private static void writeClock(Path file, List<String> clusters) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            int version = 0;
            for (Instant at = BEGIN.plus(STEP); !at.isAfter(END); at = at.plus(STEP)) {
                version++;
                for (String cluster : clusters) {
                    out.write(
                            ("{'ts':'%s','cluster':'%s','type':'MODIFIED','object':{'apiVersion':'v1','kind':'ConfigMap',"
                                            + "'metadata':{'name':'clock','namespace':'kube-system','uid':'clock-%s',"
                                            + "'resourceVersion':'%d'}}}%n")
                                    .formatted(at, cluster, cluster, version)
                                    .replace('\'', '"'));
                }
            }
        }
    }

    /** A transition as the expectations write it: when, of whom, what, and for what it is told now the cause and blockers. */
    private static String text(JsonNode transition) {
        String reason = transition.path("labels").path("reason").asText();
        String said = Instant.parse(transition.get("at").asText()).toString().substring(11)
                + ' '
                + transition.get("kind").asText()
                + '/'
                + transition.get("tenant").asText()
                + ' '
                + transition.get("alert").asText()
                + (reason.isEmpty() ? "" : '(' + reason + ')')
                + ' '
                + transition.get("status").asText();
        if (transition.get("status").asText().equals("resolved")) {
            return said + ' ' + transition.get("reason").asText();
        }
        JsonNode cause = transition.path("causes").path(0);
        String resource = cause.path("resource").asText();
        String leading = cause.isMissingNode()
                ? "none"
                : cause.get("cause").asText() + (resource.isEmpty() ? "" : '(' + resource + ')');
        List<String> regressed = texts(transition, "regressed");
        return said + ' ' + leading + " blockers " + words(texts(transition, "blockers"))
                + (regressed.isEmpty() ? "" : " regressed " + words(regressed));
    }

    private static List<String> texts(JsonNode transition, String field) {
        return StreamSupport.stream(transition.path(field).spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static String words(List<String> ids) {
        return ids.isEmpty() ? "none" : String.join(",", ids);
    }
}
