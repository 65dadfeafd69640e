package io.tenantpulse.exporter.kube;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenFileTest {
    @TempDir
    private Path dir;

    /** What is no header value would be quoted by the HTTP client that refuses it. */
    @Test
    void usesTheLastTokenWhileTheFileHoldsNone() throws IOException {
        Path file = Files.writeString(dir.resolve("token"), "first\n");
        TokenFile token = TokenFile.open(file, "c");

        for (String broken : new String[] {"", "  \n", "half\nof two", "with space", "caf\u00e9", "nul\0"}) {
            Files.writeString(file, broken);
            assertThat(token.getToken()).isEqualTo("first");
        }
        Files.delete(file);
        assertThat(token.getToken()).isEqualTo("first");
        Files.writeString(file, "second");
        assertThat(token.getToken()).isEqualTo("second");
    }

    @Test
    void refusesToBeginWithoutAToken() throws IOException {
        Path file = Files.writeString(dir.resolve("token"), "s3cr et");

        assertThatExceptionOfType(KubeAccessException.class)
                .isThrownBy(() -> TokenFile.open(file, "c"))
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("s3cr"));
    }
}
