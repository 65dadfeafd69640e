package io.tenantpulse.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.diagnose.Picture.Pod;
import io.tenantpulse.model.Facts;
import java.util.List;
import org.junit.jupiter.api.Test;

class DependencyCausesTest {
    private static Picture chain() {
        return new Picture()
                .needs("db", "StatefulSet")
                .needs("migrate", "Job", "db")
                .needs("api", "Deployment", "migrate")
                .workload("db", 1, 1, 0)
                .pod(Pod.of("db").waiting("ImagePullBackOff", ""));
    }

    @Test
    void whereDependentsAreAbsentTheBlockersCauseLeads() {
        Diagnosis diagnosis = chain().diagnosed();

        assertThat(diagnosis.causes())
                .extracting(each -> each.word().word())
                .containsExactly("ImagePull", "DependencyWait");
        assertThat(diagnosis.blockers()).containsExactly(new Blockage.Blocker("db", 2));
        assertThat(diagnosis.causes().get(1).resources()).containsExactly("api", "migrate");
        assertThat(diagnosis.causes().get(1).subject()).isEqualTo("db");
        assertThat(diagnosis.resources().get(2).waitsFor()).containsExactly("api", "migrate", "db");
        assertThat(diagnosis.resources().get(2).state()).isEqualTo(ResourceHealth.State.WAITING);
    }

    @Test
    void whereDependentsRunAndCrashBesideTheirDependencyTheyAreConsequences() {
        Picture picture = chain().workload("api", 1, 1, 0)
                .pod(Pod.of("api").crashed(7, "waiting", "CrashLoopBackOff", "Error", 1, null));

        assertThat(picture.words()).containsExactly("ImagePull", "DependencyWait");
        assertThat(picture.health("api").state()).isEqualTo(ResourceHealth.State.WAITING);
        assertThat(picture.health("api").reason()).isEqualTo("CrashLoop");
    }

    @Test
    void whatNoDependencyCanBringAboutIsACauseOfItsOwnBehindABlocker() {
        Picture picture = chain().workload("api", 1, 1, 0)
                .pod(Pod.of("api")
                        .phase("Pending", null)
                        .condition("PodScheduled", "False", "Unschedulable", "3 Insufficient cpu"));

        assertThat(picture.words()).containsExactly("ImagePull", "Unschedulable", "DependencyWait");
        assertThat(picture.diagnosed().causes().get(2).resources()).containsExactly("migrate");
    }

    @Test
    void ofTwoBlockersTheOneThatHoldsMoreLeads() {
        Picture picture = new Picture()
                .needs("a", "ConfigMap")
                .needs("db", "StatefulSet")
                .needs("x", "Service", "db")
                .needs("y", "Service", "db", "lb")
                .needs("lb", "Service")
                .ready("a")
                .workload("db", 1, 1, 0)
                .pod(Pod.of("db").running(1))
                .notReady("lb", "LoadBalancerPending", Facts.NONE);

        assertThat(picture.words()).containsExactly("ReadinessProbe", "LoadBalancerPending", "DependencyWait");
        assertThat(picture.diagnosed().blockers())
                .containsExactly(new Blockage.Blocker("db", 2), new Blockage.Blocker("lb", 1));
    }

    @Test
    void ofBlockersThatHoldAsMuchTheBrokenOneLeads() {
        Picture picture = new Picture()
                .needs("a", "Deployment")
                .needs("b", "Deployment")
                .workload("a", 1, 1, 0)
                .pod(Pod.of("a").running(1))
                .workload("b", 1, 1, 0)
                .pod(Pod.of("b").waiting("ErrImagePull", ""));

        assertThat(picture.words()).containsExactly("ImagePull", "ReadinessProbe");
    }

    @Test
    void theSameTroubleOfTwoBlockersIsOneCause() {
        Picture picture = new Picture()
                .needs("a", "Deployment")
                .needs("b", "Deployment")
                .workload("a", 1, 1, 0)
                .pod(Pod.of("a").waiting("ErrImagePull", ""))
                .workload("b", 1, 1, 0)
                .pod(Pod.of("b").waiting("ErrImagePull", ""));

        assertThat(picture.words()).containsExactly("ImagePull");
        assertThat(picture.cause().resources()).containsExactly("a", "b");
        assertThat(picture.cause().count()).isEqualTo(2);
    }

    @Test
    void aCycleLeadsWithItsPath() {
        Picture picture = new Picture()
                .needs("a", "Service", "b")
                .needs("b", "Service", "c")
                .needs("c", "Service", "a")
                .needs("d", "ConfigMap")
                .withoutStatus()
                .condition("Ready", "False", "DependencyError", "circular dependency detected: c -> a");

        assertThat(picture.words()).containsExactly("DependencyCycle", "DependencyWait");
        assertThat(picture.cause().detail()).isEqualTo("cycle a -> b -> c -> a");
        assertThat(picture.diagnosed().blockers()).isEmpty();
        assertThat(picture.diagnosed().views().own()).isEqualTo(Outlook.NOT_READY_OTHERWISE);
    }

    @Test
    void aMissingIdLeadsWithWhoNamesIt() {
        Picture picture = new Picture().needs("a", "Service", "nowhere").needs("b", "Service");

        assertThat(picture.words()).containsExactly("DependencyMissing", "DependencyWait");
        assertThat(picture.cause().subject()).isEqualTo("nowhere");
        assertThat(picture.cause().resources()).containsExactly("a");
        assertThat(picture.diagnosed().blockers()).isEmpty();
    }

    @Test
    void withAnInvalidSpecWhatExistsCanStillBeBroken() {
        Picture picture = new Picture()
                .needs("a", "Service", "nowhere")
                .needs("b", "Deployment")
                .workload("b", 1, 1, 0)
                .pod(Pod.of("b").waiting("ErrImagePull", ""));

        assertThat(picture.words()).containsExactly("DependencyMissing", "ImagePull", "DependencyWait");
        assertThat(picture.diagnosed().blockers()).containsExactly(new Blockage.Blocker("b", 0));
    }

    @Test
    void whatNeedNotBeWaitedForHoldsNobodyAndComesLast() {
        Picture picture = new Picture()
                .needs("seed", "Deployment")
                .optional()
                .needs("api", "Deployment", "seed")
                .workload("seed", 1, 1, 0)
                .pod(Pod.of("seed").waiting("ErrImagePull", ""))
                .workload("api", 1, 1, 0)
                .pod(Pod.of("api").running(1));

        assertThat(picture.words()).containsExactly("ReadinessProbe", "ImagePull");
        assertThat(picture.diagnosed().blockers()).containsExactly(new Blockage.Blocker("api", 0));
    }

    @Test
    void whatIsCreatedOnceIsReadyAsSoonAsItExists() {
        Picture picture = new Picture()
                .needs("seed", "Job")
                .once()
                .needs("api", "Deployment", "seed")
                .notReady("seed")
                .workload("api", 1, 1, 0)
                .pod(Pod.of("api").running(1));

        assertThat(picture.health("seed").state()).isEqualTo(ResourceHealth.State.READY);
        assertThat(picture.words()).containsExactly("ReadinessProbe");
    }

    @Test
    void aResourceWithoutIdIsNamedByItsObject() {
        Picture picture = new Picture()
                .needs(new io.tenantpulse.model.Dependency(
                        "", Picture.object("Service", "web"), List.of(), true, java.time.Duration.ofMinutes(5), false));

        assertThat(picture.cause().resources()).containsExactly("Service/web");
    }
}
