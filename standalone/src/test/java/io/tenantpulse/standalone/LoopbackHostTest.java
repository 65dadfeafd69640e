package io.tenantpulse.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackHostTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:8081",
                "127.0.0.1",
                "127.0.0.1:65535",
                "127.255.1.9:1",
                "[::1]",
                "[::1]:80"
            })
    void knowsThisMachine(String host) {
        assertThat(LoopbackHost.isNamedBy(host)).isTrue();
        assertThat(LoopbackHost.isOrigin("http://" + host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "evil.example",
                "127.0.0.1.evil.com",
                "127.evil.com",
                "localhost.evil.com",
                "localhost@evil.com",
                "evil.com@localhost",
                "127.0.0.256",
                "127.0.0",
                "128.0.0.1",
                "0.0.0.0",
                "[::2]",
                "[::1",
                "::1",
                "localhost:",
                "localhost:x",
                "localhost:99999",
                "localhost/x",
                "localhost:80:80",
                "localhost\nx",
                "[::1]x"
            })
    void turnsAwayWhatIsNotExactlyThisMachine(String host) {
        assertThat(LoopbackHost.isNamedBy(host)).isFalse();
    }

    @Test
    void aRequestWithoutHostIsTurnedAwayAndOneWithoutOriginIsNot() {
        assertThat(LoopbackHost.isNamedBy(null)).isFalse();
        assertThat(LoopbackHost.isOrigin(null)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"null", "http://evil.example", "localhost", "file://localhost", "http://127.0.0.1.evil.com"})
    void aForeignPageIsTurnedAway(String origin) {
        assertThat(LoopbackHost.isOrigin(origin)).isFalse();
    }
}
