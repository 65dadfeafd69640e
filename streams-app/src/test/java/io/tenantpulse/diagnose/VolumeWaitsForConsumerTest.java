package io.tenantpulse.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.diagnose.Picture.Pod;
import io.tenantpulse.model.ClaimFacts;
import org.junit.jupiter.api.Test;

class VolumeWaitsForConsumerTest {
    private static final ClaimFacts WAITS = new ClaimFacts("Pending", "local", true, "WaitForFirstConsumer");

    @Test
    void isADeadlockWhenTheConsumerDependsOnTheClaimAndIsHeldBack() {
        Picture picture = new Picture()
                .needs("data", "PersistentVolumeClaim")
                .needs("store", "Deployment", "data")
                .claim("data", WAITS);

        Cause cause = picture.cause();

        assertThat(cause.word()).isEqualTo(CauseWord.VOLUME_WAITS_FOR_CONSUMER);
        assertThat(cause.confidence()).isEqualTo(Confidence.CERTAIN);
        assertThat(cause.subject()).isEqualTo("local");
        assertThat(cause.detail()).startsWith("deadlock");
        assertThat(picture.health("data").state()).isEqualTo(ResourceHealth.State.FAILED);
        assertThat(picture.words()).containsExactly("VolumeWaitsForConsumer", "DependencyWait");
    }

    @Test
    void isNoDeadlockWhereTheConsumerIsThere() {
        Picture picture = new Picture()
                .needs("data", "PersistentVolumeClaim")
                .needs("store", "Deployment", "data")
                .claim("data", WAITS)
                .workload("store", 1, 0, 0)
                .now(1);

        assertThat(picture.cause().word()).isEqualTo(CauseWord.VOLUME_WAITS_FOR_CONSUMER);
        assertThat(picture.cause().detail()).doesNotContain("deadlock");
        assertThat(picture.health("data").state()).isEqualTo(ResourceHealth.State.PROGRESSING);
    }

    @Test
    void isExplainedByAConsumerThatFitsOnNoNode() {
        Picture picture = new Picture()
                .needs("data", "PersistentVolumeClaim")
                .needs("store", "Deployment", "data")
                .claim("data", WAITS)
                .workload("store", 1, 1, 0)
                .pod(Pod.of("store")
                        .phase("Pending", null)
                        .condition("PodScheduled", "False", "Unschedulable", "3 Insufficient cpu"));

        assertThat(picture.cause().word()).isEqualTo(CauseWord.UNSCHEDULABLE);
        assertThat(picture.cause().resources()).contains("data");
    }
}
