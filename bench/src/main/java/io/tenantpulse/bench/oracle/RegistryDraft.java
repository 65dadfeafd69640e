package io.tenantpulse.bench.oracle;

import io.tenantpulse.v1.Change;
import io.tenantpulse.v1.RegistryObserved;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** A registry of a simulated cluster. */
final class RegistryDraft implements WorldObject {
    final String kind;
    final String name;
    private final String uid;
    private @Nullable Integer ready;
    private @Nullable Integer desired;
    private @Nullable Integer failed;
    private String resourceVersion = "1";

    RegistryDraft(String kind, String name, String uid) {
        this.kind = kind;
        this.name = name;
        this.uid = uid;
    }

    static String kindName(String kind) {
        return kind.equals("TenantRegistry")
                ? "TenantRegistry.operator.kubernetes-tenants.org"
                : "LynqHub.operator.lynq.sh";
    }

    @Override
    public String kindName() {
        return kindName(kind);
    }

    @Override
    public void written(String version) {
        resourceVersion = version;
    }

    void change(Random random) {
        int all = random.nextInt(14);
        boolean said = random.nextInt(12) > 0;
        desired = said ? Integer.valueOf(all) : null;
        failed = said ? Integer.valueOf(random.nextInt(3) > 0 ? 0 : random.nextInt(8)) : null;
        ready = said ? Integer.valueOf(random.nextBoolean() ? all : random.nextInt(14)) : null;
    }

    @Override
    public RegistryObserved unreadable(boolean withUid) {
        return RegistryObserved.newBuilder()
                .setCluster("")
                .setEpoch(0)
                .setSequence(0)
                .setChange(Change.UNDECODABLE)
                .setKind(kind)
                .setNamespace("ops")
                .setName(name)
                .setUid(withUid ? uid : "")
                .setResourceVersion(resourceVersion)
                .build();
    }

    @Override
    public RegistryObserved record(Change change) {
        return RegistryObserved.newBuilder()
                .setCluster("")
                .setEpoch(0)
                .setSequence(0)
                .setChange(change)
                .setKind(kind)
                .setNamespace("ops")
                .setName(name)
                .setUid(uid)
                .setResourceVersion(resourceVersion)
                .setDesired(desired)
                .setReady(ready)
                .setFailed(failed)
                .build();
    }
}
