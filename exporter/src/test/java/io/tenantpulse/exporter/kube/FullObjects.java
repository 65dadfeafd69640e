package io.tenantpulse.exporter.kube;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.introspect.BeanPropertyDefinition;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.FieldsV1;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.apps.DaemonSet;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.ReplicaSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.autoscaling.v2.HorizontalPodAutoscaler;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.Ingress;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.tenantpulse.exporter.Recording;
import io.tenantpulse.exporter.WatchedKind;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Objects in which every field is set that the kind has, each text and each free name to a word of its own. Kubernetes' kinds come from fabric8's classes of
 * them; the operators' from all that was recorded of them, with a whole pod where they hold what they render.
 */
final class FullObjects {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String TIME = "2026-11-23T21:52:52Z";
    private static final Map<WatchedKind, Class<?>> MODELS = Map.ofEntries(
            Map.entry(WatchedKind.NODE, Node.class),
            Map.entry(WatchedKind.STORAGE_CLASS, StorageClass.class),
            Map.entry(WatchedKind.NAMESPACE, Namespace.class),
            Map.entry(WatchedKind.DEPLOYMENT, Deployment.class),
            Map.entry(WatchedKind.STATEFUL_SET, StatefulSet.class),
            Map.entry(WatchedKind.DAEMON_SET, DaemonSet.class),
            Map.entry(WatchedKind.CRON_JOB, CronJob.class),
            Map.entry(WatchedKind.SERVICE, Service.class),
            Map.entry(WatchedKind.CONFIG_MAP, ConfigMap.class),
            Map.entry(WatchedKind.SERVICE_ACCOUNT, ServiceAccount.class),
            Map.entry(WatchedKind.INGRESS, Ingress.class),
            Map.entry(WatchedKind.NETWORK_POLICY, NetworkPolicy.class),
            Map.entry(WatchedKind.POD_DISRUPTION_BUDGET, PodDisruptionBudget.class),
            Map.entry(WatchedKind.HORIZONTAL_POD_AUTOSCALER, HorizontalPodAutoscaler.class),
            Map.entry(WatchedKind.REPLICA_SET, ReplicaSet.class),
            Map.entry(WatchedKind.JOB, Job.class),
            Map.entry(WatchedKind.CLAIM, PersistentVolumeClaim.class),
            Map.entry(WatchedKind.POD, Pod.class),
            Map.entry(WatchedKind.EVENT, Event.class));

    /** Which words stand where. */
    private final Map<String, String> places = new TreeMap<>();

    /** The place of each word: a path, with the names that are free as {@code *}, and {@code (name)} after one that is a word itself. */
    Map<String, String> places() {
        return places;
    }

    /** A full object of that kind. */
    ObjectNode of(WatchedKind kind) {
        ObjectNode object;
        if (MODELS.containsKey(kind)) {
            object = (ObjectNode) full(JSON.constructType(MODELS.get(kind)), "", new HashSet<>());
        } else {
            object = (ObjectNode) replaced(recorded(kind), "");
            ObjectNode metadata = (ObjectNode) full(JSON.constructType(ObjectMeta.class), "metadata", new HashSet<>());
            metadata.properties()
                    .forEach(field -> merge(object.withObject("/metadata"), field.getKey(), field.getValue()));
            JsonNode pod = full(JSON.constructType(Pod.class), "spec.deployments[].spec", new HashSet<>());
            ArrayNode rendered = object.withObject("/spec").withArray("deployments");
            (rendered.get(0) instanceof ObjectNode entry ? entry : rendered.insertObject(0)).set("spec", pod);
        }
        object.put("apiVersion", kind.apiVersion()).put("kind", kind.kind());
        if (kind == WatchedKind.EVENT) {
            object.put("type", "Warning"); // nothing is kept of the others
        }
        return object;
    }

    private static void merge(ObjectNode into, String name, JsonNode value) {
        if (into.get(name) instanceof ObjectNode map && value instanceof ObjectNode more) {
            more.properties().forEach(field -> map.set(field.getKey(), field.getValue()));
        } else if (!into.has(name)) {
            into.set(name, value);
        }
    }

