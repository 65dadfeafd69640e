package io.tenantpulse.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.diagnose.Picture.Pod;
import io.tenantpulse.model.Facts;
import io.tenantpulse.model.Replicas;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatusDriftTest {
    private static Picture two() {
        return new Picture()
                .needs("cfg", "ConfigMap")
                .needs("api", "Deployment")
                .ready("cfg");
    }

    private static Picture oneSlow() {
        return two().workload("api", 1, 1, 0).pod(Pod.of("api").running(1));
    }

    private static StatusDrift drift(Picture picture) {
        return picture.diagnosed().drift();
    }

    @Test
    void agreementIsNoDriftWhateverFailedMeans() {
        assertThat(drift(oneSlow().counts(1, 2, 0)).isDrift()).isFalse();
        assertThat(drift(oneSlow().counts(1, 2, 1)).isDrift()).isFalse();
    }

    @Test
    void tellsTheNumbersThatContradict() {
        StatusDrift drift = drift(oneSlow().counts(2, 2, 0));

        assertThat(drift.isDrift()).isTrue();
        assertThat(drift.told()).isEqualTo("2 of 2 ready, 0 failed");
        assertThat(drift.found()).isEqualTo("1 of 2 ready");
        assertThat(drift.words()).isEqualTo("the operator counts 2 ready, by the owned objects it is 1 of 2 ready");
    }

    @Test
    void anotherNumberOfResourcesIsDrift() {
        assertThat(drift(oneSlow().counts(1, 3, 0)).words())
                .isEqualTo("the operator counts 3 resources, the spec has 2");
    }

    @Test
    void aStatusThatWasNeverWrittenIsNoDrift() {
        assertThat(drift(oneSlow().withoutStatus()).isDrift()).isFalse();
    }

    @Test
    void aGenerationThatLagsIsDriftOnlyWhereOneIsWritten() {
        Picture agreeing = oneSlow().counts(1, 2, 0);

        assertThat(drift(agreeing.generations(5, null)).isDrift()).isFalse();
        assertThat(drift(agreeing.generations(5, 5L)).isDrift()).isFalse();
        assertThat(drift(agreeing.generations(5, 4L)).words()).isEqualTo("observedGeneration 4 lags generation 5");
    }

    @Test
    void dependentsThatAreReadyAndHeldBackExplainIt() {
        Picture picture = new Picture()
                .needs("db", "StatefulSet")
                .needs("svc", "Service", "db")
                .workload("db", 1, 1, 0)
                .pod(Pod.of("db").running(1))
                .ready("svc");

        assertThat(drift(picture.counts(0, 2, 1).skipped("svc")).isDrift()).isFalse();
        assertThat(drift(picture.counts(0, 2, 0).skipped()).isDrift()).isFalse();
        assertThat(drift(picture.counts(2, 2, 0)).isDrift()).isTrue();
    }

    @Test
    void conflictsAndErrorsExplainIt() {
        assertThat(drift(oneSlow().counts(0, 2, 1).condition("Conflicted", "True", "ResourceConflict", ""))
                        .isDrift())
                .isFalse();
        assertThat(drift(oneSlow().counts(0, 0, 0).condition("Ready", "False", "DependencyError", ""))
                        .isDrift())
                .isFalse();
        assertThat(drift(oneSlow().counts(0, 0, 0).condition("Degraded", "True", "DependencyCycle", ""))
                        .isDrift())
                .isFalse();
        assertThat(drift(oneSlow().counts(0, 0, 0).needs("x", "Service", "nowhere"))
                        .isDrift())
                .isFalse();
        assertThat(drift(oneSlow().counts(0, 2, 1).condition("Degraded", "True", "TemplateRenderError", ""))
                        .isDrift())
                .isFalse();
    }

    @Test
    void whatCannotBeSeenIsGivenTheBenefitOfTheDoubt() {
        Picture picture = oneSlow().needs("pw", "Secret");

        assertThat(drift(picture.counts(1, 3, 0)).isDrift()).isFalse();
        assertThat(drift(picture.counts(2, 3, 0)).isDrift()).isFalse();
        assertThat(drift(picture.counts(3, 3, 0)).isDrift()).isTrue();
    }

    @Test
    void lynqsStricterReadingExplainsIt() {
        Facts surplus = new Facts(
                null, null, List.of(), new Replicas(2, 3, 2, 2, 2, 1L, 1L), null, null, null, null, List.of());
        Picture picture = new Picture().needs("api", "Deployment");
        picture.has(new SeenObject(
                Picture.object("Deployment", "acme-api"),
                "u",
                "api",
                true,
                io.tenantpulse.model.Readiness.READY,
                null,
                Picture.minute(0),
                Picture.minute(0),
                null,
                false,
                surplus,
                false));

        assertThat(drift(picture.counts(0, 1, 0)).words()).contains("stricter reading");
        assertThat(drift(picture.counts(0, 1, 0)).isDrift()).isFalse();
    }

    @Test
    void whatNeedNotBeWaitedForCountsAsReadyOnceItExists() {
        Picture picture = new Picture().needs("job", "Job").optional().notReady("job");

        assertThat(drift(picture.counts(1, 1, 0)).isDrift()).isFalse();
        assertThat(drift(picture.counts(0, 1, 0)).isDrift()).isTrue();
    }
}
