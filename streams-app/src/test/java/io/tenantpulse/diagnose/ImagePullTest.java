package io.tenantpulse.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.diagnose.Picture.Pod;
import io.tenantpulse.model.Container;
import org.junit.jupiter.api.Test;

class ImagePullTest {
    private static Picture api() {
        return new Picture().needs("api", "Deployment").workload("api", 1, 1, 0);
    }

    @Test
    void namesTheImage() {
        Cause cause = api().pod(Pod.of("api").waiting("ImagePullBackOff", "Back-off pulling image"))
                .cause();

        assertThat(cause.word()).isEqualTo(CauseWord.IMAGE_PULL);
        assertThat(cause.subject()).isEqualTo(Picture.IMAGE);
        assertThat(cause.resources()).containsExactly("api");
        assertThat(cause.confidence()).isEqualTo(Confidence.CERTAIN);
        assertThat(cause.evidence()).first().satisfies(evidence -> {
            assertThat(evidence.object().name()).isEqualTo("acme-api-0");
            assertThat(evidence.field()).isEqualTo("containers[app].state");
            assertThat(evidence.value()).isEqualTo("waiting ImagePullBackOff: Back-off pulling image");
            assertThat(evidence.since()).isEqualTo(Picture.minute(0));
        });
    }

    @Test
    void isOneCauseForManyPods() {
        Picture picture = api();
        for (int i = 0; i < 3; i++) {
            picture.pod(Pod.of("api").named("acme-api-" + i).waiting(i == 0 ? "ErrImagePull" : "ImagePullBackOff", ""));
        }

        assertThat(picture.words()).containsExactly("ImagePull");
        assertThat(picture.cause().count()).isEqualTo(3);
    }

    @Test
    void isSeenInAnInitContainer() {
        Container init = new Container(
                "setup", true, "setup:2", false, 0, "waiting", "ErrImagePull", "not found", null, null, null);
        Pod pod = Pod.of("api").phase("Pending", null).container(init).waiting("PodInitializing", null);

        Cause cause = api().pod(pod).cause();

        assertThat(cause.word()).isEqualTo(CauseWord.IMAGE_PULL);
        assertThat(cause.subject()).isEqualTo("setup:2");
    }

    @Test
    void ofANewReplicaSetExplainsBesideTheGoodPodsOfTheOld() {
        Picture picture = new Picture()
                .needs("api", "Deployment")
                .workload("api", 2, 3, 2)
                .replicaSet("api", "acme-api-old", 0, 2, "app:0")
                .replicaSet("api", "acme-api-new", 20, 1, Picture.IMAGE)
                .pod(Pod.of("api").named("old-1").in("acme-api-old").ready())
                .pod(Pod.of("api").named("new-1").in("acme-api-new").created(20).waiting("ErrImagePull", ""));
        picture.notReady("api", "TooFewUpdated", picture.health("api").object().facts());

        assertThat(picture.words()).containsExactly("ImagePull");
    }

    @Test
    void ofTheReplicaSetThatARollbackLeftBehindDoesNotExplain() {
        Picture picture = new Picture()
                .needs("api", "Deployment")
                .workload("api", 2, 2, 1)
                .replicaSet("api", "acme-api-good", 0, 2, Picture.IMAGE)
                .replicaSet("api", "acme-api-bad", 20, 1, "app:bad")
                .pod(Pod.of("api").named("bad-1").in("acme-api-bad").created(20).waiting("ErrImagePull", ""))
                .pod(Pod.of("api")
                        .named("good-1")
                        .in("acme-api-good")
                        .created(29)
                        .waiting("ContainerCreating", null));

        assertThat(picture.words()).containsExactly("Starting");
    }

    @Test
    void remediesReadFirstAndNameThePod() {
        Cause cause = api().pod(Pod.of("api").waiting("ImagePullBackOff", "")).cause();

        assertThat(cause.remedies())
                .extracting(each -> each.command("prod"))
                .containsExactly(
                        "kubectl --context=prod describe pod acme-api-0 -n ns",
                        "kubectl --context=prod edit tenanttemplate web -n ns");
        assertThat(cause.remedies()).extracting(Remedy::mutating).containsExactly(false, true);
    }
}
