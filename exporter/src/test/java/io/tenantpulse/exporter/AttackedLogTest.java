package io.tenantpulse.exporter;

import static io.tenantpulse.exporter.TestObjects.asksFor;
import static io.tenantpulse.exporter.TestObjects.condition;
import static io.tenantpulse.exporter.TestObjects.metadata;
import static io.tenantpulse.exporter.TestObjects.object;
import static io.tenantpulse.exporter.TestObjects.ownedBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tenantpulse.v1.Change;
import io.tenantpulse.v1.Readiness;
import io.tenantpulse.v1.ResourceObserved;
import io.tenantpulse.v1.TenantObserved;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Histories in which the log once told an untruth, from which a false, late or lost alert followed. */
class AttackedLogTest {
    private static final Consumer<ObjectNode> READY = condition("Ready", "True", "Reconciled", "");
    private static final Consumer<ObjectNode> NOT_READY = condition("Ready", "False", "NotAllResourcesReady", "");

    private final ListLog log = new ListLog();

    private static ObjectNode tenant(String name, int version, Consumer<ObjectNode> more) {
        return object(WatchedKind.TENANT, name, version, more);
    }

    /** A tenant whose manifests hold another object of the operator itself. */
    private static Consumer<ObjectNode> asksForOperatorObject(WatchedKind kind, String id, String name) {
        return tenant -> tenant.withObjectProperty("spec")
                .withArrayProperty("manifests")
                .addObject()
                .put("id", id)
                .put("nameTemplate", name)
                .putObject("spec")
                .put("apiVersion", kind.apiVersion())
                .put("kind", kind.kind());
    }

    /** The detector would take the template for absent, though its kind is seen, and fire for ever. */
    @Test
    void aTemplateThatATenantAsksForIsItsResourceToo() {
        log.added(
                WatchedKind.TENANT,
                tenant("acme", 1, asksForOperatorObject(WatchedKind.TENANT_TEMPLATE, "tpl", "web")));
        log.news();

        log.added(WatchedKind.TENANT_TEMPLATE, object(WatchedKind.TENANT_TEMPLATE, "web", 2, NOT_READY));
        log.modified(WatchedKind.TENANT_TEMPLATE, object(WatchedKind.TENANT_TEMPLATE, "web", 3, READY));

        assertThat(log.last(ResourceObserved.class).getReadiness()).isEqualTo(Readiness.READY);
        assertThat(log.news())
                .containsExactly(
                        "ADDED TenantTemplate web",
                        "ADDED TenantTemplate web of acme as tpl, not owned",
                        "MODIFIED TenantTemplate web",
                        "MODIFIED TenantTemplate web of acme as tpl, not owned");
        log.log.memoryFrame(WatchedKind.TENANT_TEMPLATE, 0, null);
        assertThat(log.news()).contains("SNAPSHOT TenantTemplate web of acme as tpl, not owned");
        log.deleted(WatchedKind.TENANT_TEMPLATE, object(WatchedKind.TENANT_TEMPLATE, "web", 4, READY));
        assertThat(log.news())
                .containsExactly("DELETED TenantTemplate web", "DELETED TenantTemplate web of acme as tpl, not owned");
    }

    @Test
    void whatATenantThatAnotherAsksForOwnsIsItsOwn() {
        log.added(WatchedKind.TENANT, tenant("outer", 1, asksForOperatorObject(WatchedKind.TENANT, "sub", "inner")));
        log.added(WatchedKind.TENANT, tenant("inner", 2, READY));
        log.news();

        log.added(
                WatchedKind.DEPLOYMENT, object(WatchedKind.DEPLOYMENT, "api", 3, ownedBy(WatchedKind.TENANT, "inner")));
        log.modified(WatchedKind.TENANT, tenant("inner", 4, NOT_READY));

        assertThat(log.news())
                .containsExactly(
                        "ADDED Deployment api of inner as null",
                        "MODIFIED Tenant inner",
                        "MODIFIED Tenant inner of outer as sub, not owned");
    }

