package io.tenantpulse.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.diagnose.Picture.Pod;
import io.tenantpulse.model.Condition;
import org.junit.jupiter.api.Test;

class PodCreationTest {
    private static Picture refused(String message) {
        Condition failure = new Condition("ReplicaFailure", "True", "FailedCreate", message, Picture.minute(1));
        return new Picture().needs("q", "Deployment").workload("q", 3, 0, 0, failure);
    }

    @Test
    void namesTheQuota() {
        Cause cause = refused("pods \"x\" is forbidden: exceeded quota: team-pods, requested: pods=1")
                .cause();

        assertThat(cause.word()).isEqualTo(CauseWord.QUOTA_EXCEEDED);
        assertThat(cause.subject()).isEqualTo("team-pods");
        assertThat(cause.count()).isEqualTo(3);
        assertThat(cause.confidence()).isEqualTo(Confidence.CERTAIN);
        assertThat(cause.remedies())
                .extracting(each -> each.command(null))
                .contains("kubectl describe resourcequota -n ns");
    }

    @Test
    void explainsThePodsThatLackBesideThoseThatRun() {
        Condition failure = new Condition(
                "ReplicaFailure", "True", "FailedCreate", "exceeded quota: pods, requested", Picture.minute(1));
        Picture picture = new Picture()
                .needs("q", "Deployment")
                .workload("q", 3, 1, 1, failure)
                .pod(Pod.of("q").ready());

        assertThat(picture.words()).containsExactly("QuotaExceeded");
        assertThat(picture.cause().count()).isEqualTo(2);
    }

    @Test
    void whatMorePodsSufferFromLeads() {
        Condition failure =
                new Condition("ReplicaFailure", "True", "FailedCreate", "exceeded quota: pods, x", Picture.minute(1));
        Picture mostLack = new Picture()
                .needs("q", "Deployment")
                .workload("q", 3, 1, 0, failure)
                .pod(Pod.of("q").running(1));
        Picture mostRun = new Picture()
                .needs("q", "Deployment")
                .workload("q", 3, 2, 0, failure)
                .pod(Pod.of("q").named("a").running(1))
                .pod(Pod.of("q").named("b").running(1));

        assertThat(mostLack.words()).containsExactly("QuotaExceeded", "ReadinessProbe");
        assertThat(mostRun.words()).containsExactly("ReadinessProbe", "QuotaExceeded");
    }

    @Test
    void namesWhoDeniesAdmission() {
        assertThat(refused("admission webhook \"policy.example.com\" denied the request: no")
                        .cause()
                        .subject())
                .isEqualTo("webhook policy.example.com");
        assertThat(refused("pods is forbidden: violates PodSecurity \"restricted:latest\": x")
                        .cause()
                        .subject())
                .isEqualTo("PodSecurity restricted:latest");
        assertThat(refused("error looking up service account ns/x: serviceaccount \"x\" not found")
                        .cause()
                        .subject())
                .isEqualTo("ServiceAccount x");
        assertThat(refused("pods is forbidden: because").cause().word()).isEqualTo(CauseWord.ADMISSION_DENIED);
    }

    @Test
    void ofAStatefulSetOnlyEventsTell() {
        Picture picture = new Picture()
                .needs("db", "StatefulSet")
                .workload("db", 2, 0, 0)
                .warning(
                        Picture.object("StatefulSet", "acme-db"),
                        "FailedCreate",
                        "create Pod acme-db-0 in StatefulSet acme-db failed: exceeded quota: pods, requested: 1");

        assertThat(picture.cause().word()).isEqualTo(CauseWord.QUOTA_EXCEEDED);
        assertThat(picture.cause().confidence()).isEqualTo(Confidence.LIKELY);
    }

    @Test
    void anEventFromBeforeAllPodsWereThereDoesNotExplain() {
        Picture picture = new Picture()
                .needs("db", "StatefulSet")
                .workload("db", 1, 1, 0)
                .pod(Pod.of("db").running(1))
                .warning(Picture.object("StatefulSet", "acme-db"), "FailedCreate", "exceeded quota: pods, requested");

        assertThat(picture.words()).containsExactly("ReadinessProbe");
    }

    @Test
    void anObjectThatTheApiServerRefusesIsNamedByTheOperatorsEvent() {
        Picture picture = new Picture().needs("api", "Deployment");
        picture.tenantWarning(
                "ApplyFailed", "Failed to apply resource api: admission webhook \"w.example.com\" denied the request");

        assertThat(picture.cause().word()).isEqualTo(CauseWord.ADMISSION_DENIED);
        assertThat(picture.cause().resources()).containsExactly("api");
    }
}
