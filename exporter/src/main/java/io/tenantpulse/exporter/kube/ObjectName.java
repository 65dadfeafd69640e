package io.tenantpulse.exporter.kube;

import io.tenantpulse.exporter.WatchedKind;
import java.util.HashMap;
import java.util.Map;

/**
 * An object by name, whether it exists or not, and whether its kind is watched or not.
 *
 * @param group API group, empty for the core group
 * @param namespace empty for a cluster-scoped object
 */
public record ObjectName(String group, String kind, String namespace, String name) {
    /** Groups of the usual apiVersions, so that they are not cut out of them again and again. */
    private static final Map<String, String> GROUPS = groups();

    private static Map<String, String> groups() {
        Map<String, String> groups = new HashMap<>();
        WatchedKind.ALL.forEach(kind -> groups.put(kind.apiVersion(), kind.group()));
        return groups;
    }

    /** An object of a watched kind. */
    public static ObjectName of(WatchedKind kind, String namespace, String name) {
        return new ObjectName(kind.group(), kind.kind(), kind.namespaced() ? namespace : "", name);
    }

    /** API group of an {@code apiVersion}. */
    static String group(String apiVersion) {
        String known = GROUPS.get(apiVersion);
        if (known != null) {
            return known;
        }
        int slash = apiVersion.indexOf('/');
        return slash < 0 ? "" : apiVersion.substring(0, slash);
    }

    @Override
    public int hashCode() {
        return (name.hashCode() * 31 + namespace.hashCode()) * 31 + kind.hashCode();
    }
}
