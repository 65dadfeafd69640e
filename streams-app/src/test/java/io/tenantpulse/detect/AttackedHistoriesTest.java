package io.tenantpulse.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Histories that were made up to break the literal rules: each has once given a wrong decision. */
class AttackedHistoriesTest {
    private static final String MISMATCH = "TenantResourcesMismatch";

    private final Story story = new Story();

    private Story started() {
        return story.epoch("00:00", 1).emptyFrame("00:00", Story.TENANT).watermark("00:01");
    }

    private Story stuck(String at, String version) {
        return story.tenant("acme").version(version).counts(3, 5, 0).modified(at);
    }

    private Story stillStuck(String at, String version) {
        return story.tenant("acme").version(version).counts(3, 5, 0).snapshot(at);
    }

    @Test
    void aNewEpochIsRememberedWhateverItsFirstRecordIs() {
        started();
        stuck("01:00", "1");
        story.tenant("other").counts(1, 1, 0).seen("02:00", Change.MODIFIED, new Position(2, 7));

        story.restarted();
        story.tenant("acme").counts(5, 5, 0).seen("03:00", Change.MODIFIED, new Position(1, 500));

        assertThat(story.counted).containsEntry("superseded", 1);
    }

    @Test
    void aFrameFromMemoryIsNoLookAtABlindKind() {
        started();
        stuck("01:00", "1").watermark("15:00");
        story.cover(Story.TENANT, KindCoverage.BLIND).watermark("15:05");
        story.begin("20:00", Story.TENANT, true, 0);
        stillStuck("20:00", "1").end("20:00", Story.TENANT).watermark("20:05");
        assertThat(story.saidOf(MISMATCH)).isEmpty();

        story.gap("15:00", "25:00", false, Story.TENANT).begin("25:00", Story.TENANT);
        stillStuck("25:00", "2").end("25:00", Story.TENANT);
        story.cover(Story.TENANT, KindCoverage.LIVE).watermark("25:05").watermark("26:00");

        assertThat(story.saidOf(MISMATCH)).containsExactly("26:00 TenantResourcesMismatch acme firing");
        assertThat(story.transitions)
                .last()
                .satisfies(said -> assertThat(said.frozen()).isEqualTo(Duration.ofMinutes(10)));
    }

    @Test
    void lateNewsOfAKindThatLagsBehindProvesNothing() {
        started();
        stuck("01:00", "1").watermark("15:58");
        story.cover(Story.TENANT, KindCoverage.BLIND).watermark("16:08");
        story.tenant("acme").version("2").counts(5, 5, 0).modified("16:10");
        story.gap("15:58", "16:20", true, Story.TENANT)
                .cover(Story.TENANT, KindCoverage.LIVE)
                .watermark("16:25");

        assertThat(story.said).isEmpty();
    }

    @Test
    void aGapThatIsOverIsOwedUntilTheOtherKindIsSeenAgain() {
        story.watches(Story.DEPLOYMENT, Story.SERVICE).epoch("00:00", 1).begin("00:00", Story.TENANT);
        story.tenant("acme").needsDeployments("db").needsServices("svc").snapshot("00:00");
        story.end("00:00", Story.TENANT);
        relisted("00:00", "1");
        story.begin("00:00", Story.SERVICE);
        story.service("acme", "svc").ready("00:00", Change.SNAPSHOT);
        story.end("00:00", Story.SERVICE).watermark("05:00");
        story.cover(Story.SERVICE, KindCoverage.BLIND).watermark("05:05");
        story.gap("05:05", "10:05", false, Story.DEPLOYMENT);
        relisted("10:05", "2").watermark("10:10").restarted();
        story.gap("11:00", "11:00", false, Story.DEPLOYMENT);
        relisted("11:00", "2").gap("05:00", "12:00", true, Story.SERVICE);
        story.cover(Story.SERVICE, KindCoverage.LIVE).watermark("19:59");
        assertThat(story.saidOf("TenantNotConverged")).isEmpty();

        story.watermark("20:00");

        assertThat(story.saidOf("TenantNotConverged")).containsExactly("20:00 TenantNotConverged acme firing");
    }

