package io.tenantpulse.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * What etcd and the watch cache are to a real API server: all objects of one cluster, one resourceVersion that grows over
 * all kinds, and a bounded history of changes for watches. Thread-safe. Objects go in and come out as copies.
 */
public final class ObjectStore {

    /** One change of one object, rendered once for all watches. */
    record Change(long resourceVersion, String type, String namespace, byte[] object) {}

    /** A list of one kind at one resourceVersion. */
    record Snapshot(long resourceVersion, List<ObjectNode> objects) {}

    private static final class Shelf {
        final TreeMap<String, ObjectNode> objects = new TreeMap<>();
        final ArrayDeque<Change> history = new ArrayDeque<>();
        long forgotten;
        private long latest;

        synchronized void wake(long resourceVersion) {
            latest = resourceVersion;
            notifyAll();
        }

        synchronized void awaitAfter(long seen, long millis) throws InterruptedException {
            if (latest <= seen && millis > 0) {
                wait(millis);
            }
        }
    }

    /** What a watch has not seen yet, oldest first, complete up to a resourceVersion. */
    record News(List<Change> changes, long upTo) {}

    private final InstantSource clock;
    private final Random random;
    private final int historyPerKind;
    private final Map<ResourceType, Shelf> shelves = new LinkedHashMap<>();
    private long resourceVersion = 100;

    /**
     * @param random for uids; seeded, so that a demo is the same each time
     * @param historyPerKind how many changes of one kind a watch can go back; more than zero
     */
    public ObjectStore(InstantSource clock, Random random, int historyPerKind) {
        this.clock = clock;
        this.random = random;
        this.historyPerKind = historyPerKind;
    }

    /** Serves a kind from now on, as when its CRD is installed. */
    public synchronized void install(Collection<ResourceType> types) {
        types.forEach(type -> shelves.computeIfAbsent(type, any -> {
            Shelf shelf = new Shelf();
            shelf.forgotten = resourceVersion;
            return shelf;
        }));
    }

    /** Stops serving a kind, as when its CRD is removed: its objects are gone, its watches end. */
    public synchronized void uninstall(ResourceType type) {
        Shelf gone = shelves.remove(type);
        if (gone != null) {
            gone.wake(resourceVersion + 1);
        }
    }

    synchronized List<ResourceType> types() {
        return List.copyOf(shelves.keySet());
    }

    public synchronized ObjectNode create(ResourceType type, ObjectNode object, String manager) {
        ObjectNode stored = object.deepCopy();
        ObjectNode meta = Json.child(stored, "metadata");
        String key = key(meta.path("namespace").asText(), meta.path("name").asText());
        if (shelf(type).objects.containsKey(key)) {
            throw new ApiError(409, "AlreadyExists", type.qualifiedName() + " \"" + key + "\" already exists");
        }
        stored = withHead(type, stored);
        meta.put("uid", uid());
        meta.put("creationTimestamp", Json.time(clock.instant()));
        if (type.generations()) {
            meta.put("generation", 1);
        }
        ManagedFields.record(stored, manager, false, clock.instant());
        return put(type, key, stored, "ADDED");
    }

    /** Replaces all but identity and status; writes nothing when nothing differs. */
    public synchronized ObjectNode update(ResourceType type, ObjectNode object, String manager) {
        ObjectNode before = require(type, object);
        ObjectNode after = withHead(type, object.deepCopy());
        ObjectNode meta = Json.child(after, "metadata");
        for (String kept : List.of("uid", "creationTimestamp", "generation", "managedFields", "resourceVersion")) {
            meta.remove(kept);
            if (before.path("metadata").has(kept)) {
                meta.set(kept, before.path("metadata").get(kept).deepCopy());
            }
        }
        after.remove("status");
        if (before.has("status")) {
            after.set("status", before.get("status").deepCopy());
        }
        if (after.equals(before)) {
            return before.deepCopy();
        }
        if (type.generations() && !after.path("spec").equals(before.path("spec"))) {
            meta.put("generation", before.path("metadata").path("generation").asLong() + 1);
        }
        ManagedFields.record(after, manager, false, clock.instant());
        return put(type, key(after), after, "MODIFIED");
    }

    /** Replaces the status only; writes nothing when nothing differs. */
    public synchronized ObjectNode updateStatus(
            ResourceType type, String namespace, String name, ObjectNode status, String manager) {
        ObjectNode before = shelf(type).objects.get(key(namespace, name));
        if (before == null) {
            throw ApiError.notFound(type, name);
        }
        if (status.equals(before.get("status"))) {
            return before.deepCopy();
        }
        ObjectNode after = before.deepCopy();
        after.set("status", status.deepCopy());
        ManagedFields.record(after, manager, true, clock.instant());
        return put(type, key(namespace, name), after, "MODIFIED");
    }

    public synchronized Optional<ObjectNode> delete(ResourceType type, String namespace, String name) {
        ObjectNode last = shelf(type).objects.get(key(namespace, name));
        if (last == null) {
            return Optional.empty();
        }
        ObjectNode gone = last.deepCopy();
        shelf(type).objects.remove(key(namespace, name));
        append(type, gone, "DELETED");
        return Optional.of(gone);
    }

