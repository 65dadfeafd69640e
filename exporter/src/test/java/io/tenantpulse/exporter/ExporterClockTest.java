package io.tenantpulse.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ExporterClockTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private Instant wall = START;
    private long nanos;

    private ExporterClock clock(Instant floor) {
        return new ExporterClock(() -> wall, () -> nanos, floor);
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
        wall = wall.plus(time);
    }

    @Test
    void beginsAtTheWallClock() {
        assertThat(clock(Instant.MIN).instant()).isEqualTo(START);
    }

    @Test
    void beginsAtWhatTheLogHasSeenIfThatIsLater() {
        Instant seen = START.plusSeconds(30);

        assertThat(clock(seen).instant()).isEqualTo(seen);
    }

    @Test
    void runsWithTheMonotonicClock() {
        ExporterClock clock = clock(Instant.MIN);

        pass(Duration.ofSeconds(10));

        assertThat(clock.instant()).isEqualTo(START.plusSeconds(10));
    }

    @Test
    void followsAWallClockThatWasSetForwardByOnePercentAtMost() {
        ExporterClock clock = clock(Instant.MIN);
        wall = wall.plus(Duration.ofHours(1));

        pass(Duration.ofSeconds(100));

        assertThat(clock.instant()).isEqualTo(START.plusSeconds(101));
    }

    @Test
    void neverGoesBackWhenTheWallClockDoes() {
        ExporterClock clock = clock(Instant.MIN);
        wall = wall.minus(Duration.ofHours(1));

        pass(Duration.ofSeconds(100));

        assertThat(clock.instant()).isEqualTo(START.plusSeconds(99));
    }

    @Test
    void meetsTheWallClockAgain() {
        ExporterClock clock = clock(START.plusSeconds(1));

        pass(Duration.ofSeconds(100));
        clock.instant();
        pass(Duration.ofSeconds(10));

        assertThat(clock.instant()).isEqualTo(wall);
    }
}
