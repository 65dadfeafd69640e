package io.tenantpulse.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegistryFileTest {
    private static final RegistryEntry FIRST = RegistryEntry.registered("s", 1, 1, "\"int\"");
    private static final RegistryEntry SECOND = RegistryEntry.mode(null, "READONLY");
    private static final RegistryEntry THIRD = RegistryEntry.deleted("s", 1);

    @TempDir
    Path dir;

    private Path file;

    @BeforeEach
    void nameIt() {
        file = dir.resolve("schemas.jsonl");
    }

    @Test
    void remembersWhatItWasTold() {
        write(FIRST, SECOND);

        assertThat(read()).containsExactly(FIRST, SECOND);
    }

    @Test
    void cutsAwayALineThatACrashLeftHalfWrittenAndGoesOn() throws IOException {
        write(FIRST);
        Files.writeString(file, "{\"op\":\"REGI", StandardOpenOption.APPEND);

        assertThat(read()).containsExactly(FIRST);
        write(THIRD);
        assertThat(read()).containsExactly(FIRST, THIRD);
    }

    @Test
    void refusesAFileThatIsDamagedInTheMiddle() throws IOException {
        Files.writeString(file, "garbage\n");

        assertDamagedInLine(1);
    }

    @Test
    void refusesALineThatLacksWhatItsChangeNeeds() throws IOException {
        write(FIRST);
        Files.writeString(file, "{\"op\":\"REGISTER\",\"subject\":\"s\",\"version\":2}\n", StandardOpenOption.APPEND);

        assertDamagedInLine(2);
    }

    private void assertDamagedInLine(int line) {
        assertThatExceptionOfType(EmbeddedStartException.class)
                .isThrownBy(() -> new RegistryFile(file))
                .withMessageContaining(file.toString())
                .withMessageContaining("line " + line)
                .withMessageContaining("restore it");
    }

    private void write(RegistryEntry... entries) {
        try (RegistryFile open = new RegistryFile(file)) {
            open.append(List.of(entries));
        }
    }

    private List<RegistryEntry> read() {
        try (RegistryFile open = new RegistryFile(file)) {
            return open.entries();
        }
    }
}
