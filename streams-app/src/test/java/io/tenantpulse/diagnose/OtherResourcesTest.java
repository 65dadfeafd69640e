package io.tenantpulse.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.diagnose.Picture.Pod;
import io.tenantpulse.model.Condition;
import io.tenantpulse.model.Facts;
import java.util.List;
import org.junit.jupiter.api.Test;

class OtherResourcesTest {
    @Test
    void aLoadBalancerWithoutAddressIsPending() {
        Facts balanced = new Facts(null, null, List.of(), null, null, null, null, "LoadBalancer", List.of());
        Picture picture = new Picture().needs("front", "Service").notReady("front", "LoadBalancerPending", balanced);

        assertThat(picture.cause().word()).isEqualTo(CauseWord.LOAD_BALANCER_PENDING);
        assertThat(picture.diagnosed().blockers()).containsExactly(new Blockage.Blocker("front", 0));
    }

    @Test
    void whatIsScaledToZeroNeverBecomesReadyForTheOperator() {
        Picture picture = new Picture()
                .needs("idle", "Deployment")
                .workload("idle", 0, 0, 0)
                .now(1);

        assertThat(picture.cause().word()).isEqualTo(CauseWord.SCALED_TO_ZERO);
        assertThat(picture.health("idle").state()).isEqualTo(ResourceHealth.State.STALLED);
        assertThat(picture.cause().remedies())
                .extracting(each -> each.command(null))
                .contains("kubectl scale deployment/acme-idle -n ns --replicas=1");
    }

    @Test
    void aDaemonSetThatNoNodeMatchesHasNoEligibleNode() {
        Picture picture = new Picture().needs("agent", "DaemonSet").workload("agent", 0, 0, 0);

        assertThat(picture.words()).containsExactly("NoEligibleNode");
    }

    @Test
    void aRolloutThatMadeNoProgressWithoutAPodThatSaysWhy() {
        Condition deadline =
                new Condition("Progressing", "False", "ProgressDeadlineExceeded", "timed out", Picture.minute(10));
        Picture picture = new Picture().needs("api", "Deployment").workload("api", 2, 2, 1, deadline);

        assertThat(picture.words()).containsExactly("RolloutDeadline");
        assertThat(picture.health("api").state()).isEqualTo(ResourceHealth.State.FAILED);
    }

    @Test
    void aPodThatSaysWhyIsABetterCauseThanTheRolloutsDeadline() {
        Condition deadline =
                new Condition("Progressing", "False", "ProgressDeadlineExceeded", "timed out", Picture.minute(10));
        Picture picture = new Picture()
                .needs("api", "Deployment")
                .workload("api", 1, 1, 0, deadline)
                .pod(Pod.of("api").waiting("ErrImagePull", ""));

        assertThat(picture.words()).containsExactly("ImagePull");
    }

    @Test
    void aKindOfItsOwnIsToldByItsCondition() {
        Facts issuing = new Facts(
                null,
                null,
                List.of(new Condition("Ready", "False", "DoesNotExist", "issuer is missing", Picture.minute(1))),
                null,
                null,
                null,
                null,
                null,
                List.of());
        Picture picture = new Picture().needs("cert", "Certificate").notReady("cert", "DoesNotExist", issuing);

        assertThat(picture.cause().word()).isEqualTo(CauseWord.UNKNOWN);
        assertThat(picture.cause().subject()).isEqualTo("DoesNotExist");
        assertThat(picture.cause().evidence())
                .extracting(Evidence::value)
                .containsExactly("False DoesNotExist: issuer is missing");
        assertThat(picture.cause().remedies())
                .extracting(each -> each.command(null))
                .containsExactly("kubectl describe certificate.cert-manager.io acme-cert -n ns");
    }

    @Test
    void whatIsBeingDeletedIsTerminating() {
        Facts ending = new Facts(null, Picture.minute(20), List.of(), null, null, null, null, null, List.of());
        Picture picture = new Picture().needs("space", "Namespace").notReady("space", "NotActive", ending);

        assertThat(picture.health("space").state()).isEqualTo(ResourceHealth.State.TERMINATING);
    }
}
