package io.tenantpulse.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.model.Facts;
import io.tenantpulse.model.Replicas;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What alerts tell of why, when they tell it anew, and that nothing but this depends on it. */
class ExplainedAlertsTest {
    private static final String OWN = "TenantNotConverged";

    private final Story story = new Story().watches(Story.DEPLOYMENT, "Pod");

    private Story begun() {
        story.epoch("00:00", 1).begin("00:00", Story.TENANT);
        story.tenant("acme").needs("db", 3600).counts(1, 1, 0).snapshot("00:00").end("00:00", Story.TENANT);
        story.emptyFrame("00:00", "Pod").begin("00:00", Story.DEPLOYMENT);
        story.deployment("acme", "db").ready("00:00", Change.SNAPSHOT);
        return story.end("00:00", Story.DEPLOYMENT).watermark("00:01");
    }

    private Story firing() {
        begun().deployment("acme", "db").notReady("01:00", Change.MODIFIED);
        return story.podWaiting("01:01", "db", "ImagePullBackOff").watermark("16:00");
    }

    private List<String> told() {
        return story.transitions.stream()
                .filter(each -> each.alert().equals(OWN) && each.diagnosis() != null)
                .map(each -> Story.clock(each.at()) + " "
                        + each.diagnosis().causes().get(0).word())
                .toList();
    }

    @Test
    void aFiringCarriesItsCausesAndBlockers() {
        firing();

        Transition fired = story.transitions.get(0);
        assertThat(told()).containsExactly("16:00 ImagePull");
        assertThat(fired.diagnosis().blockers().get(0).id()).isEqualTo("db");
        assertThat(fired.regressed()).containsExactly("db");
        assertThat(fired.runbookUrl()).endsWith("#tenantresourcesmismatch");
        assertThat(story.incidents.get(0).told().cause()).isEqualTo("ImagePull");
    }

    @Test
    void anotherCauseIsToldOnceThePauseIsOverAndThenTheLastOne() {
        firing().podWaiting("17:00", "db", "CrashLoopBackOff");
        story.podWaiting("18:00", "db", "ImagePullBackOff").podWaiting("19:00", "db", "CreateContainerConfigError");
        story.watermark("20:59");
        assertThat(told()).hasSize(1);

        story.restarted().watermark("21:00");

        assertThat(told()).containsExactly("16:00 ImagePull", "21:00 ContainerConfig");
        assertThat(story.incidents)
                .last()
                .satisfies(said -> assertThat(said.told().cause()).isEqualTo("ContainerConfig"));
    }

    @Test
    void afterThePauseItIsToldSomeSecondsAfterTheNews() {
        firing().podWaiting("30:00", "db", "CreateContainerConfigError");
        story.watermark("30:09.999");
        assertThat(told()).hasSize(1);

        story.watermark("30:10");

        assertThat(told()).containsExactly("16:00 ImagePull", "30:10 ContainerConfig");
    }

    @Test
    void whatComesBackToTheSameCauseIsNotTold() {
        firing().podWaiting("30:00", "db", "CreateContainerConfigError");
        story.podWaiting("30:05", "db", "ImagePullBackOff").watermark("40:00");

        assertThat(told()).hasSize(1);
        assertThat(story.memory.indexed()).isZero();
    }

    @Test
    void aNoisyPodCostsOneWriteOfTheTenant() {
        firing().podWaiting("30:00", "db", "ErrImagePull");
        TenantState reviewed = story.memory.tenant(story.id("acme"));
        story.podWaiting("30:01", "db", "ImagePullBackOff").podWaiting("30:02", "db", "ErrImagePull");

        assertThat(story.memory.tenant(story.id("acme"))).isSameAs(reviewed);
    }

    @Test
    void anAlertGoesOutThoughItsDiagnosisFails() {
        story.failuresExpected = true;
        story.memory.broken = true;
        firing();

        assertThat(told()).containsExactly("16:00 Unknown");
        assertThat(story.counted).containsKey("failed");
    }

    @Test
    void whatIsSeenOfTheOperatorIsRememberedWithTheCluster() {
        firing().watermark("16:05");

        assertThat(story.memory.cluster("c1").operator().tenants()).isPositive();
        assertThat(story.restarted().memory.cluster("c1").operator().slowNotFailed())
                .isZero();
    }

    @Test
    void aResourceThatWasAskedToChangeHasNotRegressed() {
        begun().deployment("acme", "db").facts(generation(1)).ready("00:30", Change.MODIFIED);
        story.deployment("acme", "db").facts(generation(2)).notReady("01:00", Change.MODIFIED);
        story.watermark("16:00");

        assertThat(story.transitions.get(0).regressed()).isEmpty();
    }

    private static Facts generation(long generation) {
        return new Facts(
                null,
                null,
                List.of(),
                new Replicas(1, 1, 1, 0, 0, generation, generation),
                null,
                null,
                null,
                null,
                List.of());
    }

    @Test
    void whatWasReadyBeforeTheSpecChangedHasNeverConvergedInThisGeneration() {
        begun().deployment("acme", "db").notReady("01:00", Change.MODIFIED);
        story.tenant("acme").version("2").generation(2).needs("db", 3600).modified("02:00");
        story.watermark("16:00");

        assertThat(story.saidOf(OWN)).hasSize(1);
        assertThat(story.transitions.get(0).regressed()).isEmpty();
    }

    @Test
    void warningsExpireByAgeAndNeverByAFrame() {
        begun().warning("01:00", "w1", "FailedMount").warning("30:00", "w2", "FailedMount");
        story.warning("40:00", "w1", "FailedMount").watermark("61:00");
        assertThat(story.memory.warnings()).isEqualTo(2);

        story.restarted().watermark("90:00");
        assertThat(story.memory.warnings()).isEqualTo(1);

        story.watermark("100:00");
        assertThat(story.memory.warnings()).isZero();
    }

