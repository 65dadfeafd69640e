package io.tenantpulse.standalone.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.diagnose.CauseWord;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * The demo's tenants come into every trouble that the vocabulary of causes has a word for, and the diagnosis of each is
 * compared with what its script did. Nothing but objects passes from the one to the other.
 */
class DemoDiagnosisTest {
    private static final Instant START = Instant.parse("2026-11-23T16:00:00Z");
    private static final Duration LIVED = Duration.ofMinutes(60);
    /** Almost four times as much happens as in a demo to look at, to fewer tenants: the test is to be short. */
    private static final Duration PACE = Duration.ofSeconds(60);

    private static final int TENANTS = 12;
    private static final int SEVERAL = 3;

    private static DiagnosisScore score;

    @BeforeAll
    static void live() throws IOException {
        score = DiagnosisScore.of(DemoHistory.of(new DemoFleet(1, TENANTS, START, PACE), LIVED));
        System.out.println(score.table());
    }

    @Test
    void leadingCausesAreRight() {
        assertThat(score.accuracy())
                .as(() -> wrong(verdict -> !verdict.causeRight()))
                .isGreaterThanOrEqualTo(0.95);
    }

    @Test
    void blockersAreRight() {
        assertThat(score.blockerAccuracy())
                .as(() -> wrong(verdict -> !verdict.blockersRight()))
                .isGreaterThanOrEqualTo(0.95);
    }

    @Test
    void whatOnlyWaitsIsAConsequence() {
        assertThat(score.consequences()).isNotEmpty();
        assertThat(score.consequences().stream().filter(each -> Boolean.FALSE.equals(each.waitingRight())))
                .as(() -> wrong(verdict -> Boolean.FALSE.equals(verdict.waitingRight())))
                .hasSizeLessThanOrEqualTo(score.consequences().size() / 20);
    }

    @Test
    void everyCauseOccursSeveralTimes() {
        assertThat(Arrays.stream(CauseWord.values())
                        .map(CauseWord::word)
                        .filter(word -> score.counts().getOrDefault(word, 0) < SEVERAL))
                .isEmpty();
    }

    @Test
    void raisesNoAlertWithoutTrouble() {
        assertThat(score.falseAlerts).isEmpty();
    }

    @Test
    void leavesNoTroubleWithoutAnAlert() {
        assertThat(score.missed).isEmpty();
    }

    private static String wrong(Predicate<DiagnosisScore.Verdict> which) {
        return String.join(
                System.lineSeparator(),
                score.verdicts.stream()
                        .filter(which)
                        .map(DiagnosisScore.Verdict::text)
                        .toList());
    }
}
