package io.tenantpulse.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.diagnose.Picture.Pod;
import io.tenantpulse.model.Condition;
import io.tenantpulse.model.Dependency;
import io.tenantpulse.model.Facts;
import io.tenantpulse.model.JobFacts;
import io.tenantpulse.model.ObjectId;
import io.tenantpulse.model.Readiness;
import io.tenantpulse.model.Replicas;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** States that were taken for something else than they are. */
class AttackedReadingsTest {
    private static final ObjectId SET = Picture.object("StatefulSet", "acme-db");

    private static Picture set(int current) {
        return new Picture().needs("db", "StatefulSet").workload("db", 3, current, 0);
    }

    @Test
    void podsMadeSinceTheyWereRefusedTellMoreThanTheRefusal() {
        Picture picture = set(1).pod(Pod.of("db").created(25).waiting("ErrImagePull", ""))
                .warning(SET, "FailedCreate", "admission webhook \"policy.example.com\" denied the request", 20);

        assertThat(picture.words()).containsExactly("ImagePull", "StatefulSetOrdinal");
    }

    @Test
    void aRefusalSinceTheNewestPodWasMadeStillLeads() {
        Picture picture = set(1).pod(Pod.of("db").created(15).running(16))
                .warning(SET, "FailedCreate", "admission webhook \"policy.example.com\" denied the request", 20);

        assertThat(picture.cause().word()).isEqualTo(CauseWord.ADMISSION_DENIED);
    }

    @Test
    void podsThatAreOverDoNotHideThatNewOnesAreRefused() {
        Condition failure = new Condition(
                "ReplicaFailure", "True", "FailedCreate", "exceeded quota: team, requested", Picture.minute(1));
        Picture picture = new Picture().needs("api", "Deployment").workload("api", 1, 0, 0, failure);
        for (String each : List.of("a", "b", "c")) {
            picture.pod(Pod.of("api").named(each).phase("Failed", "Evicted"));
        }

        assertThat(picture.cause().word()).isEqualTo(CauseWord.QUOTA_EXCEEDED);
    }

    @Test
    void aVolumeThatWasMountedInTheEndIsNotToBlame() {
        Picture picture = new Picture()
                .needs("api", "Deployment")
                .workload("api", 1, 1, 0)
                .pod(Pod.of("api")
                        .phase("Pending", null)
                        .waiting("ContainerCreating", null)
                        .condition("PodReadyToStartContainers", "True", "", ""))
                .warning(
                        Picture.object("Pod", "acme-api-0"),
                        "FailedMount",
                        "MountVolume.SetUp failed for volume \"tls\" : failed to sync secret cache");

        assertThat(picture.cause().word()).isEqualTo(CauseWord.UNKNOWN);
        assertThat(picture.now(2).cause().word()).isEqualTo(CauseWord.STARTING);
    }

    @Test
    void aDaemonSetThatItsControllerHasNotSeenMayMatchNodes() {
        Facts facts = new Facts(
                null, null, List.of(), new Replicas(0, 0, 0, 0, 0, 1L, null), null, null, null, null, List.of());
        Picture picture = new Picture().needs("agent", "DaemonSet").notReady("agent", "NoEligibleNode", facts);

        assertThat(picture.words()).doesNotContain("NoEligibleNode");
    }

    @Test
    void aCrashAfterAKillForMemoryIsACrash() {
        Picture picture = new Picture()
                .needs("db", "StatefulSet")
                .workload("db", 1, 1, 0)
                .pod(Pod.of("db").crashed(2, "terminated", "Error", "OOMKilled", 1, null));

        assertThat(picture.cause().word()).isEqualTo(CauseWord.CRASH_LOOP);
    }

    @Test
    void podsOfAJobThatHadTheNameBeforeAreNotThisJobs() {
        SeenObject job = new SeenObject(
                Picture.object("Job", "acme-migrate"),
                Picture.uid("migrate"),
                "migrate",
                true,
                Readiness.NOT_READY,
                "JobRunning",
                Picture.minute(10),
                Picture.minute(10),
                null,
                false,
                new Facts(
                        null,
                        null,
                        List.of(),
                        null,
                        null,
                        null,
                        new JobFacts(1, 0, 0, 1, 6, false),
                        null,
                        List.of(Picture.IMAGE)),
                false);
        Picture picture = new Picture()
                .needs("migrate", "Job")
                .has(job)
                .pod(Pod.of("migrate")
                        .in("a-job-before")
                        .phase("Failed", null)
                        .crashed(0, "terminated", "OOMKilled", "OOMKilled", 137, null));

        assertThat(picture.cause().word()).isEqualTo(CauseWord.JOB_RUNNING);
    }

    @Test
    void aBoundVolumeOfAnotherZoneLeavesThePodWithoutANode() {
        Picture picture = new Picture()
                .needs("db", "StatefulSet")
                .workload("db", 1, 1, 0)
                .pod(
                        Pod.of("db")
                                .phase("Pending", null)
                                .condition(
                                        "PodScheduled",
                                        "False",
                                        "Unschedulable",
                                        "0/3 nodes are available: 1 Insufficient cpu, 2 node(s) had volume node affinity conflict."));

        assertThat(picture.cause().word()).isEqualTo(CauseWord.UNSCHEDULABLE);
        assertThat(picture.cause().subject()).isEqualTo("Insufficient cpu");
    }

    @Test
    void whatIsToldOfACauseIsOneLineWhateverMessagesHold() {
        Picture picture = new Picture()
                .needs("api", "Deployment")
                .workload("api", 1, 1, 0)
                .pod(Pod.of("api").waiting("CreateContainerError", "first\nsecond \u202Ethird \u001B[2J"));

        assertThat(picture.cause().detail()).endsWith("first second  third  [2J");
    }

    @Test
    void aSecretWithoutIdIsNotTakenForAppliedBecauseAnotherResourceWithoutIdIs() {
        Picture picture = new Picture()
                .needs(new Dependency(
                        "", Picture.object("Secret", "keys"), List.of(), true, Duration.ofMinutes(5), false))
                .applied("");

        assertThat(picture.health("Secret/keys").state()).isEqualTo(ResourceHealth.State.UNKNOWN);
    }
}
