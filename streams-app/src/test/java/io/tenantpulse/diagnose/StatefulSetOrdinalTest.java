package io.tenantpulse.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.diagnose.Picture.Pod;
import io.tenantpulse.model.Container;
import io.tenantpulse.model.Facts;
import io.tenantpulse.model.Replicas;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatefulSetOrdinalTest {
    private static final Container CRASHING_INIT =
            new Container("init", true, Picture.IMAGE, false, 3, "waiting", "CrashLoopBackOff", null, 1, "Error", null);

    private static Picture set(Pod second) {
        return new Picture()
                .needs("node", "StatefulSet")
                .workload("node", 3, 2, 1)
                .pod(Pod.of("node").named("acme-node-0").ready())
                .pod(second.named("acme-node-1"));
    }

    @Test
    void onePodHoldsTheRestAndItsOwnTroubleIsTheDetail() {
        Cause cause = set(Pod.of("node").running(1)).cause();

        assertThat(cause.word()).isEqualTo(CauseWord.STATEFUL_SET_ORDINAL);
        assertThat(cause.detail()).startsWith("acme-node-1 holds 1 other pod: ReadinessProbe");
    }

    @Test
    void whatIsPlainlyBrokenInThatPodLeads() {
        assertThat(set(Pod.of("node").waiting("ErrImagePull", "")).words())
                .containsExactly("ImagePull", "StatefulSetOrdinal");
    }

    @Test
    void oneThatIsOnlyStartingHoldsNobodyUp() {
        assertThat(set(Pod.of("node").created(29).running(29)).words()).containsExactly("Starting");
    }

    @Test
    void theLastPodHoldsNobody() {
        Picture picture = new Picture()
                .needs("node", "StatefulSet")
                .workload("node", 2, 2, 1)
                .pod(Pod.of("node").named("acme-node-0").ready())
                .pod(Pod.of("node").named("acme-node-1").running(1));

        assertThat(picture.words()).containsExactly("ReadinessProbe");
    }

    @Test
    void theOnlyPodThatIsNotUpdatedHoldsNobody() {
        Facts rolling = new Facts(
                null, null, List.of(), new Replicas(2, 2, 1, 1, 1, 1L, 1L), null, null, null, null, List.of());
        Picture picture = new Picture()
                .needs("node", "StatefulSet")
                .notReady("node", "TooFewUpdated", rolling)
                .pod(Pod.of("node").named("acme-node-0").running(1))
                .pod(Pod.of("node").named("acme-node-1").ready());

        assertThat(picture.words()).containsExactly("ReadinessProbe");
    }

    @Test
    void anInitContainerThatCrashesInThatPodLeadsToo() {
        assertThat(set(Pod.of("node").container(CRASHING_INIT)).words())
                .containsExactly("InitContainer", "StatefulSetOrdinal");
    }

    /** With podManagementPolicy Parallel all pods are there at once: what is missing nobody holds. */
    @Test
    void podsOfAParallelSetHoldNobody() {
        Picture picture = new Picture()
                .needs("node", "StatefulSet")
                .workload("node", 3, 3, 2)
                .pod(Pod.of("node").named("acme-node-0").ready())
                .pod(Pod.of("node").named("acme-node-1").waiting("ErrImagePull", ""))
                .pod(Pod.of("node").named("acme-node-2").ready());

        assertThat(picture.words()).containsExactly("ImagePull");
    }

    /** Those are not held: their creation was tried, which an ordered set does not do. */
    @Test
    void podsThatWereRefusedAreHeldByNobody() {
        Picture picture = set(Pod.of("node").running(1))
                .warning(
                        Picture.object("StatefulSet", "acme-node"),
                        "FailedCreate",
                        "create Pod acme-node-2 in StatefulSet acme-node failed: exceeded quota: pods, requested: 1");

        assertThat(picture.words()).containsExactly("QuotaExceeded", "ReadinessProbe");
    }
}
