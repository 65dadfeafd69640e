package io.tenantpulse.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Histories of kinds and clusters that once made the detector speak falsely of its own sight. */
class AttackedClusterAlertsTest {
    private static final String OWN = "TenantNotConverged";
    private static final String BLIND = "ClusterKindBlind";

    private final Story story = new Story().watches(Story.DEPLOYMENT);

    private Story started() {
        return story.epoch("00:00", 1)
                .emptyFrame("00:00", Story.TENANT)
                .emptyFrame("00:00", Story.DEPLOYMENT)
                .watermark("00:01");
    }

    @Test
    void aKindThatWasNotServedIsNotBlindSinceBeforeThat() {
        started().gap("00:01", "00:02", true, Story.DEPLOYMENT).watermark("00:05");
        story.cover(Story.DEPLOYMENT, KindCoverage.ABSENT).watermark("01:00").watermark("50:00");
        story.cover(Story.DEPLOYMENT, KindCoverage.BLIND).watermark("50:05").watermark("54:00");
        story.emptyFrame("54:30", Story.DEPLOYMENT)
                .cover(Story.DEPLOYMENT, KindCoverage.LIVE)
                .watermark("55:00");

        assertThat(story.said).isEmpty();
    }

    @Test
    void aRelistBeforeTheFirstWatermarkOfAnEpochIsNotBlindSinceTheLast() {
        started();
        story.epoch("50:00", 2).emptyFrame("50:00", Story.TENANT).emptyFrame("50:00", Story.DEPLOYMENT);
        story.gap("50:00", "50:01", false, Story.DEPLOYMENT);
        story.cover(Story.DEPLOYMENT, KindCoverage.BLIND).watermark("50:05");
        story.emptyFrame("50:06", Story.DEPLOYMENT)
                .cover(Story.DEPLOYMENT, KindCoverage.LIVE)
                .watermark("50:10");

        assertThat(story.said).isEmpty();
    }

    @Test
    void aKindThatWasBlindForAWhileBeforeAnOutageIsNotHeldTheOutageAgainst() {
        started();
        story.cover(Story.DEPLOYMENT, KindCoverage.BLIND).watermark("02:00");
        story.epoch("50:00", 2).emptyFrame("50:00", Story.TENANT).watermark("50:05");
        story.emptyFrame("50:06", Story.DEPLOYMENT)
                .cover(Story.DEPLOYMENT, KindCoverage.LIVE)
                .watermark("50:10");

        assertThat(story.said).isEmpty();
    }

    @Test
    void aKindThatFiredBlindGoesOnThroughARestartOfTheExporter() {
        started();
        story.cover(Story.DEPLOYMENT, KindCoverage.BLIND).watermark("06:00");
        story.epoch("07:00", 2).emptyFrame("07:00", Story.TENANT).watermark("07:05");
        story.emptyFrame("07:06", Story.DEPLOYMENT)
                .cover(Story.DEPLOYMENT, KindCoverage.LIVE)
                .watermark("07:10");

        assertThat(story.said)
                .containsExactly(
                        "05:01 ClusterKindBlind Deployment.apps firing",
                        "07:10 ClusterKindBlind Deployment.apps resolved recovered");
    }

    @Test
    void aRaisedHoldOfKindBlindIsNoRecovery() {
        started();
        story.cover(Story.DEPLOYMENT, KindCoverage.BLIND).watermark("06:00");
        Rules rules = Rules.builtIn();
        story.restarted(new Rules(
                        rules.tenantRules(),
                        rules.overrides(),
                        Duration.ofMinutes(60),
                        null,
                        null,
                        Rules.GapPolicy.FREEZE))
                .watermark("07:00");

        assertThat(story.saidOf(BLIND))
                .last()
                .isEqualTo("07:00 ClusterKindBlind Deployment.apps resolved rule-changed");
    }

    private Story brokenAndFiring() {
        story.epoch("00:00", 1).begin("00:00", Story.TENANT);
        story.tenant("acme").needsDeployments("db").snapshot("00:00").end("00:00", Story.TENANT);
        story.begin("00:00", Story.DEPLOYMENT);
        story.deployment("acme", "db").notReady("00:00", Change.SNAPSHOT);
        return story.end("00:00", Story.DEPLOYMENT).watermark("15:00");
    }

