package io.tenantpulse.standalone.demo;

import java.util.List;

/**
 * One resource of a template.
 *
 * @param field the tenant's array that it stands in: {@code deployments}
 * @param body the object as the template's author wrote it, with {@code {{ .uid }}} placeholders
 * @param targetNamespace empty: the tenant's own
 */
record Part(
        String id,
        ResourceType type,
        String field,
        String body,
        List<String> dependIds,
        int timeoutSeconds,
        boolean waitForReady,
        String targetNamespace) {

    String nameTemplate() {
        return "{{ .uid }}-" + id;
    }

    String nameFor(String uid) {
        return uid + "-" + id;
    }

    String namespaceFor(String tenantNamespace) {
        return targetNamespace.isEmpty() ? tenantNamespace : targetNamespace;
    }

    Workload workloadOf(SimTenant tenant) {
        return new Workload(type, namespaceFor(tenant.namespace()), nameFor(tenant.uid));
    }

    Part withBody(String other) {
        return new Part(id, type, field, other, dependIds, timeoutSeconds, waitForReady, targetNamespace);
    }

    Part after(String... ids) {
        return new Part(id, type, field, body, List.of(ids), timeoutSeconds, waitForReady, targetNamespace);
    }

    Part within(int seconds) {
        return new Part(id, type, field, body, dependIds, seconds, waitForReady, targetNamespace);
    }

    Part unawaited() {
        return new Part(id, type, field, body, dependIds, timeoutSeconds, false, targetNamespace);
    }

    Part in(String namespace) {
        return new Part(id, type, field, body, dependIds, timeoutSeconds, waitForReady, namespace);
    }
}
