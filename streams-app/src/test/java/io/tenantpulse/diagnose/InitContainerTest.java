package io.tenantpulse.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.diagnose.Picture.Pod;
import io.tenantpulse.model.Container;
import org.junit.jupiter.api.Test;

class InitContainerTest {
    private static Picture with(Container init) {
        return new Picture()
                .needs("api", "Deployment")
                .workload("api", 1, 1, 0)
                .pod(Pod.of("api").phase("Pending", null).container(init).waiting("PodInitializing", null));
    }

    private static Container init(String state, String reason, int restarts, Integer exit, String last) {
        return new Container("setup", true, "setup:1", false, restarts, state, reason, null, exit, last, null);
    }

    @Test
    void oneThatCrashesIsAFailure() {
        Picture picture = with(init("waiting", "CrashLoopBackOff", 4, 1, "Error"));

        assertThat(picture.cause().word()).isEqualTo(CauseWord.INIT_CONTAINER);
        assertThat(picture.cause().subject()).isEqualTo("setup:1");
        assertThat(picture.health("api").state()).isEqualTo(ResourceHealth.State.FAILED);
    }

    @Test
    void oneThatDoesNotEndIsStartingAtFirst() {
        Picture picture = with(init("running", null, 0, null, null));

        assertThat(picture.now(4).cause().word()).isEqualTo(CauseWord.STARTING);
        assertThat(picture.now(6).cause().word()).isEqualTo(CauseWord.INIT_CONTAINER);
        assertThat(picture.health("api").state()).isEqualTo(ResourceHealth.State.STALLED);
    }

    @Test
    void oneThatWasKilledForItsMemoryIsThat() {
        assertThat(with(init("waiting", "CrashLoopBackOff", 4, 137, "OOMKilled"))
                        .cause()
                        .word())
                .isEqualTo(CauseWord.OOM_KILLED);
    }

    @Test
    void oneThatEndedWellAndASidecarThatIsUpHoldNobody() {
        Picture picture = new Picture()
                .needs("api", "Deployment")
                .workload("api", 1, 1, 0)
                .pod(Pod.of("api")
                        .container(init("terminated", "Completed", 0, 0, null))
                        .container(new Container(
                                "proxy", true, "proxy:1", true, 0, "running", null, null, null, null, null))
                        .running(1));

        assertThat(picture.cause().word()).isEqualTo(CauseWord.READINESS_PROBE);
    }
}
