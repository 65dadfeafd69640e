package io.tenantpulse.exporter;

import static io.tenantpulse.exporter.TestObjects.applied;
import static io.tenantpulse.exporter.TestObjects.asksFor;
import static io.tenantpulse.exporter.TestObjects.condition;
import static io.tenantpulse.exporter.TestObjects.metadata;
import static io.tenantpulse.exporter.TestObjects.object;
import static io.tenantpulse.exporter.TestObjects.ownedBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tenantpulse.v1.Change;
import io.tenantpulse.v1.ClusterMark;
import io.tenantpulse.v1.KindState;
import io.tenantpulse.v1.MarkType;
import io.tenantpulse.v1.ResourceObserved;
import io.tenantpulse.v1.TenantObserved;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Stamps, sequence, frames and marks, and what counts as news. */
class ClusterLogTest {
    private static final Consumer<ObjectNode> NOT_READY =
            condition("Ready", "False", "NotAllResourcesReady", "3/5 ready");

    private final ListLog log = new ListLog();

    private static ObjectNode acme(int version, Consumer<ObjectNode> more) {
        return object(WatchedKind.TENANT, "acme", version, more);
    }

    private static ObjectNode pod(String name, int version, String node) {
        return object(
                WatchedKind.POD,
                name,
                version,
                ownedBy(WatchedKind.TENANT, "acme")
                        .andThen(pod -> pod.withObjectProperty("spec").put("nodeName", node)));
    }

    private static ObjectNode node(String name, int version, String ready) {
        return object(WatchedKind.NODE, name, version, condition("Ready", ready, "Kubelet", "beats"));
    }

    @Test
    void aRewrittenStatusIsNoNews() {
        log.added(
                WatchedKind.TENANT,
                acme(1, NOT_READY.andThen(applied("A/shop/a@a")).andThen(applied("B/shop/b@b"))));
        log.news();

        log.modified(
                WatchedKind.TENANT,
                acme(
                        2,
                        applied("B/shop/b@b")
                                .andThen(applied("A/shop/a@a"))
                                .andThen(condition("Ready", "False", "NotAllResourcesReady", "4/5 ready"))));

        assertThat(log.news()).isEmpty();
        assertThat(log.log.stats().kinds().get(WatchedKind.TENANT)).isEqualTo(new Stats.OfKind(1, 1, 1, 0));
    }

    @Test
    void newsCarriesTheNewestOfEverythingButDependenciesOnlyWhenTheyChanged() {
        log.added(WatchedKind.TENANT, acme(1, NOT_READY.andThen(asksFor("deployments", "api", "api"))));
        log.modified(
                WatchedKind.TENANT,
                acme(
                        2,
                        asksFor("deployments", "api", "api")
                                .andThen(condition("Ready", "False", "NotAllResourcesReady", "4/5"))));
        log.news();

        log.modified(
                WatchedKind.TENANT,
                acme(3, asksFor("deployments", "api", "api").andThen(condition("Ready", "True", "Reconciled", "5/5"))));

        TenantObserved record = log.last(TenantObserved.class);
        assertThat(record.getResourceVersion()).isEqualTo("3");
        assertThat(record.getConditions().get(0).getMessage()).isEqualTo("5/5");
        assertThat(record.getDependencies()).isNull();
        assertThat(record.getDesired()).isZero();
    }

    @Test
    void aTenantWithoutStatusHasNoCounts() {
        log.added(WatchedKind.TENANT, acme(1, tenant -> {}));

        TenantObserved record = log.last(TenantObserved.class);
        assertThat(record.getDesired()).isNull();
        assertThat(record.getReady()).isNull();
        assertThat(record.getFailed()).isNull();
    }

    @Test
    void bothFlipsOfAConditionAreSaid() {
        log.added(WatchedKind.TENANT, acme(1, condition("Ready", "True", "Reconciled", "")));
        log.news();

        log.modified(WatchedKind.TENANT, acme(2, NOT_READY));
        log.modified(WatchedKind.TENANT, acme(3, condition("Ready", "True", "Reconciled", "")));

        assertThat(log.news()).containsExactly("MODIFIED Tenant acme", "MODIFIED Tenant acme");
    }

