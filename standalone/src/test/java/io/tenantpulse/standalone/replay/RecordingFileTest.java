package io.tenantpulse.standalone.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingFileTest {
    private static final Duration LATENESS = Duration.ofSeconds(30);

    @TempDir
    private Path folder;

    private final List<String> said = new ArrayList<>();
    private final BadLines skipped = BadLines.skip(said::add);

    @Test
    void findsTheBytesOfTheObjectWhereverTheEnvelopeHasIt() throws IOException {
        List<RecordedLine> lines = read(
                BadLines.fail(),
                "{\"cluster\":\"a\",\"object\":{\"apiVersion\":\"v1\",\"data\":{\"k\":\"ä}\\\"{\"},\"kind\":\"Pod\"},\"ts\":\"2026-01-01T00:00:00Z\",\"type\":\"ADDED\"}",
                " { \"ts\" : \"2026-01-01T01:00:01.5+01:00\", \"cluster\":\"a\",\"type\":\"DELETED\", \"object\" : { \"kind\":\"Pod\",\"apiVersion\":\"v1\" } , \"extra\":[1,{}] } ");

        assertThat(lines.stream().map(RecordingFileTest::objectText))
                .containsExactly(
                        "{\"apiVersion\":\"v1\",\"data\":{\"k\":\"ä}\\\"{\"},\"kind\":\"Pod\"}",
                        "{ \"kind\":\"Pod\",\"apiVersion\":\"v1\" }");
        assertThat(lines.get(1).ts()).hasToString("2026-01-01T00:00:01.500Z");
    }

    @Test
    void putsLinesInOrderThatAreLateByExactlyTheLateness() throws IOException {
        assertThat(seconds(read(BadLines.fail(), at(0), at(30), at(0), at(15)))).containsExactly(0, 0, 15, 30);
    }

    @Test
    void reportsALineThatIsLaterThanTheLateness() {
        assertThatThrownBy(() -> read(BadLines.fail(), at(0), at(31), at(0)))
                .isInstanceOf(BadRecordingException.class)
                .hasMessageContainingAll("line 3", "later than the lateness of 30 s", "--skip-bad-lines");
    }

    @Test
    void keepsLinesOfOneInstantInFileOrder() throws IOException {
        List<RecordedLine> lines = read(BadLines.fail(), at(5), at(3), at(5), at(3));

        assertThat(lines.stream().map(RecordedLine::number)).containsExactly(2L, 4L, 1L, 3L);
    }

    @Test
    void takesAFileThatBeginsWithAMarkInFileOrder() throws IOException {
        List<RecordedLine> lines = read(
                BadLines.fail(),
                "{\"ts\":\"2026-01-01T00:01:00Z\",\"cluster\":\"a\",\"type\":\"EPOCH\",\"epoch\":1}",
                at(30),
                at(10),
                at(20));

        assertThat(seconds(lines)).containsExactly(60, 30, 10, 20);
    }

    @Test
    void namesLineAndFaultOfEachBadLineAndGoesOn() throws IOException {
        List<RecordedLine> lines = read(
                skipped,
                at(0),
                "",
                "{\"ts\":",
                "[]",
                "{\"cluster\":\"a\",\"type\":\"ADDED\",\"object\":{}}",
                "{\"ts\":\"yesterday\",\"cluster\":\"a\",\"type\":\"ADDED\",\"object\":{}}",
                "{\"ts\":\"2026-01-01T00:00:00Z\",\"cluster\":\"Prod_EU\",\"type\":\"ADDED\",\"object\":{}}",
                "{\"ts\":\"2026-01-01T00:00:00Z\",\"cluster\":\"a\",\"type\":\"EATEN\",\"object\":{}}",
                "{\"ts\":\"2026-01-01T00:00:00Z\",\"cluster\":\"a\",\"type\":\"ADDED\",\"object\":7}",
                at(1) + at(2),
                at(3));

        assertThat(seconds(lines)).containsExactly(0, 3);
        assertThat(skipped.count()).isEqualTo(8);
        assertThat(said).anyMatch(line -> line.contains("line 3: not valid JSON"));
        assertThat(said).anyMatch(line -> line.contains("line 5: \"ts\" is missing"));
        assertThat(said).anyMatch(line -> line.contains("line 7: \"cluster\" is not an RFC 1123 subdomain"));
        assertThat(said).anyMatch(line -> line.contains("line 10: more than one JSON value"));
    }

    @Test
    void neverQuotesABadLine() {
        assertThatThrownBy(() -> read(BadLines.fail(), "{\"password\":hunter2}"))
                .hasMessageNotContaining("hunter2")
                .hasMessageContaining("line 1: not valid JSON");
    }

    @Test
    void reportsALineThatIsTooLongAndReadsTheNext() throws IOException {
        byte[] huge = new byte[LineReader.MAX_LINE_BYTES + 1];
        Arrays.fill(huge, (byte) 'x');
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(huge);
        both.writeBytes(("\n" + at(7) + "\n").getBytes(StandardCharsets.UTF_8));

        List<RecordedLine> lines = readAll(write("huge.ndjson", both.toByteArray()), skipped);

        assertThat(seconds(lines)).containsExactly(7);
        assertThat(said).singleElement().asString().contains("line 1: longer than 16 MiB");
    }

    @Test
    void readsGzipWhateverTheFileIsCalled() throws IOException {
        String file = write("plain-name", gzip(at(1) + "\n" + at(2) + "\n"));

        assertThat(seconds(readAll(file, BadLines.fail()))).containsExactly(1, 2);
    }

    @Test
    void reportsGzipDataThatAreCutOff() throws IOException {
        byte[] whole = gzip(at(1) + "\n" + at(2) + "\n" + "x".repeat(100_000));
        String file = write("cut.gz", Arrays.copyOf(whole, whole.length - 12));

        assertThatThrownBy(() -> readAll(file, BadLines.fail()))
                .isInstanceOf(BadRecordingException.class)
                .hasMessageContaining("cut off");
    }

    @Test
    void namesAFileThatIsNotThere() {
        assertThatThrownBy(() -> readAll(folder.resolve("none.ndjson").toString(), BadLines.fail()))
                .isInstanceOf(BadRecordingException.class)
                .hasMessageContainingAll("none.ndjson", "no such file");
    }

    @Test
    void mergesFilesByTimeAndTakesTheFirstGivenOfEqualOnes() throws IOException {
        RecordingFile one = open(write("one", text(at(1), at(4), at(6))), BadLines.fail());
        RecordingFile two = open(write("two", text(at(1), at(2), at(5))), BadLines.fail());
        RecordingMerge merge = new RecordingMerge(List.of(one, two), BadLines.fail());

        List<String> order = new ArrayList<>();
        for (RecordingMerge.Head head = merge.next(); head != null; head = merge.next()) {
            order.add((head.file() == one ? 0 : 1) + "@" + head.line().ts().getEpochSecond() % 60);
        }
        assertThat(order).containsExactly("0@1", "1@1", "1@2", "0@4", "1@5", "0@6");
    }

    private static String at(int second) {
        return "{\"ts\":\"2026-01-01T00:00:%02dZ\",\"cluster\":\"a\",\"type\":\"ADDED\",\"object\":{\"apiVersion\":\"v1\",\"kind\":\"Pod\"}}"
                .formatted(second);
    }

    private static List<Integer> seconds(List<RecordedLine> lines) {
        return lines.stream()
                .map(line -> (int) (line.ts().getEpochSecond() - 1767225600L))
                .toList();
    }

    private static String objectText(RecordedLine line) {
        RecordedLine.ObjectRange range = line.object();
        return range == null ? "" : new String(line.bytes(), range.offset(), range.length(), StandardCharsets.UTF_8);
    }

    private List<RecordedLine> read(BadLines badLines, String... lines) throws IOException {
        return readAll(write("recording.ndjson", text(lines)), badLines);
    }

    private static byte[] text(String... lines) {
        return String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
    }

    private String write(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes).toString();
    }

    private static RecordingFile open(String file, BadLines badLines) {
        InputStream nothing = new ByteArrayInputStream(new byte[0]);
        return RecordingFile.open(file, nothing, LATENESS, badLines);
    }

    private static List<RecordedLine> readAll(String file, BadLines badLines) throws IOException {
        List<RecordedLine> lines = new ArrayList<>();
        try (RecordingFile recording = open(file, badLines)) {
            for (RecordedLine line = recording.next(); line != null; line = recording.next()) {
                lines.add(line);
            }
        }
        return lines;
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
