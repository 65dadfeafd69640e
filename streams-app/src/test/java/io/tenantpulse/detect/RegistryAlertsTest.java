package io.tenantpulse.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.model.Counts;
import io.tenantpulse.model.RegistryId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The operator's alerts of registries: its conditions and holds, and clocks that live through what tenants' clocks do. */
class RegistryAlertsTest {
    private static final String REGISTRY = "TenantRegistry.operator.kubernetes-tenants.org";
    private static final String MANY = "RegistryManyTenantsFailure";
    private static final String SOME = "RegistryTenantsFailure";
    private static final String MISMATCH = "RegistryDesiredCountMismatch";

    private Story story = new Story().watches(REGISTRY);
    private String kind = "TenantRegistry";
    private String uid = "u1";
    private int version;

    private Story started() {
        return story.epoch("00:00", 1).emptyFrame("00:00", REGISTRY).watermark("00:01");
    }

    private Story seen(String at, Change change, @Nullable Counts counts) {
        return seen(at, change, "" + ++version, counts);
    }

    private Story seen(String at, Change change, String resourceVersion, @Nullable Counts counts) {
        RegistryId id = new RegistryId("c1", "ops", kind, "prod");
        return story.send(
                new Observation.OfRegistry(id, story.next(), Story.time(at), change, uid, resourceVersion, counts));
    }

    private Story counts(String at, int ready, int desired, int failed) {
        return seen(at, Change.MODIFIED, new Counts(ready, desired, failed));
    }

    @ParameterizedTest
    @CsvSource({
        "14, 20, 6, " + MANY + ", 06:00", // more than 5
        "95, 100, 5, " + SOME + ", 11:00", // 5 are some
        "99, 100, 1, " + SOME + ", 11:00",
        "0, 0, 6, " + MANY + ", 06:00", // more than 5, whatever is desired
        "0, 0, 3, " + SOME + ", 11:00", // the share of nothing is not asked
        "3, 5, 0, " + MISMATCH + ", 21:00",
        "6, 5, 0, " + MISMATCH + ", 21:00", // more than desired
    })
    void firesByTheOperatorsOwnConditionsAndHolds(int ready, int desired, int failed, String alert, String at) {
        started();
        counts("01:00", ready, desired, failed).watermark(justBefore(at));
        assertThat(story.said).isEmpty();

        story.watermark(at).watermark("59:00");

        assertThat(story.said).containsExactly(at + " " + alert + " prod firing");
    }

    private static String justBefore(String at) {
        return Story.clock(Story.time(at).minusMillis(1));
    }

    @Test
    void moreThanHalfAreManyAndSomeAtOnce() {
        started();
        counts("01:00", 1, 3, 2).watermark("59:00");

        assertThat(story.said).containsExactly("06:00 " + MANY + " prod firing", "11:00 " + SOME + " prod firing");
    }

    @Test
    void exactlyHalfAreSome() {
        started();
        counts("01:00", 2, 4, 2).watermark("59:00");

        assertThat(story.said).containsExactly("11:00 " + SOME + " prod firing");
    }

    @ParameterizedTest
    @CsvSource({"5, 5, 0", "0, 0, 0", "4, 0, 0"})
    void saysNothingWhereNothingIsWrong(int ready, int desired, int failed) {
        started();
        counts("01:00", ready, desired, failed).watermark("59:00");

        assertThat(story.said).isEmpty();
        assertThat(story.memory.indexed()).isZero();
    }

    @Test
    void aStatusThatWasNeverWrittenIsNoStatus() {
        started();
        seen("01:00", Change.ADDED, null).watermark("59:00");

        assertThat(story.said).isEmpty();
    }

    @Test
    void keepsTheClockWhileTheCountChangesAndOneFalseResetsIt() {
        started();
        counts("01:00", 90, 100, 6);
        counts("05:00", 80, 100, 9);
        counts("05:59", 100, 100, 0);
        counts("06:00", 90, 100, 6).watermark("10:59");
        assertThat(story.said).isEmpty();

        story.watermark("11:00");

        assertThat(story.said).containsExactly("11:00 " + MANY + " prod firing");
    }

