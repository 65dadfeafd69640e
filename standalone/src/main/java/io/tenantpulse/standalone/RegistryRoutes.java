package io.tenantpulse.standalone;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tenantpulse.standalone.SchemaCatalog.Version;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Confluent's HTTP API over the catalog, as far as clients, kcat and people with curl use it. */
final class RegistryRoutes {
    /** @param path decoded segments */
    record Request(String method, List<String> path, Map<String, String> query, byte[] body) {
        boolean asks(String flag) {
            return Boolean.parseBoolean(query.getOrDefault(flag, "false"));
        }

        /** Segment after segment; null matches anything. */
        boolean is(String wantedMethod, @Nullable String... wanted) {
            if (!method.equals(wantedMethod) || path.size() != wanted.length) {
                return false;
            }
            for (int i = 0; i < wanted.length; i++) {
                if (wanted[i] != null && !wanted[i].equals(path.get(i))) {
                    return false;
                }
            }
            return true;
        }
    }

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;

    private final SchemaCatalog catalog;

    RegistryRoutes(SchemaCatalog catalog) {
        this.catalog = catalog;
    }

    /**
     * The answer, to be written as JSON.
     *
     * @throws RegistryProblem if the answer is an error
     */
    Object answer(Request request) {
        String room = request.path().isEmpty() ? "" : request.path().get(0);
        return switch (room) {
            case "" -> Map.of();
            case "subjects" -> subjects(request);
            case "schemas" -> schemas(request);
            case "config" -> config(request);
            case "mode" -> mode(request);
            case "compatibility" -> compatibility(request);
            default -> throw unknown(request);
        };
    }

    private Object subjects(Request request) {
        boolean deleted = request.asks("deleted");
        if (request.is("GET", "subjects")) {
            return catalog.subjects(deleted, request.query().getOrDefault("subjectPrefix", ""));
        }
        if (request.path().size() < 2) {
            throw unknown(request);
        }
        String subject = request.path().get(1);
        if (request.is("POST", "subjects", null)) {
            return whole(catalog.lookUp(subject, schema(request), request.asks("normalize"), deleted));
        }
        if (request.is("DELETE", "subjects", null)) {
            return catalog.deleteSubject(subject, request.asks("permanent"));
        }
        if (request.is("GET", "subjects", null, "versions")) {
            return catalog.versions(subject, deleted).stream()
                    .map(Version::version)
                    .toList();
        }
        if (request.is("POST", "subjects", null, "versions")) {
            return Map.of(
                    "id",
                    catalog.register(subject, schema(request), request.asks("normalize"))
                            .id());
        }
        return version(request, subject, deleted);
    }

    private Object version(Request request, String subject, boolean deleted) {
        if (request.is("GET", "subjects", null, "versions", null)) {
            return whole(catalog.version(subject, request.path().get(3), deleted));
        }
        if (request.is("GET", "subjects", null, "versions", null, "schema")) {
            return tree(catalog.version(subject, request.path().get(3), deleted).schema());
        }
        if (request.is("GET", "subjects", null, "versions", null, "referencedby")) {
            catalog.version(subject, request.path().get(3), deleted);
            return List.of();
        }
        if (request.is("DELETE", "subjects", null, "versions", null)) {
            return catalog.deleteVersion(subject, request.path().get(3), request.asks("permanent"));
        }
        throw unknown(request);
    }

    private Object schemas(Request request) {
        if (request.is("GET", "schemas", "types")) {
            return List.of("AVRO");
        }
        if (request.path().size() < 3 || !request.path().get(1).equals("ids")) {
            throw unknown(request);
        }
        int id = id(request.path().get(2));
        if (request.is("GET", "schemas", "ids", null)) {
            return Map.of("schema", catalog.schema(id));
        }
        if (request.is("GET", "schemas", "ids", null, "schema")) {
            return tree(catalog.schema(id));
        }
        if (request.is("GET", "schemas", "ids", null, "subjects")) {
            return catalog.versionsWith(id, request.asks("deleted")).stream()
                    .map(Version::subject)
                    .distinct()
                    .toList();
        }
        if (request.is("GET", "schemas", "ids", null, "versions")) {
            return catalog.versionsWith(id, request.asks("deleted")).stream()
                    .map(v -> Map.of("subject", v.subject(), "version", v.version()))
                    .toList();
        }
        throw unknown(request);
    }

