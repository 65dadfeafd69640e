package io.tenantpulse.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.diagnose.Picture.Pod;
import io.tenantpulse.model.Container;
import org.junit.jupiter.api.Test;

class NodeNotReadyTest {
    @Test
    void namesTheNode() {
        Picture picture = new Picture()
                .needs("api", "Deployment")
                .workload("api", 1, 1, 0)
                .pod(Pod.of("api")
                        .onDeadNode()
                        .container(new Container(
                                "app", false, "i", true, 0, "running", null, null, null, null, Picture.minute(0))));

        assertThat(picture.cause().word()).isEqualTo(CauseWord.NODE_NOT_READY);
        assertThat(picture.cause().subject()).isEqualTo("node-1");
        assertThat(picture.health("api").state()).isEqualTo(ResourceHealth.State.STALLED);
    }

    @Test
    void aStatefulSetsPodStaysTerminatingThere() {
        Picture picture = new Picture()
                .needs("db", "StatefulSet")
                .workload("db", 1, 1, 0)
                .pod(Pod.of("db").onDeadNode().deleted(10).running(0));

        assertThat(picture.cause().word()).isEqualTo(CauseWord.NODE_NOT_READY);
        assertThat(picture.cause().detail()).contains("Terminating");
        assertThat(picture.cause().remedies()).last().satisfies(remedy -> {
            assertThat(remedy.mutating()).isTrue();
            assertThat(remedy.command(null)).isEqualTo("kubectl delete pod acme-db-0 -n ns --force --grace-period=0");
        });
    }

    @Test
    void aPodThatIsBeingDeletedElsewhereDoesNotExplain() {
        Picture picture = new Picture()
                .needs("api", "Deployment")
                .workload("api", 1, 1, 0)
                .pod(Pod.of("api").named("old").deleted(29).waiting("ImagePullBackOff", ""))
                .pod(Pod.of("api").named("new").created(29).running(29));

        assertThat(picture.words()).containsExactly("Starting");
    }

    @Test
    void aPodThatIsReplacedDoesNotHideWhyItsReplacementFails() {
        Picture picture = new Picture()
                .needs("api", "Deployment")
                .workload("api", 1, 1, 0)
                .pod(Pod.of("api").named("old").onDeadNode().deleted(10).running(0))
                .pod(Pod.of("api").named("new").created(10).waiting("ImagePullBackOff", ""));

        assertThat(picture.words()).containsExactly("ImagePull", "NodeNotReady");
    }

    @Test
    void aPodThatIsReplacedExplainsWhyAnotherOnlyStarts() {
        Picture picture = new Picture()
                .needs("api", "Deployment")
                .workload("api", 1, 1, 0)
                .pod(Pod.of("api").named("old").onDeadNode().deleted(29).running(0))
                .pod(Pod.of("api").named("new").created(29).running(29));

        assertThat(picture.words()).containsExactly("NodeNotReady", "Starting");
    }
}
