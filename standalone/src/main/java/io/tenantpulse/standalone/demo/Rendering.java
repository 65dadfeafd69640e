package io.tenantpulse.standalone.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns a part's body into the object that is applied, as template engine and API server's defaults do together. */
final class Rendering {
    private static final Pattern COLUMN = Pattern.compile("\\{\\{ \\.(\\w+) }}");

    private Rendering() {}

    /** What an operator that refuses it says of a body with a column that the tenant does not have; null: it has all. */
    static @Nullable String refusal(SimTenant tenant, Part part) {
        Matcher column = COLUMN.matcher(part.body());
        while (column.find()) {
            String name = column.group(1);
            if (!name.equals("uid") && !name.equals("host") && !tenant.columns.containsKey(name)) {
                return "failed to render spec: template: tmpl:1:4: executing \"tmpl\" at <.%s>: map has no entry for key \"%s\""
                        .formatted(name, name);
            }
        }
        return null;
    }

    static ObjectNode render(SimTenant tenant, Part part) {
        String text = part.body().replace("{{ .uid }}", tenant.uid).replace("{{ .host }}", tenant.host());
        for (Map.Entry<String, String> column : tenant.columns.entrySet()) {
            text = text.replace("{{ ." + column.getKey() + " }}", column.getValue());
        }
        ObjectNode object = Json.parse(text);
        if (object.path("spec").path("replicas").isTextual()) {
            ((ObjectNode) object.get("spec"))
                    .put("replicas", object.path("spec").path("replicas").asInt());
        }
        for (String path : List.of("/spec/template", "/spec/jobTemplate/spec/template")) {
            if (object.at(path) instanceof ObjectNode template) {
                completePods(template);
            }
        }
        complete(part.type(), object);
        return object;
    }

    private static void completePods(ObjectNode template) {
        ObjectNode spec = (ObjectNode) template.get("spec");
        spec.put("dnsPolicy", "ClusterFirst").put("schedulerName", "default-scheduler");
        if (!spec.has("restartPolicy")) {
            spec.put("restartPolicy", "Always");
        }
        spec.set("securityContext", Json.object());
        spec.path("initContainers").forEach(each -> completeContainer((ObjectNode) each));
        ObjectNode container = (ObjectNode) spec.at("/containers/0");
        completeContainer(container);
        if (container.get("readinessProbe") instanceof ObjectNode probe) {
            probe.put("failureThreshold", 3).put("periodSeconds", 10).put("successThreshold", 1);
            probe.put("timeoutSeconds", 1);
        }
        ArrayNode env = Json.array();
        container.path("env").forEach(each -> {
            if (!each.path("name").asText().equals("CREDENTIALS")) {
                env.add(each);
            } else if (!each.path("value").asText().isEmpty()) {
                ObjectNode key = Json.object("name", each.path("value").asText(), "key", "token");
                env.add(Json.object("name", "CREDENTIALS", "valueFrom", Json.object("secretKeyRef", key)));
            }
        });
        container.set("env", env);
    }

    private static void completeContainer(ObjectNode container) {
        container.put("imagePullPolicy", "IfNotPresent").put("terminationMessagePath", "/dev/termination-log");
        container.put("terminationMessagePolicy", "File");
    }

    private static void complete(ResourceType type, ObjectNode object) {
        ObjectNode spec = object.get("spec") instanceof ObjectNode found ? found : Json.object();
        if (type == Kinds.DEPLOYMENT) {
            spec.put("progressDeadlineSeconds", 600).put("revisionHistoryLimit", 10);
            if (!spec.has("strategy")) {
                ObjectNode gently = Json.object("maxSurge", "25%", "maxUnavailable", "25%");
                spec.set("strategy", Json.object("type", "RollingUpdate", "rollingUpdate", gently));
            }
        } else if (type == Kinds.STATEFUL_SET) {
            spec.put("podManagementPolicy", "OrderedReady").put("revisionHistoryLimit", 10);
            spec.set(
                    "updateStrategy",
                    Json.object("type", "RollingUpdate", "rollingUpdate", Json.object("partition", 0)));
            spec.set(
                    "persistentVolumeClaimRetentionPolicy",
                    Json.object("whenDeleted", "Retain", "whenScaled", "Retain"));
        } else if (type == Kinds.DAEMON_SET) {
            spec.put("revisionHistoryLimit", 10);
            ObjectNode oneByOne = Json.object("maxSurge", 0, "maxUnavailable", 1);
            spec.set("updateStrategy", Json.object("type", "RollingUpdate", "rollingUpdate", oneByOne));
        } else if (type == Kinds.CRON_JOB) {
            spec.put("concurrencyPolicy", "Allow").put("suspend", false);
            spec.put("failedJobsHistoryLimit", 1).put("successfulJobsHistoryLimit", 3);
        } else if (type == Kinds.JOB) {
            spec.put("completions", 1)
                    .put("parallelism", 1)
                    .put("suspend", false)
                    .put("manualSelector", false);
            spec.put("completionMode", "NonIndexed").put("podReplacementPolicy", "TerminatingOrFailed");
        } else if (type == Kinds.SERVICE) {
            String ip = "10.96." + Math.floorMod(object.toString().hashCode(), 250) + ".10";
            spec.put("clusterIP", ip).put("internalTrafficPolicy", "Cluster").put("sessionAffinity", "None");
            spec.set("clusterIPs", Json.array(ip));
            spec.set("ipFamilies", Json.array("IPv4"));
            spec.put("ipFamilyPolicy", "SingleStack");
            spec.path("ports").forEach(port -> ((ObjectNode) port).put("protocol", "TCP"));
        } else if (type == Kinds.CLAIM) {
            spec.put("volumeMode", "Filesystem");
        }
    }

    /** The status with which the API server or a controller begins. */
    static ObjectNode firstStatus(ResourceType type) {
        if (type == Kinds.CLAIM) {
            return Json.object("phase", "Pending");
        }
        if (type == Kinds.SERVICE || type == Kinds.INGRESS) {
            return Json.object("loadBalancer", Json.object());
        }
        return Json.object();
    }
}
