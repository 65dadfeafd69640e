package io.tenantpulse.trends;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Surges of one scope, minute by minute. Minutes count from midnight; window n is the minute that ends at n + 1. */
class SurgeJudgeTest {
    private static final Instant MIDNIGHT = Instant.parse("2026-01-01T00:00:00Z");
    private static final Scope C1 = Scope.cluster("c1");
    private static final Duration HOLD = Duration.ofMinutes(3);

    private final List<String> said = new ArrayList<>();
    private final List<SurgeChange> changes = new ArrayList<>();
    private SurgeJudge judge = new SurgeJudge(SurgeThreshold.DEFAULT, HOLD, HOLD);
    private @Nullable SurgeState state;
    private int minute = -60;

    SurgeJudgeTest() {
        windows(60, 100, 0);
    }

    /** So many windows of so many tenants. */
    private SurgeJudgeTest windows(int count, long tenants, long unhealthy) {
        return windows(count, tenants, unhealthy, 0, Members.NONE);
    }

    private SurgeJudgeTest windows(int count, long tenants, long unhealthy, long blind, Members members) {
        for (int i = 0; i < count; i++) {
            ByHealth levels = ByHealth.of(Health.HEALTHY, tenants - unhealthy - blind)
                    .plus(ByHealth.of(Health.MISMATCHED, unhealthy))
                    .plus(ByHealth.of(Health.BLIND, blind));
            Population population =
                    new Population(ByHealth.NONE, ByHealth.NONE, levels, new TreeMap<>(), ByHealth.NONE, ByHealth.NONE);
            Totals totals = new Totals(
                    population, members, Incidents.NONE, new TreeMap<>(), Quantiles.NONE, new TreeMap<>(), 0, 0);
            judge(new TrendWindow(C1, WindowSize.MINUTE, at(minute++), 0, List.of(), totals));
        }
        return this;
    }

    private void judge(TrendWindow window) {
        SurgeJudge.Step step = judge.onWindow(state, window, null);
        state = step.remember();
        tell(step.say());
    }

    private void tell(List<SurgeChange> news) {
        changes.addAll(news);
        news.forEach(each -> said.add(Duration.between(MIDNIGHT, each.at()).toMinutes() + " " + each.kind()));
    }

    private static Instant at(int minute) {
        return MIDNIGHT.plus(Duration.ofMinutes(minute));
    }

    private static Members members(long count, TopCounts causes, TopCounts generations) {
        return new Members(count, causes, generations, at(1), at(2));
    }

    @Test
    void beginsWhenTheThresholdWasReachedForItsHold() {
        windows(10, 100, 0).windows(3, 100, 5);
        assertThat(said).isEmpty();

        windows(1, 100, 5);

        assertThat(said).containsExactly("14 BEGAN");
        assertThat(changes.get(0).since()).isEqualTo(at(11));
        assertThat(changes.get(0).decidedAt()).isEqualTo(at(14));
    }

    @Test
    void isSilentOneTenantBelowTheNumberAndJustBelowTheShare() {
        windows(30, 80, 4).windows(30, 101, 5);

        assertThat(said).isEmpty();
    }

    @Test
    void isNotJudgedBeforeItIsKnownWhatIsUsual() {
        state = null;
        windows(60, 100, 50);

        assertThat(said).isEmpty();
    }

    @Test
    void isNotJudgedInItsFirstQuarterHourWhereverThatBegins() {
        state = null;
        minute = 7;
        windows(8, 100, 0).windows(7, 100, 20);
        assertThat(said).isEmpty();

        windows(4, 100, 20);

        assertThat(said).containsExactly("26 BEGAN");
        assertThat(changes.get(0).since()).isEqualTo(at(23));
    }

    @Test
    void whatWasUsualBeforeAGapThatIsLongerThanTheBaselineIsForgotten() {
        minute += 25 * 60;
        windows(20, 100, 20);

        assertThat(said).isEmpty();
    }

    @Test
    void startsAnewWhenOneWindowIsBelow() {
        windows(3, 100, 6).windows(1, 100, 4).windows(3, 100, 6);
        assertThat(said).isEmpty();

        windows(1, 100, 6);

        assertThat(said).containsExactly("8 BEGAN");
    }

    @Test
    void comparesWithWhatIsUsual() {
        state = null;
        windows(24 * 60, 100, 10).windows(60, 100, 29);
        assertThat(said).as("29 are not three times the usual 10").isEmpty();

        windows(4, 100, 30);

        assertThat(said).hasSize(1);
        assertThat(changes.get(0).facts().usual()).isEqualTo(0.1);
    }

