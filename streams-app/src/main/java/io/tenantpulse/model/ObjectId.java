package io.tenantpulse.model;

/**
 * A Kubernetes object of a cluster by name.
 *
 * @param group API group, empty for the core group
 * @param namespace empty for a cluster-scoped object
 */
public record ObjectId(String group, String kind, String namespace, String name) {

    /** The kind as marks name it: {@code Pod}, {@code Deployment.apps}. */
    public String kindName() {
        return group.isEmpty() ? kind : kind + '.' + group;
    }

    /** Unique among the objects of a cluster; used in store keys. */
    public String key() {
        return group + '/' + kind + '/' + namespace + '/' + name;
    }
}
