package io.tenantpulse.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PartialsBenchTest {
    private static final int MINUTES = 2;

    private static PartialsRun.Written run(int eventsPerMinute) {
        try (PartialsRun run = new PartialsRun(100)) {
            return run.run(eventsPerMinute, MINUTES);
        }
    }

    @Test
    void partialsOfAMinuteAreAsManyHoweverManyEventsThereAre() {
        PartialsRun.Written few = run(100);
        PartialsRun.Written many = run(2000);

        assertThat(few.partials()).isPositive();
        assertThat(many.partials()).isEqualTo(few.partials());
        assertThat(many.events()).isEqualTo(20 * few.events());
    }
}