    private Story relisted(String at, String version) {
        story.begin(at, Story.DEPLOYMENT);
        story.deployment("acme", "db").version(version).notReady(at, Change.SNAPSHOT);
        return story.end(at, Story.DEPLOYMENT);
    }

    @Test
    void anObjectThatCannotBeDecodedStillProvesTheDeadlineBeforeIt() {
        started();
        stuck("01:00", "1").watermark("15:58");
        story.tenant("acme").seen("16:01", Change.UNDECODABLE).watermark("16:05");

        assertThat(story.said).containsExactly("16:00 TenantResourcesMismatch acme firing");
    }

    @Test
    void anUndecodableObjectOfAnotherUidReplacesTheOldOne() {
        started();
        stuck("01:00", "1").watermark("16:00");
        story.tenant("acme").uid("u2").seen("17:00", Change.UNDECODABLE);

        assertThat(story.said)
                .containsExactly(
                        "16:00 TenantResourcesMismatch acme firing",
                        "17:00 TenantResourcesMismatch acme resolved replaced");
        // Its incidents are remembered for a week.
        assertThat(story.watermark("10097:00").memory.isEmptyButForClusters()).isTrue();
    }

    @Test
    void theOutageBetweenAFrameThatBrokeOffAndTheNextExporterIsAGap() {
        story.epoch("10:00", 1).begin("10:00", Story.TENANT);
        stillStuck("10:00", "1");
        story.epoch("30:00", 2).begin("30:00", Story.TENANT);
        stillStuck("30:00", "9").end("30:00", Story.TENANT).watermark("30:05");
        assertThat(story.said).isEmpty();

        story.watermark("45:00");

        assertThat(story.said).containsExactly("45:00 TenantResourcesMismatch acme firing");
        assertThat(story.transitions.get(0).unproven()).isTrue();
    }

    @Test
    void aChangeOfAnotherRuleDoesNotWithdrawWhatAnObservationProved() {
        started();
        stuck("01:00", "1").watermark("15:50");
        stuck("16:05", "2");

        story.restarted(rules(mismatch(15, Duration.ZERO), failed())).watermark("16:10");

        assertThat(story.said).containsExactly("16:00 TenantResourcesMismatch acme firing");
    }

    @Test
    void aRemovedRuleResolvesNotBeforeItFired() {
        started();
        stuck("01:00", "1").watermark("15:50");
        stuck("16:05", "2");

        story.restarted(rules(failed())).watermark("16:10");

        assertThat(story.transitions).hasSize(2);
        assertThat(story.transitions.get(1).at())
                .isAfterOrEqualTo(story.transitions.get(0).at());
    }

    @Test
    void aNewRuleCountsFromTheFirstRecordThatItReads() {
        Story ruled = new Story(rules(failed()));
        ruled.epoch("00:00", 1).emptyFrame("00:00", Story.TENANT).watermark("00:55");
        ruled.tenant("acme").counts(3, 5, 0).modified("01:00");

        ruled.restarted(rules(failed(), mismatch(15, Duration.ZERO))).watermark("01:02");
        ruled.watermark("15:59");
        assertThat(ruled.said).isEmpty();

        ruled.watermark("16:02");
        assertThat(ruled.said).containsExactly("16:02 TenantResourcesMismatch acme firing");
    }

    @Test
    void aRaisedHoldWhileBlindIsAppliedWhenTheKindIsBack() {
        started();
        stuck("01:00", "1").watermark("16:00");
        story.cover(Story.TENANT, KindCoverage.BLIND).watermark("17:00");
        story.restarted(rules(mismatch(30, Duration.ZERO))).watermark("18:00");
        assertThat(story.said).hasSize(1);

        story.gap("16:00", "19:00", true, Story.TENANT)
                .cover(Story.TENANT, KindCoverage.LIVE)
                .watermark("19:05")
                .watermark("31:00");

        assertThat(story.said)
                .containsExactly(
                        "16:00 TenantResourcesMismatch acme firing",
                        "19:05 TenantResourcesMismatch acme resolved rule-changed",
                        "31:00 TenantResourcesMismatch acme firing");
    }

