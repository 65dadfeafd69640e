package io.tenantpulse.standalone.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTimeTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1970-01-01T00:00:00Z",
                "2026-01-28T23:59:59.999Z",
                "2024-02-28T12:00:07.040Z",
                "2025-12-01T00:00:00Z",
                "9999-12-28T23:59:59.999Z"
            })
    void readsAPlainTimeAsTheJdkDoes(String text) {
        assertThat(PlainTime.millis(text)).isEqualTo(Instant.parse(text).toEpochMilli());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1969-12-28T23:59:59Z",
                "2026-01-29T00:00:00Z",
                "2026-00-01T00:00:00Z",
                "2026-13-01T00:00:00Z",
                "2026-01-00T00:00:00Z",
                "2026-01-01T24:00:00Z",
                "2026-01-01T00:60:00Z",
                "2026-01-01T00:00:60Z",
                "2026-01-01t00:00:00Z",
                "2026-01-01T00:00:00z",
                "2026-01-01T00:00:00.12Z",
                "2026-01-01T00:00:00,123Z",
                "2026-01-01T00:00:00.123+",
                "2026-01-0xT00:00:00Z"
            })
    void leavesWhatIsUnusual(String text) {
        assertThat(PlainTime.millis(text)).isEqualTo(PlainTime.NONE);
    }
}
