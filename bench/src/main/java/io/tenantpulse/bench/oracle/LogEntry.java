package io.tenantpulse.bench.oracle;

import io.tenantpulse.schema.Keys;
import io.tenantpulse.v1.ClusterMark;
import io.tenantpulse.v1.RegistryObserved;
import io.tenantpulse.v1.ResourceObserved;
import io.tenantpulse.v1.TenantObserved;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;

/**
 * A record of the log as it lies there.
 *
 * @param observedAt its Kafka timestamp
 */
public record LogEntry(Instant observedAt, SpecificRecord value) {
    public String cluster() {
        return (String) field("cluster");
    }

    /** Its Kafka key: that of the tenant or registry it concerns, of marks the cluster's name. */
    public String key() {
        if (value instanceof TenantObserved tenant) {
            return Keys.of(tenant.getCluster(), tenant.getNamespace(), tenant.getKind(), tenant.getName());
        }
        if (value instanceof ResourceObserved resource) {
            return Keys.of(
                    resource.getCluster(),
                    resource.getTenantNamespace(),
                    resource.getTenantKind(),
                    resource.getTenantName());
        }
        return value instanceof RegistryObserved registry
                ? Keys.of(registry.getCluster(), registry.getNamespace(), registry.getKind(), registry.getName())
                : cluster();
    }

    long epoch() {
        return (Long) field("epoch");
    }

    long sequence() {
        return (Long) field("sequence");
    }

    /** Whether it stands behind the other in its cluster's part of the log. */
    boolean isNewerThan(LogEntry other) {
        return epoch() != other.epoch() ? epoch() > other.epoch() : sequence() > other.sequence();
    }

    boolean isMark() {
        return value instanceof ClusterMark;
    }

    private Object field(String name) {
        return value.get(value.getSchema().getField(name).pos());
    }

    @Override
    public String toString() {
        return observedAt + " " + value.getSchema().getName() + " " + value;
    }
}
