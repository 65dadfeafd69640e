package io.tenantpulse.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.diagnose.Picture.Pod;
import org.junit.jupiter.api.Test;

class DialectTest {
    private static Picture stuck() {
        return new Picture()
                .needs("db", "StatefulSet")
                .needs("api", "Deployment", "db")
                .workload("db", 1, 1, 0)
                .pod(Pod.of("db").running(1));
    }

    private static DialectEvidence seen(Picture picture) {
        return DialectEvidence.of(picture.view(), picture.diagnosed(), picture.now());
    }

    @Test
    void anOperatorThatNeverFailsTheSlowAndCreatesDependentsTakesTheFullPath() {
        DialectEvidence seen = seen(stuck().workload("api", 1, 1, 0).counts(0, 2, 0));

        assertThat(seen.dialect()).isEqualTo(Dialect.FULL_PATH);
        assertThat(seen.writesObservedGeneration()).isFalse();
        assertThat(seen.dialect().reach(false).get("TenantResourcesMismatch")).contains("every tenant that is stuck");
        assertThat(seen.dialect().reach(false).get("TenantStatusDrift")).contains("never written");
    }

    @Test
    void anOperatorThatFailsTheSlowAndHoldsDependentsBackHasATimeout() {
        DialectEvidence seen =
                seen(stuck().lynq().generations(1, 1L).counts(0, 2, 1).skipped("api"));

        assertThat(seen.dialect()).isEqualTo(Dialect.TIMEOUT);
        assertThat(seen.dialect().reach(true).get("TenantResourcesMismatch"))
                .contains("cannot last 15 minutes")
                .contains("failed after its timeout");
    }

    @Test
    void anOperatorThatOnceWroteAGenerationOnTheFullPathIsMixed() {
        DialectEvidence seen =
                seen(stuck().workload("api", 1, 1, 0).generations(1, 1L).counts(0, 2, 0));

        assertThat(seen.dialect()).isEqualTo(Dialect.MIXED);
    }

    @Test
    void anOperatorThatWritesNothingWhileTenantsAreStuckIsBlocking() {
        // Without the absent dependent: at the same time it would be taken for an operator that stands still.
        Picture picture = new Picture()
                .needs("db", "StatefulSet")
                .workload("db", 1, 1, 0)
                .pod(Pod.of("db").running(1))
                .withoutStatus()
                .now(4);

        assertThat(seen(picture).dialect()).isEqualTo(Dialect.BLOCKING);
    }

    @Test
    void healthyTenantsSayNothing() {
        Picture picture = new Picture().needs("cfg", "ConfigMap").ready("cfg").counts(1, 1, 0);

        assertThat(seen(picture).dialect()).isEqualTo(Dialect.UNKNOWN);
        assertThat(DialectEvidence.NONE.dialect()).isEqualTo(Dialect.UNKNOWN);
    }

    @Test
    void conflictsSayNothingAboutSlowness() {
        DialectEvidence seen = seen(stuck().counts(0, 2, 1).condition("Conflicted", "True", "ResourceConflict", ""));

        assertThat(seen.dialect()).isEqualTo(Dialect.UNKNOWN);
    }

    @Test
    void evidenceAddsUpInAnyOrderAndFadesAfterAnUpgrade() {
        DialectEvidence old = seen(stuck().workload("api", 1, 1, 0).counts(0, 2, 0));
        DialectEvidence now = seen(stuck().lynq().counts(0, 2, 1).skipped("api"));
        DialectEvidence years = old.plus(old).plus(old);

        assertThat(years.plus(now)).isEqualTo(now.plus(years));
        assertThat(years.plus(now).dialect()).isEqualTo(Dialect.FULL_PATH);
        assertThat(years.faded().faded().plus(now).dialect()).isEqualTo(Dialect.TIMEOUT);
    }
}
