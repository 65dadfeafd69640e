package io.tenantpulse.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Frames, gaps and first sight (DESIGN 3) for the literal rules. */
class FramesAndGapsTest {
    private final Story story = new Story();

    private Story started() {
        return story.epoch("00:00", 1).emptyFrame("00:00", Story.TENANT).watermark("00:01");
    }

    private Story.TenantLine stuck(String since) {
        return story.tenant("acme").counts(3, 5, 0).condition("Ready", "False", "NotAllResourcesReady", since);
    }

    @Test
    void nobodyWaitsAnewForATenantStuckSinceLastNight() {
        story.epoch("60:00", 1).begin("60:00", Story.TENANT);
        stuck("10:00").snapshot("60:01").end("60:02", Story.TENANT);
        assertThat(story.said).isEmpty();

        story.watermark("60:05");

        assertThat(story.saidOf("TenantResourcesMismatch"))
                .containsExactly("25:00 TenantResourcesMismatch acme firing");
        assertThat(story.transitions.get(0).since()).isEqualTo(Story.time("10:00"));
    }

    @Test
    void theServersClockIsCorrected() {
        story.epoch("60:00", 1).begin("60:00", Story.TENANT, false, 3_600_000);
        story.tenant("acme")
                .counts(3, 5, 0)
                .condition("Ready", "False", "NotAllResourcesReady", "115:00")
                .snapshot("60:01")
                .end("60:02", Story.TENANT)
                .watermark("69:59");
        assertThat(story.saidOf("TenantResourcesMismatch")).isEmpty();

        story.watermark("70:00");

        assertThat(story.saidOf("TenantResourcesMismatch"))
                .containsExactly("70:00 TenantResourcesMismatch acme firing");
    }

    @Test
    void aStatusThatTheOperatorHasNotCaughtUpWithProvesNothing() {
        story.epoch("60:00", 1).begin("60:00", Story.TENANT);
        story.tenant("acme")
                .counts(1, 2, 0)
                .condition("Ready", "True", "Reconciled", "10:00")
                .snapshot("60:01")
                .end("60:02", Story.TENANT)
                .watermark("75:00.999");
        assertThat(story.said).isEmpty();

        story.watermark("75:01");

        assertThat(story.said).containsExactly("75:01 TenantResourcesMismatch acme firing");
    }

    @Test
    void failedWithAnotherReasonProvesNothing() {
        story.epoch("60:00", 1).begin("60:00", Story.TENANT);
        story.tenant("acme")
                .counts(1, 2, 1)
                .condition("Ready", "False", "NotAllResourcesReady", "10:00")
                .snapshot("60:01")
                .end("60:02", Story.TENANT)
                .watermark("65:00");

        assertThat(story.saidOf("TenantResourcesFailed")).isEmpty();
    }

    @Test
    void whatAFrameDoesNotMentionIsDeletedAtItsEnd() {
        started();
        stuck("01:00").modified("01:00").watermark("17:00");

        story.epoch("20:00", 2).begin("20:00", Story.TENANT).restarted().end("20:01", Story.TENANT);

        assertThat(story.saidOf("TenantResourcesMismatch"))
                .containsExactly(
                        "16:00 TenantResourcesMismatch acme firing",
                        "20:01 TenantResourcesMismatch acme resolved deleted");
    }

    @Test
    void aFrameThatBreaksOffSweepsNothing() {
        started();
        stuck("01:00").modified("01:00").watermark("17:00");
        story.epoch("20:00", 2).begin("20:00", Story.TENANT);

        story.epoch("21:00", 3).begin("21:00", Story.TENANT);
        stuck("01:00").snapshot("21:01").end("21:02", Story.TENANT).watermark("21:05");

        assertThat(story.saidOf("TenantResourcesMismatch"))
                .containsExactly("16:00 TenantResourcesMismatch acme firing");
    }

    @Test
    void anEndWithoutItsBeginSweepsNothing() {
        started();
        stuck("01:00").modified("01:00").watermark("17:00");

        story.send(
                new Observation.SyncEnd("c1", story.next(), Story.time("18:00"), Story.TENANT, new Position(1, 9999)));

        assertThat(story.saidOf("TenantResourcesMismatch"))
                .containsExactly("16:00 TenantResourcesMismatch acme firing");
        assertThat(story.counted).containsEntry("frame-without-begin", 1);
    }

    @Test
    void aRelistOfOneKindSweepsThatKindOnly() {
        started();
        stuck("01:00").modified("01:00").watermark("17:00");
        story.watches(Story.DEPLOYMENT).emptyFrame("17:01", Story.DEPLOYMENT).watermark("17:05");

        story.gap("17:05", "17:06", false, Story.DEPLOYMENT)
                .emptyFrame("17:06", Story.DEPLOYMENT)
                .watermark("17:10");

        assertThat(story.saidOf("TenantResourcesMismatch"))
                .containsExactly("16:00 TenantResourcesMismatch acme firing");
    }

