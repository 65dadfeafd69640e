package io.tenantpulse.standalone.demo;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** The templates of the demo's SaaS. Their bodies hold canary values where real ones hold secrets, so that a leak is seen. */
final class Blueprints {
    static final String EDGE_TAG = "3.8.0";

    private Blueprints() {}

    static List<Blueprint> all() {
        return List.of(shop(), crm(), edge(), analytics(), model(), queue(), knot(), gap(), trial());
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
                        needing("{{ .uid }}-db", deployment("api", "registry.example.com/shop:{{ .tag }}"))
                                .after("migrate")
                                .within(600),
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
                        needing("{{ .uid }}-db", checked(deployment("api", "registry.example.com/crm:{{ .tag }}")))
                                .after("db", "creds")
                                .within(600),
                        deployment("worker", "registry.example.com/crm-worker:1.4.2")
                                .after("db")
                                .unawaited(),
                        autoscaler("scale").after("worker"),
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
                        claim("data", "{{ .class }}").within(180),
                        claim("archive", "{{ .archiveClass }}").within(180),
                        nightly(),
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
                        daemon("agent", "registry.example.com/model-cache:1.4.2")
                                .after("cfg"),
                        service("svc", "ml", "ClusterIP").after("ml")));
    }

    private static Blueprint queue() {
        return new Blueprint(
                "queue",
                "queue",
                List.of(
                        config(),
                        quorum("mq", "registry.example.com/queue:1.4.2")
                                .after("cfg")
                                .within(180),
                        service("svc", "mq", "ClusterIP").after("mq")));
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

    private static Part claim(String id, String storageClass) {
        return part(id, Kinds.CLAIM, "persistentVolumeClaims", Json.object("spec", claimSpec(storageClass)));
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

    /** Its volume can be mounted by one pod only, so the old one must have ended before there is a new one. */
    private static Part mounting(Part deployment) {
        ObjectNode body = Json.parse(deployment.body());
        mount((ObjectNode) body.at("/spec/template/spec"), "data");
        ((ObjectNode) body.get("spec")).put("replicas", 1).set("strategy", Json.object("type", "Recreate"));
        return deployment.withBody(body.toString());
    }

    private static void mount(ObjectNode pods, String id) {
        pods.set(
                "volumes",
                Json.array(Json.object(
                        "name", id, "persistentVolumeClaim", Json.object("claimName", "{{ .uid }}-" + id))));
        mountTemplate(pods, id);
    }

    private static void mountTemplate(ObjectNode pods, String volume) {
        ((ObjectNode) pods.at("/containers/0"))
                .set("volumeMounts", Json.array(Json.object("name", volume, "mountPath", "/" + volume)));
    }

    /** Without its database it does not start. */
    private static Part needing(String database, Part deployment) {
        ObjectNode body = Json.parse(deployment.body());
        ((ArrayNode) body.at("/spec/template/spec/containers/0/env"))
                .add(Json.object("name", "DATABASE_HOST", "value", database));
        return deployment.withBody(body.toString());
    }

    /** Checks the database's schema before its container starts. */
    private static Part checked(Part deployment) {
        ObjectNode body = Json.parse(deployment.body());
        ((ObjectNode) body.at("/spec/template/spec"))
                .set(
                        "initContainers",
                        Json.array(Json.object(
                                "name", "schema", "image", "registry.example.com/schema-check:{{ .initTag }}")));
        return deployment.withBody(body.toString());
    }

    private static Part autoscaler(String id) {
        ObjectNode target =
                Json.object("apiVersion", "apps/v1", "kind", "Deployment", "name", "{{ .uid }}-{{ .scaled }}");
        ObjectNode metric = Json.object(
                "type",
                "Resource",
                "resource",
                Json.object("name", "cpu", "target", Json.object("type", "Utilization", "averageUtilization", 80)));
        return part(
                id,
                Kinds.AUTOSCALER,
                "horizontalPodAutoscalers",
                Json.object(
                        "spec",
                        Json.object(
                                "scaleTargetRef",
                                target,
                                "minReplicas",
                                2,
                                "maxReplicas",
                                4,
                                "metrics",
                                Json.array(metric))));
    }

    /** A pod on each machine of the tenant's pool. */
    private static Part daemon(String id, String image) {
        ObjectNode template = pods(id, image);
        ((ObjectNode) template.get("spec")).set("nodeSelector", Json.object("pool", "{{ .pool }}"));
        ObjectNode spec = Json.object(
                "selector", Json.object("matchLabels", Json.object("app", "{{ .uid }}-" + id)), "template", template);
        return part(id, Kinds.DAEMON_SET, "daemonSets", Json.object("spec", spec));
    }

    /** Three pods that need each other, each with a volume of its own. */
    private static Part quorum(String id, String image) {
        ObjectNode template = pods(id, image);
        mountTemplate((ObjectNode) template.get("spec"), "data");
        ObjectNode spec = Json.object(
                "replicas",
                3,
                "serviceName",
                "{{ .uid }}-svc",
                "selector",
                Json.object("matchLabels", Json.object("app", "{{ .uid }}-" + id)),
                "template",
                template,
                "volumeClaimTemplates",
                Json.array(Json.object("metadata", Json.object("name", "data"), "spec", claimSpec("fast"))));
        return part(id, Kinds.STATEFUL_SET, "statefulSets", Json.object("spec", spec));
    }

    private static Part nightly() {
        ObjectNode template = endingPods("nightly", "registry.example.com/archive:1.4.2");
        mount((ObjectNode) template.get("spec"), "archive");
        ObjectNode job = Json.object("spec", Json.object("backoffLimit", 1, "template", template));
        return part(
                "nightly",
                Kinds.CRON_JOB,
                "cronJobs",
                Json.object("spec", Json.object("schedule", "0 3 * * *", "jobTemplate", job)));
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
        ObjectNode template = endingPods("migrate", "registry.example.com/migrate:1.4.2");
        return part(
                "migrate",
                Kinds.JOB,
                "jobs",
                Json.object("spec", Json.object("backoffLimit", 1, "template", template)));
    }

    private static ObjectNode endingPods(String id, String image) {
        ObjectNode template = pods(id, image);
        ObjectNode spec = (ObjectNode) template.get("spec");
        spec.put("restartPolicy", "Never");
        ((ObjectNode) spec.at("/containers/0")).remove("readinessProbe");
        return template;
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