    @Test
    void onlyTheNewestWarningsAreRemembered() {
        begun();
        for (int i = 0; i < 60; i++) {
            story.warning("01:%02d".formatted(i), "w" + i, "BackOff");
        }

        assertThat(story.memory.warnings()).isEqualTo(Warnings.LIMIT);
        assertThat(story.memory.warning(story.id("acme"), "w9")).isNull();
        assertThat(story.memory.warning(story.id("acme"), "w10")).isNotNull();
    }

    @Test
    void aListOfOldEventsIsNotNews() {
        begun().watermark("90:00");
        story.send(new Observation.OfWarning(
                story.id("acme"),
                story.next(),
                Story.time("90:01"),
                new io.tenantpulse.model.Warning(
                        "w1",
                        new io.tenantpulse.model.ObjectId("", "Pod", "ns", "p"),
                        null,
                        null,
                        "BackOff",
                        "",
                        1,
                        null,
                        Story.time("20:00"))));

        assertThat(story.memory.warnings()).isZero();
    }

    @Test
    void aRemovedClusterLeavesNoWarning() {
        begun().warning("01:00", "w1", "FailedMount").gone("02:00");

        assertThat(story.memory.isEmptyButForClusters()).isTrue();
    }

    @Test
    void countsThatContradictTheObjectsAreADrift() {
        begun().tenant("acme").version("2").counts(0, 1, 0).modified("01:00").watermark("10:59");
        assertThat(story.saidOf("TenantStatusDrift")).isEmpty();

        story.watermark("11:00");

        assertThat(story.saidOf("TenantStatusDrift")).containsExactly("11:00 TenantStatusDrift acme firing");
        story.tenant("acme").version("3").counts(1, 1, 0).modified("12:00");
        assertThat(story.saidOf("TenantStatusDrift"))
                .last()
                .isEqualTo("12:00 TenantStatusDrift acme resolved recovered");
    }

    @Test
    void aConflictExplainsTheCounts() {
        begun().tenant("acme")
                .version("2")
                .counts(0, 1, 1)
                .condition("Conflicted", "True", "ResourceConflict", "01:00")
                .modified("01:00")
                .watermark("30:00");

        assertThat(story.saidOf("TenantStatusDrift")).isEmpty();
    }

    @Test
    void aGenerationThatIsNotObservedIsADriftOnlyWhereItIsEverWritten() {
        begun().tenant("acme").version("2").counts(1, 1, 0).generation(2).modified("01:00");
        story.watermark("20:00");
        assertThat(story.saidOf("TenantStatusDrift")).isEmpty();

        story.tenant("acme")
                .version("3")
                .counts(1, 1, 0)
                .generation(2)
                .observedGeneration(1)
                .modified("21:00");
        story.watermark("31:00");

        assertThat(story.saidOf("TenantStatusDrift")).containsExactly("31:00 TenantStatusDrift acme firing");
    }

    @Test
    void aDriftIsNotJudgedWhileAKindIsBlind() {
        begun().tenant("acme").version("2").counts(0, 1, 0).modified("01:00").watermark("05:00");
        story.cover(Story.DEPLOYMENT, KindCoverage.BLIND).watermark("30:00");
        assertThat(story.saidOf("TenantStatusDrift")).isEmpty();
    }

    @Test
    void aDriftWhoseDiagnosisFailsStaysAsItIs() {
        begun().tenant("acme").version("2").counts(0, 1, 0).modified("01:00").watermark("11:00");
        story.failuresExpected = true;
        story.memory.broken = true;
        story.tenant("acme").version("3").counts(0, 1, 0).modified("12:00").watermark("13:00");

        assertThat(story.saidOf("TenantStatusDrift")).containsExactly("11:00 TenantStatusDrift acme firing");
    }

    @Test
    void anAbsenceThatWasSeenBridgesAGapOfAnotherKind() {
        Story two = new Story().watches(Story.DEPLOYMENT, Story.SERVICE);
        two.epoch("00:00", 1).begin("00:00", Story.TENANT);
        two.tenant("acme")
                .needsDeployments("db")
                .needsServices("svc")
                .snapshot("00:00")
                .end("00:00", Story.TENANT);
        two.emptyFrame("00:00", Story.DEPLOYMENT).begin("00:00", Story.SERVICE);
        two.service("acme", "svc")
                .ready("00:00", Change.SNAPSHOT)
                .end("00:00", Story.SERVICE)
                .watermark("05:00");
        two.gap("05:00", "10:00", false, Story.SERVICE).begin("10:00", Story.SERVICE);
        two.service("acme", "svc").version("2").ready("10:00", Change.SNAPSHOT).end("10:00", Story.SERVICE);
        two.watermark("15:00");

        assertThat(two.saidOf(OWN)).containsExactly("15:00 TenantNotConverged acme firing");
        assertThat(two.transitions.get(0).unproven()).isFalse();
    }

    @Test
    void anAbsenceBridgesNoGapOfItsOwnKind() {
        story.epoch("00:00", 1).begin("00:00", Story.TENANT);
        story.tenant("acme").needs("db", 300).snapshot("00:00").end("00:00", Story.TENANT);
        story.emptyFrame("00:00", Story.DEPLOYMENT).watermark("05:00");
        story.gap("05:00", "10:00", false, Story.DEPLOYMENT).emptyFrame("10:00", Story.DEPLOYMENT);
        story.watermark("19:59");
        assertThat(story.saidOf(OWN)).isEmpty();

        story.watermark("20:00");

        assertThat(story.saidOf(OWN)).containsExactly("20:00 TenantNotConverged acme firing");
    }
}
