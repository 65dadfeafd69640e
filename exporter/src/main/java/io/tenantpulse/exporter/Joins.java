package io.tenantpulse.exporter;

import io.tenantpulse.exporter.kube.Detail;
import io.tenantpulse.exporter.kube.Facts;
import io.tenantpulse.exporter.kube.ObjectName;
import io.tenantpulse.exporter.kube.OwnerRef;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Joins what many tenants share into what is one tenant's: nodes into pods, StorageClasses into claims. */
final class Joins {
    private final Map<ObjectName, Entry> entries;
    private final Map<ObjectName, Entry> claimSetOwners;
    private final Set<WatchedKind> seenKinds;
    private final Map<ObjectName, Set<Entry>> users = new HashMap<>();

    Joins(Map<ObjectName, Entry> entries, Map<ObjectName, Entry> claimSetOwners, Set<WatchedKind> seenKinds) {
        this.entries = entries;
        this.claimSetOwners = claimSetOwners;
        this.seenKinds = seenKinds;
    }

    /** The entry uses another shared object than before. */
    void move(Entry entry, @Nullable ObjectName before, @Nullable ObjectName now) {
        if (Objects.equals(before, now)) {
            return;
        }
        if (before != null) {
            Set<Entry> left = users.get(before);
            if (left != null && left.remove(entry) && left.isEmpty()) {
                users.remove(before);
            }
        }
        if (now != null) {
            users.computeIfAbsent(now, each -> new LinkedHashSet<>()).add(entry);
        }
    }

    /** Entries that use the shared object. */
    List<Entry> through(ObjectName shared) {
        return List.copyOf(users.getOrDefault(shared, Set.of()));
    }

    /** Entries that use an object of the kind that is not known. */
    List<Entry> missing(WatchedKind kind) {
        List<Entry> missing = new ArrayList<>();
        users.forEach((shared, using) -> {
            if (shared.kind().equals(kind.kind()) && known(shared) == null) {
                missing.addAll(using);
            }
        });
        return missing;
    }

    private @Nullable Facts known(ObjectName shared) {
        Entry entry = entries.get(shared);
        return entry == null ? null : entry.facts;
    }

    /** What is joined into the records of the entry. */
    Joined of(Entry entry) {
        Facts facts = entry.known();
        String parentUid = parentUid(facts);
        ObjectName shared = Links.joined(facts);
        if (shared == null) {
            return parentUid == null ? Joined.NOTHING : new Joined(parentUid, null, null, null);
        }
        Facts known = known(shared);
        if (facts.kind() == WatchedKind.POD) {
            Boolean ready = known != null && known.detail() instanceof Detail.OfNode node && !known.undecodable()
                    ? Boolean.valueOf(node.ready())
                    : known == null && seenKinds.contains(WatchedKind.NODE) ? Boolean.FALSE : null;
            return new Joined(parentUid, ready, null, null);
        }
        Boolean exists = known != null ? Boolean.TRUE : seenKinds.contains(WatchedKind.STORAGE_CLASS) ? false : null;
        String mode = known != null && known.detail() instanceof Detail.OfStorageClass of ? of.bindingMode() : null;
        return new Joined(parentUid, null, exists, mode);
    }

    /** Uid of the controller of a pod, ReplicaSet, Job or claim; a tenant is no controller in this sense. */
    private @Nullable String parentUid(Facts facts) {
        if (facts.kind().role() == Role.CLAIM) {
            for (ObjectName each : Links.parents(facts)) {
                Entry set = claimSetOwners.get(each);
                if (set != null && set.facts != null) {
                    return set.facts.uid();
                }
            }
        }
        if (facts.kind().role() != Role.POD
                && facts.kind().role() != Role.WORKLOAD
                && facts.kind().role() != Role.CLAIM) {
            return null;
        }
        for (OwnerRef each : facts.owners()) {
            boolean tenant =
                    each.owner().kind().equals("Tenant") || each.owner().kind().equals("LynqNode");
            if (each.controller() && !tenant) {
                return each.uid();
            }
        }
        return null;
    }
}
