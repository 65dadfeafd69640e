package io.tenantpulse.exporter.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackoffTest {
    @Test
    void doublesUpToHalfAMinute() {
        Backoff backoff = new Backoff(() -> 0);

        assertThat(Stream.generate(backoff::next).limit(8).map(Duration::toMillis))
                .containsExactly(800L, 1600L, 3200L, 6400L, 12800L, 25600L, 30000L, 30000L);
    }

    @Test
    void beginsAnewOnceItWorked() {
        Backoff backoff = new Backoff(() -> 0.5);
        backoff.next();

        backoff.reset();

        assertThat(backoff.next()).isEqualTo(Duration.ofMillis(1200));
    }
}
