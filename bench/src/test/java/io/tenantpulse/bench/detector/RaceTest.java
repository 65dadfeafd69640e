package io.tenantpulse.bench.detector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tenantpulse.bench.detector.Entrant.Make;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RaceTest {
    private static final LogWriter.Written LOG = new LogWriter.Written(
            new LogSpec("t", LogSpec.Kind.TENANTS, 10, 0, 10, 1), "bench-t.observations", 5, 10, 20, 300, 0);

    private static Race.Ranking ranking(Race.Finish... finishes) {
        return new Race.Ranking(LOG, List.of(finishes));
    }

    private static Race.Finish finish(Make make, boolean exactlyOnce, double cpu, @Nullable Firings firings) {
        return new Race.Finish(
                new Entrant(make, 1, exactlyOnce),
                new Measurement(100_000, 3, 1_000_000, 10, cpu, 5_000_000, 1 << 20),
                firings);
    }

    private static Firings firings(long count, long digest) {
        return new Firings(count, digest, Map.of());
    }

    @Test
    void takesContendersThatAgree() throws IOException {
        Race.check(ranking(
                finish(Make.COPY, false, 2, null),
                finish(Make.OURS, true, 3, firings(4, 99)),
                finish(Make.ORDINARY, true, 9, firings(4, 99))));
    }

    @Test
    void refusesContendersThatFireAtOtherTimes() {
        assertThatThrownBy(() -> Race.check(ranking(
                        finish(Make.OURS, true, 3, firings(4, 99)), finish(Make.ORDINARY, true, 9, firings(4, 98)))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the ordinary Kafka Streams app");
    }

    @Test
    void refusesALogOverWhichNothingFires() {
        assertThatThrownBy(() -> Race.check(ranking(finish(Make.OURS, true, 3, firings(0, 0)))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("too short");
    }

    @Test
    void putsRatiosBesideTheCosts() {
        RaceReport report = new RaceReport(ranking(
                finish(Make.COPY, false, 2, null),
                finish(Make.NOTHING, true, 1, null),
                finish(Make.OURS, true, 3, firings(4, 99)),
                finish(Make.ORDINARY, true, 12, firings(4, 99))));

        assertThat(report.ours(Make.COPY, false)).hasValue(1.5);
        assertThat(report.ours(Make.FLINK_HEAP, false)).isEmpty();
        assertThat(report.table())
                .contains(
                        "| ours, exactly once, 1 thread | 1.50 | 3.00 | 0.25 |  | 3.00 | 100000 | 5 | 1 | 30.0 | 4 |");
    }

    @Test
    void saysWhichGoalsAreMissed() {
        Goals goals = new Goals();
        goals.atMost("CPU", 1.0, java.util.Optional.of(1.01), "");
        goals.atMost("ticks", 2, java.util.Optional.of(2.0), " ms");
        goals.atMost("nothing", 2, java.util.Optional.empty(), "");

        assertThat(goals.table())
                .contains("| CPU | ≤ 1.00 | 1.01 | **missed** |", "| ticks | ≤ 2.00 ms | 2.00 ms | met |")
                .doesNotContain("nothing");
    }
}
