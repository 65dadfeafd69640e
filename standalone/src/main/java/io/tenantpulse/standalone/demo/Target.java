package io.tenantpulse.standalone.demo;

import java.util.List;

/**
 * What a request path points at.
 *
 * @param namespace empty: all of them, or a cluster-scoped kind
 * @param name empty: the whole collection
 */
record Target(ResourceType type, String namespace, String name) {

    /** @throws ApiError 404 when the path names nothing that is served */
    static Target of(List<String> path, ObjectStore store) {
        int at;
        String group;
        if (path.size() > 2 && path.get(0).equals("api")) {
            group = "";
            at = 1;
        } else if (path.size() > 3 && path.get(0).equals("apis")) {
            group = path.get(1);
            at = 2;
        } else {
            throw ApiError.pathNotFound();
        }
        String version = path.get(at);
        List<String> rest = path.subList(at + 1, path.size());
        String namespace = "";
        if (rest.size() >= 3 && rest.get(0).equals("namespaces")) {
            namespace = rest.get(1);
            rest = rest.subList(2, rest.size());
        }
        if (rest.size() > 2) {
            throw ApiError.pathNotFound();
        }
        String plural = rest.get(0);
        ResourceType type = store.types().stream()
                .filter(served -> served.group().equals(group)
                        && served.version().equals(version)
                        && served.plural().equals(plural))
                .findFirst()
                .orElseThrow(ApiError::pathNotFound);
        return new Target(type, namespace, rest.size() == 2 ? rest.get(1) : "");
    }
}
