package io.tenantpulse.standalone.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The sample history: three clusters, three hours, the operator's own alerts to the second. */
class SampleReplayTest {
    private static final Set<String> LITERAL =
            Set.of("TenantResourcesMismatch", "TenantResourcesFailed", "TenantNotReady", "TenantStatusUnknown");

    @Test
    void firesAndResolvesToTheSecond() throws IOException {
        assertThat(literal(Intervals.replay(Intervals.file("sample/scenarios.ndjson.gz"))))
                .isEqualTo(Intervals.expected("/sample/expected.ndjson.gz", "firesAt"));
    }

    @Test
    void firesTheSameWhenEventsArriveLateOutOfOrderAndTwice() throws IOException {
        assertThat(literal(Intervals.replay(Intervals.file("sample/scenarios-shuffled.ndjson.gz"))))
                .isEqualTo(Intervals.expected("/sample/expected.ndjson.gz", "firesAt"));
    }

    @Test
    void givesTheSameBytesEveryTime() throws IOException {
        byte[] once = Intervals.replay(Intervals.file("sample/scenarios.ndjson.gz"));

        assertThat(Intervals.replay(Intervals.file("sample/scenarios.ndjson.gz")))
                .isEqualTo(once);
    }

    private static List<Intervals.Interval> literal(byte[] output) throws IOException {
        return Intervals.of(output).stream()
                .filter(interval -> LITERAL.contains(interval.alert()))
                .toList();
    }
}
