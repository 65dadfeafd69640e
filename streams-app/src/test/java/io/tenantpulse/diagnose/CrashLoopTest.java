package io.tenantpulse.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.diagnose.Picture.Pod;
import io.tenantpulse.model.Container;
import java.util.List;
import org.junit.jupiter.api.Test;

class CrashLoopTest {
    private static CauseWord seen(Pod pod) {
        return new Picture()
                .needs("api", "Deployment")
                .workload("api", 1, 1, 0)
                .pod(pod)
                .cause()
                .word();
    }

    @Test
    void isTheSameWhereverBetweenTwoCrashesItIsSeen() {
        assertThat(List.of(
                        seen(Pod.of("api").crashed(3, "waiting", "CrashLoopBackOff", "Error", 1, null)),
                        seen(Pod.of("api").crashed(3, "running", null, "Error", 1, Picture.minute(29))),
                        seen(Pod.of("api").crashed(3, "terminated", "Error", "Error", 1, null))))
                .containsOnly(CauseWord.CRASH_LOOP);
    }

    @Test
    void aPodWithoutProbeIsReadyBetweenTwoCrashes() {
        Container between = new Container(
                "app", false, Picture.IMAGE, true, 5, "running", null, null, 1, "Error", Picture.minute(29));

        assertThat(seen(Pod.of("api").condition("Ready", "True", "", "").container(between)))
                .isEqualTo(CauseWord.CRASH_LOOP);
    }

    @Test
    void tellsRestartsAndExitCodeAndHowToReadThePreviousLog() {
        Cause cause = new Picture()
                .needs("api", "Deployment")
                .workload("api", 1, 1, 0)
                .pod(Pod.of("api").crashed(3, "waiting", "CrashLoopBackOff", "Error", 2, null))
                .cause();

        assertThat(cause.detail()).isEqualTo("container app: crashes, 3 restarts, exit code 2");
        assertThat(cause.remedies())
                .extracting(each -> each.command(null))
                .contains("kubectl logs acme-api-0 -n ns -c app --tail=100 --previous");
    }

    @Test
    void onePodOfThreeIsCountedOnce() {
        Picture picture = new Picture().needs("api", "Deployment").workload("api", 3, 3, 2);
        picture.pod(Pod.of("api").named("a").ready())
                .pod(Pod.of("api").named("b").ready())
                .pod(Pod.of("api").named("c").crashed(9, "waiting", "CrashLoopBackOff", "Error", 1, null));

        assertThat(picture.cause().word()).isEqualTo(CauseWord.CRASH_LOOP);
        assertThat(picture.cause().count()).isEqualTo(1);
    }

    @Test
    void crashesOfTheFirstMinuteAreNoLoopOnceItRunsOn() {
        Pod pod = Pod.of("api").created(10).crashed(2, "running", null, "Error", 1, Picture.minute(11));

        assertThat(seen(pod)).isEqualTo(CauseWord.READINESS_PROBE);
    }

    @Test
    void aLoopOfLongRunsIsOneBetweenTwoCrashesToo() {
        Pod pod = Pod.of("api").created(0).crashed(5, "running", null, "Error", 1, Picture.minute(25));

        assertThat(seen(pod)).isEqualTo(CauseWord.CRASH_LOOP);
    }
}
