package io.tenantpulse.exporter;

import io.tenantpulse.exporter.kube.Facts;
import io.tenantpulse.exporter.kube.ObjectName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the tenants that an object concerns: through its owners and labels, and through the tenants that name it. */
final class Owners {
    /** Longest chain of owners that is followed; no real one is half as long. */
    static final int DEEPEST = 16;

    private final Map<ObjectName, Entry> entries;
    private final Map<ObjectName, Entry> claimSetOwners;

    Owners(Map<ObjectName, Entry> entries, Map<ObjectName, Entry> claimSetOwners) {
        this.entries = entries;
        this.claimSetOwners = claimSetOwners;
    }

    /** Whom the entry concerns now, each tenant once. */
    List<Attribution> of(Entry entry) {
        List<Attribution> found = new ArrayList<>(1);
        Facts facts = entry.facts;
        boolean orphaned = facts != null && facts.orphaned();
        boolean parentMissing = false;
        for (Naming each : entry.namings()) {
            merge(found, new Attribution(each.tenant().name, each.id(), each.applied() && !orphaned));
        }
        for (ObjectName each : parents(entry)) {
            Entry parent = entries.get(each);
            parentMissing |= parent == null || !parent.isKnown();
            if (parent != null && !orphaned) {
                inherit(found, parent);
            }
        }
        // What was its owner is gone, or its tenant is: it is still the tenant's until it goes, too.
        for (Attribution each : entry.attributions) {
            boolean orphan = each.owned() && !orphaned && (parentMissing || !isKnown(each.tenant()));
            if (orphan && find(found, each.tenant()) == null) {
                found.add(each);
            }
        }
        return List.copyOf(found);
    }

    private List<ObjectName> parents(Entry entry) {
        if (entry.facts != null) {
            return Links.parents(entry.facts);
        }
        Entry set = claimSetOwners.get(entry.name);
        return set == null ? List.of() : List.of(set.name);
    }

    private static void inherit(List<Attribution> found, Entry parent) {
        if (parent.facts != null && parent.facts.kind().role() == Role.TENANT) {
            // Another tenant may have asked for this one; what this one owns does not concern the other.
            merge(found, new Attribution(parent.name, null, true));
            return;
        }
        parent.attributions.forEach(each -> merge(found, each));
    }

    private static void merge(List<Attribution> found, Attribution more) {
        for (int i = 0; i < found.size(); i++) {
            Attribution each = found.get(i);
            if (each.tenant().equals(more.tenant())) {
                String id = each.resourceId() == null ? more.resourceId() : each.resourceId();
                found.set(i, new Attribution(each.tenant(), id, each.owned() || more.owned()));
                return;
            }
        }
        found.add(more);
    }

    private boolean isKnown(ObjectName tenant) {
        Entry entry = entries.get(tenant);
        return entry != null && entry.isKnown();
    }

    static @Nullable Attribution find(List<Attribution> attributions, ObjectName tenant) {
        for (Attribution each : attributions) {
            if (each.tenant().equals(tenant)) {
                return each;
            }
        }
        return null;
    }
}
