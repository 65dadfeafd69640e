package io.tenantpulse.detect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.model.Facts;
import io.tenantpulse.model.Replicas;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The clock of a drift goes on through a gap in which nothing of what it compares can have changed. */
class DriftAcrossGapsTest {
    private static final String DRIFT = "TenantStatusDrift";

    private final Story story = new Story().watches(Story.DEPLOYMENT, Story.SERVICE);

    /** From 01:00 on the operator counts nothing, though all is ready; its alert is due at 11:00. */
    private Story drifting() {
        story.epoch("00:00", 1);
        frames("00:00", "1", 2, "1", "1");
        story.watermark("00:01");
        story.tenant("acme").version("2").counts(1, 2, 0).modified("01:00");
        return story.watermark("05:00");
    }

    private void tenants(String at, String version, int ready) {
        story.begin(at, Story.TENANT);
        story.tenant("acme")
                .version(version)
                .needsDeployments("db")
                .needsServices("svc")
                .counts(ready, 2, 0)
                .snapshot(at)
                .end(at, Story.TENANT);
    }

    private void deployments(String at, String version) {
        story.begin(at, Story.DEPLOYMENT);
        story.deployment("acme", "db")
                .version(version)
                .ready(at, Change.SNAPSHOT)
                .end(at, Story.DEPLOYMENT);
    }

    private void services(String at, String version) {
        story.begin(at, Story.SERVICE);
        story.service("acme", "svc").version(version).ready(at, Change.SNAPSHOT).end(at, Story.SERVICE);
    }

    private void frames(String at, String tenant, int ready, String deployment, String service) {
        tenants(at, tenant, ready);
        deployments(at, deployment);
        services(at, service);
    }

    private List<String> fired() {
        story.watermark("11:00").watermark("14:00").watermark("30:00");
        return story.saidOf(DRIFT);
    }

    private boolean isUnproven() {
        return story.transitions.stream().anyMatch(each -> each.alert().equals(DRIFT) && each.unproven());
    }

    @Test
    void anUnchangedTenantBridgesAGapOfItsKind() {
        drifting().gap("05:00", "08:00", false, Story.TENANT);
        tenants("08:00", "2", 1);

        assertThat(fired()).containsExactly("11:00 TenantStatusDrift acme firing");
        assertThat(isUnproven()).isFalse();
    }

    @Test
    void aTenantThatChangedBridgesNothing() {
        drifting().gap("05:00", "08:00", false, Story.TENANT);
        tenants("08:00", "3", 1);

        assertThat(fired()).containsExactly("14:00 TenantStatusDrift acme firing");
        assertThat(isUnproven()).isTrue();
    }

    @Test
    void unchangedResourcesBridgeAGapOfTheirKind() {
        drifting().gap("05:00", "08:00", false, Story.DEPLOYMENT);
        deployments("08:00", "1");

        assertThat(fired()).containsExactly("11:00 TenantStatusDrift acme firing");
        assertThat(isUnproven()).isFalse();
    }

    @Test
    void aResourceThatChangedBridgesNothing() {
        drifting().gap("05:00", "08:00", false, Story.DEPLOYMENT);
        deployments("08:00", "2");

        assertThat(fired()).containsExactly("14:00 TenantStatusDrift acme firing");
        assertThat(isUnproven()).isTrue();
    }

    @Test
    void aNewEpochIsBridgedOnceAllIsReadAgainUnchanged() {
        drifting().epoch("08:00", 2);
        tenants("08:00", "2", 1);
        story.restarted();
        services("08:01", "1");
        deployments("08:02", "1");

        assertThat(fired()).containsExactly("11:00 TenantStatusDrift acme firing");
        assertThat(isUnproven()).isFalse();
    }

    @Test
    void oneOfManyThatChangedBridgesNoNewEpoch() {
        drifting().epoch("08:00", 2);
        tenants("08:00", "3", 1);
        services("08:00", "1");
        deployments("08:00", "1");

        assertThat(fired()).containsExactly("14:00 TenantStatusDrift acme firing");
        assertThat(isUnproven()).isTrue();
    }

    @Test
    void whatCameAfterTheGapDoesNotUndoItsBridge() {
        drifting().gap("05:00", "08:00", false, Story.TENANT);
        tenants("08:00", "2", 1);
        story.watermark("08:05");
        story.tenant("acme").version("3").counts(0, 2, 0).modified("09:00");

        assertThat(fired()).containsExactly("11:00 TenantStatusDrift acme firing");
        assertThat(isUnproven()).isFalse();
    }

    @Test
    void itIsNotJudgedWhileWhatNeedNotBeReadyIsHidden() {
        story.epoch("00:00", 1).begin("00:00", Story.TENANT);
        story.tenant("acme")
                .needsDeployments("db")
                .needs(new io.tenantpulse.model.Dependency(
                        "svc",
                        new io.tenantpulse.model.ObjectId("", "Service", "ns", "svc"),
                        List.of(),
                        false,
                        java.time.Duration.ofMinutes(5),
                        false))
                .counts(1, 2, 0)
                .snapshot("00:00")
                .end("00:00", Story.TENANT);
        deployments("00:00", "1");
        services("00:00", "1");
        story.watermark("00:01").watermark("05:00");
        story.cover(Story.SERVICE, KindCoverage.BLIND).watermark("30:00");

        assertThat(story.saidOf(DRIFT)).isEmpty();
    }

    /** Found by the oracle: no other news of the tenant came for half an hour. */
    @Test
    void aSurplusPodExplainsACountOnlyUntilItIsGone() {
        story.epoch("00:00", 1);
        frames("00:00", "1", 2, "1", "1");
        story.watermark("00:01");
        replicas("00:30", 3);
        story.tenant("acme").version("2").counts(1, 2, 0).modified("01:00");
        replicas("02:00", 2);
        story.watermark("11:59");
        assertThat(story.saidOf(DRIFT)).isEmpty();

        story.watermark("12:00");

        assertThat(story.saidOf(DRIFT)).containsExactly("12:00 TenantStatusDrift acme firing");
    }

    private void replicas(String at, int current) {
        Replicas replicas = new Replicas(2, current, 2, 2, 2, 1L, 1L);
        story.deployment("acme", "db")
                .facts(new Facts(null, null, List.of(), replicas, null, null, null, null, List.of()))
                .ready(at, Change.MODIFIED);
    }
}
