package io.tenantpulse.trends;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimeoutAdviceTest {
    private static ReadyTimes times(int timeoutSeconds, int rollouts, int slow, int slowSeconds) {
        ReadyTimes all = new ReadyTimes(Quantiles.NONE, 0, Duration.ofSeconds(timeoutSeconds));
        for (int i = 0; i < rollouts; i++) {
            Duration time = Duration.ofSeconds(i < slow ? slowSeconds : 60);
            all = all.beside(ReadyTimes.of(time, Duration.ofSeconds(timeoutSeconds)));
        }
        return all;
    }

    @Test
    void raisesWhatMoreThanOneOfAHundredPassAndSaysWhy() {
        TimeoutAdvice advice = TimeoutAdvice.of(times(300, 1000, 38, 431));

        assertThat(advice.verdict()).isEqualTo(TimeoutAdvice.Verdict.RAISE);
        assertThat(advice.recommended()).isEqualTo(Duration.ofSeconds(600));
        assertThat(advice.samples()).isEqualTo(1000);
        assertThat(advice.passed()).isEqualTo(38);
        assertThat((double) advice.p99().toMillis()).isBetween(431_000 * 0.99, 431_000 * 1.01);
        assertThat((double) advice.p50().toMillis()).isBetween(60_000 * 0.99, 60_000 * 1.01);
        assertThat(advice.reason())
                .matches("600: p99 is 4[23]\\d s and 38 of 1,000 rollouts passed the configured 300");
    }

    @Test
    void keepsWhatOneOfAHundredPasses() {
        TimeoutAdvice advice = TimeoutAdvice.of(times(100, 1000, 10, 431));

        assertThat(advice.verdict()).isEqualTo(TimeoutAdvice.Verdict.KEEP);
        assertThat(advice.recommended()).isEqualTo(Duration.ofSeconds(100));
    }

    @Test
    void lowersWhatIsTwiceWhatIsEnough() {
        assertThat(TimeoutAdvice.of(times(179, 200, 0, 0)).verdict()).isEqualTo(TimeoutAdvice.Verdict.KEEP);
        TimeoutAdvice advice = TimeoutAdvice.of(times(300, 200, 0, 0));

        assertThat(advice.verdict()).isEqualTo(TimeoutAdvice.Verdict.LOWER);
        assertThat(advice.recommended()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void saysTooFewBelowAHundred() {
        TimeoutAdvice advice = TimeoutAdvice.of(times(300, 99, 99, 431));

        assertThat(advice.verdict()).isEqualTo(TimeoutAdvice.Verdict.TOO_FEW);
        assertThat(advice.recommended()).isNull();
        assertThat(advice.reason()).isEqualTo("too few: 99 of 100 rollouts that it needs");
        assertThat(TimeoutAdvice.of(times(300, 100, 100, 431)).recommended()).isNotNull();
    }

    @Test
    void asksForNoMoreThanTheOperatorTakes() {
        TimeoutAdvice advice = TimeoutAdvice.of(times(1800, 200, 200, 5000));

        assertThat(advice.recommended()).isEqualTo(Duration.ofHours(1));
        assertThat(advice.reason()).endsWith("; the operator takes no more, make it faster");
    }

    @Test
    void knowsNothingOfWhatWasNeverMeasured() {
        TimeoutAdvice advice = TimeoutAdvice.of(new ReadyTimes(Quantiles.NONE, 0, Duration.ofSeconds(300)));

        assertThat(advice.p99()).isNull();
        assertThat(advice.reason()).isEqualTo("too few: 0 of 100 rollouts that it needs");
    }

    @Test
    void afterItsAdviceWasTakenItAdvisesToKeepIt() {
        ReadyTimes taken = times(300, 1000, 38, 431).followedBy(times(600, 10, 0, 0));

        TimeoutAdvice advice = TimeoutAdvice.of(taken);

        assertThat(advice.verdict()).isEqualTo(TimeoutAdvice.Verdict.KEEP);
        assertThat(advice.reason()).endsWith("0 of 1,010 rollouts passed the configured 600");
    }

    @Test
    void raisesATimeoutThatWasLoweredTooFar() {
        ReadyTimes lowered = times(600, 1000, 38, 431).followedBy(times(300, 10, 0, 0));

        TimeoutAdvice advice = TimeoutAdvice.of(lowered);

        assertThat(advice.verdict()).isEqualTo(TimeoutAdvice.Verdict.RAISE);
        assertThat(advice.passed()).isEqualTo(38);
    }
}
