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

    private static final String TENANT = "Tenant.operator.kubernetes-tenants.org";
    private static final String LYNQ_NODE = "LynqNode.operator.lynq.sh";

    /** The key of the log and of the stores. */
    public String key() {
        return cluster + '/' + namespace + '/' + kind + '/' + name;
    }

    /** The tenant's own kind as marks name it. */
    public String kindName() {
        return kind.equals("Tenant") ? TENANT : LYNQ_NODE;
    }

    /** Whether a kind, named as marks name it, is one of the two kinds of tenants. */
    public static boolean isTenantKind(String kindName) {
        return kindName.equals(TENANT) || kindName.equals(LYNQ_NODE);
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