    @Test
    void whatASurgeBringsBecomesUsualOnlyAfterIt() {
        windows(24 * 60, 100, 0).windows(24 * 60, 100, 20);
        assertThat(said).containsExactly("1444 BEGAN");

        windows(10, 100, 0);

        assertThat(said).hasSize(2).last().isEqualTo((48 * 60 + 4) + " ENDED");
    }

    @Test
    void doesNotFlapAroundItsThreshold() {
        windows(4, 100, 6);
        for (int i = 0; i < 60; i++) {
            windows(1, 100, 4).windows(1, 100, 6).windows(1, 100, 3);
        }

        assertThat(said).containsExactly("4 BEGAN");
    }

    @Test
    void endsWhenItWasBelowHalfForAsLongAsItsRuleKeepsIt() {
        windows(4, 100, 6).windows(2, 100, 2).windows(1, 100, 3).windows(3, 100, 2);
        assertThat(said).containsExactly("4 BEGAN");

        windows(1, 100, 2);

        assertThat(said).containsExactly("4 BEGAN", "11 ENDED");
        assertThat(changes.get(1).facts().direction()).isEqualTo(SurgeFacts.Direction.STEADY);
    }

    @Test
    void neitherBeginsNorEndsWhileItsTenantsAreOutOfSight() {
        windows(2, 100, 6).windows(10, 100, 0, 100, Members.NONE).windows(1, 100, 6);
        assertThat(said).isEmpty();
        windows(1, 100, 6);
        assertThat(said).containsExactly("14 BEGAN");
        assertThat(changes.get(0).frozen()).isEqualTo(Duration.ofMinutes(10));

        windows(60, 100, 0, 100, Members.NONE);
        assertThat(said).hasSize(1);
        windows(4, 100, 0);

        assertThat(said).containsExactly("14 BEGAN", "78 ENDED");
    }

    @Test
    void someOutOfSightNeitherRaiseNorEndIt() {
        windows(30, 100, 5, 1, Members.NONE);
        assertThat(said).as("5 of 100 are enough, whatever the one is").containsExactly("4 BEGAN");

        windows(30, 100, 1, 4, Members.NONE);
        assertThat(said).as("were the four ill, it would go on").hasSize(1);

        windows(4, 100, 1, 1, Members.NONE);
        assertThat(said).as("two at most").hasSize(2);
    }

    @Test
    void whatIsOutOfSightDoesNotMakeIllnessUsual() {
        state = null;
        windows(60, 100, 1).windows(600, 100, 0, 100, Members.NONE).windows(4, 100, 5);

        assertThat(changes).hasSize(1);
        assertThat(changes.get(0).facts().usual()).isEqualTo(0.01);
    }

    @Test
    void aWindowThatNeverCameFreezes() {
        windows(2, 100, 6);
        minute += 10;
        windows(1, 100, 6);
        assertThat(said).isEmpty();

        windows(1, 100, 6);

        assertThat(said).containsExactly("14 BEGAN");
    }

    @Test
    void takesEachWindowOnceAndNoCorrection() {
        windows(3, 100, 6);
        Totals none = Totals.unseen(ByHealth.NONE, WindowSize.MINUTE);
        judge(new TrendWindow(C1, WindowSize.MINUTE, at(1), 0, List.of(), none));
        judge(new TrendWindow(C1, WindowSize.MINUTE, at(2), 1, List.of(), none));
        windows(1, 100, 6);

        assertThat(said).containsExactly("4 BEGAN");
    }

    @Test
    void namesTheCauseThatDominatesWithItsSubject() {
        TopCounts causes = TopCounts.of("VolumePending fast", 16)
                .plus(TopCounts.of("ImagePull img:1", 3))
                .plus(TopCounts.of("VolumePending slow", 1));
        windows(4, 100, 20, 0, members(20, causes, TopCounts.NONE));

        SurgeFacts facts = changes.get(0).facts();
        assertThat(facts.cause()).isEqualTo(new CommonCause("VolumePending", "fast"));
        assertThat(facts.causeMembers()).isEqualTo(16);
        assertThat(facts.members()).isEqualTo(20);
        assertThat(facts.tenants()).isEqualTo(100);
        assertThat(facts.firstSince()).isEqualTo(at(1));
        assertThat(facts.lastSince()).isEqualTo(at(2));
    }

    @Test
    void namesTheWordAloneWhereSubjectsDiffer() {
        TopCounts causes = TopCounts.of("ImagePull a:1", 8)
                .plus(TopCounts.of("ImagePull b:1", 8))
                .plus(TopCounts.of("CrashLoop", 4));
        windows(4, 100, 20, 0, members(20, causes, TopCounts.NONE));

        assertThat(changes.get(0).facts().cause()).isEqualTo(new CommonCause("ImagePull", null));
        assertThat(changes.get(0).facts().causeMembers()).isEqualTo(16);
    }

