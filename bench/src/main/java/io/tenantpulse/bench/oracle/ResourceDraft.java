package io.tenantpulse.bench.oracle;

import io.tenantpulse.schema.Keys;
import io.tenantpulse.v1.Change;
import io.tenantpulse.v1.Dependency;
import io.tenantpulse.v1.Readiness;
import io.tenantpulse.v1.Replicas;
import io.tenantpulse.v1.ResourceObserved;
import java.util.Random;

/** An object that a tenant of a simulated cluster needs. */
final class ResourceDraft implements WorldObject {
    private final String tenantKind;
    private final String tenantName;
    private final Dependency asked;
    private final String uid;
    private Readiness readiness = Readiness.NOT_READY;
    private int surplus;
    private String resourceVersion = "1";

    ResourceDraft(TenantDraft tenant, Dependency asked, String uid) {
        this.tenantKind = tenant.kind;
        this.tenantName = tenant.name;
        this.asked = asked;
        this.uid = uid;
    }

    @Override
    public String kindName() {
        return Keys.kind(asked.getGroup(), asked.getKind());
    }

    @Override
    public void written(String version) {
        resourceVersion = version;
    }

    /** Whether it is what the spec asks for. */
    boolean is(Dependency other) {
        return asked.getKind().equals(other.getKind()) && asked.getName().equals(other.getName());
    }

    Readiness readiness() {
        return readiness;
    }

    void change(Random random) {
        surplus = random.nextInt(4) == 0 ? 1 : 0;
        readiness = random.nextInt(7) < 3 ? Readiness.NOT_READY : Readiness.READY;
    }

    @Override
    public ResourceObserved unreadable(boolean withUid) {
        return ResourceObserved.newBuilder(record(Change.UNDECODABLE))
                .setUid(withUid ? uid : "")
                .setReadiness(Readiness.UNKNOWN)
                .setReplicas(null)
                .build();
    }

    @Override
    public ResourceObserved record(Change change) {
        return ResourceObserved.newBuilder()
                .setCluster("")
                .setEpoch(0)
                .setSequence(0)
                .setChange(change)
                .setTenantKind(tenantKind)
                .setTenantNamespace("tenants")
                .setTenantName(tenantName)
                .setGroup(asked.getGroup())
                .setKind(asked.getKind())
                .setNamespace(asked.getNamespace())
                .setName(asked.getName())
                .setUid(uid)
                .setResourceVersion(resourceVersion)
                .setResourceId(asked.getId())
                .setReadiness(readiness)
                .setReplicas(
                        asked.getKind().equals("Deployment") ? new Replicas(2, 2 + surplus, 2, 2, 2, null, null) : null)
                .build();
    }
}
