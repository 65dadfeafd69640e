package io.tenantpulse.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.diagnose.Picture.Pod;
import io.tenantpulse.model.ClaimFacts;
import io.tenantpulse.model.Facts;
import java.util.List;
import org.junit.jupiter.api.Test;

class VolumePendingTest {
    private static Picture data(ClaimFacts claim) {
        return new Picture().needs("data", "PersistentVolumeClaim").claim("data", claim);
    }

    @Test
    void namesTheStorageClassAndWhatItsProvisionerAnswers() {
        Picture picture = data(new ClaimFacts("Pending", "fast", true, "Immediate"));
        Cause cause = picture.warning(
                        Picture.object("PersistentVolumeClaim", "acme-data"), "ProvisioningFailed", "pool is full")
                .cause();

        assertThat(cause.word()).isEqualTo(CauseWord.VOLUME_PENDING);
        assertThat(cause.subject()).isEqualTo("fast");
        assertThat(cause.evidence()).extracting(Evidence::value).contains("Pending", "pool is full");
        assertThat(picture.health("data").state()).isEqualTo(ResourceHealth.State.STALLED);
    }

    @Test
    void aStorageClassThatDoesNotExistIsAFailure() {
        Picture picture = data(new ClaimFacts("Pending", "fats", false, null)).now(1);

        assertThat(picture.cause().detail()).isEqualTo("StorageClass fats does not exist");
        assertThat(picture.health("data").state()).isEqualTo(ResourceHealth.State.FAILED);
    }

    @Test
    void isSlowWithinItsTimeout() {
        Picture picture =
                data(new ClaimFacts("Pending", "fast", true, "Immediate")).now(2);

        assertThat(picture.health("data").state()).isEqualTo(ResourceHealth.State.PROGRESSING);
    }

    @Test
    void aLostClaimIsAFailure() {
        assertThat(data(new ClaimFacts("Lost", "fast", true, "Immediate"))
                        .health("data")
                        .state())
                .isEqualTo(ResourceHealth.State.FAILED);
    }

    @Test
    void aClaimOfAStatefulSetExplainsThePodThatWaitsForIt() {
        Picture picture = new Picture()
                .needs("db", "StatefulSet")
                .workload("db", 1, 1, 0)
                .pod(Pod.of("db")
                        .phase("Pending", null)
                        .condition(
                                "PodScheduled",
                                "False",
                                "Unschedulable",
                                "0/3 nodes: pod has unbound immediate PersistentVolumeClaims."));
        picture.has(new SeenObject(
                Picture.object("PersistentVolumeClaim", "data-acme-db-0"),
                "claim-uid",
                "db",
                true,
                io.tenantpulse.model.Readiness.NOT_READY,
                "Pending",
                Picture.minute(0),
                Picture.minute(0),
                null,
                false,
                new Facts(
                        Picture.uid("db"),
                        null,
                        List.of(),
                        null,
                        null,
                        new ClaimFacts("Pending", "gone", false, null),
                        null,
                        null,
                        List.of()),
                false));

        Cause cause = picture.cause();

        assertThat(cause.word()).isEqualTo(CauseWord.VOLUME_PENDING);
        assertThat(cause.subject()).isEqualTo("gone");
        assertThat(cause.resources()).containsExactly("db");
    }

    @Test
    void aMissingClaimIsNamed() {
        Picture picture = new Picture()
                .needs("api", "Deployment")
                .workload("api", 1, 1, 0)
                .pod(Pod.of("api")
                        .phase("Pending", null)
                        .condition(
                                "PodScheduled", "False", "Unschedulable", "persistentvolumeclaim \"files\" not found"));

        assertThat(picture.cause().word()).isEqualTo(CauseWord.VOLUME_PENDING);
        assertThat(picture.cause().subject()).isEqualTo("files");
    }
}
