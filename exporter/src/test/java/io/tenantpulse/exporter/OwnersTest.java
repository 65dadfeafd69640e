package io.tenantpulse.exporter;

import static io.tenantpulse.exporter.TestObjects.applied;
import static io.tenantpulse.exporter.TestObjects.asksFor;
import static io.tenantpulse.exporter.TestObjects.labelled;
import static io.tenantpulse.exporter.TestObjects.metadata;
import static io.tenantpulse.exporter.TestObjects.object;
import static io.tenantpulse.exporter.TestObjects.ownedBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tenantpulse.v1.ResourceObserved;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every way in which an object finds its tenant, and loses it. */
class OwnersTest {
    private final ListLog log = new ListLog();

    private void tenant(String name, int version, Consumer<ObjectNode> more) {
        log.added(WatchedKind.TENANT, object(WatchedKind.TENANT, name, version, more));
    }

    @Test
    void ownerReferenceNamesTheTenantAndTheSpecTheId() {
        tenant("acme", 1, asksFor("deployments", "api", "acme-api"));
        log.news();

        log.added(
                WatchedKind.DEPLOYMENT,
                object(WatchedKind.DEPLOYMENT, "acme-api", 2, ownedBy(WatchedKind.TENANT, "acme")));

        assertThat(log.news()).containsExactly("ADDED Deployment acme-api of acme as api");
    }

    @Test
    void ownerOfTheSameKindButAnotherGroupIsNoTenant() {
        tenant("acme", 1, tenant -> {});
        log.news();

        ObjectNode object = object(WatchedKind.DEPLOYMENT, "other", 2, ownedBy(WatchedKind.TENANT, "acme"));
        ((ObjectNode) metadata(object).get("ownerReferences").get(0)).put("apiVersion", "capsule.example.com/v1");
        log.added(WatchedKind.DEPLOYMENT, object);

        assertThat(log.news()).isEmpty();
    }

    @Test
    void chainsOfOwnersAreFollowedWhateverComesFirst() {
        log.added(WatchedKind.POD, object(WatchedKind.POD, "api-1-x", 4, ownedBy(WatchedKind.REPLICA_SET, "api-1")));
        log.added(
                WatchedKind.REPLICA_SET,
                object(WatchedKind.REPLICA_SET, "api-1", 3, ownedBy(WatchedKind.DEPLOYMENT, "api")));
        log.added(
                WatchedKind.DEPLOYMENT, object(WatchedKind.DEPLOYMENT, "api", 2, ownedBy(WatchedKind.TENANT, "acme")));
        log.news();

        tenant("acme", 5, asksFor("deployments", "front", "api"));

        assertThat(log.news())
                .containsExactly(
                        "ADDED Tenant acme with dependencies",
                        "ADDED Deployment api of acme as front",
                        "ADDED ReplicaSet api-1 of acme as front",
                        "ADDED Pod api-1-x of acme as front");
        assertThat(log.log.stats().kinds().get(WatchedKind.POD).published()).isOne();
    }

    @Test
    void podsOfCronJobsAreFollowedThroughTheirJobs() {
        tenant("acme", 1, asksFor("cronJobs", "nightly", "night"));
        log.added(WatchedKind.CRON_JOB, object(WatchedKind.CRON_JOB, "night", 2, ownedBy(WatchedKind.TENANT, "acme")));
        log.added(WatchedKind.JOB, object(WatchedKind.JOB, "night-1", 3, ownedBy(WatchedKind.CRON_JOB, "night")));
        log.news();

        log.added(WatchedKind.POD, object(WatchedKind.POD, "night-1-x", 4, ownedBy(WatchedKind.JOB, "night-1")));

        ResourceObserved record = log.last(ResourceObserved.class);
        assertThat(record.getParentUid()).isEqualTo("uid-night-1");
        assertThat(log.news()).containsExactly("ADDED Pod night-1-x of acme as nightly");
    }

    @ParameterizedTest
    @CsvSource({"kubernetes-tenants.org/tenant,Tenant", "lynq.sh/node,LynqNode"})
    void trackingLabelsNameATenantOfEitherDialectInAnotherNamespace(String label, String kind) {
        WatchedKind tenantKind = WatchedKind.ofKind(kind).orElseThrow();
        log.added(tenantKind, object(tenantKind, "acme", 1));
        log.news();

        ObjectNode service = object(
                WatchedKind.SERVICE, "far", 2, labelled(label, "acme").andThen(labelled(label + "-namespace", "shop")));
        metadata(service).put("namespace", "elsewhere");
        log.added(WatchedKind.SERVICE, service);
        ObjectNode namespace = object(
                WatchedKind.NAMESPACE,
                "own",
                3,
                labelled(label, "acme").andThen(labelled(label + "-namespace", "shop")));
        log.added(WatchedKind.NAMESPACE, namespace);

        assertThat(log.news())
                .containsExactly("ADDED Service far of acme as null", "ADDED Namespace own of acme as null");
    }

