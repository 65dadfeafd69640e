package io.tenantpulse.standalone.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The templates of the demo's SaaS. Their bodies hold canary values where real ones hold secrets, so that a leak is seen. */
final class Blueprints {
    static final String EDGE_TAG = "3.8.0";

    private Blueprints() {}

    static List<Blueprint> all() {
        return List.of(shop(), crm(), edge(), analytics(), model(), knot(), gap(), trial());
    }

    private static Blueprint shop() {
        return new Blueprint(
                "shop",
                "shop",
                List.of(
                        serviceAccount(),
                        config(),
                        secret(),
                        stateful().after("cfg").within(120),
                        job().after("db"),
                        deployment("api", "registry.example.com/shop:{{ .tag }}")
                                .after("migrate"),
                        service("svc", "api", "ClusterIP").after("api"),
                        ingress().after("svc")));
    }

    private static Blueprint crm() {
        return new Blueprint(
                "crm",
                "crm",
                List.of(
                        config().in("crm-config"),
                        secret(),
                        stateful().within(180),
                        deployment("api", "registry.example.com/crm:{{ .tag }}").after("db", "creds"),
                        deployment("worker", "registry.example.com/crm-worker:1.4.2")
                                .after("db")
                                .unawaited(),
                        service("svc", "api", "ClusterIP").after("api")));
    }

    private static Blueprint edge() {
        return new Blueprint(
                "edge",
                "edge",
                List.of(
                        config(),
                        deployment("api", "registry.example.com/edge:" + EDGE_TAG)
                                .after("cfg"),
                        service("svc", "api", "ClusterIP").after("api"),
                        ingress().after("svc")));
    }

    private static Blueprint analytics() {
        return new Blueprint(
                "analytics",
                "analytics",
                List.of(
                        serviceAccount(),
                        config(),
                        claim().within(180),
                        mounting(deployment("store", "registry.example.com/analytics:{{ .tag }}"))
                                .after("data", "cfg"),
                        service("front", "store", "LoadBalancer").after("store")));
    }

    private static Blueprint model() {
        return new Blueprint(
                "ml",
                "model",
                List.of(
                        serviceAccount(),
                        config(),
                        secret(),
                        deployment("ml", "registry.example.com/model:{{ .tag }}")
                                .after("cfg")
                                .within(3600),
                        service("svc", "ml", "ClusterIP").after("ml")));
    }

    private static Blueprint trial() {
        return new Blueprint(
                "trial",
                "trial",
                List.of(
                        config(),
                        secret(),
                        deployment("app", "registry.example.com/trial:{{ .tag }}")
                                .after("cfg"),
                        service("svc", "app", "ClusterIP").after("app")));
    }

    private static Blueprint knot() {
        return new Blueprint(
                "lab",
                "knot",
                List.of(
                        part("a", Kinds.CONFIG_MAP, "configMaps", data()).after("c"),
                        part("b", Kinds.CONFIG_MAP, "configMaps", data()).after("a"),
                        part("c", Kinds.CONFIG_MAP, "configMaps", data()).after("b"),
                        serviceAccount()));
    }

    private static Blueprint gap() {
        return new Blueprint(
                "lab",
                "gap",
                List.of(
                        part("a", Kinds.CONFIG_MAP, "configMaps", data()).after("vault"),
                        part("b", Kinds.CONFIG_MAP, "configMaps", data()),
                        serviceAccount(),
                        config()));
    }

    private static Part part(String id, ResourceType type, String field, ObjectNode content) {
        ObjectNode body = Json.object(
                "apiVersion",
                type.apiVersion(),
                "kind",
                type.kind(),
                "metadata",
                Json.object("labels", Json.object("app", "{{ .uid }}-" + id)));
        body.setAll(content);
        return new Part(id, type, field, body.toString(), List.of(), 300, true, "");
    }

    private static ObjectNode data() {
        return Json.object("data", Json.object("token", "canary-cm-{{ .uid }}", "plan", "{{ .plan }}"));
    }

    private static Part config() {
        return part("cfg", Kinds.CONFIG_MAP, "configMaps", data());
    }

    private static Part secret() {
        return part(
                "creds",
                Kinds.SECRET,
                "secrets",
                Json.object("stringData", Json.object("password", "canary-secret-{{ .uid }}")));
    }