    @Test
    void anAlertThatIsKeptFiringIsJudgedWhenItsKindIsBack() {
        Story kept = new Story(rules(mismatch(15, Duration.ofMinutes(5))));
        kept.epoch("00:00", 1).emptyFrame("00:00", Story.TENANT).watermark("00:01");
        kept.tenant("acme").counts(3, 5, 0).modified("01:00").watermark("16:00");
        kept.tenant("acme").counts(5, 5, 0).modified("17:00").watermark("17:05");
        kept.cover(Story.TENANT, KindCoverage.BLIND).watermark("23:00").restarted();
        assertThat(kept.said).hasSize(1);

        kept.gap("17:05", "24:00", true, Story.TENANT)
                .cover(Story.TENANT, KindCoverage.LIVE)
                .watermark("24:05");

        assertThat(kept.said).last().isEqualTo("22:00 TenantResourcesMismatch acme resolved recovered");
        assertThat(kept.memory.indexed()).isZero();
    }

    /** The first was said to have eased, as if the incident went on, which ended at that very instant. */
    @Test
    void alertsThatAreKeptFiringUntilOneInstantRecoverTogether() {
        Duration keep = Duration.ofMinutes(5);
        Rule early = new Rule(
                "MismatchEarly", Rule.Predicate.COUNT_MISMATCH, Duration.ofMinutes(10), Severity.WARNING, keep);
        Story kept = new Story(rules(early, mismatch(15, keep)));
        kept.epoch("00:00", 1).emptyFrame("00:00", Story.TENANT).watermark("00:01");
        kept.tenant("acme").counts(3, 5, 0).modified("01:00").watermark("16:00");
        kept.tenant("acme").counts(5, 5, 0).modified("17:00").watermark("23:00");

        assertThat(kept.said)
                .endsWith(
                        "22:00 MismatchEarly acme resolved recovered",
                        "22:00 TenantResourcesMismatch acme resolved recovered");
    }

    @Test
    void aZeroHoldFiresForWhatIsProvenAndNothingElse() {
        Story quick = new Story(rules(mismatch(0, Duration.ZERO)));
        quick.epoch("00:00", 1).emptyFrame("00:00", Story.TENANT).watermark("00:01");
        quick.tenant("acme").counts(3, 5, 0).modified("01:00");
        quick.tenant("acme").counts(5, 5, 0).modified("01:00");
        quick.tenant("acme").counts(3, 5, 0).modified("02:00");
        quick.tenant("acme").counts(5, 5, 0).modified("02:00.001").watermark("03:00");

        assertThat(quick.said)
                .containsExactly(
                        "02:00 TenantResourcesMismatch acme firing",
                        "02:00.001 TenantResourcesMismatch acme resolved recovered");
    }

    @Test
    void aTenantDeletedAndMadeAnewInsideAGapStartsAnew() {
        started();
        story.tenant("acme").counts(3, 5, 0).modified("01:00").watermark("17:00");
        story.epoch("30:00", 2).begin("30:00", Story.TENANT);
        story.tenant("acme")
                .uid("u2")
                .created("25:00")
                .counts(3, 5, 0)
                .condition("Ready", "False", "NotAllResourcesReady", "20:00")
                .snapshot("30:00")
                .end("30:00", Story.TENANT)
                .watermark("39:59");
        assertThat(story.said)
                .containsExactly(
                        "16:00 TenantResourcesMismatch acme firing",
                        "30:00 TenantResourcesMismatch acme resolved replaced");

        story.watermark("40:00");

        assertThat(story.saidOf(MISMATCH)).last().isEqualTo("40:00 TenantResourcesMismatch acme firing");
    }

