package io.tenantpulse.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {
    @TempDir
    private Path folder;

    @Test
    void letsOnlyItsOwnerIn() throws IOException {
        try (DataFolder data = DataFolder.open(folder.resolve("data"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data.path())))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void refusesASecondHolderAndNamesTheFirst() throws IOException {
        try (DataFolder first = DataFolder.open(folder)) {
            assertThatThrownBy(() -> DataFolder.open(folder))
                    .isInstanceOf(CommandFailure.class)
                    .hasMessageContainingAll(
                            first.path().toString(),
                            "process " + ProcessHandle.current().pid(),
                            "--data");
        }
    }

    @Test
    void takesAFolderThatWasGivenBack() throws IOException {
        DataFolder.open(folder).close();

        try (DataFolder again = DataFolder.open(folder)) {
            assertThat(again.leftBy()).isNull();
        }
    }

    @Test
    void takesAFolderWhoseHolderDiedAndSaysWhoItWas() throws IOException {
        Files.writeString(folder.resolve("lock"), "4194305");

        try (DataFolder again = DataFolder.open(folder)) {
            assertThat(again.leftBy()).isEqualTo("4194305");
        }
    }
}