    @Test
    void theSameStateDeliveredTwiceIsOneEvenWhenItIsOlderByThen() {
        log.added(WatchedKind.TENANT, acme(1, condition("Ready", "True", "Reconciled", "")));
        log.modified(WatchedKind.TENANT, acme(2, NOT_READY));
        log.news();

        log.added(WatchedKind.TENANT, acme(1, condition("Ready", "True", "Reconciled", "")));
        log.modified(WatchedKind.TENANT, acme(2, NOT_READY));
        log.deleted(WatchedKind.TENANT, acme(3, NOT_READY));
        log.modified(WatchedKind.TENANT, acme(2, NOT_READY));

        assertThat(log.news()).containsExactly("DELETED Tenant acme");
    }

    @Test
    void aNewUidIsSaidWithItsDependencies() {
        log.added(WatchedKind.TENANT, acme(1, NOT_READY));
        log.news();

        ObjectNode anew = acme(2, NOT_READY);
        metadata(anew).put("uid", "another");
        log.modified(WatchedKind.TENANT, anew);
        log.deleted(WatchedKind.TENANT, acme(3, NOT_READY));

        assertThat(log.last(TenantObserved.class).getUid()).isEqualTo("another");
        assertThat(log.news()).containsExactly("ADDED Tenant acme with dependencies");
    }

    @Test
    void aDeletionOfTheUnknownSaysNothing() {
        log.news();

        log.deleted(WatchedKind.TENANT, acme(1, NOT_READY));

        assertThat(log.news()).isEmpty();
    }

    @Test
    void insideAFrameEverythingIsASnapshotChangedOrNot() {
        log.added(WatchedKind.TENANT, acme(1, NOT_READY));
        log.news();

        log.log.syncBegin(WatchedKind.TENANT, 250, null);
        log.added(WatchedKind.TENANT, acme(1, NOT_READY));
        log.log.syncEnd(WatchedKind.TENANT, null);

        ClusterMark end = log.last(ClusterMark.class);
        assertThat(end.getFrame().getSequence()).isEqualTo(end.getSequence() - 2);
        assertThat(end.getFrame().getEpoch()).isEqualTo(7);
        assertThat(log.news())
                .containsExactly(
                        "SYNC_BEGIN Tenant.operator.kubernetes-tenants.org",
                        "SNAPSHOT Tenant acme with dependencies",
                        "SYNC_END Tenant.operator.kubernetes-tenants.org");
    }

    @Test
    void whatAFrameDidNotMentionIsForgottenWithoutAWord() {
        log.added(WatchedKind.TENANT, acme(1, NOT_READY));
        log.added(WatchedKind.POD, pod("gone", 2, "n1"));
        log.added(WatchedKind.POD, pod("stays", 3, "n1"));
        log.log.syncBegin(WatchedKind.POD, 0, null);
        log.added(WatchedKind.POD, pod("stays", 3, "n1"));
        log.news();

        log.log.syncEnd(WatchedKind.POD, null);
        log.deleted(WatchedKind.POD, pod("gone", 4, "n1"));

        assertThat(log.news()).containsExactly("SYNC_END Pod");
        assertThat(log.log.stats().kinds().get(WatchedKind.POD).objects()).isOne();
    }

    /** A record inside a frame would keep alive what the frame is about to sweep. */
    @Test
    void nothingMentionsAnObjectThatTheOpenFrameHasNotMentionedYet() {
        log.added(WatchedKind.TENANT, acme(1, NOT_READY));
        log.added(WatchedKind.NODE, node("n1", 2, "True"));
        log.added(WatchedKind.POD, pod("gone", 3, "n1"));
        log.added(WatchedKind.POD, pod("stays", 4, "n1"));
        log.log.syncBegin(WatchedKind.POD, 0, null);
        log.added(WatchedKind.POD, pod("stays", 4, "n1"));
        log.news();

        log.modified(WatchedKind.NODE, node("n1", 5, "False"));

        assertThat(log.news()).containsExactly("SNAPSHOT Pod stays of acme as null");
    }