    private static Part serviceAccount() {
        return part("sa", Kinds.SERVICE_ACCOUNT, "serviceAccounts", Json.object());
    }

    private static Part claim() {
        return part("data", Kinds.CLAIM, "persistentVolumeClaims", Json.object("spec", claimSpec("{{ .class }}")));
    }

    private static ObjectNode claimSpec(String storageClass) {
        return Json.object(
                "accessModes",
                Json.array("ReadWriteOnce"),
                "storageClassName",
                storageClass,
                "resources",
                Json.object("requests", Json.object("storage", "5Gi")));
    }

    private static Part deployment(String id, String image) {
        return part(
                id,
                Kinds.DEPLOYMENT,
                "deployments",
                Json.object(
                        "spec",
                        Json.object(
                                "replicas",
                                "{{ .replicas }}",
                                "selector",
                                Json.object("matchLabels", Json.object("app", "{{ .uid }}-" + id)),
                                "template",
                                pods(id, image))));
    }

    private static Part mounting(Part deployment) {
        ObjectNode body = Json.parse(deployment.body());
        ObjectNode spec = (ObjectNode) body.at("/spec/template/spec");
        spec.set(
                "volumes",
                Json.array(Json.object(
                        "name", "data", "persistentVolumeClaim", Json.object("claimName", "{{ .uid }}-data"))));
        ((ObjectNode) spec.at("/containers/0"))
                .set("volumeMounts", Json.array(Json.object("name", "data", "mountPath", "/data")));
        ((ObjectNode) body.get("spec")).put("replicas", 1);
        return deployment.withBody(body.toString());
    }

    private static Part stateful() {
        ObjectNode spec = Json.object(
                "replicas",
                1,
                "serviceName",
                "{{ .uid }}-db",
                "selector",
                Json.object("matchLabels", Json.object("app", "{{ .uid }}-db")),
                "template",
                pods("db", "registry.example.com/postgres:{{ .dbTag }}"));
        return part("db", Kinds.STATEFUL_SET, "statefulSets", Json.object("spec", spec));
    }

    private static Part job() {
        ObjectNode template = pods("migrate", "registry.example.com/migrate:1.4.2");
        ObjectNode spec = (ObjectNode) template.get("spec");
        spec.put("restartPolicy", "Never");
        ((ObjectNode) spec.at("/containers/0")).remove("readinessProbe");
        return part(
                "migrate",
                Kinds.JOB,
                "jobs",
                Json.object("spec", Json.object("backoffLimit", 1, "template", template)));
    }

    private static ObjectNode pods(String id, String image) {
        ObjectNode container = Json.object(
                "name",
                id,
                "image",
                image,
                "env",
                Json.array(
                        Json.object("name", "API_TOKEN", "value", "canary-env-{{ .uid }}"),
                        Json.object("name", "CREDENTIALS", "value", id.equals("api") ? "{{ .credentials }}" : "")),
                "resources",
                Json.object(
                        "requests",
                        Json.object("cpu", id.equals("db") ? "{{ .dbCpu }}" : "{{ .cpu }}", "memory", "64Mi")),
                "readinessProbe",
                Json.object("httpGet", Json.object("path", "/ready", "port", 8080)));
        return Json.object(
                "metadata",
                Json.object("labels", Json.object("app", "{{ .uid }}-" + id)),
                "spec",
                Json.object("containers", Json.array(container), "terminationGracePeriodSeconds", 5));
    }

    private static Part service(String id, String target, String type) {
        return part(
                id,
                Kinds.SERVICE,
                "services",
                Json.object(
                        "spec",
                        Json.object(
                                "type",
                                type,
                                "ports",
                                Json.array(Json.object("port", 80, "targetPort", 8080)),
                                "selector",
                                Json.object("app", "{{ .uid }}-" + target))));
    }

    private static Part ingress() {
        ObjectNode backend =
                Json.object("service", Json.object("name", "{{ .uid }}-svc", "port", Json.object("number", 80)));
        ObjectNode rule = Json.object(
                "host",
                "{{ .host }}",
                "http",
                Json.object("paths", Json.array(Json.object("path", "/", "pathType", "Prefix", "backend", backend))));
        return part("ing", Kinds.INGRESS, "ingresses", Json.object("spec", Json.object("rules", Json.array(rule))));
    }
}
