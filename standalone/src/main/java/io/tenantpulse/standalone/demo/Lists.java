package io.tenantpulse.standalone.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Answers LISTs: whole or in pages that all show one resourceVersion, full objects or their metadata only. */
final class Lists {
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(5);
    private static final int MAX_TOKENS = 200;

    private record Rest(long resourceVersion, List<ObjectNode> objects, long bornNanos) {}

    private final ObjectStore store;
    private final Map<String, Rest> rests = new LinkedHashMap<>();
    private long nextToken = 1;

    Lists(ObjectStore store) {
        this.store = store;
    }

    /** Which part of a list is asked for: a limit of 0 means all. */
    record Query(ResourceType type, String namespace, int limit, String token, boolean metadataOnly) {}

    ObjectNode answer(Query query) {
        Rest rest = query.token().isEmpty() ? first(query) : take(query.token());
        boolean whole = query.limit() <= 0 || rest.objects().size() <= query.limit();
        List<ObjectNode> page = whole ? rest.objects() : rest.objects().subList(0, query.limit());
        ObjectNode meta = Json.object("resourceVersion", Long.toString(rest.resourceVersion()));
        if (!whole) {
            List<ObjectNode> left =
                    rest.objects().subList(query.limit(), rest.objects().size());
            meta.put("continue", keep(new Rest(rest.resourceVersion(), left, rest.bornNanos())));
            meta.put("remainingItemCount", left.size());
        }
        ArrayNode items = Json.array();
        page.forEach(object -> items.add(item(query, object)));
        return Json.object(
                "kind",
                query.metadataOnly()
                        ? "PartialObjectMetadataList"
                        : query.type().kind() + "List",
                "apiVersion",
                query.metadataOnly() ? "meta.k8s.io/v1" : query.type().apiVersion(),
                "metadata",
                meta,
                "items",
                items);
    }

    /** Makes every continue token given out so far useless: the next page is answered 410. */
    synchronized void expireTokens() {
        rests.clear();
    }

    private Rest first(Query query) {
        ObjectStore.Snapshot snapshot = store.snapshot(query.type(), query.namespace());
        return new Rest(snapshot.resourceVersion(), snapshot.objects(), System.nanoTime());
    }

    private synchronized Rest take(String token) {
        Rest rest = rests.get(token);
        if (rest == null || System.nanoTime() - rest.bornNanos() > TOKEN_LIFE.toNanos()) {
            throw ApiError.continueExpired();
        }
        return rest;
    }

    private synchronized String keep(Rest rest) {
        String token = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        ("demo:" + rest.resourceVersion() + ":" + nextToken++).getBytes(StandardCharsets.UTF_8));
        rests.put(token, rest);
        if (rests.size() > MAX_TOKENS) {
            rests.remove(new ArrayList<>(rests.keySet()).get(0));
        }
        return token;
    }

    private static ObjectNode item(Query query, ObjectNode object) {
        if (query.metadataOnly()) {
            return metadataOf(object);
        }
        if (query.type().custom()) {
            return object;
        }
        ObjectNode item = Json.object();
        object.properties().stream()
                .filter(field ->
                        !field.getKey().equals("apiVersion") && !field.getKey().equals("kind"))
                .forEach(field -> item.set(field.getKey(), field.getValue()));
        return item;
    }

    static ObjectNode metadataOf(ObjectNode object) {
        return Json.object(
                "kind", "PartialObjectMetadata", "apiVersion", "meta.k8s.io/v1", "metadata", object.get("metadata"));
    }
}
