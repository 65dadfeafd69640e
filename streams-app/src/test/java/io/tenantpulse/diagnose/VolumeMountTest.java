package io.tenantpulse.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.diagnose.Picture.Pod;
import org.junit.jupiter.api.Test;

class VolumeMountTest {
    private static Picture api(String reason, String message) {
        return new Picture()
                .needs("api", "Deployment")
                .workload("api", 1, 1, 0)
                .pod(Pod.of("api").phase("Pending", null).waiting("ContainerCreating", null))
                .warning(Picture.object("Pod", "acme-api-0"), reason, message);
    }

    @Test
    void namesTheVolume() {
        Cause cause = api("FailedMount", "MountVolume.SetUp failed for volume \"shared\" : mount failed: exit 32")
                .cause();

        assertThat(cause.word()).isEqualTo(CauseWord.VOLUME_MOUNT);
        assertThat(cause.subject()).isEqualTo("shared");
        assertThat(cause.confidence()).isEqualTo(Confidence.LIKELY);
    }

    @Test
    void isAbsentConfigurationWhenTheVolumeIsASecretThatIsMissing() {
        Cause cause = api("FailedMount", "MountVolume.SetUp failed for volume \"tls\" : secret \"acme-tls\" not found")
                .cause();

        assertThat(cause.word()).isEqualTo(CauseWord.CONTAINER_CONFIG);
        assertThat(cause.subject()).isEqualTo("Secret acme-tls");
    }

    @Test
    void isSuspectedWithoutEventsWhenThePodIsNotPreparedInTime() {
        Picture picture = new Picture()
                .needs("api", "Deployment")
                .workload("api", 1, 1, 0)
                .pod(Pod.of("api")
                        .phase("Pending", null)
                        .waiting("ContainerCreating", null)
                        .condition("PodReadyToStartContainers", "False", "", ""));

        assertThat(picture.cause().word()).isEqualTo(CauseWord.VOLUME_MOUNT);
        assertThat(picture.cause().confidence()).isEqualTo(Confidence.POSSIBLE);
        assertThat(picture.now(2).cause().word()).isEqualTo(CauseWord.STARTING);
    }
}