    private static Rule mismatch(int minutes, Duration keep) {
        return new Rule(MISMATCH, Rule.Predicate.COUNT_MISMATCH, Duration.ofMinutes(minutes), Severity.WARNING, keep);
    }

    private static Rule failed() {
        return new Rule(
                "TenantResourcesFailed",
                Rule.Predicate.RESOURCES_FAILED,
                Duration.ofMinutes(5),
                Severity.CRITICAL,
                Duration.ZERO);
    }

    private static Rules rules(Rule... rules) {
        return new Rules(List.of(rules), List.of(), null, null, null, Rules.GapPolicy.FREEZE);
    }

    /** What changed while a list was taken is delivered after it, stamped later than it happened: here at 16:00, when acme had long recovered. */
    @Test
    void whatAListHeldBackProvesNoDeadlineBeforeItsEnd() {
        started();
        stuck("01:00", "1").watermark("15:50");
        story.gap("15:50", "15:55", false, Story.TENANT).begin("15:55", Story.TENANT);
        story.tenant("acme").version("1").counts(3, 5, 0).snapshot("15:55").end("16:20", Story.TENANT);
        story.tenant("acme").version("2").counts(4, 5, 0).modified("16:20.001");
        story.tenant("acme").version("3").counts(5, 5, 0).modified("16:20.002");
        story.watermark("16:25");

        assertThat(story.saidOf(MISMATCH)).isEmpty();
    }

    @Test
    void newsAfterTheWatermarkThatCoversAListProvesDeadlinesAgain() {
        started();
        stuck("01:00", "1").watermark("15:50");
        story.gap("15:50", "15:55", false, Story.TENANT).begin("15:55", Story.TENANT);
        story.tenant("acme")
                .version("1")
                .counts(3, 5, 0)
                .snapshot("15:55")
                .end("15:56", Story.TENANT)
                .watermark("15:58");
        story.tenant("acme").version("2").counts(5, 5, 0).modified("16:02");

        assertThat(story.saidOf(MISMATCH))
                .containsExactly(
                        "16:00 TenantResourcesMismatch acme firing",
                        "16:02 TenantResourcesMismatch acme resolved recovered");
    }

    @Test
    void whatAListOfResourcesHeldBackProvesNoDeadlineBeforeItsEnd() {
        resourceStuck();
        story.gap("15:50", "15:55", false, Story.DEPLOYMENT).begin("15:55", Story.DEPLOYMENT);
        story.deployment("acme", "db").notReady("15:55", Change.SNAPSHOT).end("16:20", Story.DEPLOYMENT);
        story.deployment("acme", "db").version("2").notReady("16:20.001", Change.MODIFIED);
        story.deployment("acme", "db").version("3").ready("16:20.002", Change.MODIFIED);
        story.watermark("16:25");

        assertThat(story.saidOf("TenantNotConverged")).isEmpty();
    }

    @Test
    void lateNewsOfAResourceWhileItsKindIsBlindProvesNothing() {
        resourceStuck();
        story.gap("15:50", "16:20", true, Story.DEPLOYMENT);
        story.deployment("acme", "db").version("2").notReady("16:20.001", Change.MODIFIED);
        story.deployment("acme", "db").version("3").ready("16:20.002", Change.MODIFIED);
        story.watermark("16:25");

        assertThat(story.saidOf("TenantNotConverged")).isEmpty();
    }

    private void resourceStuck() {
        story.watches(Story.DEPLOYMENT).epoch("00:00", 1).begin("00:00", Story.TENANT);
        story.tenant("acme").needsDeployments("db").snapshot("00:00");
        story.end("00:00", Story.TENANT).begin("00:00", Story.DEPLOYMENT);
        story.deployment("acme", "db").ready("00:00", Change.SNAPSHOT);
        story.end("00:00", Story.DEPLOYMENT).watermark("00:01");
        story.deployment("acme", "db").notReady("01:00", Change.MODIFIED).watermark("15:50");
    }
}