    @Test
    void escalatesFromSomeToMany() {
        started();
        counts("01:00", 90, 100, 3).watermark("12:00");
        counts("13:00", 80, 100, 8).watermark("18:00");
        counts("20:00", 90, 100, 4).watermark("21:00");
        counts("22:00", 100, 100, 0);

        assertThat(story.said)
                .containsExactly(
                        "11:00 " + SOME + " prod firing",
                        "13:00 " + SOME + " prod resolved escalated",
                        "18:00 " + MANY + " prod firing",
                        "20:00 " + MANY + " prod resolved eased");
    }

    @Test
    void tellsWhatItSpeaksOf() {
        started();
        counts("01:00", 12, 20, 7).watermark("06:00");

        Transition fired = story.transitions.get(0);
        assertThat(fired.identity()).isEqualTo(MANY + "|c1/ops/TenantRegistry/prod|");
        assertThat(fired.labels()).isEqualTo(Map.of("registry", "prod"));
        assertThat(fired.severity()).isEqualTo(Severity.CRITICAL);
        assertThat(fired.hold()).isEqualTo(Duration.ofMinutes(5));
        assertThat(fired.counts()).isEqualTo(new Counts(12, 20, 7));
        assertThat(fired.runbookUrl()).endsWith("#registrymanytenantsfailure");
        assertThat(fired.fleet())
                .isEqualTo(new FleetAlert(
                        "c1/ops/TenantRegistry/prod",
                        "ops",
                        "TenantRegistry",
                        "Registry prod: 7 of 20 tenants failed, 12 ready",
                        "Registry prod (TenantRegistry) in namespace ops of cluster c1 counts 20 desired tenants, 12 ready"
                                + " and 7 failed. So many fail together mostly for what they share: a template, the"
                                + " data source, the operator.",
                        null));
    }

    @Test
    void aHubOfTheSameNameIsAnother() {
        story.watches("LynqHub.operator.lynq.sh");
        started().emptyFrame("00:01", "LynqHub.operator.lynq.sh");
        counts("01:00", 90, 100, 6);
        kind = "LynqHub";
        counts("02:00", 90, 100, 6).watermark("07:00");

        assertThat(story.transitions.stream().map(Transition::identity))
                .containsExactly(MANY + "|c1/ops/TenantRegistry/prod|", MANY + "|c1/ops/LynqHub/prod|");
    }

    @Test
    void aLaterObservationOfItProvesTheDeadlineAndARecoveryAtTheDeadlineDoesNot() {
        started();
        counts("01:00", 90, 100, 6);
        counts("06:00", 100, 100, 0);
        assertThat(story.said).isEmpty();
        counts("07:00", 90, 100, 6);
        counts("12:00.001", 100, 100, 0);

        assertThat(story.said)
                .containsExactly("12:00 " + MANY + " prod firing", "12:00.001 " + MANY + " prod resolved recovered");
    }

    @Test
    void aRestartCostsNoClock() {
        started();
        counts("01:00", 90, 100, 6).watermark("05:00");
        story.restarted().watermark("06:00");

        assertThat(story.said).containsExactly("06:00 " + MANY + " prod firing");
    }

    @Test
    void aGapThatTheSameObjectBridgesIsCounted() {
        started();
        seen("01:00", Change.MODIFIED, "7", new Counts(90, 100, 6)).watermark("02:00");
        relisted("7").watermark("06:00");

        assertThat(story.said).containsExactly("06:00 " + MANY + " prod firing");
        assertThat(story.transitions.get(0).unproven()).isFalse();
    }

