package io.tenantpulse.trends;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Shares and multiples that no number in the machine is exactly. */
class SurgeFractionsTest {
    private static final Instant MIDNIGHT = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration HOLD = Duration.ofMinutes(3);

    private final List<SurgeChange> changes = new ArrayList<>();
    private @Nullable SurgeState state;
    private int minute;

    private static SurgeThreshold threshold(long tenants, double clear, double dominant) {
        return new SurgeThreshold(tenants, 0.05, 3, Duration.ofHours(24), clear, dominant);
    }

    private void windows(SurgeThreshold threshold, int count, long tenants, long unhealthy, TopCounts causes) {
        for (int i = 0; i < count; i++) {
            ByHealth levels =
                    ByHealth.of(Health.HEALTHY, tenants - unhealthy).plus(ByHealth.of(Health.MISMATCHED, unhealthy));
            Population population =
                    new Population(ByHealth.NONE, ByHealth.NONE, levels, new TreeMap<>(), ByHealth.NONE, ByHealth.NONE);
            Members members = new Members(unhealthy, causes, TopCounts.NONE, null, null);
            Totals totals = new Totals(
                    population, members, Incidents.NONE, new TreeMap<>(), Quantiles.NONE, new TreeMap<>(), 0, 0);
            Instant start = MIDNIGHT.plus(Duration.ofMinutes(minute++));
            TrendWindow window = new TrendWindow(Scope.cluster("c1"), WindowSize.MINUTE, start, 0, List.of(), totals);
            SurgeJudge.Step step = new SurgeJudge(threshold, HOLD, HOLD).onWindow(state, window, null);
            state = step.remember();
            changes.addAll(step.say());
        }
    }

    private void windows(int count, long tenants, long unhealthy) {
        windows(SurgeThreshold.DEFAULT, count, tenants, unhealthy, TopCounts.NONE);
    }

    private List<SurgeChange.Kind> said() {
        return changes.stream().map(SurgeChange::kind).toList();
    }

    /** 0.05 times 140 is more than 7 where it is reckoned in binary. */
    @Test
    void takesAShareThatIsNoBinaryFractionExactly() {
        windows(60, 140, 0);
        windows(4, 140, 7);

        assertThat(said()).containsExactly(SurgeChange.Kind.BEGAN);
    }

    /** 2 of 30 are no decimal fraction, either. */
    @Test
    void takesAMultipleOfWhatIsUsualExactly() {
        windows(60, 30, 2);
        windows(4, 30, 6);

        assertThat(said()).containsExactly(SurgeChange.Kind.BEGAN);
    }

    /** 0.55 times 100 is more than 55 where it is reckoned in binary. */
    @Test
    void isNotBelowAPartOfItsNumberThatIsNoBinaryFraction() {
        SurgeThreshold threshold = threshold(100, 0.55, 0.8);
        windows(threshold, 60, 1000, 0, TopCounts.NONE);
        windows(threshold, 4, 1000, 100, TopCounts.NONE);
        windows(threshold, 60, 1000, 55, TopCounts.NONE);

        assertThat(said()).containsExactly(SurgeChange.Kind.BEGAN);
    }

    @Test
    void namesACauseOfAShareThatIsNoBinaryFraction() {
        SurgeThreshold threshold = threshold(5, 0.5, 0.55);
        TopCounts causes = TopCounts.of("CrashLoop", 55).plus(TopCounts.of("ImagePull a:1", 45));
        windows(threshold, 60, 200, 0, TopCounts.NONE);
        windows(threshold, 4, 200, 100, causes);

        assertThat(changes.get(0).facts().cause()).isEqualTo(new CommonCause("CrashLoop", null));
    }

    @Test
    void lessThanATwentiethIsNoMovement() {
        windows(60, 1000, 0);
        windows(1, 1000, 59);
        windows(2, 1000, 60);
        windows(1, 1000, 61);

        assertThat(changes.get(0).facts().direction()).isEqualTo(SurgeFacts.Direction.STEADY);
    }
}