    /** After etcd is restored from a backup, the same versions are given again, to other states. */
    @Test
    void aVersionThatWasSeenBeforeARelistIsNewsAfterIt() {
        log.added(WatchedKind.TENANT, tenant("acme", 10, READY));
        log.modified(WatchedKind.TENANT, tenant("acme", 20, READY.andThen(condition("Degraded", "False", "x", ""))));
        log.log.syncBegin(WatchedKind.TENANT, 0, null);
        log.added(WatchedKind.TENANT, tenant("acme", 10, READY));
        log.log.syncEnd(WatchedKind.TENANT, null);
        log.news();

        log.modified(WatchedKind.TENANT, tenant("acme", 20, NOT_READY));

        assertThat(log.news()).containsExactly("MODIFIED Tenant acme");
    }

    /** A record that says UNDECODABLE instead would freeze the alerts of what is gone. */
    @Test
    void thatAnObjectIsGoneIsSaidHoweverLargeItsRecordIs() {
        ListLog small = new ListLog(600);
        Consumer<ObjectNode> large = NOT_READY.andThen(condition("Degraded", "True", "x".repeat(600), ""));
        small.added(WatchedKind.TENANT, tenant("acme", 1, NOT_READY));
        small.modified(WatchedKind.TENANT, tenant("acme", 2, large));
        assertThat(small.last(TenantObserved.class).getChange()).isEqualTo(Change.UNDECODABLE);

        small.deleted(WatchedKind.TENANT, tenant("acme", 3, large));

        assertThat(small.last(TenantObserved.class).getChange()).isEqualTo(Change.DELETED);
        assertThat(small.last(TenantObserved.class).getUid()).isEqualTo("uid-acme");
    }

    /** Before it, a tenant that is gone would seem to live and to lose what it requires. */
    @Test
    void whatFollowsFromASweepStandsAfterItsFrame() {
        log.added(WatchedKind.TENANT, tenant("acme", 1, asksFor("configMaps", "cfg", "shared")));
        log.added(WatchedKind.CONFIG_MAP, object(WatchedKind.CONFIG_MAP, "shared", 2));
        log.log.syncBegin(WatchedKind.TENANT, 0, null);
        log.news();

        log.log.syncEnd(WatchedKind.TENANT, null);

        assertThat(log.news())
                .containsExactly(
                        "SYNC_END Tenant.operator.kubernetes-tenants.org",
                        "RELEASED ConfigMap shared of acme as cfg, not owned");
    }

    @Test
    void anObjectWhoseUidWasUnreadableCanStillGo() {
        log.added(WatchedKind.TENANT, tenant("acme", 1, asksFor("configMaps", "cfg", "shared")));
        ObjectNode nameless = object(WatchedKind.CONFIG_MAP, "shared", 2);
        metadata(nameless).remove("uid");
        log.added(WatchedKind.CONFIG_MAP, nameless);
        log.news();

        log.deleted(WatchedKind.CONFIG_MAP, object(WatchedKind.CONFIG_MAP, "shared", 3));

        assertThat(log.news()).containsExactly("DELETED ConfigMap shared of acme as cfg, not owned");
    }

    @Test
    void aTenantThatIsMadeAnewFindsWhatStayed() {
        log.added(WatchedKind.TENANT, tenant("acme", 1, asksFor("configMaps", "cfg", "shared")));
        log.added(WatchedKind.CONFIG_MAP, object(WatchedKind.CONFIG_MAP, "shared", 2));
        log.deleted(WatchedKind.TENANT, tenant("acme", 3, asksFor("configMaps", "cfg", "shared")));
        log.news();

        ObjectNode anew = tenant("acme", 4, asksFor("configMaps", "cfg", "shared"));
        metadata(anew).put("uid", "another");
        log.added(WatchedKind.TENANT, anew);

        assertThat(log.news())
                .containsExactly(
                        "ADDED Tenant acme with dependencies", "ADDED ConfigMap shared of acme as cfg, not owned");
    }
}
