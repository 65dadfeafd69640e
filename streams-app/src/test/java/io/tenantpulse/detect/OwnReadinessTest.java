package io.tenantpulse.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.model.Dependency;
import io.tenantpulse.model.ObjectId;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** TenantNotConverged: readiness by our own reading (DESIGN 3 and 4). */
class OwnReadinessTest {
    private static final String OWN = "TenantNotConverged";

    private final Story story = new Story().watches(Story.DEPLOYMENT, Story.SERVICE);

    /** A cluster in which everything is known and live, with one tenant that needs two resources, both ready. */
    private Story healthy() {
        story.epoch("00:00", 1).begin("00:00", Story.TENANT);
        story.tenant("acme").needsDeployments("db").needsServices("svc").snapshot("00:00");
        story.end("00:00", Story.TENANT).begin("00:00", Story.DEPLOYMENT);
        story.deployment("acme", "db").ready("00:00", Change.SNAPSHOT);
        story.end("00:00", Story.DEPLOYMENT).begin("00:00", Story.SERVICE);
        story.service("acme", "svc").ready("00:00", Change.SNAPSHOT);
        return story.end("00:00", Story.SERVICE).watermark("00:01");
    }

    @Test
    void firesForAResourceThatIsNotReadyForFifteenMinutes() {
        healthy().deployment("acme", "db").notReady("01:00", Change.MODIFIED).watermark("16:00");
        story.deployment("acme", "db").ready("17:00", Change.MODIFIED);

        assertThat(story.said)
                .containsExactly(
                        "16:00 TenantNotConverged acme firing", "17:00 TenantNotConverged acme resolved recovered");
        assertThat(story.transitions.get(0).notReady()).containsExactly("db");
    }

    @Test
    void oneAfterTheOtherIsOneStretch() {
        healthy().deployment("acme", "db").notReady("01:00", Change.MODIFIED);
        story.service("acme", "svc").notReady("10:00", Change.MODIFIED);
        story.deployment("acme", "db").ready("11:00", Change.MODIFIED).watermark("16:00");

        assertThat(story.said).containsExactly("16:00 TenantNotConverged acme firing");
    }

    @Test
    void aDeletedResourceIsNotReady() {
        healthy().deployment("acme", "db").deleted("01:00").watermark("16:00");

        assertThat(story.said).containsExactly("16:00 TenantNotConverged acme firing");
    }

    @Test
    void thatSomethingDoesNotExistIsKnownOnlyAfterAFrameOfItsKind() {
        story.epoch("00:00", 1).begin("00:00", Story.TENANT);
        story.tenant("acme").needsDeployments("db").snapshot("00:00").end("00:00", Story.TENANT);
        story.coverage.put(Story.DEPLOYMENT, KindCoverage.BLIND);
        story.watermark("20:00");
        assertThat(story.saidOf(OWN)).isEmpty();

        story.emptyFrame("21:00", Story.DEPLOYMENT);
        story.coverage.put(Story.DEPLOYMENT, KindCoverage.LIVE);
        story.watermark("35:59").watermark("36:00");

        assertThat(story.saidOf(OWN)).containsExactly("36:00 TenantNotConverged acme firing");
    }

    @Test
    void unknownKindsAndSecretsThatAreNotAppliedSayNothing() {
        story.epoch("00:00", 1).begin("00:00", Story.TENANT);
        story.send(new Observation.OfTenant(
                story.id("acme"),
                story.next(),
                Story.time("00:00"),
                Change.SNAPSHOT,
                "u1",
                "1",
                Story.bare(),
                java.util.List.of(
                        need("cert", new ObjectId("cert-manager.io", "Certificate", "ns", "x")),
                        need("pw", new ObjectId("", "Secret", "ns", "pw")),
                        need("raw", new ObjectId("apps", "Deployment", "ns", "")))));
        story.end("00:00", Story.TENANT).emptyFrame("00:00", Story.DEPLOYMENT).watermark("30:00");

        assertThat(story.said).isEmpty();
    }

    private static Dependency need(String id, ObjectId object) {
        return new Dependency(id, object, java.util.List.of(), true, Duration.ofMinutes(5), false);
    }

    @Test
    void aKindThatIsNotServedHoldsNothing() {
        story.coverage.put(Story.SERVICE, KindCoverage.ABSENT);
        story.epoch("00:00", 1).begin("00:00", Story.TENANT);
        story.tenant("acme").needsServices("svc").snapshot("00:00").end("00:00", Story.TENANT);
        story.watermark("01:00").watermark("16:00");

        assertThat(story.said).containsExactly("16:00 TenantNotConverged acme firing");
    }

