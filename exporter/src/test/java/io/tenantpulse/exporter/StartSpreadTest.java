package io.tenantpulse.exporter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StartSpreadTest {
    private static final Duration SPREAD = Duration.ofSeconds(10);

    @Test
    void oneClusterDoesNotWait() {
        assertThat(new StartSpread(1, SPREAD, () -> 0.9).delay(0)).isZero();
    }

    @Test
    void fiftyClustersShareTheStretchWithoutOverlap() {
        Random random = new Random(4);
        StartSpread spread = new StartSpread(50, SPREAD, random::nextDouble);

        for (int i = 0; i < 50; i++) {
            assertThat(spread.delay(i)).isBetween(Duration.ofMillis(200L * i), Duration.ofMillis(200L * (i + 1)));
        }
    }

    @Test
    void sharesVaryByChance() {
        StartSpread spread = new StartSpread(50, SPREAD, new Random(4)::nextDouble);

        assertThat(spread.delay(7)).isNotEqualTo(spread.delay(7));
    }

    @Test
    void fewClustersDoNotUseAllOfIt() {
        assertThat(new StartSpread(3, SPREAD, () -> 0.5).delay(2)).isEqualTo(Duration.ofMillis(500));
    }

    @Test
    void manyClustersStayWithinIt() {
        assertThat(new StartSpread(500, SPREAD, () -> 0.999).delay(499)).isLessThan(SPREAD);
    }

    @Test
    void withoutAStretchAllBeginAtOnce() {
        assertThat(new StartSpread(50, Duration.ZERO, () -> 0.5).delay(49)).isZero();
    }
}
