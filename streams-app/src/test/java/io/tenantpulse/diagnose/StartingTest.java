package io.tenantpulse.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.diagnose.Picture.Pod;
import org.junit.jupiter.api.Test;

class StartingTest {
    @Test
    void isSlowAndNotBrokenWithinTheResourcesOwnTimeout() {
        Picture picture = new Picture()
                .needs("ml", "Deployment")
                .timeout(60)
                .workload("ml", 1, 1, 0)
                .pod(Pod.of("ml").running(1))
                .now(59);

        assertThat(picture.words()).containsExactly("Starting");
        assertThat(picture.health("ml").state()).isEqualTo(ResourceHealth.State.PROGRESSING);
        assertThat(picture.health("ml").timeLeft()).isEqualTo(java.time.Duration.ofMinutes(1));
        assertThat(picture.now(60).words()).containsExactly("ReadinessProbe");
    }

    @Test
    void aNewPodHasTheWholeTimeAgain() {
        Picture picture = new Picture()
                .needs("api", "Deployment")
                .workload("api", 1, 1, 0)
                .pod(Pod.of("api").created(28).running(28));

        assertThat(picture.cause().word()).isEqualTo(CauseWord.STARTING);
    }

    @Test
    void timeBeginsAgainWhenTheOperatorAppliesAnew() {
        Picture picture = new Picture()
                .needs("api", "Deployment")
                .workload("api", 1, 1, 0)
                .pod(Pod.of("api").running(1))
                .applyStart(27);

        assertThat(picture.cause().word()).isEqualTo(CauseWord.STARTING);
    }

    @Test
    void containersThatAreBeingCreatedAreStarting() {
        Picture picture = new Picture()
                .needs("api", "Deployment")
                .workload("api", 1, 1, 0)
                .pod(Pod.of("api").phase("Pending", null).waiting("ContainerCreating", null))
                .now(3);

        assertThat(picture.cause().word()).isEqualTo(CauseWord.STARTING);
    }

    @Test
    void whatIsNotCreatedYetIsStarting() {
        Picture picture = new Picture().needs("cfg", "ConfigMap").now(1);

        assertThat(picture.words()).containsExactly("Starting");
        assertThat(picture.health("cfg").state()).isEqualTo(ResourceHealth.State.MISSING);
    }
}