    @Test
    void aBlindKindFreezesTheRuleAndItComesBackWithTheKind() {
        healthy().deployment("acme", "db").notReady("01:00", Change.MODIFIED).watermark("10:00");
        story.coverage.put(Story.SERVICE, KindCoverage.BLIND);
        story.watermark("20:00");
        assertThat(story.saidOf(OWN)).isEmpty();

        story.gap("10:00", "21:00", true, Story.SERVICE);
        story.coverage.put(Story.SERVICE, KindCoverage.LIVE);
        story.watermark("21:05");

        assertThat(story.saidOf(OWN)).containsExactly("16:00 TenantNotConverged acme firing");
    }

    @Test
    void nothingResolvesWhileAKindIsBlind() {
        healthy().deployment("acme", "db").notReady("01:00", Change.MODIFIED).watermark("16:00");
        story.coverage.put(Story.SERVICE, KindCoverage.BLIND);
        story.watermark("17:00");
        story.deployment("acme", "db").ready("18:00", Change.MODIFIED).watermark("19:00");
        assertThat(story.said).containsExactly("16:00 TenantNotConverged acme firing");

        story.gap("16:00", "20:00", true, Story.SERVICE);
        story.coverage.put(Story.SERVICE, KindCoverage.LIVE);
        story.watermark("20:05");

        assertThat(story.said).last().isEqualTo("20:05 TenantNotConverged acme resolved recovered");
    }

    @Test
    void startsAtTheProvingConditionInsideAFrameButNotBeforeTheResourceExisted() {
        story.epoch("60:00", 1).begin("60:00", Story.TENANT);
        story.tenant("acme")
                .needsDeployments("db")
                .condition("Ready", "False", "X", "10:00")
                .snapshot("60:00")
                .end("60:00", Story.TENANT)
                .begin("60:00", Story.DEPLOYMENT);
        story.deployment("acme", "db").created("50:00").notReady("60:00", Change.SNAPSHOT);
        story.end("60:01", Story.DEPLOYMENT).watermark("64:59").watermark("65:00");

        assertThat(story.saidOf(OWN)).containsExactly("65:00 TenantNotConverged acme firing");
    }

    @Test
    void aTenantThatIsStillReadyProvesNothing() {
        story.epoch("60:00", 1).begin("60:00", Story.TENANT);
        story.tenant("acme")
                .needsDeployments("db")
                .condition("Ready", "True", "X", "10:00")
                .snapshot("60:00")
                .end("60:00", Story.TENANT)
                .begin("60:00", Story.DEPLOYMENT);
        story.deployment("acme", "db").notReady("60:01", Change.SNAPSHOT);
        story.end("60:01", Story.DEPLOYMENT).watermark("75:00").watermark("75:01");

        assertThat(story.saidOf(OWN)).containsExactly("75:01 TenantNotConverged acme firing");
    }

    @Test
    void whatWasReadyBeforeTheGapCannotHaveBeenBrokenBeforeIt() {
        healthy();
        story.tenant("acme")
                .condition("Ready", "False", "Certificate", "00:10")
                .modified("00:10")
                .watermark("30:00");
        story.gap("30:00", "35:00", false, Story.DEPLOYMENT).begin("35:00", Story.DEPLOYMENT);
        story.deployment("acme", "db").version("2").notReady("35:01", Change.SNAPSHOT);
        story.end("35:01", Story.DEPLOYMENT).watermark("44:59");
        assertThat(story.saidOf(OWN)).isEmpty();

        story.watermark("45:00");

        assertThat(story.saidOf(OWN)).containsExactly("45:00 TenantNotConverged acme firing");
    }

    @Test
    void theSameResourceVersionBridgesARestart() {
        healthy()
                .deployment("acme", "db")
                .version("5")
                .notReady("01:00", Change.MODIFIED)
                .watermark("10:00");
        restartedExporter("12:00", "5", false);
        story.watermark("16:00");

        assertThat(story.saidOf(OWN)).containsExactly("16:00 TenantNotConverged acme firing");
        assertThat(story.transitions.get(0).unproven()).isFalse();
    }

    @Test
    void anotherResourceVersionFreezesTheGap() {
        healthy()
                .deployment("acme", "db")
                .version("5")
                .notReady("01:00", Change.MODIFIED)
                .watermark("10:00");
        restartedExporter("12:00", "6", false);
        story.watermark("17:59").watermark("18:00");

        assertThat(story.saidOf(OWN)).containsExactly("18:00 TenantNotConverged acme firing");
        assertThat(story.transitions.get(0).frozen()).isEqualTo(Duration.ofMinutes(2));
        assertThat(story.transitions.get(0).unproven()).isTrue();
    }