    @Test
    void theSameResourceVersionBridgesTheGap() {
        started();
        story.tenant("acme").version("7").counts(3, 5, 0).modified("01:00").watermark("10:00");
        story.epoch("13:00", 2).begin("13:00", Story.TENANT);
        story.tenant("acme").version("7").counts(3, 5, 0).snapshot("13:01").end("13:02", Story.TENANT);
        story.watermark("16:00");

        assertThat(story.said).containsExactly("16:00 TenantResourcesMismatch acme firing");
        assertThat(story.transitions.get(0).unproven()).isFalse();
    }

    @Test
    void theProvingConditionBridgesTheGap() {
        started();
        stuck("01:00").version("7").modified("01:00").watermark("10:00");
        story.epoch("13:00", 2).begin("13:00", Story.TENANT);
        stuck("09:00").version("8").snapshot("13:01").end("13:02", Story.TENANT).watermark("16:00");

        assertThat(story.saidOf("TenantResourcesMismatch"))
                .containsExactly("16:00 TenantResourcesMismatch acme firing");
    }

    @Test
    void anUnprovenGapIsNotCounted() {
        started();
        story.tenant("acme").version("7").counts(3, 5, 0).modified("01:00").watermark("10:00");
        story.epoch("13:00", 2).begin("13:00", Story.TENANT);
        story.tenant("acme").version("8").counts(3, 5, 0).snapshot("13:01").end("13:02", Story.TENANT);
        story.watermark("18:59");
        assertThat(story.said).isEmpty();

        story.watermark("19:00");

        assertThat(story.said).containsExactly("19:00 TenantResourcesMismatch acme firing");
        assertThat(story.transitions.get(0).unproven()).isTrue();
        assertThat(story.transitions.get(0).frozen()).isEqualTo(Duration.ofMinutes(3));
        assertThat(story.transitions.get(0).since()).isEqualTo(Story.time("01:00"));
    }

    @Test
    void twoFramesInARowDoNotCountTheGapTwice() {
        started();
        story.tenant("acme").version("7").counts(3, 5, 0).modified("01:00").watermark("10:00");
        story.epoch("13:00", 2).begin("13:00", Story.TENANT);
        story.tenant("acme").version("8").counts(3, 5, 0).snapshot("13:00");
        story.epoch("14:00", 3).begin("14:00", Story.TENANT);
        story.tenant("acme").version("9").counts(3, 5, 0).snapshot("14:00").end("14:02", Story.TENANT);
        story.watermark("40:00");

        assertThat(story.transitions.get(0).frozen()).isEqualTo(Duration.ofMinutes(4));
    }

    @Test
    void thePolicyMayCountTheGapOrStartAnew() {
        assertThat(firstFiring(Rules.GapPolicy.COUNT)).isEqualTo("16:00 TenantResourcesMismatch acme firing");
        assertThat(firstFiring(Rules.GapPolicy.RESET)).isEqualTo("28:01 TenantResourcesMismatch acme firing");
    }

    private static String firstFiring(Rules.GapPolicy policy) {
        Rules builtIn = Rules.builtIn();
        Story other = new Story(new Rules(builtIn.tenantRules(), List.of(), null, null, null, policy));
        other.epoch("00:00", 1).emptyFrame("00:00", Story.TENANT).watermark("00:01");
        other.tenant("acme").version("7").counts(3, 5, 0).modified("01:00").watermark("10:00");
        other.epoch("13:00", 2).begin("13:00", Story.TENANT);
        other.tenant("acme").version("8").counts(3, 5, 0).snapshot("13:01").end("13:02", Story.TENANT);
        other.watermark("40:00");
        return other.said.get(0);
    }

    @Test
    void aRecoveryInsideAGapNeverFires() {
        started();
        story.tenant("acme").counts(3, 5, 0).modified("01:00").watermark("15:00");
        story.gap("15:00", "20:00", true, Story.TENANT);
        story.tenant("acme").counts(5, 5, 0).modified("20:01").watermark("20:05");

        assertThat(story.said).isEmpty();
    }

    @Test
    void aResumedWatchWithoutNewsCountsTheGap() {
        started();
        story.tenant("acme").counts(3, 5, 0).modified("01:00").watermark("15:00");
        story.gap("15:00", "20:00", true, Story.TENANT).watermark("20:05");

        assertThat(story.said).containsExactly("16:00 TenantResourcesMismatch acme firing");
        assertThat(story.transitions.get(0).frozen()).isZero();
    }

    @Test
    void anObservationBehindANewEpochProvesNothing() {
        started();
        story.tenant("acme").counts(3, 5, 0).modified("01:00").watermark("15:00");
        story.epoch("20:00", 2).begin("20:00", Story.TENANT);
        story.tenant("acme").version("2").counts(5, 5, 0).snapshot("20:01").end("20:02", Story.TENANT);
        story.watermark("21:00");

        assertThat(story.said).isEmpty();
    }

