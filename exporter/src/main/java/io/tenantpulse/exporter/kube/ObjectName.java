package io.tenantpulse.exporter.kube;

import io.tenantpulse.exporter.WatchedKind;

/**
 * An object by name, whether it exists or not, and whether its kind is watched or not.
 *
 * @param group API group, empty for the core group
 * @param namespace empty for a cluster-scoped object
 */
public record ObjectName(String group, String kind, String namespace, String name) {
    /** An object of a watched kind. */
    public static ObjectName of(WatchedKind kind, String namespace, String name) {
        return new ObjectName(kind.group(), kind.kind(), kind.namespaced() ? namespace : "", name);
    }

    /** API group of an {@code apiVersion}. */
    static String group(String apiVersion) {
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash).intern();
    }

    @Override
    public int hashCode() {
        return (name.hashCode() * 31 + namespace.hashCode()) * 31 + kind.hashCode();
    }
}