    @Test
    void anOldReadyFalseBridgesARestart() {
        healthy();
        story.tenant("acme").condition("Ready", "False", "X", "01:00").modified("01:00");
        story.deployment("acme", "db")
                .version("5")
                .notReady("01:00", Change.MODIFIED)
                .watermark("10:00");
        restartedExporter("12:00", "6", true);
        story.watermark("16:00");

        assertThat(story.saidOf(OWN)).containsExactly("16:00 TenantNotConverged acme firing");
    }

    private void restartedExporter(String at, String version, boolean readyFalse) {
        story.epoch(at, 2).begin(at, Story.TENANT);
        Story.TenantLine line =
                story.tenant("acme").version("9").needsDeployments("db").needsServices("svc");
        (readyFalse ? line.condition("Ready", "False", "X", "01:00") : line).snapshot(at);
        story.end(at, Story.TENANT).begin(at, Story.DEPLOYMENT);
        story.deployment("acme", "db").version(version).notReady(at, Change.SNAPSHOT);
        story.end(at, Story.DEPLOYMENT).begin(at, Story.SERVICE);
        story.service("acme", "svc").ready(at, Change.SNAPSHOT);
        story.end(at, Story.SERVICE);
    }

    @Test
    void aLaterObservationOfTheResourceProvesTheDeadline() {
        healthy().deployment("acme", "db").notReady("01:00", Change.MODIFIED);
        story.deployment("acme", "db").ready("16:30", Change.MODIFIED);

        assertThat(story.said)
                .containsExactly(
                        "16:00 TenantNotConverged acme firing", "16:30 TenantNotConverged acme resolved recovered");
    }

    @Test
    void anObservationOfAnotherResourceProvesNothing() {
        healthy().deployment("acme", "db").notReady("01:00", Change.MODIFIED);
        story.service("acme", "svc").notReady("16:30", Change.MODIFIED);

        assertThat(story.said).isEmpty();
    }

    @Test
    void anObjectSeenBeforeItsTenantCounts() {
        story.epoch("00:00", 1).emptyFrame("00:00", Story.TENANT);
        story.emptyFrame("00:00", Story.DEPLOYMENT)
                .emptyFrame("00:00", Story.SERVICE)
                .watermark("00:01");
        story.deployment("acme", "db").ready("01:00", Change.ADDED);
        story.tenant("acme").needsDeployments("db").modified("01:01").watermark("30:00");

        assertThat(story.said).isEmpty();
    }

    @Test
    void theIncidentGoesOnWhileOurOwnReadingIsBad() {
        healthy();
        story.deployment("acme", "db").notReady("10:00", Change.MODIFIED);
        story.tenant("acme").counts(1, 2, 1).modified("10:00").watermark("15:00");
        story.tenant("acme").counts(2, 2, 0).modified("16:00");
        assertThat(story.said).last().isEqualTo("16:00 TenantResourcesFailed acme resolved eased");

        story.deployment("acme", "db").ready("17:00", Change.MODIFIED);

        IncidentChange last = story.incidents.get(story.incidents.size() - 1);
        assertThat(last.status()).isEqualTo(IncidentChange.Status.ENDED);
        assertThat(last.endedAt()).isEqualTo(Story.time("17:00"));
    }

    @Test
    void aResourceThatCannotBeDecodedFreezesTheRule() {
        healthy().deployment("acme", "db").notReady("01:00", Change.MODIFIED);
        story.deployment("acme", "db").undecodable("02:00").watermark("20:00");
        assertThat(story.said).isEmpty();

        story.deployment("acme", "db")
                .version("2")
                .ready("21:00", Change.MODIFIED)
                .watermark("22:00");

        assertThat(story.said).isEmpty();
    }

    @Test
    void sweptResourcesAreMissingFromTheEndOfTheFrame() {
        healthy();
        story.gap("00:01", "05:00", false, Story.DEPLOYMENT)
                .emptyFrame("05:00", Story.DEPLOYMENT)
                .watermark("20:00");

        assertThat(story.said).containsExactly("20:00 TenantNotConverged acme firing");
    }

    @Test
    void saysWhenAFiringAlertCanNoLongerBeObserved() {
        healthy().deployment("acme", "db").notReady("01:00", Change.MODIFIED).watermark("16:00");
        story.coverage.put(Story.DEPLOYMENT, KindCoverage.FORBIDDEN);
        story.watermark("17:00").watermark("18:00");

        assertThat(story.saidOf(OWN))
                .containsExactly("16:00 TenantNotConverged acme firing", "17:00 TenantNotConverged acme updated");
        assertThat(story.transitions.get(1).unobservable()).isTrue();
    }
}
