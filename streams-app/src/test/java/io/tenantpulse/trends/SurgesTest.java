package io.tenantpulse.trends;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Which windows are judged, and what is remembered of scopes and rules that come and go. */
class SurgesTest implements SurgeVoice {
    private static final Instant MIDNIGHT = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration HOLD = Duration.ofMinutes(3);
    private static final Scope C1 = Scope.cluster("c1");
    private static final Scope WEB = Scope.template("c1", "shop", "web");

    private final HeldSurgeMemory memory = new HeldSurgeMemory();
    private final List<String> said = new ArrayList<>();
    private List<SurgeRule> rules = List.of(rule("Surge", 5));

    private static SurgeRule rule(String alert, long tenants) {
        SurgeThreshold threshold = new SurgeThreshold(tenants, 0.05, 3, Duration.ofHours(24), 0.5, 0.8);
        return new SurgeRule(alert, threshold, HOLD, HOLD);
    }

    @Override
    public void say(String alert, SurgeChange change) {
        said.add(Duration.between(MIDNIGHT, change.at()).toMinutes() + " " + alert + " "
                + change.scope().key() + " " + change.kind());
    }

    /** Windows from one minute to another, exclusive; each time by a processor that was just started. */
    private void windows(Scope scope, int from, int to, long tenants, long unhealthy) {
        for (int i = from; i < to; i++) {
            window(scope, i, 0, List.of(), levels(tenants, unhealthy));
        }
    }

    private static ByHealth levels(long tenants, long unhealthy) {
        return ByHealth.of(Health.HEALTHY, tenants - unhealthy).plus(ByHealth.of(Health.FAILED, unhealthy));
    }

    private void window(Scope scope, int minute, int revision, List<String> blind, ByHealth levels) {
        Population population =
                new Population(ByHealth.NONE, ByHealth.NONE, levels, new TreeMap<>(), ByHealth.NONE, ByHealth.NONE);
        Totals totals = new Totals(
                population, Members.NONE, Incidents.NONE, new TreeMap<>(), Quantiles.NONE, new TreeMap<>(), 0, 0);
        Instant start = MIDNIGHT.plus(Duration.ofMinutes(minute));
        new Surges(any -> rules, memory, this)
                .on(new TrendWindow(scope, WindowSize.MINUTE, start, revision, blind, totals));
    }

    @Test
    void judgesEachScopeByItself() {
        windows(C1, 0, 30, 100, 0);
        windows(WEB, 0, 30, 10, 0);
        windows(C1, 30, 40, 100, 4);
        windows(WEB, 30, 40, 10, 5);

        assertThat(said).containsExactly("34 Surge template/c1/shop/web BEGAN");
    }

    @Test
    void asksNeitherTheFleetNorNamespacesNorLongerWindows() {
        for (Scope scope : List.of(Scope.FLEET, Scope.namespace("c1", "shop"))) {
            windows(scope, 0, 30, 100, 0);
            windows(scope, 30, 60, 100, 50);
            assertThat(memory.surges(scope)).isNull();
        }

        assertThat(said).isEmpty();
    }

    @Test
    void passesOverWindowsOfABlindClusterAndJudgesWhatComesOfThemAfterAll() {
        windows(C1, 0, 30, 100, 0);
        windows(C1, 30, 32, 100, 20);
        for (int i = 32; i < 40; i++) {
            window(C1, i, 0, List.of("c1"), ByHealth.of(Health.BLIND, 100));
        }
        assertThat(said).isEmpty();

        for (int i = 32; i < 40; i++) {
            window(C1, i, 1, List.of(), levels(100, 20));
        }

        assertThat(said).containsExactly("34 Surge cluster/c1 BEGAN");
    }

