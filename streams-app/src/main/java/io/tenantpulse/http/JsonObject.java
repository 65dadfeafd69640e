package io.tenantpulse.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A JSON object under construction; what is null is left out. */
final class JsonObject {
    private final ObjectNode node = JsonNodeFactory.instance.objectNode();

    JsonObject put(String field, @Nullable String value) {
        if (value != null) {
            node.put(field, value);
        }
        return this;
    }

    JsonObject put(String field, @Nullable Instant value) {
        return put(field, value == null ? null : value.toString());
    }

    JsonObject put(String field, @Nullable Integer value) {
        if (value != null) {
            node.put(field, value.intValue());
        }
        return this;
    }

    /** As a string: a JSON number of 64 bits is not safe in every client. */
    JsonObject put(String field, @Nullable Long value) {
        return put(field, value == null ? null : value.toString());
    }

    /** Named otherwise than the rest, for a bare int would be taken for it. */
    JsonObject putDecimal(String field, double value) {
        node.put(field, value);
        return this;
    }

    /** As a number: what is counted is far below 2^53, up to which every client is exact. */
    JsonObject putCount(String field, long value) {
        node.put(field, value);
        return this;
    }

    JsonObject put(String field, @Nullable Boolean value) {
        if (value != null) {
            node.put(field, value.booleanValue());
        }
        return this;
    }

    /** In whole seconds, cut. */
    JsonObject putSeconds(String field, @Nullable Duration value) {
        if (value != null) {
            node.put(field, value.toSeconds());
        }
        return this;
    }

    JsonObject put(String field, @Nullable JsonObject value) {
        if (value != null) {
            node.set(field, value.node);
        }
        return this;
    }

    JsonObject put(String field, List<String> values) {
        ArrayNode array = node.putArray(field);
        values.forEach(array::add);
        return this;
    }

    JsonObject putLists(String field, List<List<String>> lists) {
        ArrayNode array = node.putArray(field);
        lists.forEach(list -> {
            ArrayNode inner = array.addArray();
            list.forEach(inner::add);
        });
        return this;
    }

    <T> JsonObject put(String field, List<T> values, Function<? super T, JsonObject> toJson) {
        ArrayNode array = node.putArray(field);
        values.forEach(value -> array.add(toJson.apply(value).node));
        return this;
    }

    /** For people; ends with a newline. */
    String toPrettyString() {
        return node.toPrettyString() + '\n';
    }

    @Override
    public String toString() {
        return node.toString();
    }
}
