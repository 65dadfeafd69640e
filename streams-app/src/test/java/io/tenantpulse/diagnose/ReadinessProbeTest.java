package io.tenantpulse.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.diagnose.Picture.Pod;
import org.junit.jupiter.api.Test;

class ReadinessProbeTest {
    @Test
    void aPodThatLostItsReadinessIsNotStarting() {
        Picture picture = new Picture()
                .needs("api", "Deployment")
                .timeout(60)
                .workload("api", 1, 1, 0)
                .pod(Pod.of("api").running(1).lostReadiness(20));

        assertThat(picture.cause().word()).isEqualTo(CauseWord.READINESS_PROBE);
        assertThat(picture.cause().detail()).contains("was ready");
    }

    @Test
    void theEventThatTellsOfTheProbeIsEvidence() {
        Picture picture = new Picture()
                .needs("api", "Deployment")
                .workload("api", 1, 1, 0)
                .pod(Pod.of("api").running(1))
                .warning(Picture.object("Pod", "acme-api-0"), "Unhealthy", "Readiness probe failed: 503");

        assertThat(picture.cause().word()).isEqualTo(CauseWord.READINESS_PROBE);
        assertThat(picture.cause().evidence())
                .extracting(Evidence::field, Evidence::value)
                .contains(org.assertj.core.groups.Tuple.tuple("event/Unhealthy", "Readiness probe failed: 503"));
    }

    @Test
    void aRestartLongAgoDoesNotMakeItACrash() {
        Picture picture = new Picture()
                .needs("api", "Deployment")
                .workload("api", 1, 1, 0)
                .pod(Pod.of("api").crashed(1, "running", null, "Error", 1, Picture.minute(10)));

        assertThat(picture.cause().word()).isEqualTo(CauseWord.READINESS_PROBE);
    }
}
