package io.tenantpulse.standalone.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantpulse.schema.AvroLimits;
import io.tenantpulse.v1.ClusterMark;
import io.tenantpulse.v1.KindCoverage;
import io.tenantpulse.v1.KindState;
import io.tenantpulse.v1.MarkType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingWriterTest {
    static {
        AvroLimits.install();
    }

    private static final Instant START = Instant.parse("2026-01-01T00:00:00.250Z");
    private static final String POD = "{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"ä\"}}";

    @TempDir
    private Path folder;

    @Test
    void writesLinesThatAreReadBackAsTheyWere() throws IOException {
        Path file = folder.resolve("rec.ndjson.gz");
        try (RecordingWriter writer = RecordingWriter.create(file, 0)) {
            writer.mark(START, epoch(1_767_225_600_000L));
            writer.object(START.plusMillis(1), "prod-eu", "ADDED", POD.getBytes(StandardCharsets.UTF_8));
            writer.mark(START.plusSeconds(5), watermark(START.plusSeconds(5)));
        }

        List<RecordedLine> lines = read(file);

        assertThat(lines).extracting(RecordedLine::type).containsExactly("EPOCH", "ADDED", "WATERMARK");
        assertThat(lines).extracting(RecordedLine::ts).contains(START.plusMillis(1));
        assertThat(new String(lines.get(2).bytes(), StandardCharsets.UTF_8))
                .isEqualTo("{\"ts\":\"2026-01-01T00:00:05.250Z\",\"cluster\":\"prod-eu\",\"type\":\"WATERMARK\","
                        + "\"watermark\":\"2026-01-01T00:00:05.250Z\",\"probed\":true,"
                        + "\"coverage\":[{\"kind\":\"Pod\",\"state\":\"LIVE\"}]}");
    }

    @Test
    void canBeReadUpToTheLastMarkWhenTheProcessWasKilled() throws IOException {
        Path file = folder.resolve("rec.ndjson");
        RecordingWriter killed = RecordingWriter.create(file, 0);
        killed.mark(START, epoch(7));
        killed.object(START, "prod-eu", "ADDED", POD.getBytes(StandardCharsets.UTF_8));
        killed.mark(START, watermark(START));

        assertThat(read(file)).hasSize(3);
    }

    @Test
    void beginsEveryPartWithTheEpochsInForce() throws IOException {
        try (RecordingWriter writer = RecordingWriter.create(folder.resolve("rec.ndjson"), 400)) {
            writer.mark(START, epoch(7));
            for (int i = 1; i <= 8; i++) {
                writer.object(START.plusSeconds(i), "prod-eu", "ADDED", POD.getBytes(StandardCharsets.UTF_8));
            }
        }

        List<String> parts;
        try (Stream<Path> files = Files.list(folder)) {
            parts = files.map(file -> file.getFileName().toString()).sorted().toList();
        }
        assertThat(parts).startsWith("rec.ndjson", "rec.part002.ndjson");
        assertThat(read(folder.resolve("rec.part002.ndjson")).get(0).type()).isEqualTo("EPOCH");
    }

    @Test
    void overwritesNoSecondPartEither() throws IOException {
        Files.writeString(folder.resolve("rec.part002.ndjson"), "precious");

        assertThatThrownBy(() -> RecordingWriter.create(folder.resolve("rec.ndjson"), 400))
                .isInstanceOf(FileAlreadyExistsException.class)
                .hasMessageContaining("rec.part002.ndjson");
        assertThat(folder.resolve("rec.ndjson")).doesNotExist();
    }

    @Test
    void leavesNoFileBehindWhenThereWasNothingToWrite() throws IOException {
        Path file = folder.resolve("rec.ndjson.gz");

        RecordingWriter.create(file, 0).close();

        assertThat(file).doesNotExist();
    }

    @Test
    void saysWhenItCannotBeWrittenAnyLonger() throws IOException {
        IOException full = new IOException("No space left on device");
        RecordingWriter writer = RecordingWriter.to(new OutputStream() {
            private int room = 1000;

            @Override
            public void write(int one) throws IOException {
                if (--room < 0) {
                    throw full;
                }
            }
        });
        writer.mark(START, epoch(7));
        assertThat(writer.failed()).isNotDone();

        for (int i = 0; i < 10; i++) {
            writer.mark(START, watermark(START));
        }

        assertThat(writer.failed()).isCompletedWithValue(full);
        long count = writer.count();
        writer.mark(START, watermark(START));
        assertThat(writer.count()).isEqualTo(count).isLessThan(10);
        writer.close();
    }

    @Test
    void isReadableByItsOwnerOnly() throws IOException {
        Path file = folder.resolve("rec.ndjson");

        RecordingWriter writer = RecordingWriter.create(file, 0);
        writer.mark(START, epoch(7));
        writer.close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void overwritesNothing() throws IOException {
        Path file = Files.writeString(folder.resolve("rec.ndjson"), "precious");

        assertThatThrownBy(() -> RecordingWriter.create(file, 0)).isInstanceOf(FileAlreadyExistsException.class);
    }

    private static List<RecordedLine> read(Path file) throws IOException {
        List<RecordedLine> lines = new ArrayList<>();
        try (RecordingFile recording = RecordingFile.open(
                file.toString(), new ByteArrayInputStream(new byte[0]), Duration.ZERO, BadLines.fail())) {
            for (RecordedLine line = recording.next(); line != null; line = recording.next()) {
                lines.add(line);
            }
        }
        return lines;
    }

    private static ClusterMark epoch(long number) {
        return mark(MarkType.EPOCH).setEpoch(number).setInstance("host-1").build();
    }

    private static ClusterMark watermark(Instant time) {
        return mark(MarkType.WATERMARK)
                .setWatermark(time)
                .setCoverage(List.of(new KindCoverage("Pod", KindState.LIVE)))
                .build();
    }

    private static ClusterMark.Builder mark(MarkType type) {
        return ClusterMark.newBuilder()
                .setCluster("prod-eu")
                .setEpoch(1)
                .setSequence(1)
                .setType(type)
                .setKinds(List.of())
                .setCoverage(List.of());
    }
}
