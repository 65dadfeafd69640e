package io.tenantpulse.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tenantpulse.detect.ClusterState;
import io.tenantpulse.detect.KindCoverage;
import io.tenantpulse.detect.KindState;
import io.tenantpulse.detect.Position;
import io.tenantpulse.detect.TenantSnapshot;
import io.tenantpulse.detect.TenantState;
import io.tenantpulse.diagnose.DialectEvidence;
import io.tenantpulse.query.TenantReport;
import io.tenantpulse.topology.RecordedTenant;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TimeZone;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DiagnosticsTest {
    private static final Instant WRITTEN = Instant.parse("2026-03-01T12:50:07.5Z");
    private static final String FOLDER = "diagnostics-alpha-tenants-acme-20260301T125000Z/";

    private static TenantReport sick;

    private TenantReport report = sick;

    @BeforeAll
    static void read(@TempDir Path dir) throws Exception {
        sick = RecordedTenant.sick(dir);
    }

    private static Map<String, String> unpacked(byte[] archive) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }

    private Map<String, String> files() throws IOException {
        return unpacked(new Diagnostics(report, WRITTEN).archive());
    }

    private static String expected(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(DiagnosticsTest.class.getResourceAsStream("/diagnostics/" + name), name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void holdsTheFilesInTheirOrderInOneFolder() throws IOException {
        assertThat(files().keySet())
                .containsExactly(
                        FOLDER + "README.txt",
                        FOLDER + "manifest.json",
                        FOLDER + "tenant.json",
                        FOLDER + "resources.json",
                        FOLDER + "pods.json",
                        FOLDER + "events.json",
                        FOLDER + "diagnosis.json",
                        FOLDER + "incidents.json");
    }

    /** Whole documents, but for digests and the words of the diagnosis. */
    @ParameterizedTest
    @ValueSource(
            strings = {"README.txt", "manifest.json", "resources.json", "pods.json", "events.json", "incidents.json"})
    void tellsWhatIsKnown(String file) throws IOException {
        String told = files().get(FOLDER + file)
                .replaceFirst("\n\n.+\n\nAs of", "\n\nSUMMARY\n\nAs of")
                .replaceAll("(\"sha256\"|\"rules\") : \"[0-9a-f]+\"", "$1 : \"*\"")
                .replaceAll("\"bytes\" : \\d+", "\"bytes\" : 0");

        assertThat(told).isEqualTo(expected(file));
    }

    /** No field gets in that nobody has looked at. */
    @ParameterizedTest
    @ValueSource(strings = {"tenant", "diagnosis"})
    void hasTheFieldsThatAreListed(String file) throws IOException {
        Set<String> fields = new TreeSet<>();
        addFields(new ObjectMapper().readTree(files().get(FOLDER + file + ".json")), "", fields);

        assertThat(String.join("\n", fields) + "\n").isEqualTo(expected(file + ".fields"));
    }

    private static void addFields(JsonNode node, String path, Set<String> fields) {
        if (node.isObject()) {
            node.properties()
                    .forEach(each -> addFields(
                            each.getValue(), path.isEmpty() ? each.getKey() : path + "." + each.getKey(), fields));
        } else if (node.isArray() && !node.isEmpty()) {
            node.forEach(each -> addFields(each, path + "[]", fields));
        } else {
            fields.add(node.isArray() ? path + "[]" : path);
        }
    }

    @Test
    void givesTheSameBytesForTheSameReportInEveryTimeZone() {
        byte[] here = new Diagnostics(report, WRITTEN).archive();
        TimeZone before = TimeZone.getDefault();
        try {
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Chatham"));
            assertThat(new Diagnostics(report, WRITTEN).archive()).isEqualTo(here);
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @Test
    void datesEveryFileByWhatIsKnown() throws IOException {
        List<LocalDateTime> times = new ArrayList<>();
        try (ZipInputStream zip =
                new ZipInputStream(new ByteArrayInputStream(new Diagnostics(report, WRITTEN).archive()))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                times.add(entry.getTimeLocal());
            }
        }

        assertThat(times).hasSize(8).containsOnly(LocalDateTime.ofInstant(RecordedTenant.AS_OF, ZoneOffset.UTC));
    }

    @Test
    void namesSizeAndDigestOfEveryFile() throws Exception {
        Map<String, String> files = files();
        JsonNode listed =
                new ObjectMapper().readTree(files.get(FOLDER + "manifest.json")).path("files");

        assertThat(listed).hasSize(6);
        for (JsonNode each : listed) {
            byte[] content = files.get(FOLDER + each.path("name").asText()).getBytes(StandardCharsets.UTF_8);
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            assertThat(each.path("sha256").asText()).isEqualTo(HexFormat.of().formatHex(digest));
            assertThat(each.path("bytes").asInt()).isEqualTo(content.length);
        }
    }

    @Test
    void saysWhatCouldNotBeSeen() throws IOException {
        Instant noon = Instant.parse("2026-03-01T12:00:00Z");
        Map<String, KindState> kinds = new TreeMap<>();
        put(kinds, "Deployment.apps", KindCoverage.BLIND, new KindState.Gap(noon, null));
        put(kinds, "Pod", KindCoverage.FORBIDDEN, null);
        put(kinds, "Service", KindCoverage.UNKNOWN, new KindState.Gap(null, noon));
        put(kinds, "Secret", KindCoverage.LIVE, new KindState.Gap(null, noon));
        put(kinds, "LynqNode.operator.lynq.sh", KindCoverage.ABSENT, null);
        ClusterState cluster = new ClusterState(
                "alpha", new Position(4, 9), noon, true, true, 0, kinds, "r", false, noon, DialectEvidence.NONE);
        TenantSnapshot known = report.snapshot();
        TenantSnapshot blind = new TenantSnapshot(
                cluster, unreadSince(noon, known.tenant()), known.dependencies(), known.resources(), known.warnings());
        report = TenantReport.of(blind, List.of(), DialectEvidence.NONE, report.origin());

        assertThat(new Unseen(report).words())
                .startsWith(
                        "Anything that happened in the cluster since 2026-03-01T12:00:00Z: nothing was heard of it since.",
                        "The tenant's newest object: it cannot be read since 2026-03-01T12:00:00Z.",
                        "These kinds, which the exporter is not allowed to read since 2026-03-01T12:00:00Z: Pod.",
                        "What became since 2026-03-01T12:00:00Z of these kinds, which cannot be watched now: Deployment.apps.",
                        "What came and went before 2026-03-01T12:00:00Z of these kinds: Secret, Service.",
                        "What came and went from 2026-03-01T12:00:00Z on of these kinds: Deployment.apps.",
                        "Whether all is known of these kinds, whose first list is not complete: Service.");
        assertThat(files().values().iterator().next()).contains("which the exporter is not allowed to read");
    }

    private static TenantState unreadSince(Instant since, TenantState tenant) {
        return new TenantState(
                tenant.id(),
                tenant.uid(),
                tenant.resourceVersion(),
                tenant.position(),
                tenant.seenAt(),
                tenant.frame(),
                tenant.facts(),
                tenant.generationSince(),
                tenant.unbrokenSince(),
                since,
                tenant.own(),
                tenant.clocks(),
                tenant.incident(),
                tenant.flips(),
                tenant.review(),
                null,
                tenant.deadline());
    }

    private static void put(Map<String, KindState> kinds, String name, KindCoverage coverage, KindState.Gap gap) {
        Instant since = coverage == KindCoverage.BLIND || coverage == KindCoverage.FORBIDDEN
                ? Instant.parse("2026-03-01T12:00:00Z")
                : null;
        kinds.put(name, new KindState(name, coverage, null, true, null, false, gap, true, Position.NONE, since, false));
    }
}
