package io.tenantpulse.standalone.demo;

import java.util.Locale;

/**
 * One kind that a demo API server can serve.
 *
 * @param group empty for the core group
 * @param generations whether the API server counts spec changes in {@code metadata.generation}
 */
public record ResourceType(
        String group, String version, String plural, String kind, boolean namespaced, boolean generations) {

    public String apiVersion() {
        return group.isEmpty() ? version : group + "/" + version;
    }

    /** As in messages of the API server: {@code pods} or {@code deployments.apps}. */
    String qualifiedName() {
        return group.isEmpty() ? plural : plural + "." + group;
    }

    String singular() {
        return kind.toLowerCase(Locale.ROOT);
    }

    /** Lists of custom resources repeat apiVersion and kind in each item; those of built-in kinds do not. */
    boolean custom() {
        return group.startsWith("operator.");
    }
}