    @Test
    void aNodesReadinessIsJoinedIntoItsPods() {
        log.added(WatchedKind.TENANT, acme(1, NOT_READY));
        log.added(WatchedKind.POD, pod("api", 2, "n1"));
        assertThat(log.last(ResourceObserved.class).getPod().getNodeReady()).isNull();

        log.added(WatchedKind.NODE, node("n1", 3, "True"));
        assertThat(log.last(ResourceObserved.class).getPod().getNodeReady()).isTrue();
        log.news();
        log.modified(WatchedKind.NODE, node("n1", 4, "True"));
        assertThat(log.news()).isEmpty();
        log.modified(WatchedKind.NODE, node("n1", 5, "Unknown"));
        assertThat(log.last(ResourceObserved.class).getPod().getNodeReady()).isFalse();
    }

    @Test
    void aStorageClassIsJoinedIntoItsClaimsAndMissedOnlyWhenAllWereSeen() {
        log.added(WatchedKind.TENANT, acme(1, NOT_READY));
        log.added(
                WatchedKind.CLAIM,
                object(
                        WatchedKind.CLAIM,
                        "data",
                        2,
                        ownedBy(WatchedKind.TENANT, "acme")
                                .andThen(claim ->
                                        claim.withObjectProperty("spec").put("storageClassName", "fast"))));
        assertThat(log.last(ResourceObserved.class).getClaim().getStorageClassExists())
                .isNull();

        log.log.seen(WatchedKind.STORAGE_CLASS, ListLog.START);
        assertThat(log.last(ResourceObserved.class).getClaim().getStorageClassExists())
                .isFalse();
        log.added(
                WatchedKind.STORAGE_CLASS,
                object(
                        WatchedKind.STORAGE_CLASS,
                        "fast",
                        3,
                        each -> each.put("volumeBindingMode", "WaitForFirstConsumer")));

        ResourceObserved record = log.last(ResourceObserved.class);
        assertThat(record.getClaim().getStorageClassExists()).isTrue();
        assertThat(record.getClaim().getBindingMode()).isEqualTo("WaitForFirstConsumer");
    }

    @Test
    void aFrameFromMemorySaysAllThatIsKnown() {
        log.added(WatchedKind.TENANT, acme(1, NOT_READY));
        log.added(WatchedKind.POD, pod("api", 2, "n1"));
        log.news();

        log.log.memoryFrame(WatchedKind.POD, 0, null);
        log.log.memoryFrame(WatchedKind.TENANT, 0, null);

        assertThat(log.tappedMarks.get(1).getFromMemory()).isTrue();
        assertThat(log.news())
                .containsExactly(
                        "SYNC_BEGIN Pod",
                        "SNAPSHOT Pod api of acme as null",
                        "SYNC_END Pod",
                        "SYNC_BEGIN Tenant.operator.kubernetes-tenants.org",
                        "SNAPSHOT Tenant acme with dependencies",
                        "SYNC_END Tenant.operator.kubernetes-tenants.org");
    }

    @Test
    void stampsNeverGoBackAndAreLaterThanTheLastWatermark() {
        log.now = ListLog.START.plusNanos(1_999_999);
        log.added(WatchedKind.TENANT, acme(1, NOT_READY));
        log.now = ListLog.START.minusSeconds(9);
        log.modified(WatchedKind.TENANT, acme(2, tenant -> {}));
        log.log.watermark(ListLog.START.plusSeconds(5), true, Map.of(WatchedKind.POD, KindState.LIVE), null);
        log.modified(WatchedKind.TENANT, acme(3, NOT_READY));

        assertThat(log.batches)
                .extracting(batch ->
                        Duration.between(ListLog.START, batch.observedAt()).toMillis())
                .containsExactly(0L, 1L, 1L, 1L, 5001L);
    }

    @Test
    void everyRecordOfAnEventIsInOneBatchAndSequencesHaveNoHoles() {
        log.added(WatchedKind.POD, pod("api", 2, "n1"));
        log.batches.clear();

        log.added(WatchedKind.TENANT, acme(1, NOT_READY));
        log.log.gap(List.of(WatchedKind.POD), null, ListLog.START, false, null);

        assertThat(log.batches).hasSize(2);
        assertThat(log.batches.get(0).records()).hasSize(2);
        assertThat(((TenantObserved) log.records().get(0)).getSequence()).isEqualTo(2);
        assertThat(((ResourceObserved) log.records().get(1)).getSequence()).isEqualTo(3);
        assertThat(log.last(ClusterMark.class).getSequence()).isEqualTo(4);
        assertThat(log.last(ClusterMark.class).getKinds()).containsExactly("Pod");
    }