    /** All that was ever recorded of a kind, in one object; of lists, what all entries together have. */
    private static JsonNode recorded(WatchedKind kind) {
        ObjectNode all = JSON.createObjectNode();
        for (String recording : java.util.List.of("alpha", "beta")) {
            for (Recording.Line line : Recording.of(recording)) {
                if (line.watched().filter(kind::equals).isPresent()) {
                    unite(all, line.tree());
                }
            }
        }
        return all;
    }

    private static void unite(ObjectNode into, JsonNode other) {
        other.properties().forEach(field -> {
            JsonNode known = into.get(field.getKey());
            JsonNode value = field.getValue();
            if (value instanceof ObjectNode) {
                unite(known instanceof ObjectNode map ? map : into.putObject(field.getKey()), value);
            } else if (value instanceof ArrayNode list) {
                ArrayNode united = known instanceof ArrayNode array ? array : into.putArray(field.getKey());
                for (JsonNode entry : list) {
                    if (entry instanceof ObjectNode) {
                        unite(united.get(0) instanceof ObjectNode map ? map : united.insertObject(0), entry);
                    } else if (united.isEmpty()) {
                        united.add(entry);
                    }
                }
            } else if (known == null || known.isNull()) {
                into.set(field.getKey(), value);
            }
        });
    }

    private JsonNode replaced(JsonNode node, String path) {
        if (node instanceof ObjectNode object) {
            ObjectNode made = JSON.createObjectNode();
            object.properties()
                    .forEach(field ->
                            made.set(field.getKey(), replaced(field.getValue(), inner(path, field.getKey()))));
            return made;
        }
        if (node instanceof ArrayNode list) {
            ArrayNode made = JSON.createArrayNode();
            list.forEach(entry -> made.add(replaced(entry, path + "[]")));
            return made;
        }
        return node.isTextual() ? text(path) : node;
    }

    private JsonNode full(JavaType type, String path, Set<Class<?>> around) {
        Class<?> raw = type.getRawClass();
        if (raw == String.class || raw == Object.class) {
            return text(path);
        } else if (raw == MicroTime.class) {
            return JSON.getNodeFactory().textNode(TIME);
        } else if (raw == Quantity.class) {
            return JSON.getNodeFactory().textNode("1");
        } else if (raw == IntOrString.class) {
            return text(path);
        } else if (raw == FieldsV1.class) {
            return JSON.createObjectNode().set("f:" + word(path + ".(name)"), JSON.createObjectNode());
        } else if (raw == Boolean.class || raw == boolean.class) {
            return JSON.getNodeFactory().booleanNode(true);
        } else if (Number.class.isAssignableFrom(raw) || raw.isPrimitive()) {
            return JSON.getNodeFactory().numberNode(1);
        } else if (type.isCollectionLikeType()) {
            return JSON.createArrayNode().add(full(type.getContentType(), path + "[]", around));
        } else if (type.isMapLikeType()) {
            return JSON.createObjectNode()
                    .set(word(path + ".(name)"), full(type.getContentType(), path + ".*", around));
        }
        return bean(type, path, around);
    }

    private JsonNode bean(JavaType type, String path, Set<Class<?>> around) {
        ObjectNode made = JSON.createObjectNode();
        if (!around.add(type.getRawClass())) {
            return made;
        }
        for (BeanPropertyDefinition each :
                JSON.getSerializationConfig().introspect(type).findProperties()) {
            if (each.getField() != null && !each.getName().equals("additionalProperties")) {
                made.set(
                        each.getName(),
                        full(each.getField().getType(), inner(path, each.getName()), new HashSet<>(around)));
            }
        }
        return made;
    }

    private static String inner(String path, String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    /** Times must be times, or nothing of the object is read. */
    private JsonNode text(String path) {
        String name = path.substring(path.lastIndexOf('.') + 1);
        boolean time =
                name.endsWith("Time") || name.endsWith("Timestamp") || name.matches("(?:started|finished)At|time");
        return JSON.getNodeFactory().textNode(time ? TIME : word(path));
    }

    private String word(String path) {
        String word = "CNRY" + String.format("%05d", places.size()) + "ZQ";
        places.put(word, path);
        return word;
    }

    /** The words of which one is in the text, by their places. */
    Map<String, String> in(String text) {
        Map<String, String> found = new HashMap<>();
        places.forEach((word, path) -> {
            if (text.contains(word)) {
                found.put(path, word);
            }
        });
        return found;
    }
}