    @Test
    void aGapThatNothingBridgesIsFrozen() {
        started();
        seen("01:00", Change.MODIFIED, "7", new Counts(90, 100, 6)).watermark("02:00");
        relisted("8").watermark("07:59");
        assertThat(story.said).isEmpty();

        story.watermark("08:00");

        assertThat(story.said).containsExactly("08:00 " + MANY + " prod firing");
        assertThat(story.transitions.get(0).unproven()).isTrue();
        assertThat(story.transitions.get(0).frozen()).isEqualTo(Duration.ofMinutes(2));
    }

    /** Blind from 2:00 to 4:00, then a list that shows it as bad as before. */
    private Story relisted(String resourceVersion) {
        story.gap("02:00", "04:00", false, REGISTRY).begin("04:00", REGISTRY);
        seen("04:00", Change.SNAPSHOT, resourceVersion, new Counts(90, 100, 6));
        return story.end("04:00", REGISTRY).watermark("04:00");
    }

    @Test
    void aNewExporterContinuesTheClockOfAnUnchangedObject() {
        started();
        seen("01:00", Change.MODIFIED, "7", new Counts(90, 100, 6)).watermark("02:00");
        story.epoch("03:00", 2).begin("03:00", REGISTRY);
        seen("03:00", Change.SNAPSHOT, "7", new Counts(90, 100, 6));
        story.end("03:00", REGISTRY).watermark("06:00");

        assertThat(story.said).containsExactly("06:00 " + MANY + " prod firing");
    }

    @Test
    void nothingFiresWhileItsKindIsBlindAndAllIsJudgedWhenItComesBack() {
        started();
        counts("01:00", 90, 100, 6).watermark("02:00");
        story.cover(REGISTRY, KindCoverage.BLIND).watermark("30:00");
        assertThat(story.saidOf(MANY)).isEmpty();

        story.cover(REGISTRY, KindCoverage.LIVE).watermark("31:00");

        assertThat(story.saidOf(MANY)).containsExactly("06:00 " + MANY + " prod firing");
    }

    @Test
    void aFrameSweepsWhatIsGone() {
        started();
        counts("01:00", 90, 100, 6).watermark("07:00");
        story.emptyFrame("08:00", REGISTRY);

        assertThat(story.said)
                .containsExactly("06:00 " + MANY + " prod firing", "08:00 " + MANY + " prod resolved deleted");
        assertThat(story.memory.isEmptyButForClusters()).isTrue();
    }

    @Test
    void aKindThatIsNoLongerServedHasNoRegistries() {
        started();
        counts("01:00", 90, 100, 6).watermark("07:00");
        story.cover(REGISTRY, KindCoverage.ABSENT).watermark("08:00");

        assertThat(story.saidOf(MANY)).endsWith("08:00 " + MANY + " prod resolved deleted");
    }

    @Test
    void anObjectThatTakesTheNameStartsAnew() {
        started();
        counts("01:00", 90, 100, 6).watermark("07:00");
        uid = "u2";
        counts("08:00", 90, 100, 6).watermark("13:00");

        assertThat(story.said)
                .containsExactly(
                        "06:00 " + MANY + " prod firing",
                        "08:00 " + MANY + " prod resolved replaced",
                        "13:00 " + MANY + " prod firing");
    }

    @Test
    void deletionAndTheEndOfItsClusterResolve() {
        started();
        counts("01:00", 90, 100, 6).watermark("07:00");
        seen("08:00", Change.DELETED, null);
        counts("09:00", 90, 100, 6).watermark("14:00");
        story.gone("15:00");

        assertThat(story.said)
                .containsExactly(
                        "06:00 " + MANY + " prod firing",
                        "08:00 " + MANY + " prod resolved deleted",
                        "14:00 " + MANY + " prod firing",
                        "15:00 " + MANY + " prod resolved cluster-removed");
        assertThat(story.forgotten).containsExactly(MANY + "|c1/ops/TenantRegistry/prod|");
        assertThat(story.memory.isEmptyButForClusters()).isTrue();
    }