    @Test
    void marksGoToEveryPartitionButAClaim() {
        log.log.gone(null);

        assertThat(log.batches.get(0).records().get(0).target()).isEqualTo(Target.KEY);
        assertThat(log.batches.get(1).records().get(0).target()).isEqualTo(Target.EVERY_PARTITION);
        assertThat(log.last(ClusterMark.class).getType()).isEqualTo(MarkType.CLUSTER_GONE);
        assertThat(log.batches.get(1).records().get(0).key()).isEqualTo("east");
    }

    @Test
    void anEpochBeginsAnewAndForgets() {
        log.added(WatchedKind.TENANT, acme(1, NOT_READY));

        log.log.claimEpoch(8, "other");
        log.added(WatchedKind.TENANT, acme(1, NOT_READY));

        assertThat(log.last(TenantObserved.class).getEpoch()).isEqualTo(8);
        assertThat(log.last(TenantObserved.class).getSequence()).isEqualTo(2);
    }

    @Test
    void anUndecodableObjectIsMentionedAndWhatWasKnownOfItStays() {
        log.added(WatchedKind.TENANT, acme(1, NOT_READY.andThen(asksFor("configMaps", "cfg", "kept"))));
        log.added(WatchedKind.CONFIG_MAP, object(WatchedKind.CONFIG_MAP, "kept", 2));
        log.news();

        log.modified(
                WatchedKind.TENANT, acme(3, tenant -> tenant.putObject("status").put("readyResources", "canary")));

        TenantObserved record = log.last(TenantObserved.class);
        assertThat(record.getChange()).isEqualTo(Change.UNDECODABLE);
        assertThat(record.getResourceVersion()).isEqualTo("3");
        assertThat(record.getUid()).isEqualTo("uid-acme");
        assertThat(log.news()).containsExactly("UNDECODABLE Tenant acme");
        log.modified(WatchedKind.TENANT, acme(4, NOT_READY.andThen(asksFor("configMaps", "cfg", "kept"))));
        assertThat(log.news()).containsExactly("MODIFIED Tenant acme with dependencies");
        assertThat(log.log.stats().kinds().get(WatchedKind.TENANT).undecodable())
                .isOne();
    }

    @Test
    void anObjectWithoutIdentityIsOnlyCounted() {
        log.news();

        log.text(WatchedKind.TENANT, "ADDED", "{\"metadata\":{\"na");
        log.text(WatchedKind.TENANT, "ADDED", "");
        log.text(WatchedKind.TENANT, "ADDED", "[]");

        assertThat(log.news()).isEmpty();
        assertThat(log.log.stats().kinds().get(WatchedKind.TENANT).undecodable())
                .isEqualTo(3);
    }

    @Test
    void aRecordTooLargeForTheLogIsMinimal() {
        ListLog small = new ListLog(600);

        small.added(WatchedKind.TENANT, acme(1, asksFor("deployments", "x".repeat(700), "api")));
        small.added(WatchedKind.TENANT, object(WatchedKind.TENANT, "tiny", 2));

        assertThat(small.news())
                .containsExactly("EPOCH", "UNDECODABLE Tenant acme", "ADDED Tenant tiny with dependencies");
    }

    @Test
    void aLogThatLostABatchTakesNoMore() {
        ClusterLog broken = new ClusterLog(
                "east",
                batch -> {
                    throw new InterruptedException();
                },
                () -> Instant.EPOCH,
                null);

        assertThatThrownBy(() -> broken.claimEpoch(1, "x")).isInstanceOf(LogBrokenException.class);
        assertThat(Thread.interrupted()).isTrue();
        assertThatThrownBy(() -> broken.gone(null)).isInstanceOf(LogBrokenException.class);
    }

    @Test
    void aWatchTypeThatIsNoneIsRefused() {
        assertThatThrownBy(() -> log.text(WatchedKind.POD, "BOOKMARK", "{}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("BOOKMARK");
    }
}
