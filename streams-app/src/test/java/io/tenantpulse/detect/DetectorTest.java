package io.tenantpulse.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The stories of DESIGN 3 and 4 for the literal rules, one tenant at a time. */
class DetectorTest {
    private static final String MISMATCH = "TenantResourcesMismatch";

    private final Story story = new Story();

    private Story started() {
        return story.epoch("00:00", 1)
                .begin("00:00", Story.TENANT)
                .end("00:00", Story.TENANT)
                .watermark("00:01");
    }

    @Test
    void firesWhenTheWatermarkReachesTheDeadline() {
        started().tenant("acme").counts(3, 5, 0).modified("01:00").watermark("15:59.999");
        assertThat(story.said).isEmpty();

        story.watermark("16:00");

        assertThat(story.said).containsExactly("16:00 TenantResourcesMismatch acme firing");
        assertThat(story.transitions.get(0).since()).isEqualTo(Story.time("01:00"));
    }

    @Test
    void firesAtItsOwnInstantHoweverLateTheWatermarkComes() {
        started().tenant("acme").counts(3, 5, 0).modified("01:00").watermark("40:00");

        assertThat(story.said).containsExactly("16:00 TenantResourcesMismatch acme firing");
        assertThat(story.transitions.get(0).decidedAt()).isEqualTo(Story.time("40:00"));
    }

    @Test
    void saysNothingWhenItRecoversAtTheVeryDeadline() {
        started().tenant("acme").counts(3, 5, 0).modified("01:00");
        story.tenant("acme").counts(5, 5, 0).modified("16:00").watermark("17:00");

        assertThat(story.said).isEmpty();
        assertThat(story.memory.indexed()).isZero();
    }

    @Test
    void aLaterObservationOfTheTenantProvesTheDeadline() {
        started().tenant("acme").counts(3, 5, 0).modified("01:00");
        story.tenant("acme").counts(5, 5, 0).modified("16:00.001");

        assertThat(story.said)
                .containsExactly(
                        "16:00 TenantResourcesMismatch acme firing",
                        "16:00.001 TenantResourcesMismatch acme resolved recovered");
    }

    @Test
    void keepsTheClockWhileTheValueChanges() {
        started().tenant("acme").counts(3, 5, 0).modified("01:00");
        story.tenant("acme").counts(4, 5, 0).modified("10:00").watermark("16:00");

        assertThat(story.said).containsExactly("16:00 TenantResourcesMismatch acme firing");
    }

    @Test
    void oneFalseObservationResetsTheClock() {
        started().tenant("acme").counts(3, 5, 0).modified("01:00");
        story.tenant("acme").counts(5, 5, 0).modified("10:00");
        story.tenant("acme").counts(3, 5, 0).modified("10:01").watermark("25:00");
        assertThat(story.said).isEmpty();

        story.watermark("25:01");

        assertThat(story.said).containsExactly("25:01 TenantResourcesMismatch acme firing");
    }

    @Test
    void aTenantWithoutStatusHasNoCondition() {
        started().tenant("acme").modified("01:00").watermark("59:00");

        assertThat(story.said).isEmpty();
    }

    @Test
    void escalatesInsteadOfRecovering() {
        started().tenant("acme").counts(3, 5, 0).modified("01:00").watermark("17:00");
        story.tenant("acme").counts(3, 5, 1).modified("18:00").watermark("23:00");
        story.tenant("acme").counts(5, 5, 0).modified("24:00");

        assertThat(story.said)
                .containsExactly(
                        "16:00 TenantResourcesMismatch acme firing",
                        "18:00 TenantResourcesMismatch acme resolved escalated",
                        "23:00 TenantResourcesFailed acme firing",
                        "24:00 TenantResourcesFailed acme resolved recovered");
        assertThat(story.transitions.stream().map(Transition::incident).distinct())
                .hasSize(1);
        assertThat(story.incidents.get(story.incidents.size() - 1).status()).isEqualTo(IncidentChange.Status.ENDED);
    }