    @Test
    void nothingFiresOrResolvesOnABlindKindUntilItIsBack() {
        started();
        story.tenant("acme").counts(3, 5, 0).modified("01:00").watermark("15:00");
        story.coverage.put(Story.TENANT, KindCoverage.BLIND);
        story.watermark("18:00");
        assertThat(story.said).isEmpty();

        story.gap("15:00", "19:00", true, Story.TENANT);
        story.coverage.put(Story.TENANT, KindCoverage.LIVE);
        story.watermark("19:05");

        assertThat(story.said).containsExactly("16:00 TenantResourcesMismatch acme firing");
    }

    @Test
    void saysThatAKindIsBlindAfterFiveMinutesOfTheClustersTime() {
        started()
                .watches(Story.DEPLOYMENT)
                .emptyFrame("00:02", Story.DEPLOYMENT)
                .watermark("01:00");
        story.coverage.put(Story.DEPLOYMENT, KindCoverage.BLIND);
        story.watermark("05:59").watermark("06:00").restarted();
        story.gap("01:00", "07:00", true, Story.DEPLOYMENT);
        story.coverage.put(Story.DEPLOYMENT, KindCoverage.LIVE);
        story.watermark("07:05");

        assertThat(story.said)
                .containsExactly(
                        "06:00 ClusterKindBlind Deployment.apps firing",
                        "07:05 ClusterKindBlind Deployment.apps resolved recovered");
    }

    @Test
    void anOutageOfTheExporterItselfMakesNoKindBlind() {
        started()
                .watches(Story.DEPLOYMENT)
                .emptyFrame("00:02", Story.DEPLOYMENT)
                .watermark("01:00");
        story.epoch("59:00", 2).begin("59:00", Story.TENANT).end("59:01", Story.TENANT);
        story.coverage.put(Story.DEPLOYMENT, KindCoverage.BLIND);
        story.watermark("59:05").emptyFrame("59:06", Story.DEPLOYMENT);
        story.coverage.put(Story.DEPLOYMENT, KindCoverage.LIVE);
        story.watermark("59:10");

        assertThat(story.said).isEmpty();
    }

    @Test
    void silenceOfACluster() {
        story.tick("00:00");
        started().tick("00:02").tick("02:01").tick("02:02").tick("02:03");
        story.watermark("02:03").tick("02:04").tick("02:05");

        assertThat(story.said)
                .containsExactly(
                        "02:02 ClusterTelemetryStale c1 firing", "02:04 ClusterTelemetryStale c1 resolved recovered");
    }

    @Test
    void silenceIsJudgedAnewAfterARestart() {
        started().tick("00:02").restarted().tick("50:00").tick("51:59");
        assertThat(story.said).isEmpty();

        story.tick("52:00");

        assertThat(story.said).containsExactly("52:00 ClusterTelemetryStale c1 firing");
    }

    @Test
    void anUndecodableTenantIsFrozenAndItsTimeNotCounted() {
        started();
        story.tenant("acme").counts(3, 5, 0).modified("01:00").watermark("10:00");
        story.tenant("acme").seen("11:00", Change.UNDECODABLE).watermark("20:00");
        assertThat(story.said).isEmpty();

        story.tenant("acme").version("9").counts(3, 5, 0).modified("21:00").watermark("26:00");

        assertThat(story.said).containsExactly("26:00 TenantResourcesMismatch acme firing");
        assertThat(story.transitions.get(0).frozen()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void aDailyFrameFromMemoryChangesNothing() {
        started();
        story.tenant("acme").counts(3, 5, 0).modified("01:00").watermark("10:00");
        story.begin("10:01", Story.TENANT, true, 0);
        story.tenant("acme")
                .counts(3, 5, 0)
                .snapshot("10:01")
                .end("10:01", Story.TENANT)
                .watermark("16:00");

        assertThat(story.said).containsExactly("16:00 TenantResourcesMismatch acme firing");
        assertThat(story.transitions.get(0).frozen()).isZero();
    }

    /** Found by the oracle: the look at 04:00 is later than the watermark from which the gap counts. */
    @Test
    void whatCannotBeDecodedBehindAGapWasKnownUntilItWasLastSeen() {
        Story untold = new Story();
        untold.epoch("00:00", 1).begin("00:00", Story.TENANT);
        untold.tenant("acme")
                .counts(1, 2, 0)
                .snapshot("00:00")
                .end("00:00", Story.TENANT)
                .watermark("02:00");
        untold.tenant("acme").version("2").counts(1, 2, 0).modified("04:00");
        untold.gap("02:00", "06:00", false, Story.TENANT).begin("06:00", Story.TENANT);
        untold.tenant("acme").version("3").seen("06:00", Change.UNDECODABLE).end("06:00", Story.TENANT);
        untold.watermark("07:00");
        untold.tenant("acme").version("4").counts(1, 2, 0).modified("08:00");
        untold.watermark("18:59");
        assertThat(untold.said).isEmpty();

        untold.watermark("19:00");

        assertThat(untold.said).containsExactly("19:00 TenantResourcesMismatch acme firing");
    }
}
