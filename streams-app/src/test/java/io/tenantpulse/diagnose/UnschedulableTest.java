package io.tenantpulse.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.diagnose.Picture.Pod;
import org.junit.jupiter.api.Test;

class UnschedulableTest {
    private static Picture api(String reason, String message) {
        return new Picture()
                .needs("api", "Deployment")
                .workload("api", 1, 1, 0)
                .pod(Pod.of("api").phase("Pending", null).condition("PodScheduled", "False", reason, message));
    }

    @Test
    void namesWhatTheNodesLack() {
        Cause cause = api("Unschedulable", "0/3 nodes are available: 1 Insufficient memory, 2 Insufficient cpu.")
                .cause();

        assertThat(cause.word()).isEqualTo(CauseWord.UNSCHEDULABLE);
        assertThat(cause.subject()).isEqualTo("Insufficient cpu, memory");
        assertThat(cause.evidence())
                .first()
                .satisfies(evidence -> assertThat(evidence.field()).isEqualTo("conditions[PodScheduled]"));
    }

    @Test
    void tellsTaintsAndAffinity() {
        assertThat(api("Unschedulable", "0/3: 3 node(s) had untolerated taint {x: y}")
                        .cause()
                        .subject())
                .isEqualTo("untolerated taint");
        assertThat(api("Unschedulable", "0/3: 3 node(s) didn't match Pod's node affinity/selector")
                        .cause()
                        .subject())
                .isEqualTo("node affinity/selector");
    }

    @Test
    void aSchedulingGateIsNamed() {
        assertThat(api("SchedulingGated", "").cause().subject()).isEqualTo("SchedulingGated");
    }

    @Test
    void aPodThatItsNodeRefusedIsUnschedulable() {
        Picture picture = new Picture()
                .needs("api", "Deployment")
                .workload("api", 1, 1, 0)
                .pod(Pod.of("api").phase("Failed", "OutOfcpu"));

        assertThat(picture.cause().word()).isEqualTo(CauseWord.UNSCHEDULABLE);
    }
}