    private Story relisted(String at) {
        story.begin(at, Story.DEPLOYMENT);
        story.deployment("acme", "db").notReady(at, Change.SNAPSHOT);
        return story.end(at, Story.DEPLOYMENT);
    }

    @Test
    void saysThatAnAlertCanBeObservedAgainAfterARelist() {
        brokenAndFiring().cover(Story.DEPLOYMENT, KindCoverage.FORBIDDEN).watermark("16:00");
        story.cover(Story.DEPLOYMENT, KindCoverage.BLIND).watermark("17:00");
        story.gap("15:00", "18:00", false, Story.DEPLOYMENT);
        relisted("18:00").cover(Story.DEPLOYMENT, KindCoverage.LIVE).watermark("18:05");

        assertThat(story.saidOf(OWN))
                .containsExactly(
                        "15:00 TenantNotConverged acme firing",
                        "16:00 TenantNotConverged acme updated",
                        "18:00 TenantNotConverged acme updated");
        assertThat(story.transitions.get(1).unobservable()).isTrue();
        assertThat(story.transitions.get(2).unobservable()).isFalse();
    }

    @Test
    void aRestartOfTheExporterDoesNotSayUnobservableTwice() {
        brokenAndFiring().cover(Story.DEPLOYMENT, KindCoverage.FORBIDDEN).watermark("16:00");
        story.epoch("20:00", 2).begin("20:00", Story.TENANT);
        story.tenant("acme").needsDeployments("db").snapshot("20:00").end("20:00", Story.TENANT);
        story.watermark("20:05").watermark("20:10");

        assertThat(story.saidOf(OWN))
                .containsExactly("15:00 TenantNotConverged acme firing", "16:00 TenantNotConverged acme updated");
    }

    @Test
    void aDeadlineComesBackWhenAKindThatWasNeverSeenTurnsOutToBeForbidden() {
        story.watches(Story.SERVICE).cover(Story.SERVICE, KindCoverage.BLIND);
        story.epoch("00:00", 1).begin("00:00", Story.TENANT);
        story.tenant("acme").needsDeployments("db").needsServices("svc").snapshot("00:00");
        story.end("00:00", Story.TENANT);
        relisted("00:00").watermark("20:00");
        assertThat(story.said).isEmpty();

        story.cover(Story.SERVICE, KindCoverage.FORBIDDEN).watermark("20:05");

        assertThat(story.saidOf(OWN)).containsExactly("15:00 TenantNotConverged acme firing");
    }

    @Test
    void aDeadlineComesBackWhenAKindThatWasNeverSeenTurnsOutToBeAbsent() {
        story.watches(Story.SERVICE).cover(Story.SERVICE, KindCoverage.BLIND);
        story.epoch("00:00", 1).begin("00:00", Story.TENANT);
        story.tenant("acme").needsDeployments("db").needsServices("svc").snapshot("00:00");
        story.end("00:00", Story.TENANT);
        relisted("00:00").watermark("20:00");

        story.cover(Story.SERVICE, KindCoverage.ABSENT).watermark("20:05");

        assertThat(story.saidOf(OWN)).containsExactly("15:00 TenantNotConverged acme firing");
    }

    @Test
    void whatABrokenFrameShowedIsGoneWhenItsKindIsNoLongerServed() {
        story.epoch("00:00", 1).begin("00:00", Story.TENANT);
        story.tenant("acme").needsDeployments("db").snapshot("00:00").end("00:00", Story.TENANT);
        story.begin("00:00", Story.DEPLOYMENT);
        story.deployment("acme", "db").ready("00:00", Change.SNAPSHOT);
        story.cover(Story.DEPLOYMENT, KindCoverage.BLIND).watermark("00:05");

        story.cover(Story.DEPLOYMENT, KindCoverage.ABSENT).watermark("01:00").watermark("16:00");

        assertThat(story.saidOf(OWN)).containsExactly("16:00 TenantNotConverged acme firing");
    }
}
