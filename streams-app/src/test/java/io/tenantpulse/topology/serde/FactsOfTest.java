package io.tenantpulse.topology.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.detect.Observation;
import io.tenantpulse.model.ClaimFacts;
import io.tenantpulse.model.Condition;
import io.tenantpulse.model.Container;
import io.tenantpulse.model.Facts;
import io.tenantpulse.model.JobFacts;
import io.tenantpulse.model.ObjectId;
import io.tenantpulse.model.PodFacts;
import io.tenantpulse.model.Replicas;
import io.tenantpulse.model.Warning;
import io.tenantpulse.v1.Change;
import io.tenantpulse.v1.ObjectRef;
import io.tenantpulse.v1.Readiness;
import io.tenantpulse.v1.ResourceObserved;
import io.tenantpulse.v1.WarningObserved;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class FactsOfTest {
    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    private static ResourceObserved.Builder minimal() {
        return ResourceObserved.newBuilder()
                .setCluster("alpha")
                .setEpoch(1)
                .setSequence(2)
                .setTenantKind("Tenant")
                .setTenantNamespace("tenants")
                .setTenantName("acme")
                .setGroup("")
                .setKind("Pod")
                .setNamespace("tenants")
                .setName("acme-api")
                .setUid("p1")
                .setChange(Change.MODIFIED)
                .setReadiness(Readiness.NOT_READY)
                .setConditions(List.of())
                .setImages(List.of());
    }

    @Test
    void whatIsNotToldIsNullOrEmpty() {
        ResourceObserved bare = minimal().build();

        Facts facts = FactsOf.resource(bare);

        assertThat(facts).isEqualTo(Facts.NONE);
    }

    @Test
    void carriesAllThatExplains() {
        ResourceObserved told = minimal()
                .setParentUid("rs1")
                .setDeletionTimestamp(NOON)
                .setReplicas(new io.tenantpulse.v1.Replicas(3, 2, 2, 1, 1, 7L, 6L))
                .setPod(new io.tenantpulse.v1.PodFacts(
                        "Running",
                        "Evicted",
                        "node-1",
                        false,
                        List.of(new io.tenantpulse.v1.Container(
                                "api", true, "img", true, 4, "waiting", "r", "m", 137, "OOMKilled", NOON))))
                .setClaim(new io.tenantpulse.v1.ClaimFacts("Pending", "fast", false, "Immediate"))
                .setJob(new io.tenantpulse.v1.JobFacts(1, 2, 3, 4, 5, true))
                .setServiceType("LoadBalancer")
                .setImages(List.of("a", "b"))
                .build();

        Facts facts = FactsOf.resource(told);

        assertThat(facts)
                .isEqualTo(new Facts(
                        "rs1",
                        NOON,
                        List.of(),
                        new Replicas(3, 2, 2, 1, 1, 7L, 6L),
                        new PodFacts(
                                "Running",
                                "Evicted",
                                "node-1",
                                false,
                                List.of(new Container(
                                        "api", true, "img", true, 4, "waiting", "r", "m", 137, "OOMKilled", NOON))),
                        new ClaimFacts("Pending", "fast", false, "Immediate"),
                        new JobFacts(1, 2, 3, 4, 5, true),
                        "LoadBalancer",
                        List.of("a", "b")));
    }

    @Test
    void keepsTheMessagesOnlyOfConditionsThatAreNotGood() {
        ResourceObserved told = minimal()
                .setConditions(List.of(
                        new io.tenantpulse.v1.Condition("Degraded", "False", "Healthy", "all is well", NOON),
                        new io.tenantpulse.v1.Condition("Failed", "True", "BackoffLimitExceeded", "too often", NOON),
                        new io.tenantpulse.v1.Condition("PodScheduled", "False", "Unschedulable", "0/3 nodes", NOON),
                        new io.tenantpulse.v1.Condition("Ready", "True", "Reconciled", "5/5", NOON)))
                .build();

        Facts facts = FactsOf.resource(told);

        assertThat(facts.conditions())
                .extracting(Condition::message)
                .containsExactly(null, "too often", "0/3 nodes", null);
    }

    @Test
    void readsAWarning() {
        WarningObserved told = WarningObserved.newBuilder()
                .setCluster("alpha")
                .setEpoch(1)
                .setSequence(2)
                .setTenantKind("Tenant")
                .setTenantNamespace("tenants")
                .setTenantName("acme")
                .setUid("e1")
                .setObject(new ObjectRef("apps", "ReplicaSet", "tenants", "acme-api-1", "rs1"))
                .setResourceId("api")
                .setReason("FailedCreate")
                .setMessage("exceeded quota")
                .setCount(3)
                .setFirstAt(NOON)
                .setLastAt(NOON.plusSeconds(60))
                .build();

        Observation read = Observations.of(told, NOON);

        assertThat(read)
                .isInstanceOfSatisfying(
                        Observation.OfWarning.class,
                        warning -> assertThat(warning.warning())
                                .isEqualTo(new Warning(
                                        "e1",
                                        new ObjectId("apps", "ReplicaSet", "tenants", "acme-api-1"),
                                        "rs1",
                                        "api",
                                        "FailedCreate",
                                        "exceeded quota",
                                        3,
                                        NOON,
                                        NOON.plusSeconds(60))));
    }
}
