package io.tenantpulse.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tenantpulse.standalone.demo.Kinds;
import io.tenantpulse.standalone.demo.ObjectStore;
import io.tenantpulse.standalone.demo.ResourceType;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** Fills a cluster with objects from YAML in which canaries are planted; each is named by the path of its field. */
final class CanaryFleet {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String FORBIDDEN = "$$";
    private static final String EXPECTED = "++";
    private static final String PAD = "{pad}";

    /** What every object carries in its metadata beside what its file says. */
    private static final String METADATA = """
            annotations:
              kubectl.kubernetes.io/last-applied-configuration: '{"spec":{"password":"$$"},"$$":1}'
              kubernetes-tenants.org/extra: '{"plan":"$$"}'
              lynq.sh/extra: '{"plan":"$$"}'
              deployment.kubernetes.io/revision: "$$"
              "example.com/$$": "$$"
            labels: {app: "$$", app.kubernetes.io/managed-by: "$$", "example.com/$$": "$$"}
            finalizers: ["example.com/$$"]
            generateName: "$$-"
            selfLink: "/$$"
            managedFields: [{manager: "$$", operation: Apply, fieldsType: FieldsV1, fieldsV1: {"f:data": {"f:$$": {}}, "k:{\\"name\\":\\"$$\\"}": {}}}]
            """;

    private final ObjectStore store;
    private final Canaries canaries;

    CanaryFleet(ObjectStore store, Canaries canaries) {
        this.store = store;
        this.canaries = canaries;
    }

    /** All kinds of the simulated world. */
    static List<ResourceType> kinds() {
        return Stream.concat(
                        Kinds.BUILT_IN.stream(),
                        Stream.of(
                                Kinds.TENANT,
                                Kinds.TENANT_REGISTRY,
                                Kinds.TENANT_TEMPLATE,
                                Kinds.LYNQ_NODE,
                                Kinds.LYNQ_HUB,
                                Kinds.LYNQ_FORM))
                .toList();
    }

    /** Creates what the file says, or replaces it where it exists. */
    void apply(String resource) throws IOException {
        for (ObjectNode template : read(resource)) {
            ObjectNode object = template.deepCopy();
            ResourceType type = kind(object.path("kind").asText());
            JsonNode metadata = object.path("metadata");
            String namespace = metadata.path("namespace").asText();
            String path =
                    resource + " " + type.kind() + "/" + metadata.path("name").asText();
            boolean exists =
                    store.get(type, namespace, metadata.path("name").asText()).isPresent();
            withMetadata(object);
            ObjectNode made = (ObjectNode) fill(object, path);
            own(made);
            if (exists) {
                store.update(type, made, "canary");
                if (made.get("status") instanceof ObjectNode status) {
                    store.updateStatus(type, namespace, metadata.path("name").asText(), status, "canary");
                }
            } else {
                store.create(type, made, "canary");
            }
        }
    }

    /** A tenant whose record is larger than the log takes. */
    void createHugeTenant() {
        ObjectNode tenant = MAPPER.createObjectNode();
        tenant.putObject("metadata").put("name", "huge-" + EXPECTED).put("namespace", "shop");
        ArrayNode secrets = tenant.putObject("spec").putArray("secrets");
        for (int i = 0; i < 4000; i++) {
            ObjectNode entry =
                    secrets.addObject().put("id", "i".repeat(240) + i).put("nameTemplate", "n" + i);
            entry.putObject("spec").put("password", i % 100 == 0 ? FORBIDDEN : "x");
        }
        store.create(Kinds.TENANT, (ObjectNode) fill(tenant, "huge tenant"), "canary");
    }

    /** Fills a text that is no object: an answer as a broken or hostile server gives it. */
    String text(String text, String field) {
        StringBuilder filled = new StringBuilder();
        for (int at = 0; at < text.length(); at++) {
            if (text.startsWith(FORBIDDEN, at)) {
                filled.append(canaries.plant(Canaries.Role.FORBIDDEN, field));
                at++;
            } else if (text.startsWith(EXPECTED, at)) {
                filled.append(canaries.plant(Canaries.Role.EXPECTED, field));
                at++;
            } else {
                filled.append(text.charAt(at));
            }
        }
        return filled.toString().replace(PAD, "waiting ".repeat(150));
    }

    private JsonNode fill(JsonNode node, String path) {
        if (node.isTextual()) {
            return MAPPER.getNodeFactory().textNode(text(node.asText(), path));
        }
        if (node.isArray()) {
            ArrayNode filled = MAPPER.createArrayNode();
            for (int i = 0; i < node.size(); i++) {
                filled.add(fill(node.get(i), path + "[" + i + "]"));
            }
            return filled;
        }
        if (node.isObject()) {
            ObjectNode filled = MAPPER.createObjectNode();
            node.properties().forEach(field -> {
                String inner = path + "." + field.getKey();
                filled.set(text(field.getKey(), inner + " (name)"), fill(field.getValue(), inner));
            });
            return filled;
        }
        return node;
    }

    private static void withMetadata(ObjectNode object) {
        ObjectNode metadata = (ObjectNode) object.get("metadata");
        ObjectNode more = MAPPER.valueToTree(yaml().load(METADATA));
        more.properties().forEach(field -> {
            if (field.getValue() instanceof ObjectNode map && metadata.get(field.getKey()) instanceof ObjectNode own) {
                own.setAll(map);
            } else if (!metadata.has(field.getKey())) {
                metadata.set(field.getKey(), field.getValue());
            }
        });
    }

    private void own(ObjectNode object) {
        JsonNode owner = object.remove("owner");
        if (owner == null) {
            return;
        }
        String[] kindAndName = owner.asText().split(" ");
        ResourceType type = kind(kindAndName[0]);
        ObjectNode found = store.get(type, "shop", kindAndName[1]).orElseThrow();
        ((ObjectNode) object.get("metadata"))
                .putArray("ownerReferences")
                .addObject()
                .put("apiVersion", type.apiVersion())
                .put("kind", type.kind())
                .put("name", kindAndName[1])
                .put("uid", found.path("metadata").path("uid").asText())
                .put("controller", true);
    }

    private static ResourceType kind(String name) {
        return kinds().stream()
                .filter(type -> type.kind().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static List<ObjectNode> read(String resource) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(CanaryFleet.class.getResourceAsStream("/canary/" + resource), resource)) {
            List<ObjectNode> objects = new ArrayList<>();
            for (Object each : (List<?>) yaml().load(in)) {
                objects.add(MAPPER.valueToTree((Map<?, ?>) each));
            }
            return objects;
        }
    }

    private static Yaml yaml() {
        return new Yaml(new SafeConstructor(new LoaderOptions()));
    }
}