    @Test
    void whatCannotBeDecodedIsFrozen() {
        started();
        counts("01:00", 90, 100, 6).watermark("02:00");
        seen("03:00", Change.UNDECODABLE, null).watermark("30:00");
        assertThat(story.said).isEmpty();

        counts("31:00", 90, 100, 6).watermark("34:00");

        assertThat(story.said).containsExactly("34:00 " + MANY + " prod firing");
        assertThat(story.transitions.get(0).frozen()).isEqualTo(Duration.ofMinutes(28));
    }

    @Test
    void firingAlertsSayThatTheirKindBecameForbidden() {
        started();
        counts("01:00", 90, 100, 6).watermark("07:00");
        story.cover(REGISTRY, KindCoverage.FORBIDDEN).watermark("08:00");

        assertThat(story.saidOf(MANY)).endsWith("08:00 " + MANY + " prod updated");
        assertThat(story.transitions.get(1).unobservable()).isTrue();
    }

    @Test
    void aRaisedHoldMakesItPendingAgainAndARemovedRuleResolves() {
        started();
        counts("01:00", 90, 100, 6).watermark("07:00");
        story.restarted(builtInWithout(
                        MANY,
                        new Rule(
                                MANY,
                                Rule.Predicate.REGISTRY_MANY_FAILED,
                                Duration.ofMinutes(10),
                                Severity.CRITICAL,
                                Duration.ZERO)))
                .watermark("08:00")
                .watermark("11:00");
        story.restarted(builtInWithout(MANY, null)).watermark("12:00");

        assertThat(story.said)
                .containsExactly(
                        "06:00 " + MANY + " prod firing",
                        "08:00 " + MANY + " prod resolved rule-changed",
                        "11:00 " + MANY + " prod firing",
                        "12:00 " + MANY + " prod resolved rule-removed");
    }

    @Test
    void staysFiringForAsLongAsItsRuleKeepsIt() {
        story = new Story(builtInWithout(
                        MANY,
                        new Rule(
                                MANY,
                                Rule.Predicate.REGISTRY_MANY_FAILED,
                                Duration.ofMinutes(5),
                                Severity.CRITICAL,
                                Duration.ofMinutes(2))))
                .watches(REGISTRY);
        started();
        counts("01:00", 90, 100, 6).watermark("07:00");
        counts("08:00", 100, 100, 0);
        counts("09:00", 90, 100, 6);
        counts("10:00", 100, 100, 0).watermark("11:59");
        assertThat(story.said).hasSize(1);

        story.watermark("13:00");

        assertThat(story.said)
                .containsExactly("06:00 " + MANY + " prod firing", "12:00 " + MANY + " prod resolved recovered");
    }

    @Test
    void anOverrideSpeaksOfOneRegistryAndATemplatesOfNone() {
        Rules rules = Rules.builtIn();
        story = new Story(new Rules(
                        rules.tenantRules(),
                        List.of(
                                override("prod", null, Duration.ofMinutes(7)),
                                override("other", null, Duration.ZERO),
                                override(null, "web", Duration.ZERO)),
                        null,
                        null,
                        null,
                        Rules.GapPolicy.FREEZE,
                        rules.registryRules(),
                        List.of()))
                .watches(REGISTRY);
        started();
        counts("01:00", 90, 100, 6).watermark("59:00");

        assertThat(story.said).containsExactly("08:00 " + MANY + " prod firing");
    }

    private static Rules.Override override(@Nullable String registry, @Nullable String template, Duration hold) {
        return new Rules.Override(MANY, null, null, registry, template, null, hold, null, null, null, null);
    }

    private static Rules builtInWithout(String name, @Nullable Rule instead) {
        Rules builtIn = Rules.builtIn();
        List<Rule> registryRules = new ArrayList<>(builtIn.registryRules());
        registryRules.removeIf(rule -> rule.name().equals(name));
        if (instead != null) {
            registryRules.add(instead);
        }
        return new Rules(
                builtIn.tenantRules(), List.of(), null, null, null, Rules.GapPolicy.FREEZE, registryRules, List.of());
    }
}