    @Test
    void namesNoCauseThatDoesNotDominateOrThatFewWereDiagnosedFor() {
        TopCounts mixed = TopCounts.of("ImagePull a:1", 15).plus(TopCounts.of("CrashLoop", 5));
        windows(4, 100, 20, 0, members(20, mixed, TopCounts.NONE));
        windows(60, 100, 0);
        changes.removeIf(each -> each.kind() != SurgeChange.Kind.BEGAN);
        windows(4, 100, 20, 0, members(20, TopCounts.of("ImagePull a:1", 9), TopCounts.NONE));

        assertThat(changes)
                .hasSize(2)
                .allSatisfy(each -> assertThat(each.facts().cause()).isNull());
    }

    @Test
    void tellsAnewWhenTheCommonCauseIsKnownOrAnotherButNotTooOften() {
        windows(4, 100, 20);
        windows(2, 100, 20, 0, members(20, TopCounts.of("CrashLoop", 20), TopCounts.NONE));
        assertThat(said).containsExactly("4 BEGAN");
        windows(10, 100, 20, 0, members(20, TopCounts.of("CrashLoop", 20), TopCounts.NONE));
        windows(10, 100, 20);

        assertThat(said).containsExactly("4 BEGAN", "9 CHANGED");
        assertThat(changes.get(1).facts().cause()).isEqualTo(new CommonCause("CrashLoop", null));
    }

    @Test
    void namesNoOtherCauseOfTheLastFewWhileItClears() {
        windows(4, 100, 20, 0, members(20, TopCounts.of("CrashLoop", 20), TopCounts.NONE));
        windows(3, 100, 20, 0, members(20, TopCounts.of("CrashLoop", 20), TopCounts.NONE));
        windows(3, 100, 1, 0, members(1, TopCounts.of("Conflict", 1), TopCounts.NONE));
        assertThat(said).containsExactly("4 BEGAN");

        windows(1, 100, 1, 0, members(1, TopCounts.of("Conflict", 1), TopCounts.NONE));

        assertThat(said).containsExactly("4 BEGAN", "11 ENDED");
    }

    @Test
    void namesTheRolloutThatDominates() {
        TopCounts generations = TopCounts.of("shop/web@8", 19).plus(TopCounts.of("shop/web@7", 1));
        windows(4, 100, 20, 0, members(20, TopCounts.NONE, generations));

        assertThat(changes.get(0).facts().rollout()).isEqualTo("shop/web@8");
        assertThat(changes.get(0).facts().rolloutMembers()).isEqualTo(19);
    }

    @Test
    void tellsWhereItGoes() {
        windows(10, 1000, 0)
                .windows(1, 1000, 50)
                .windows(1, 1000, 60)
                .windows(1, 1000, 70)
                .windows(1, 1000, 80);

        assertThat(changes.get(0).facts().direction()).isEqualTo(SurgeFacts.Direction.RISING);
    }

    @Test
    void aRaisedHoldMakesItPendingAgainAndARemovedRuleEndsIt() {
        windows(4, 100, 6);
        judge = new SurgeJudge(SurgeThreshold.DEFAULT, Duration.ofMinutes(10), HOLD);
        windows(7, 100, 6);
        assertThat(said).containsExactly("4 BEGAN", "5 RULE_CHANGED", "11 BEGAN");

        tell(SurgeJudge.onRuleRemoved(state, at(12)));

        assertThat(said).last().isEqualTo("12 RULE_REMOVED");
    }

    @Test
    void aScopeWithoutTenantsEndsIt() {
        windows(4, 100, 6);

        tell(SurgeJudge.onVanished(state, at(5)));

        assertThat(said).containsExactly("4 BEGAN", "5 VANISHED");
    }

    @Test
    void aQuietFleetHasNoSurgeInADay() {
        Random random = new Random(7);
        for (int i = 0; i < 24 * 60; i++) {
            windows(1, 2000, random.nextInt(20));
        }

        assertThat(said).isEmpty();
    }

    @Test
    void oneTenantThatFlapsIsNoSurge() {
        for (int i = 0; i < 24 * 60; i++) {
            windows(1, 12, i % 2);
        }

        assertThat(said).isEmpty();
    }

    @Test
    void whatIsRememberedOfADayIsBounded() {
        windows(3 * 24 * 60, 100, 3);

        assertThat(state.baseline().quarters()).hasSize(96);
        assertThat(state.recent()).hasSize(4);
    }
}