    @Test
    void appliedResourcesAreTheTenantsWithoutAnyOtherLink() {
        log.added(WatchedKind.CONFIG_MAP, object(WatchedKind.CONFIG_MAP, "kept", 1));
        assertThat(log.news()).containsExactly("EPOCH");

        tenant("acme", 2, applied("ConfigMap/shop/kept@cfg"));

        assertThat(log.news())
                .containsExactly("ADDED Tenant acme with dependencies", "ADDED ConfigMap kept of acme as cfg");
    }

    @Test
    void whatTheSpecNamesConcernsTheTenantWhoeverOwnsIt() {
        tenant("one", 1, asksFor("configMaps", "a", "taken"));
        tenant("two", 2, asksFor("configMaps", "b", "taken"));
        log.news();

        log.added(
                WatchedKind.CONFIG_MAP, object(WatchedKind.CONFIG_MAP, "taken", 3, ownedBy(WatchedKind.TENANT, "two")));

        assertThat(log.news())
                .containsExactlyInAnyOrder(
                        "ADDED ConfigMap taken of one as a, not owned", "ADDED ConfigMap taken of two as b");
    }

    @Test
    void anObjectThatTheSpecNamesNoLongerIsReleased() {
        tenant("acme", 1, asksFor("configMaps", "cfg", "taken"));
        log.added(WatchedKind.CONFIG_MAP, object(WatchedKind.CONFIG_MAP, "taken", 2));
        log.news();

        log.modified(WatchedKind.TENANT, object(WatchedKind.TENANT, "acme", 3));

        assertThat(log.news())
                .containsExactly(
                        "MODIFIED Tenant acme with dependencies", "RELEASED ConfigMap taken of acme as cfg, not owned");
    }

    @ParameterizedTest
    @CsvSource({"kubernetes-tenants.org/orphaned", "lynq.sh/orphaned"})
    void retainedOrphansLeaveTheTenant(String label) {
        tenant("acme", 1, applied("ConfigMap/shop/kept@cfg"));
        Consumer<ObjectNode> tracked = labelled("kubernetes-tenants.org/tenant", "acme")
                .andThen(labelled("kubernetes-tenants.org/tenant-namespace", "shop"));
        log.added(WatchedKind.CONFIG_MAP, object(WatchedKind.CONFIG_MAP, "kept", 2, tracked));
        log.news();

        log.modified(
                WatchedKind.CONFIG_MAP,
                object(WatchedKind.CONFIG_MAP, "kept", 3, tracked.andThen(labelled(label, "true"))));
        log.modified(WatchedKind.TENANT, object(WatchedKind.TENANT, "acme", 4));

        assertThat(log.news()).contains("RELEASED ConfigMap kept of acme as cfg, not owned");
    }

    @Test
    void claimsOfAStatefulSetsTemplatesAreFoundByName() {
        tenant("acme", 1, asksFor("statefulSets", "db", "my-db"));
        log.added(WatchedKind.CLAIM, object(WatchedKind.CLAIM, "data-set-my-db-0", 2));
        log.added(WatchedKind.CLAIM, object(WatchedKind.CLAIM, "data-other-db-0", 3));
        log.news();

        ObjectNode set = object(WatchedKind.STATEFUL_SET, "my-db", 4, ownedBy(WatchedKind.TENANT, "acme"));
        set.withObjectProperty("spec")
                .withArrayProperty("volumeClaimTemplates")
                .addObject()
                .withObjectProperty("metadata")
                .put("name", "data-set");
        log.added(WatchedKind.STATEFUL_SET, set);

        assertThat(log.last(ResourceObserved.class).getParentUid()).isEqualTo("uid-my-db");
        assertThat(log.news())
                .containsExactly(
                        "ADDED StatefulSet my-db of acme as db",
                        "ADDED PersistentVolumeClaim data-set-my-db-0 of acme as db");
    }

