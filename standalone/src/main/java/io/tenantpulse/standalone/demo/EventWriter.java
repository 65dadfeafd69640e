package io.tenantpulse.standalone.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.function.Supplier;

/** Writes Kubernetes Events: the same news on the same object counts up, and all are forgotten after an hour, as in a real cluster. */
final class EventWriter {
    private static final Duration LIFE = Duration.ofHours(1);

    /** Who says what; a warning or not. */
    record News(boolean warning, String reason, String message, String component, String host) {
        static News warning(String reason, String message, String component) {
            return new News(true, reason, message, component, "");
        }

        static News normal(String reason, String message, String component) {
            return new News(false, reason, message, component, "");
        }
    }

    private record Key(String uid, String reason, String message) {}

    private static final class Known {
        final String namespace;
        final String name;
        int count = 1;
        Instant last;

        Known(String namespace, String name, Instant last) {
            this.namespace = namespace;
            this.name = name;
            this.last = last;
        }
    }

    private final ObjectStore store;
    private final Supplier<Instant> now;
    private final Map<Key, Known> known = new HashMap<>();
    private long nextId = 0x18eab9c078000000L;

    EventWriter(ObjectStore store, Supplier<Instant> now) {
        this.store = store;
        this.now = now;
    }

    void write(ResourceType type, String namespace, String name, News news) {
        store.peek(type, namespace, name).ifPresent(object -> write(type, object, news));
    }

    private void write(ResourceType type, ObjectNode about, News news) {
        ObjectNode meta = (ObjectNode) about.get("metadata");
        Key key = new Key(meta.path("uid").asText(), news.reason(), news.message());
        Known before = known.get(key);
        if (before != null) {
            repeat(before);
            return;
        }
        String namespace = type.namespaced() ? meta.path("namespace").asText() : "default";
        String name = meta.path("name").asText() + "." + Long.toHexString(nextId += 0x10f3b7);
        ObjectNode involved = Json.object(
                "apiVersion",
                type.apiVersion(),
                "kind",
                type.kind(),
                "name",
                meta.path("name"),
                "uid",
                meta.path("uid"),
                "resourceVersion",
                meta.path("resourceVersion"));
        if (type.namespaced()) {
            involved.put("namespace", namespace);
        }
        boolean scheduler = news.component().equals("default-scheduler");
        ObjectNode source = Json.object();
        if (!scheduler) {
            source.put("component", news.component());
        }
        if (!news.host().isEmpty()) {
            source.put("host", news.host());
        }
        String time = Json.time(now.get());
        ObjectNode event = Json.object(
                "metadata",
                Json.object("name", name, "namespace", namespace),
                "involvedObject",
                involved,
                "reason",
                news.reason(),
                "message",
                news.message(),
                "type",
                news.warning() ? "Warning" : "Normal",
                "source",
                source,
                "reportingComponent",
                news.component(),
                "reportingInstance",
                news.host());
        if (scheduler) {
            event.put("action", "Scheduling").put("eventTime", time.replace("Z", ".000000Z"));
            event.putNull("firstTimestamp").putNull("lastTimestamp");
        } else {
            event.put("count", 1)
                    .putNull("eventTime")
                    .put("firstTimestamp", time)
                    .put("lastTimestamp", time);
        }
        store.create(Kinds.EVENT, event, news.component());
        known.put(key, new Known(namespace, name, now.get()));
    }

    private void repeat(Known before) {
        before.count++;
        before.last = now.get();
        store.get(Kinds.EVENT, before.namespace, before.name).ifPresent(event -> {
            if (event.has("count")) {
                event.put("count", before.count).put("lastTimestamp", Json.time(before.last));
            } else {
                event.set(
                        "series",
                        Json.object(
                                "count",
                                before.count,
                                "lastObservedTime",
                                Json.time(before.last).replace("Z", ".000000Z")));
            }
            store.update(Kinds.EVENT, event, event.path("reportingComponent").asText());
        });
    }

    void forgetOld() {
        Iterator<Known> each = known.values().iterator();
        while (each.hasNext()) {
            Known event = each.next();
            if (event.last.plus(LIFE).isBefore(now.get())) {
                store.delete(Kinds.EVENT, event.namespace, event.name);
                each.remove();
            }
        }
    }
}
