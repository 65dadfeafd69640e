package io.tenantpulse.trends;

import io.tenantpulse.model.TenantId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tenants that are in all scopes together: what is counted of them is counted once, and added up to scopes when a window
 * closes.
 *
 * @param kind of the tenants, as marks name it: it is seen, or blind, as a whole
 * @param registry empty where the tenants name none
 * @param template empty where the tenants name none
 */
public record Group(String cluster, String namespace, String kind, String registry, String template)
        implements Comparable<Group> {
    /** The group of a tenant with that registry and template. */
    public static Group of(TenantId tenant, @Nullable String registry, @Nullable String template) {
        return new Group(
                tenant.cluster(),
                tenant.namespace(),
                tenant.kindName(),
                registry == null ? "" : registry,
                template == null ? "" : template);
    }

    /** The same text for the same group, always; that of all groups of a cluster begins with the cluster and a slash. */
    public String key() {
        return cluster + '/' + namespace + '/' + kind + '/' + registry + '/' + template;
    }

    /**
     * The same where {@link #key} is the same, for what one's registry and template are called may hold slashes. It is asked for
     * with every turn of a tenant, so nothing is made for it.
     */
    @Override
    public int compareTo(Group other) {
        int order = cluster.compareTo(other.cluster);
        order = order != 0 ? order : namespace.compareTo(other.namespace);
        order = order != 0 ? order : kind.compareTo(other.kind);
        if (order != 0) {
            return order;
        }
        return registry.equals(other.registry) ? template.compareTo(other.template) : compareEnds(other);
    }

    private int compareEnds(Group other) {
        int length = Math.min(endLength(), other.endLength());
        for (int i = 0; i < length; i++) {
            int order = Character.compare(endAt(i), other.endAt(i));
            if (order != 0) {
                return order;
            }
        }
        return endLength() - other.endLength();
    }

    private int endLength() {
        return registry.length() + 1 + template.length();
    }

    /** Of the end of its key: registry, slash, template. */
    private char endAt(int i) {
        int at = i - registry.length();
        return at < 0 ? registry.charAt(i) : at == 0 ? '/' : template.charAt(at - 1);
    }

    /** The scopes that it is part of, but for the fleet. */
    public List<Scope> scopes() {
        List<Scope> scopes = new ArrayList<>(List.of(Scope.cluster(cluster), Scope.namespace(cluster, namespace)));
        if (!registry.isEmpty()) {
            scopes.add(Scope.registry(cluster, namespace, registry));
        }
        if (!template.isEmpty()) {
            scopes.add(Scope.template(cluster, namespace, template));
        }
        return scopes;
    }
}