    public synchronized Optional<ObjectNode> get(ResourceType type, String namespace, String name) {
        return Optional.ofNullable(shelf(type).objects.get(key(namespace, name)))
                .map(ObjectNode::deepCopy);
    }

    /** The stored object itself, for the simulation's own eyes: not to be changed. */
    synchronized Optional<ObjectNode> peek(ResourceType type, String namespace, String name) {
        return Optional.ofNullable(shelf(type).objects.get(key(namespace, name)));
    }

    /** All objects of a kind, by namespace and name. */
    public List<ObjectNode> list(ResourceType type) {
        return snapshot(type, "").objects().stream().map(ObjectNode::deepCopy).toList();
    }

    /** The stored objects themselves: stored objects are never changed in place, so they may be rendered without a lock. */
    synchronized Snapshot snapshot(ResourceType type, String namespace) {
        Map<String, ObjectNode> found = shelf(type).objects;
        if (!namespace.isEmpty()) {
            found = shelf(type).objects.subMap(namespace + "/", namespace + "0");
        }
        return new Snapshot(resourceVersion, List.copyOf(found.values()));
    }

    /** A new random uid, from the store's seed. */
    public synchronized String uid() {
        return new java.util.UUID(
                        random.nextLong() & 0xffffffffffff0fffL | 0x4000L,
                        random.nextLong() & 0x3fffffffffffffffL | 0x8000000000000000L)
                .toString();
    }

    synchronized long resourceVersion() {
        return resourceVersion;
    }

    /** Forgets all changes so far, as etcd's compaction does: watches from before are answered 410. */
    public synchronized void forgetHistory() {
        resourceVersion++;
        shelves.values().forEach(shelf -> {
            shelf.history.clear();
            shelf.forgotten = resourceVersion;
            shelf.wake(resourceVersion);
        });
    }

    /**
     * The changes of one kind after a resourceVersion.
     *
     * @throws ApiError 410 when they are forgotten, 404 when the kind is not served any more
     */
    synchronized News newsAfter(ResourceType type, long after, String namespace) {
        Shelf shelf = shelf(type);
        if (after < shelf.forgotten) {
            throw ApiError.expired(after, shelf.forgotten);
        }
        List<Change> changes = new ArrayList<>();
        var newestFirst = shelf.history.descendingIterator();
        while (newestFirst.hasNext()) {
            Change change = newestFirst.next();
            if (change.resourceVersion() <= after) {
                break;
            }
            if (namespace.isEmpty() || namespace.equals(change.namespace())) {
                changes.add(change);
            }
        }
        Collections.reverse(changes);
        return new News(changes, resourceVersion);
    }

    /** Waits until a kind may have changed after a resourceVersion, at most the given time. */
    void await(ResourceType type, long after, long millis) throws InterruptedException {
        Shelf shelf;
        synchronized (this) {
            shelf = shelf(type);
        }
        shelf.awaitAfter(after, millis);
    }

    /** Makes every watch look again: something other than an object changed. */
    synchronized void wakeWatches() {
        shelves.values().forEach(shelf -> shelf.wake(resourceVersion + 1));
    }

    private ObjectNode put(ResourceType type, String key, ObjectNode stored, String change) {
        append(type, stored, change);
        shelf(type).objects.put(key, stored);
        return stored.deepCopy();
    }

    private void append(ResourceType type, ObjectNode object, String change) {
        resourceVersion++;
        Json.child(object, "metadata").put("resourceVersion", Long.toString(resourceVersion));
        Shelf shelf = shelf(type);
        shelf.history.addLast(new Change(
                resourceVersion,
                change,
                object.path("metadata").path("namespace").asText(),
                Json.bytes(object)));
        if (shelf.history.size() > historyPerKind) {
            shelf.forgotten = shelf.history.removeFirst().resourceVersion();
        }
        shelf.wake(resourceVersion);
    }

    private ObjectNode require(ResourceType type, ObjectNode object) {
        ObjectNode found = shelf(type).objects.get(key(object));
        if (found == null) {
            throw ApiError.notFound(type, object.path("metadata").path("name").asText());
        }
        return found;
    }

    private Shelf shelf(ResourceType type) {
        Shelf shelf = shelves.get(type);
        if (shelf == null) {
            throw ApiError.pathNotFound();
        }
        return shelf;
    }

    private static ObjectNode withHead(ResourceType type, ObjectNode object) {
        ObjectNode headed = Json.object("apiVersion", type.apiVersion(), "kind", type.kind());
        object.properties().forEach(field -> headed.set(field.getKey(), field.getValue()));
        headed.put("apiVersion", type.apiVersion());
        headed.put("kind", type.kind());
        return headed;
    }

    private static String key(JsonNode object) {
        return key(
                object.path("metadata").path("namespace").asText(),
                object.path("metadata").path("name").asText());
    }

    private static String key(String namespace, String name) {
        return namespace + "/" + name;
    }
}
