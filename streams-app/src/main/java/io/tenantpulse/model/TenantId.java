package io.tenantpulse.model;

import java.util.List;

/**
 * A tenant of one cluster; both kinds of one name can live beside each other.
 *
 * @param kind {@code Tenant} or {@code LynqNode}
 */
public record TenantId(String cluster, String namespace, String kind, String name) implements Comparable<TenantId> {
    /** Both kinds of tenants, as they stand in keys. */
    public static final List<String> KINDS = List.of("Tenant", "LynqNode");

    /** The key of the log and of the stores. */
    public String key() {
        return cluster + '/' + namespace + '/' + kind + '/' + name;
    }

    /** The tenant's own kind as marks name it. */
    public String kindName() {
        return kind + (kind.equals("Tenant") ? ".operator.kubernetes-tenants.org" : ".operator.lynq.sh");
    }

    /** Whether a kind, named as marks name it, is one of the two kinds of tenants. */
    public static boolean isTenantKind(String kindName) {
        return kindName.equals("Tenant.operator.kubernetes-tenants.org")
                || kindName.equals("LynqNode.operator.lynq.sh");
    }

    /**
     * Reads a key back.
     *
     * @throws IllegalArgumentException if it has not exactly four parts
     */
    public static TenantId parse(String key) {
        String[] parts = key.split("/", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException("not a tenant's key (cluster/namespace/kind/name): " + key);
        }
        return new TenantId(parts[0], parts[1], parts[2], parts[3]);
    }

    @Override
    public int compareTo(TenantId other) {
        return key().compareTo(other.key());
    }
}
