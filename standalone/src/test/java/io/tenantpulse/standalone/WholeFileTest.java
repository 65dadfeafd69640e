package io.tenantpulse.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
    private static final byte[] NEW = "new".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path folder;

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    @Test
    void writesAFileAndNothingBesideIt() throws IOException {
        Path file = folder.resolve("a.zip");

        assertThat(new WholeFile(file, false).write(NEW)).isTrue();

        assertThat(file).hasContent("new");
        assertThat(names()).containsExactly("a.zip");
    }

    @Test
    void keepsWhatIsThereUnlessForced() throws IOException {
        Path file = Files.writeString(folder.resolve("a.zip"), "precious");

        WholeFile unforced = new WholeFile(file, false);
        assertThatThrownBy(unforced::check)
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("exists already")
                .hasMessageContaining("--force");
        assertThatThrownBy(() -> unforced.write(NEW)).hasMessageContaining("exists already");
        assertThat(file).hasContent("precious");

        WholeFile forced = new WholeFile(file, true);
        forced.check();
        assertThat(forced.write(NEW)).isTrue();
        assertThat(file).hasContent("new");
        assertThat(names()).containsExactly("a.zip");
    }

    @Test
    void refusesWhatIsNoFile() {
        assertThatThrownBy(() -> new WholeFile(folder, true).check()).hasMessageContaining("is no file");
        assertThatThrownBy(() -> new WholeFile(folder.resolve("none").resolve("a.zip"), true).check())
                .hasMessageContaining("there is no folder " + folder.resolve("none"));
    }

    @Test
    void leavesNothingWhereItCannotBeWritten() throws IOException {
        Path taken = Files.createDirectories(folder.resolve("a.zip").resolve("inside"));

        assertThatThrownBy(() -> new WholeFile(taken.getParent(), true).write(NEW))
                .isInstanceOf(CommandFailure.class)
                .extracting(e -> ((CommandFailure) e).exitCode())
                .isEqualTo(ExitCode.USAGE);

        assertThat(names()).containsExactly("a.zip");
        assertThat(taken).exists();
    }

    @Test
    void writesNothingOnceTheProcessEnds() throws IOException {
        WholeFile file = new WholeFile(folder.resolve("a.zip"), true);
        file.end();

        assertThat(file.write(NEW)).isFalse();
        assertThat(names()).isEmpty();
    }
}