    @Test
    void easesWhileAnotherConditionGoesOn() {
        started()
                .tenant("acme")
                .counts(3, 5, 0)
                .condition("Ready", "False", "X", "01:00")
                .modified("01:00");
        story.watermark("17:00");
        story.tenant("acme")
                .counts(5, 5, 0)
                .condition("Ready", "False", "X", "01:00")
                .modified("18:00");
        story.tenant("acme")
                .counts(5, 5, 0)
                .condition("Ready", "True", "X", "19:00")
                .modified("19:00");

        assertThat(story.said)
                .containsExactly(
                        "16:00 TenantResourcesMismatch acme firing",
                        "16:00 TenantNotReady acme firing",
                        "18:00 TenantResourcesMismatch acme resolved eased",
                        "19:00 TenantNotReady acme resolved recovered");
    }

    @Test
    void anotherReasonOfDegradedIsAnotherAlert() {
        started()
                .tenant("acme")
                .condition("Degraded", "True", "A", "01:00")
                .modified("01:00")
                .watermark("06:00");
        story.tenant("acme")
                .condition("Degraded", "True", "B", "07:00")
                .modified("07:00")
                .watermark("12:00");

        assertThat(story.said)
                .containsExactly(
                        "06:00 TenantDegraded acme firing",
                        "07:00 TenantDegraded acme resolved eased",
                        "12:00 TenantDegraded acme firing");
        assertThat(story.transitions.get(2).labels()).containsEntry("reason", "B");
    }

    @Test
    void resolvesADeletedTenant() {
        started().tenant("acme").counts(3, 5, 0).modified("01:00").watermark("17:00");
        story.tenant("acme").deleted("18:00").watermark("40:00");

        assertThat(story.said)
                .containsExactly(
                        "16:00 TenantResourcesMismatch acme firing",
                        "18:00 TenantResourcesMismatch acme resolved deleted");
        // Its incidents are remembered for a week.
        assertThat(story.watermark("10098:00").memory.isEmptyButForClusters()).isTrue();
    }

    @Test
    void aNewObjectOfTheNameStartsAnew() {
        started().tenant("acme").counts(3, 5, 0).modified("01:00").watermark("17:00");
        story.tenant("acme").uid("u2").counts(3, 5, 0).modified("18:00").watermark("33:00");

        assertThat(story.said)
                .containsExactly(
                        "16:00 TenantResourcesMismatch acme firing",
                        "18:00 TenantResourcesMismatch acme resolved replaced",
                        "33:00 TenantResourcesMismatch acme firing");
        assertThat(story.transitions.get(0).incident())
                .isNotEqualTo(story.transitions.get(2).incident());
    }

    @Test
    void aLateDeletionOfTheReplacedObjectIsIgnored() {
        started().tenant("acme").uid("u2").counts(3, 5, 0).modified("01:00");
        story.tenant("acme").uid("u1").deleted("02:00").watermark("16:00");

        assertThat(story.said).containsExactly("16:00 TenantResourcesMismatch acme firing");
    }

    @Test
    void repetitionsAndSupersededEpochsChangeNothing() {
        started();
        Position position = story.next();
        story.tenant("acme").counts(3, 5, 0).seen("01:00", Change.MODIFIED, position);
        story.tenant("acme").counts(5, 5, 0).seen("02:00", Change.MODIFIED, position);
        story.tenant("acme").counts(5, 5, 0).seen("02:00", Change.MODIFIED, new Position(0, 99));
        story.watermark("16:00");

        assertThat(story.said).containsExactly("16:00 TenantResourcesMismatch acme firing");
        assertThat(story.counted).containsEntry("duplicate", 1).containsEntry("superseded", 1);
    }

    @Test
    void aRestartAtFourteenThirtyLosesNoSecond() {
        started().tenant("acme").counts(3, 5, 0).modified("01:00").watermark("15:30");

        story.restarted().watermark("16:00").restarted().watermark("16:05");

        assertThat(story.said).containsExactly("16:00 TenantResourcesMismatch acme firing");
    }

    @Test
    void aLaggingClusterNeverBorrowsAnothersClock() {
        started().tenant("acme").counts(3, 5, 0).modified("01:00");
        story.in("c2").epoch("00:00", 1).emptyFrame("00:00", Story.TENANT).watermark("59:00");

        assertThat(story.said).isEmpty();
    }

