package io.tenantpulse.diagnose;

import io.tenantpulse.model.Dependency;
import io.tenantpulse.model.ObjectId;
import io.tenantpulse.model.Warning;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A tenant's objects by name and by what they belong to, and the warnings about them. */
final class ObjectTree {
    private static final Comparator<SeenObject> OLDEST_FIRST = Comparator.comparing(
                    (SeenObject each) -> each.createdAt() == null ? Instant.MIN : each.createdAt())
            .thenComparing(each -> each.object().key());

    private final Map<ObjectId, SeenObject> byName = new HashMap<>();
    private final Map<String, List<SeenObject>> byParent = new HashMap<>();
    private final Map<String, List<SeenObject>> orphansById = new HashMap<>();
    private final Map<ObjectId, List<Warning>> warnings = new HashMap<>();
    private final Map<Dependency, List<SeenObject>> below = new IdentityHashMap<>();

    ObjectTree(TenantView view) {
        Set<String> uids = new HashSet<>();
        for (SeenObject each : view.objects()) {
            byName.put(each.object(), each);
            if (!each.uid().isEmpty()) {
                uids.add(each.uid());
            }
        }
        Set<ObjectId> named = new HashSet<>();
        view.dependencies().forEach(each -> named.add(each.object()));
        for (SeenObject each : byName.values()) {
            String parent = each.facts().parentUid();
            if (parent != null && uids.contains(parent)) {
                byParent.computeIfAbsent(parent, key -> new ArrayList<>()).add(each);
            } else if (each.resourceId() != null && !named.contains(each.object())) {
                orphansById
                        .computeIfAbsent(each.resourceId(), key -> new ArrayList<>())
                        .add(each);
            }
        }
        for (Warning each : view.warnings()) {
            warnings.computeIfAbsent(each.object(), key -> new ArrayList<>()).add(each);
        }
        warnings.values().forEach(each -> each.sort(ObjectTree::newestFirst));
    }

    private static int newestFirst(Warning one, Warning other) {
        Instant some = one.lastAt() == null ? Instant.MIN : one.lastAt();
        Instant others = other.lastAt() == null ? Instant.MIN : other.lastAt();
        int byTime = others.compareTo(some);
        return byTime != 0 ? byTime : one.uid().compareTo(other.uid());
    }

    @Nullable
    SeenObject find(ObjectId object) {
        return byName.get(object);
    }

    /** All that belongs to a resource, itself left out, the oldest first. */
    List<SeenObject> below(Dependency dependency) {
        return below.computeIfAbsent(dependency, this::findBelow);
    }

    private List<SeenObject> findBelow(Dependency dependency) {
        SeenObject resource = byName.get(dependency.object());
        List<SeenObject> found = new ArrayList<>(orphansById.getOrDefault(dependency.id(), List.of()));
        if (resource != null) {
            found.removeIf(each -> isOfNamesake(each, resource));
            found.addAll(byParent.getOrDefault(resource.uid(), List.of()));
        }
        // By identity, so that objects that name each other as parents are taken once.
        Set<SeenObject> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        seen.addAll(found);
        for (int i = 0; i < found.size(); i++) {
            for (SeenObject child : byParent.getOrDefault(found.get(i).uid(), List.of())) {
                if (seen.add(child)) {
                    found.add(child);
                }
            }
        }
        found.removeIf(each -> each == resource);
        found.sort(OLDEST_FIRST);
        return found;
    }

    /** Whether it belongs to an object that had the resource's name before: older than it, and somebody else's. */
    private static boolean isOfNamesake(SeenObject orphan, SeenObject resource) {
        return orphan.facts().parentUid() != null
                && orphan.createdAt() != null
                && resource.createdAt() != null
                && orphan.createdAt().isBefore(resource.createdAt());
    }

    /** Warnings about the object, the newest first; none from before it was created, for a name can be used again. */
    List<Warning> warningsOf(SeenObject object) {
        List<Warning> about = new ArrayList<>();
        for (Warning each : warningsOf(object.object())) {
            boolean other = each.objectUid() != null
                    && !each.objectUid().isEmpty()
                    && !object.uid().isEmpty()
                    && !each.objectUid().equals(object.uid());
            if (!other) {
                about.add(each);
            }
        }
        return about;
    }

    List<Warning> warningsOf(ObjectId object) {
        return warnings.getOrDefault(object, List.of());
    }
}