    @Test
    void claimsThatCameBackFollowTheirSetWhenItsTenantComes() {
        ObjectNode set = object(WatchedKind.STATEFUL_SET, "db", 1, ownedBy(WatchedKind.TENANT, "acme"));
        set.withObjectProperty("spec")
                .withArrayProperty("volumeClaimTemplates")
                .addObject()
                .withObjectProperty("metadata")
                .put("name", "data");
        log.added(WatchedKind.STATEFUL_SET, set);
        log.added(WatchedKind.CLAIM, object(WatchedKind.CLAIM, "data-db-0", 2));
        log.deleted(WatchedKind.CLAIM, object(WatchedKind.CLAIM, "data-db-0", 3));
        log.added(WatchedKind.CLAIM, object(WatchedKind.CLAIM, "data-db-0", 4));
        log.news();

        tenant("acme", 5, tenant -> {});

        assertThat(log.news()).contains("ADDED PersistentVolumeClaim data-db-0 of acme as null");
    }

    @Test
    void whatADeletedTenantOwnedStaysItsUntilItGoes() {
        tenant("acme", 1, asksFor("deployments", "api", "api"));
        ObjectNode deployment = object(WatchedKind.DEPLOYMENT, "api", 2, ownedBy(WatchedKind.TENANT, "acme"));
        log.added(WatchedKind.DEPLOYMENT, deployment);
        log.added(
                WatchedKind.REPLICA_SET,
                object(WatchedKind.REPLICA_SET, "api-1", 3, ownedBy(WatchedKind.DEPLOYMENT, "api")));
        log.news();

        log.deleted(WatchedKind.TENANT, object(WatchedKind.TENANT, "acme", 4));
        metadata(deployment).put("resourceVersion", "5");
        log.deleted(WatchedKind.DEPLOYMENT, deployment);
        log.deleted(
                WatchedKind.REPLICA_SET,
                object(WatchedKind.REPLICA_SET, "api-1", 6, ownedBy(WatchedKind.DEPLOYMENT, "api")));

        assertThat(log.news())
                .containsExactly(
                        "DELETED Tenant acme",
                        "DELETED Deployment api of acme as api",
                        "DELETED ReplicaSet api-1 of acme as api");
    }

    @Test
    void warningsFollowTheObjectTheyAreAboutAndAreSaidAgainWhenTheyRepeat() {
        Consumer<ObjectNode> unscheduled = event -> {
            event.put("type", "Warning").put("reason", "FailedScheduling").put("message", "0/3 nodes");
            event.putObject("involvedObject")
                    .put("apiVersion", "v1")
                    .put("kind", "Pod")
                    .put("namespace", "shop")
                    .put("name", "api-x")
                    .put("uid", "uid-api-x");
        };
        log.added(WatchedKind.EVENT, object(WatchedKind.EVENT, "e1", 1, unscheduled));
        log.added(WatchedKind.POD, object(WatchedKind.POD, "api-x", 2, ownedBy(WatchedKind.TENANT, "acme")));
        log.news();

        tenant("acme", 3, asksFor("manifests", "pod", "unrelated"));
        log.modified(
                WatchedKind.EVENT, object(WatchedKind.EVENT, "e1", 4, unscheduled.andThen(e -> e.put("count", 3))));
        log.modified(
                WatchedKind.EVENT, object(WatchedKind.EVENT, "e1", 5, unscheduled.andThen(e -> e.put("count", 3))));
        log.added(
                WatchedKind.EVENT,
                object(WatchedKind.EVENT, "e2", 6, unscheduled.andThen(e -> e.put("type", "Normal"))));

        assertThat(log.news())
                .containsExactly(
                        "ADDED Tenant acme with dependencies",
                        "ADDED Pod api-x of acme as null",
                        "warning FailedScheduling x1 of acme as null",
                        "warning FailedScheduling x3 of acme as null");
    }

    @Test
    void warningsAboutTheTenantItselfAreIts() {
        tenant("acme", 1, tenant -> {});
        log.news();

        log.added(WatchedKind.EVENT, object(WatchedKind.EVENT, "e1", 2, event -> {
            event.put("type", "Warning").put("reason", "ApplyFailed").put("message", "no");
            event.putObject("involvedObject")
                    .put("apiVersion", "operator.kubernetes-tenants.org/v1")
                    .put("kind", "Tenant")
                    .put("namespace", "shop")
                    .put("name", "acme");
        }));

        assertThat(log.news()).containsExactly("warning ApplyFailed x1 of acme as null");
    }

    @Test
    void ownersThatOwnEachOtherEndNothing() {
        tenant("acme", 1, tenant -> {});
        log.added(WatchedKind.JOB, object(WatchedKind.JOB, "a", 2, ownedBy(WatchedKind.JOB, "b")));

        log.added(
                WatchedKind.JOB,
                object(
                        WatchedKind.JOB,
                        "b",
                        3,
                        ownedBy(WatchedKind.JOB, "a").andThen(ownedBy(WatchedKind.TENANT, "acme"))));

        assertThat(log.news()).contains("ADDED Job a of acme as null", "ADDED Job b of acme as null");
    }
}
