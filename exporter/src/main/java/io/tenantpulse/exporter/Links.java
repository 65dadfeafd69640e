package io.tenantpulse.exporter;

import io.tenantpulse.exporter.kube.DependencyFacts;
import io.tenantpulse.exporter.kube.Detail;
import io.tenantpulse.exporter.kube.Facts;
import io.tenantpulse.exporter.kube.ObjectName;
import io.tenantpulse.exporter.kube.OwnerRef;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which other objects an object's facts name, as OPERATOR's ways to find the tenant have it. Pure. */
final class Links {
    /** Stands for all claims of one template of one StatefulSet: {@code <template>-<statefulset>}. No such kind exists. */
    private static final String CLAIM_SET = "*claims";

    private Links() {}

    /** The objects through which this one finds its tenant. */
    static List<ObjectName> parents(Facts facts) {
        switch (facts.kind().role()) {
            case TENANT, REGISTRY, TEMPLATE, NODE, STORAGE_CLASS -> {
                return List.of();
            }
            case EVENT -> {
                return facts.detail() instanceof Detail.OfEvent event ? List.of(event.object()) : List.of();
            }
            case WORKLOAD, POD, CLAIM, RESOURCE -> {
                return parentsOfOwned(facts);
            }
        }
        throw new AssertionError(facts.kind());
    }

    private static List<ObjectName> parentsOfOwned(Facts facts) {
        ObjectName claimSet = facts.kind().role() == Role.CLAIM ? claimSet(facts.name()) : null;
        if (facts.owners().isEmpty() && facts.labelledTenant() == null && claimSet == null) {
            return List.of();
        }
        Set<ObjectName> parents = new LinkedHashSet<>();
        for (OwnerRef each : facts.owners()) {
            parents.add(each.owner());
        }
        if (facts.labelledTenant() != null) {
            parents.add(facts.labelledTenant());
        }
        if (claimSet != null) {
            parents.add(claimSet);
        }
        return List.copyOf(parents);
    }

    /** The set that a claim named {@code <template>-<statefulset>-<ordinal>} is of; null when it has no ordinal. */
    private static @Nullable ObjectName claimSet(ObjectName claim) {
        String name = claim.name();
        int dash = name.lastIndexOf('-');
        if (dash <= 0 || dash == name.length() - 1) {
            return null;
        }
        for (int i = dash + 1; i < name.length(); i++) {
            if (name.charAt(i) < '0' || name.charAt(i) > '9') {
                return null;
            }
        }
        return new ObjectName("", CLAIM_SET, claim.namespace(), name.substring(0, dash));
    }

    /** The sets of claims that a StatefulSet makes. */
    static List<ObjectName> claimSets(@Nullable Facts facts) {
        if (facts == null
                || !(facts.detail() instanceof Detail.OfWorkload set)
                || set.claimTemplates().isEmpty()) {
            return List.of();
        }
        List<ObjectName> sets = new ArrayList<>();
        for (String template : set.claimTemplates()) {
            String name = template + '-' + facts.name().name();
            sets.add(new ObjectName("", CLAIM_SET, facts.name().namespace(), name));
        }
        return sets;
    }

    /** The shared object that is joined into this one's records: a pod's node, a claim's class. */
    static @Nullable ObjectName joined(@Nullable Facts facts) {
        if (facts == null) {
            return null;
        }
        if (facts.detail() instanceof Detail.OfPod pod && pod.node() != null) {
            return ObjectName.of(WatchedKind.NODE, "", pod.node());
        }
        if (facts.detail() instanceof Detail.OfClaim claim
                && claim.storageClass() != null
                && !claim.storageClass().isEmpty()) {
            return ObjectName.of(WatchedKind.STORAGE_CLASS, "", claim.storageClass());
        }
        return null;
    }

    /** An object that a tenant names, and how. */
    record Named(ObjectName object, String id, boolean applied) {}

    /** The objects that a tenant's spec and status name, each once in each way; the spec's first. */
    static Set<Named> named(@Nullable Facts tenant) {
        if (tenant == null || !(tenant.detail() instanceof Detail.OfTenant detail)) {
            return Set.of();
        }
        Set<Named> named = new LinkedHashSet<>();
        for (DependencyFacts each : detail.dependencies()) {
            if (!each.name().isEmpty() && canBeAskedFor(each)) {
                named.add(new Named(each.object(tenant.name().namespace()), each.id(), false));
            }
        }
        for (String each : detail.applied()) {
            Named applied = applied(each, detail.dependencies(), tenant.name().namespace());
            if (applied != null) {
                named.add(applied);
            }
        }
        return named;
    }

    private static boolean canBeAskedFor(DependencyFacts entry) {
        Role role = WatchedKind.of(entry.apiVersion(), entry.kind())
                .map(WatchedKind::role)
                .orElse(Role.RESOURCE);
        return role != Role.EVENT && !entry.kind().isEmpty();
    }

    /** An entry of appliedResources, {@code Kind/namespace/name@id}: its group is that of the spec's entry, or of the kind. */
    private static @Nullable Named applied(String text, List<DependencyFacts> dependencies, String tenantNamespace) {
        int first = text.indexOf('/');
        int second = text.indexOf('/', first + 1);
        int at = text.indexOf('@', second + 1);
        if (first <= 0 || second < 0 || at < 0) {
            return null;
        }
        String kind = text.substring(0, first);
        String namespace = text.substring(first + 1, second);
        String name = text.substring(second + 1, at);
        String id = text.substring(at + 1);
        for (DependencyFacts each : dependencies) {
            if (each.id().equals(id) && each.kind().equals(kind) && each.name().equals(name)) {
                return new Named(each.object(tenantNamespace), id, true);
            }
        }
        WatchedKind watched = WatchedKind.ofKind(kind).orElse(null);
        return watched == null ? null : new Named(ObjectName.of(watched, namespace, name), id, true);
    }
}
