package io.tenantpulse.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.diagnose.Picture.Pod;
import io.tenantpulse.model.Condition;
import io.tenantpulse.model.Container;
import io.tenantpulse.model.JobFacts;
import org.junit.jupiter.api.Test;

class JobTest {
    private static Picture job(JobFacts facts, Condition... said) {
        return new Picture().needs("migrate", "Job").job("migrate", facts, said);
    }

    private static Pod ended(String name, int exit, String reason) {
        return Pod.of("migrate")
                .named(name)
                .phase("Failed", null)
                .container(new Container("m", false, "m:1", false, 0, "terminated", reason, null, exit, null, null));
    }

    @Test
    void aFailedJobTellsTheExitCodeOfItsLastPod() {
        Condition failed = new Condition("Failed", "True", "BackoffLimitExceeded", "too often", Picture.minute(9));
        Picture picture = job(new JobFacts(0, 0, 2, 1, 1, false), failed)
                .pod(ended("migrate-a", 1, "Error").created(1))
                .pod(ended("migrate-b", 3, "Error").created(5));

        Cause cause = picture.cause();

        assertThat(cause.word()).isEqualTo(CauseWord.JOB_FAILED);
        assertThat(cause.detail())
                .isEqualTo("the Job failed: BackoffLimitExceeded; the last pod ended with exit code 3");
        assertThat(cause.evidence()).extracting(Evidence::value).contains("3");
        assertThat(picture.health("migrate").state()).isEqualTo(ResourceHealth.State.FAILED);
        assertThat(cause.remedies())
                .extracting(each -> each.command(null))
                .contains("kubectl logs job/acme-migrate -n ns --tail=100");
    }

    @Test
    void aJobThatRunsIsRunningWhateverItsPodSays() {
        Picture picture =
                job(new JobFacts(1, 0, 0, 1, 6, false)).pod(Pod.of("migrate").running(1));

        assertThat(picture.words()).containsExactly("JobRunning");
    }

    @Test
    void aTryThatFailedLeavesItRunning() {
        Picture between = job(new JobFacts(0, 0, 1, 1, 6, false)).pod(ended("migrate-a", 1, "Error"));
        Picture again = job(new JobFacts(1, 0, 1, 1, 6, false))
                .pod(ended("migrate-a", 1, "Error"))
                .pod(Pod.of("migrate").named("migrate-b").created(20).running(20));

        assertThat(between.words()).containsExactly("JobRunning");
        assertThat(again.words()).containsExactly("JobRunning");
        assertThat(again.cause().detail()).contains("1 pod of it failed");
    }

    @Test
    void aJobWhosePodCannotStartIsExplainedByIt() {
        Picture picture =
                job(new JobFacts(1, 0, 0, 1, 6, false)).pod(Pod.of("migrate").waiting("ImagePullBackOff", ""));

        assertThat(picture.words()).containsExactly("ImagePull");
    }

    @Test
    void aContainerThatIsStartedAgainAndAgainIsACrashLoop() {
        Picture picture = job(new JobFacts(1, 0, 0, 1, 6, false))
                .pod(Pod.of("migrate").crashed(4, "waiting", "CrashLoopBackOff", "Error", 1, null));

        assertThat(picture.words()).containsExactly("CrashLoop");
    }

    @Test
    void aSuspendedJobIsNamedSo() {
        assertThat(job(new JobFacts(0, 0, 0, 1, 6, true)).cause().detail()).isEqualTo("the Job is suspended");
    }

    @Test
    void aJobWithoutPodsForAQuotaIsExplainedByIt() {
        Picture picture = job(new JobFacts(0, 0, 0, 1, 6, false))
                .warning(Picture.object("Job", "acme-migrate"), "FailedCreate", "exceeded quota: pods, requested: 1");

        assertThat(picture.words()).containsExactly("QuotaExceeded");
    }
}