    @Test
    void keepsFiringAsLongAsTheRuleSays() {
        Rule rule = new Rule(
                MISMATCH,
                Rule.Predicate.COUNT_MISMATCH,
                Duration.ofMinutes(15),
                Severity.WARNING,
                Duration.ofMinutes(2));
        Story kept = new Story(rules(rule));
        kept.epoch("00:00", 1).emptyFrame("00:00", Story.TENANT).watermark("00:01");
        kept.tenant("acme").counts(3, 5, 0).modified("01:00").watermark("16:00");
        kept.tenant("acme").counts(5, 5, 0).modified("17:00");
        kept.tenant("acme").counts(3, 5, 0).modified("18:59");
        kept.tenant("acme").counts(5, 5, 0).modified("20:00").watermark("23:00");

        assertThat(kept.said)
                .containsExactly(
                        "16:00 TenantResourcesMismatch acme firing",
                        "22:00 TenantResourcesMismatch acme resolved recovered");
    }

    @Test
    void aRaisedHoldMakesTheAlertPendingAgain() {
        started().tenant("acme").counts(3, 5, 0).modified("01:00").watermark("17:00");

        story.restarted(rules(mismatch(30))).watermark("18:00").watermark("31:00");

        assertThat(story.said)
                .containsExactly(
                        "16:00 TenantResourcesMismatch acme firing",
                        "18:00 TenantResourcesMismatch acme resolved rule-changed",
                        "31:00 TenantResourcesMismatch acme firing");
    }

    @Test
    void aLoweredHoldFiresAtItsNewDeadline() {
        started().tenant("acme").counts(3, 5, 0).modified("01:00").watermark("12:00");

        story.restarted(rules(mismatch(10))).watermark("13:00");

        assertThat(story.said).containsExactly("11:00 TenantResourcesMismatch acme firing");
    }

    @Test
    void aRemovedRuleResolvesItsAlerts() {
        started().tenant("acme").counts(3, 5, 0).modified("01:00").watermark("17:00");

        story.restarted(rules()).watermark("18:00");

        assertThat(story.said)
                .containsExactly(
                        "16:00 TenantResourcesMismatch acme firing",
                        "18:00 TenantResourcesMismatch acme resolved rule-removed");
        assertThat(story.incidents.get(story.incidents.size() - 1).reason()).isEqualTo(ResolveReason.RULE_REMOVED);
    }

    @Test
    void anOverrideOfATemplateHasItsOwnHold() {
        Rules.Override slow = new Rules.Override(
                MISMATCH, null, null, null, "ml", null, Duration.ofMinutes(60), Severity.CRITICAL, null, null, null);
        Rules rules = new Rules(List.of(mismatch(15)), List.of(slow), null, null, null, Rules.GapPolicy.FREEZE);
        Story overridden = new Story(rules);
        overridden.epoch("00:00", 1).emptyFrame("00:00", Story.TENANT).watermark("00:01");
        overridden.tenant("a").template("ml").counts(1, 2, 0).modified("01:00");
        overridden.tenant("b").template("web").counts(1, 2, 0).modified("01:00").watermark("61:00");

        assertThat(overridden.said)
                .containsExactly("16:00 TenantResourcesMismatch b firing", "61:00 TenantResourcesMismatch a firing");
        assertThat(overridden.transitions.get(1).severity()).isEqualTo(Severity.CRITICAL);
    }

    @Test
    void aRemovedClusterResolvesAndIsForgottenButForItsEpoch() {
        started().tenant("acme").counts(3, 5, 0).modified("01:00").watermark("17:00");
        story.gone("18:00");
        story.tenant("acme").counts(3, 5, 0).modified("19:00").watermark("50:00");

        assertThat(story.said)
                .containsExactly(
                        "16:00 TenantResourcesMismatch acme firing",
                        "18:00 TenantResourcesMismatch acme resolved cluster-removed");
        assertThat(story.forgotten).containsExactly("TenantResourcesMismatch|c1/ns/Tenant/acme|");
        assertThat(story.memory.isEmptyButForClusters()).isTrue();

        story.epoch("51:00", 2).emptyFrame("51:00", Story.TENANT).watermark("51:01");
        story.tenant("acme").counts(3, 5, 0).modified("52:00").watermark("67:00");

        assertThat(story.said).last().isEqualTo("67:00 TenantResourcesMismatch acme firing");
    }

    private static Rule mismatch(int minutes) {
        return new Rule(
                MISMATCH, Rule.Predicate.COUNT_MISMATCH, Duration.ofMinutes(minutes), Severity.WARNING, Duration.ZERO);
    }

    private static Rules rules(Rule... rules) {
        return new Rules(List.of(rules), List.of(), null, null, null, Rules.GapPolicy.FREEZE);
    }
}