    private Object config(Request request) {
        String subject = subjectOfSetting(request);
        switch (request.method()) {
            case "GET" -> {
                if (subject != null
                        && !request.asks("defaultToGlobal")
                        && catalog.compatibility(subject).isEmpty()) {
                    throw RegistryProblem.noCompatibilityOf(subject);
                }
                return Map.of("compatibilityLevel", catalog.levelInForce(subject));
            }
            case "PUT" -> {
                String level = text(body(request), "compatibility");
                catalog.setCompatibility(subject, level);
                return Map.of("compatibility", Compatibility.named(level));
            }
            case "DELETE" -> {
                Compatibility before = catalog.levelInForce(subject);
                catalog.setCompatibility(subject, null);
                return Map.of("compatibilityLevel", before);
            }
            default -> throw unknown(request);
        }
    }

    private Object mode(Request request) {
        String subject = subjectOfSetting(request);
        switch (request.method()) {
            case "GET" -> {
                if (subject != null
                        && !request.asks("defaultToGlobal")
                        && catalog.mode(subject).isEmpty()) {
                    throw RegistryProblem.noModeOf(subject);
                }
                return Map.of("mode", catalog.modeInForce(subject));
            }
            case "PUT" -> {
                String mode = text(body(request), "mode");
                catalog.setMode(subject, mode);
                return Map.of("mode", mode);
            }
            case "DELETE" -> {
                String before = catalog.modeInForce(subject);
                catalog.setMode(subject, null);
                return Map.of("mode", before);
            }
            default -> throw unknown(request);
        }
    }

    private Object compatibility(Request request) {
        boolean one = request.is("POST", "compatibility", "subjects", null, "versions", null);
        if (!one && !request.is("POST", "compatibility", "subjects", null, "versions")) {
            throw unknown(request);
        }
        String subject = request.path().get(2);
        List<String> faults = one
                ? catalog.faults(subject, request.path().get(4), schema(request))
                : catalog.faults(subject, schema(request));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("is_compatible", faults.isEmpty());
        if (request.asks("verbose")) {
            answer.put("messages", faults);
        }
        return answer;
    }

    private static @Nullable String subjectOfSetting(Request request) {
        if (request.path().size() > 2) {
            throw unknown(request);
        }
        return request.path().size() == 2 ? request.path().get(1) : null;
    }

    private static Map<String, Object> whole(Version version) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("subject", version.subject());
        answer.put("version", version.version());
        answer.put("id", version.id());
        answer.put("schema", version.schema());
        return answer;
    }

    private static int id(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new RegistryProblem(NOT_FOUND, NOT_FOUND, "HTTP 404 Not Found");
        }
    }

    private static String schema(Request request) {
        JsonNode body = body(request);
        String type = body.path("schemaType").asText("AVRO");
        if (!type.equals("AVRO")) {
            throw RegistryProblem.invalidSchema("schemaType " + type + "; the embedded registry only knows AVRO");
        }
        if (!body.path("references").isEmpty()) {
            throw RegistryProblem.invalidSchema("the embedded registry does not know references: inline them");
        }
        return text(body, "schema");
    }

    private static JsonNode body(Request request) {
        try {
            JsonNode body = JSON.readTree(request.body());
            if (body != null && body.isObject()) {
                return body;
            }
        } catch (IOException e) {
            throw new RegistryProblem(BAD_REQUEST, BAD_REQUEST, "the body is not JSON");
        }
        throw new RegistryProblem(BAD_REQUEST, BAD_REQUEST, "the body is not a JSON object");
    }

    private static String text(JsonNode body, String field) {
        JsonNode value = body.path(field);
        if (!value.isTextual()) {
            throw field.equals("schema")
                    ? RegistryProblem.invalidSchema("Empty schema")
                    : new RegistryProblem(BAD_REQUEST, BAD_REQUEST, "the body has no text \"" + field + "\"");
        }
        return value.asText();
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("a registered schema is JSON", e);
        }
    }

    private static RegistryProblem unknown(Request request) {
        return new RegistryProblem(
                NOT_FOUND,
                NOT_FOUND,
                "HTTP 404 Not Found: " + request.method() + " /" + String.join("/", request.path()));
    }
}
