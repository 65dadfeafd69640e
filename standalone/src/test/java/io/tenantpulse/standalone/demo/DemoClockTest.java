package io.tenantpulse.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The demo's time runs as many times faster as it was told to. */
class DemoClockTest {
    private static final Instant ORIGIN = Instant.parse("2026-11-23T16:00:00Z");

    @Test
    void runsAtItsSpeed() {
        AtomicLong nanos = new AtomicLong(17);
        DemoClock clock = new DemoClock(ORIGIN, 60, nanos::get);

        nanos.addAndGet(Duration.ofSeconds(2).toNanos());

        assertThat(clock.instant()).isEqualTo(ORIGIN.plusSeconds(120));
    }

    @Test
    void refusesToStandStill() {
        assertThatThrownBy(() -> new DemoClock(ORIGIN, 0, System::nanoTime))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("more than 0");
    }
}
