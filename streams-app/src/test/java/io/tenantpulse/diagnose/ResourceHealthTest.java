package io.tenantpulse.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.diagnose.Picture.Pod;
import io.tenantpulse.diagnose.ResourceHealth.State;
import io.tenantpulse.model.Facts;
import io.tenantpulse.model.Readiness;
import org.junit.jupiter.api.Test;

class ResourceHealthTest {
    private static SeenObject lost(boolean regressed) {
        return new SeenObject(
                Picture.object("Deployment", "acme-api"),
                Picture.uid("api"),
                "api",
                true,
                Readiness.NOT_READY,
                "TooFewAvailable",
                Picture.minute(0),
                Picture.minute(20),
                Picture.minute(20),
                regressed,
                Facts.NONE,
                false);
    }

    @Test
    void tellsWhatWasReadyInThisGenerationFromWhatNeverConverged() {
        assertThat(new Picture()
                        .needs("api", "Deployment")
                        .has(lost(true))
                        .health("api")
                        .regressed())
                .isTrue();
        assertThat(new Picture()
                        .needs("api", "Deployment")
                        .has(lost(false))
                        .health("api")
                        .regressed())
                .isFalse();
    }

    @Test
    void whatLostReadinessHasItsTimeoutFromThen() {
        Picture picture =
                new Picture().needs("api", "Deployment").has(lost(true)).now(24);

        assertThat(picture.health("api").state()).isEqualTo(State.PROGRESSING);
        assertThat(picture.now(25).health("api").state()).isEqualTo(State.STALLED);
        assertThat(picture.health("api").since()).isEqualTo(Picture.minute(20));
    }

    @Test
    void anObjectThatShouldExistIsMissing() {
        assertThat(new Picture().needs("cfg", "ConfigMap").health("cfg").state())
                .isEqualTo(State.MISSING);
    }

    @Test
    void whatOfAKindThatIsNotSeenIsUnknown() {
        Picture unknown = new Picture().needs("cfg", "ConfigMap").unknownKind("ConfigMap");
        Picture blind = new Picture().needs("cfg", "ConfigMap").blindKind("ConfigMap");

        assertThat(unknown.health("cfg").state()).isEqualTo(State.UNKNOWN);
        assertThat(blind.health("cfg").state()).isEqualTo(State.UNKNOWN);
        assertThat(unknown.words()).isEmpty();
        assertThat(unknown.diagnosed().blockers()).isEmpty();
    }

    @Test
    void aSecretIsReadyWhenItWasAppliedAndElseUnknown() {
        assertThat(new Picture()
                        .needs("pw", "Secret")
                        .applied("pw")
                        .health("pw")
                        .state())
                .isEqualTo(State.READY);
        assertThat(new Picture().needs("pw", "Secret").health("pw").state()).isEqualTo(State.UNKNOWN);
    }

    @Test
    void tellsAgeAndPods() {
        ResourceHealth health = new Picture()
                .needs("api", "Deployment")
                .workload("api", 1, 1, 0)
                .replicaSet("api", "acme-api-1", 0, 1, Picture.IMAGE)
                .pod(Pod.of("api").in("acme-api-1").running(1))
                .health("api");

        assertThat(health.age(Picture.minute(30))).hasMinutes(30);
        assertThat(health.pods()).extracting(each -> each.object().name()).containsExactly("acme-api-0");
    }
}
