package io.tenantpulse.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.diagnose.Picture.Pod;
import org.junit.jupiter.api.Test;

class ViewsTest {
    private static Picture slow() {
        return new Picture()
                .needs("api", "Deployment")
                .workload("api", 1, 1, 0)
                .pod(Pod.of("api").running(1));
    }

    private static Picture broken() {
        return new Picture()
                .needs("api", "Deployment")
                .workload("api", 1, 1, 0)
                .pod(Pod.of("api").waiting("ErrImagePull", ""));
    }

    @Test
    void slowIsSlowInBothViewsWhereTheOperatorDoesNotCallItFailed() {
        assertThat(slow().counts(0, 1, 0).diagnosed().views())
                .isEqualTo(new Views(Outlook.PENDING_OR_SLOW, Outlook.PENDING_OR_SLOW, null));
    }

    @Test
    void saysWhenTheOperatorCallsFailedWhatIsMerelySlow() {
        Views views = slow().counts(0, 1, 1).diagnosed().views();

        assertThat(views.operator()).isEqualTo(Outlook.HARD_FAILURE);
        assertThat(views.own()).isEqualTo(Outlook.PENDING_OR_SLOW);
        assertThat(views.difference())
                .isEqualTo("the operator counts as failed what is merely slow or pending: api (ReadinessProbe)");
    }

    @Test
    void saysWhenTheOperatorWaitsForWhatHasFailed() {
        Views views = broken().counts(0, 1, 0).diagnosed().views();

        assertThat(views.operator()).isEqualTo(Outlook.PENDING_OR_SLOW);
        assertThat(views.own()).isEqualTo(Outlook.HARD_FAILURE);
        assertThat(views.difference())
                .isEqualTo("the operator counts as not ready yet what has failed: api (ImagePull)");
    }

    @Test
    void agreesOnHardFailures() {
        assertThat(broken().counts(0, 1, 1).diagnosed().views().difference()).isNull();
    }

    @Test
    void saysWhenTheOperatorHasNotNoticed() {
        assertThat(broken().counts(1, 1, 0).diagnosed().views().difference())
                .isEqualTo("the operator says converged; by our reading it is hard failure: api (ImagePull)");
    }

    @Test
    void readyFalseWithoutAnyCountIsAnotherReason() {
        Views views = new Picture()
                .needs("cfg", "ConfigMap")
                .ready("cfg")
                .counts(1, 1, 0)
                .condition("Ready", "False", "SomethingNew", "words")
                .diagnosed()
                .views();

        assertThat(views.operator()).isEqualTo(Outlook.NOT_READY_OTHERWISE);
        assertThat(views.own()).isEqualTo(Outlook.CONVERGED);
        assertThat(views.difference()).contains("every resource is ready by our reading");
    }

    @Test
    void aTenantWithoutStatusIsUnknownToTheOperator() {
        assertThat(slow().withoutStatus().diagnosed().views().operator()).isEqualTo(Outlook.UNKNOWN);
        assertThat(slow().withoutStatus().diagnosed().views().difference()).isNull();
    }

    @Test
    void theDescriptionTellsCountsSinceBlockerCauseAndDifference() {
        Diagnosis diagnosis =
                slow().needs("web", "Service", "api").counts(0, 2, 1).diagnosed();

        assertThat(diagnosis.summary()).isEqualTo("acme: 0/2 ready, 1 failed, ReadinessProbe of api holds back 1");
        assertThat(diagnosis.description())
                .startsWith("The operator counts 0/2 ready, 1 failed; by our reading 0 of 2 are ready."
                        + " Not ready since 2026-03-01T10:00:00Z (30 min). Blocked by api, which holds back 1.")
                .contains("ReadinessProbe (api): container app: runs, and does not pass its probe.")
                .contains("Note: the operator counts as failed what is merely slow");
    }
}
