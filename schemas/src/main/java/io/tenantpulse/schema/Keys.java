package io.tenantpulse.schema;

/** Keys of the log: all that concerns one tenant has one key and so one partition. */
public final class Keys {
    private Keys() {}

    /** Key of a tenant, registry or template: {@code cluster/namespace/kind/name}. */
    public static String of(String cluster, String namespace, String kind, String name) {
        return cluster + '/' + namespace + '/' + kind + '/' + name;
    }

    /**
     * Name of a kind as marks and coverage use it: {@code Pod} for the core group, {@code Deployment.apps} for others.
     *
     * @param group API group, empty for the core group
     */
    public static String kind(String group, String kind) {
        return group.isEmpty() ? kind : kind + '.' + group;
    }
}
