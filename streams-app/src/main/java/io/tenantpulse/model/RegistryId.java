package io.tenantpulse.model;

import java.util.Set;

/**
 * A registry of one cluster: what tenants are made from, row by row.
 *
 * @param kind {@code TenantRegistry} or, with Lynq, {@code LynqHub}
 */
public record RegistryId(String cluster, String namespace, String kind, String name) implements Comparable<RegistryId> {

    private static final String TENANT_REGISTRY = "TenantRegistry.operator.kubernetes-tenants.org";
    private static final String LYNQ_HUB = "LynqHub.operator.lynq.sh";

    /** Both kinds of registries, as marks name them. */
    public static final Set<String> KINDS = Set.of(TENANT_REGISTRY, LYNQ_HUB);

    /** The key of the log and of the stores. */
    public String key() {
        return cluster + '/' + namespace + '/' + kind + '/' + name;
    }

    /** The registry's own kind as marks name it. */
    public String kindName() {
        return kind.equals("TenantRegistry") ? TENANT_REGISTRY : LYNQ_HUB;
    }

    /** Whether a kind, named as marks name it, is one of the two kinds of registries. */
    public static boolean isRegistryKind(String kindName) {
        return KINDS.contains(kindName);
    }

    /**
     * Reads a key back.
     *
     * @throws IllegalArgumentException if it has not exactly four parts
     */
    public static RegistryId parse(String key) {
        String[] parts = key.split("/", -1);
        if (parts.length != 4) {
            throw new IllegalArgumentException("not a registry's key (cluster/namespace/kind/name): " + key);
        }
        return new RegistryId(parts[0], parts[1], parts[2], parts[3]);
    }

    @Override
    public int compareTo(RegistryId other) {
        return key().compareTo(other.key());
    }
}