    @Test
    void countsNoTimeOfWindowsThatNeverCame() {
        windows(C1, 0, 30, 100, 0);
        windows(C1, 30, 32, 100, 20);
        for (int i = 32; i < 40; i++) {
            window(C1, i, 0, List.of("c1"), ByHealth.of(Health.BLIND, 100));
        }
        windows(C1, 40, 42, 100, 20);

        assertThat(said).containsExactly("42 Surge cluster/c1 BEGAN");
    }

    @Test
    void aCorrectionOfWhatWasJudgedChangesNothing() {
        windows(C1, 0, 30, 100, 0);
        windows(C1, 30, 36, 100, 20);
        window(C1, 31, 1, List.of(), levels(100, 0));
        windows(C1, 36, 40, 100, 20);

        assertThat(said).containsExactly("34 Surge cluster/c1 BEGAN");
    }

    @Test
    void aCorrectionByWhichNobodyWasThereChangesNothingEither() {
        windows(C1, 0, 30, 100, 0);
        windows(C1, 30, 36, 100, 20);
        window(C1, 31, 1, List.of(), levels(0, 0));
        windows(C1, 36, 40, 100, 20);

        assertThat(said).containsExactly("34 Surge cluster/c1 BEGAN");
    }

    @Test
    void aCorrectionByWhichNobodyIsLeftEndsIt() {
        windows(C1, 0, 30, 100, 0);
        windows(C1, 30, 36, 100, 20);
        window(C1, 35, 1, List.of(), levels(0, 0));

        assertThat(said).containsExactly("34 Surge cluster/c1 BEGAN", "36 Surge cluster/c1 VANISHED");
    }

    @Test
    void aScopeThatHasLostItsTenantsIsForgotten() {
        windows(C1, 0, 30, 100, 0);
        windows(C1, 30, 36, 100, 20);
        windows(C1, 36, 37, 0, 0);

        assertThat(said).containsExactly("34 Surge cluster/c1 BEGAN", "37 Surge cluster/c1 VANISHED");
        assertThat(memory.surges(C1)).isNull();
    }

    @Test
    void rulesComeAndGo() {
        windows(C1, 0, 30, 100, 0);
        windows(C1, 30, 36, 100, 20);
        rules = List.of(rule("Other", 50));
        windows(C1, 36, 37, 100, 20);
        rules = List.of();
        windows(C1, 37, 38, 100, 20);

        assertThat(said).containsExactly("34 Surge cluster/c1 BEGAN", "37 Surge cluster/c1 RULE_REMOVED");
        assertThat(memory.surges(C1)).isNull();
    }

    /** Nothing is usual in it but that all are ill; it is 3 % of its cluster. */
    @Test
    void aNewTemplateOfWhichNothingEverWorksIsHeldToWhatIsUsualInItsCluster() {
        windows(C1, 0, 60, 1000, 1);
        windows(C1, 60, 62, 1030, 31);
        windows(WEB, 60, 62, 30, 30);
        assertThat(said).isEmpty();
        for (int i = 62; i < 120; i++) {
            windows(C1, i, i + 1, 1030, 31);
            windows(WEB, i, i + 1, 30, 30);
        }

        assertThat(said).containsExactly("79 Surge template/c1/shop/web BEGAN");
    }

    @Test
    void aNewTemplateThatIsMadeWithinAQuarterHourIsNoSurge() {
        windows(C1, 0, 60, 1000, 1);
        for (int i = 60; i < 120; i++) {
            long ill = Math.max(0, 30 - 2 * (i - 60));
            windows(C1, i, i + 1, 1030, 1 + ill);
            windows(WEB, i, i + 1, 30, ill);
        }

        assertThat(said).isEmpty();
    }

    @Test
    void aTemplateThatWasAlwaysIllWhenItsClusterWasSeenFirstIsNoSurge() {
        for (int i = 0; i < 120; i++) {
            windows(C1, i, i + 1, 1030, 31);
            windows(WEB, i, i + 1, 30, 30);
        }

        assertThat(said).isEmpty();
    }
}
