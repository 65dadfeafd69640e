package io.tenantpulse.detect;

import io.tenantpulse.model.Dependency;
import io.tenantpulse.model.TenantId;
import java.util.AbstractList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A tenant's dependency spec, empty where it was never published; read when it is first asked for, for it seldom is. */
final class Spec extends AbstractList<Dependency> {
    private final Memory memory;
    private final TenantId tenant;
    private @Nullable List<Dependency> read;

    Spec(Memory memory, TenantId tenant) {
        this.memory = memory;
        this.tenant = tenant;
    }

    private List<Dependency> all() {
        List<Dependency> all = read;
        if (all == null) {
            List<Dependency> known = memory.dependencies(tenant);
            all = known == null ? List.of() : known;
            read = all;
        }
        return all;
    }

    @Override
    public Dependency get(int index) {
        return all().get(index);
    }

    @Override
    public int size() {
        return all().size();
    }
}
