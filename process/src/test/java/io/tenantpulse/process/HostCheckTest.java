package io.tenantpulse.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class HostCheckTest {
    private final HostCheck check = new HostCheck(List.of("Exporter.example"));

    @ParameterizedTest
    @ValueSource(
            strings = {"localhost", "LOCALHOST:9464", "127.0.0.1:9464", "127.9.9.9", "[::1]:80", "exporter.example"})
    void allowsLoopbackAndConfiguredNames(String host) {
        assertThat(check.allows(host)).isTrue();
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "evil.example",
                "127.0.0.1.evil.com",
                "user@localhost",
                "localhost.evil.com",
                "localhost:x",
                "[::2]"
            })
    void refusesEveryOther(String host) {
        assertThat(check.allows(host)).isFalse();
    }
}
