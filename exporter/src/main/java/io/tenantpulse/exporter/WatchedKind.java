package io.tenantpulse.exporter;

import io.tenantpulse.schema.Keys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A kind of Kubernetes object that is watched. Secrets are not: they are never read.
 *
 * <p>There is one instance for each kind, so identity is equality.
 */
public final class WatchedKind {
    private static final String TENANTS = "operator.kubernetes-tenants.org";
    private static final String LYNQ = "operator.lynq.sh";

    private static int count;

    public static final WatchedKind TENANT = new WatchedKind(TENANTS, "v1", "Tenant", "tenants", Role.TENANT, 0);
    public static final WatchedKind LYNQ_NODE = new WatchedKind(LYNQ, "v1", "LynqNode", "lynqnodes", Role.TENANT, 0);
    public static final WatchedKind TENANT_REGISTRY =
            new WatchedKind(TENANTS, "v1", "TenantRegistry", "tenantregistries", Role.REGISTRY, 0);
    public static final WatchedKind LYNQ_HUB = new WatchedKind(LYNQ, "v1", "LynqHub", "lynqhubs", Role.REGISTRY, 0);
    public static final WatchedKind TENANT_TEMPLATE =
            new WatchedKind(TENANTS, "v1", "TenantTemplate", "tenanttemplates", Role.TEMPLATE, 0);
    public static final WatchedKind LYNQ_FORM = new WatchedKind(LYNQ, "v1", "LynqForm", "lynqforms", Role.TEMPLATE, 0);
    public static final WatchedKind NODE = new WatchedKind("", "v1", "Node", "nodes", Role.NODE, 0);
    public static final WatchedKind STORAGE_CLASS =
            new WatchedKind("storage.k8s.io", "v1", "StorageClass", "storageclasses", Role.STORAGE_CLASS, 0);
    public static final WatchedKind NAMESPACE = new WatchedKind("", "v1", "Namespace", "namespaces", Role.RESOURCE, 1);
    public static final WatchedKind DEPLOYMENT =
            new WatchedKind("apps", "v1", "Deployment", "deployments", Role.WORKLOAD, 1);
    public static final WatchedKind STATEFUL_SET =
            new WatchedKind("apps", "v1", "StatefulSet", "statefulsets", Role.WORKLOAD, 1);
    public static final WatchedKind DAEMON_SET =
            new WatchedKind("apps", "v1", "DaemonSet", "daemonsets", Role.WORKLOAD, 1);
    public static final WatchedKind CRON_JOB = new WatchedKind("batch", "v1", "CronJob", "cronjobs", Role.WORKLOAD, 1);
    public static final WatchedKind SERVICE = new WatchedKind("", "v1", "Service", "services", Role.RESOURCE, 1);
    public static final WatchedKind CONFIG_MAP = new WatchedKind("", "v1", "ConfigMap", "configmaps", Role.RESOURCE, 1);
    public static final WatchedKind SERVICE_ACCOUNT =
            new WatchedKind("", "v1", "ServiceAccount", "serviceaccounts", Role.RESOURCE, 1);
    public static final WatchedKind INGRESS =
            new WatchedKind("networking.k8s.io", "v1", "Ingress", "ingresses", Role.RESOURCE, 1);
    public static final WatchedKind NETWORK_POLICY =
            new WatchedKind("networking.k8s.io", "v1", "NetworkPolicy", "networkpolicies", Role.RESOURCE, 1);
    public static final WatchedKind POD_DISRUPTION_BUDGET =
            new WatchedKind("policy", "v1", "PodDisruptionBudget", "poddisruptionbudgets", Role.RESOURCE, 1);
    public static final WatchedKind HORIZONTAL_POD_AUTOSCALER = new WatchedKind(
            "autoscaling", "v2", "HorizontalPodAutoscaler", "horizontalpodautoscalers", Role.RESOURCE, 1);
    public static final WatchedKind REPLICA_SET =
            new WatchedKind("apps", "v1", "ReplicaSet", "replicasets", Role.WORKLOAD, 2);
    public static final WatchedKind JOB = new WatchedKind("batch", "v1", "Job", "jobs", Role.WORKLOAD, 2);
    public static final WatchedKind CLAIM =
            new WatchedKind("", "v1", "PersistentVolumeClaim", "persistentvolumeclaims", Role.CLAIM, 2);
    public static final WatchedKind POD = new WatchedKind("", "v1", "Pod", "pods", Role.POD, 3);
    public static final WatchedKind EVENT = new WatchedKind("", "v1", "Event", "events", Role.EVENT, 4);

    /** Every watched kind, by stage. */
    public static final List<WatchedKind> ALL = List.of(
            TENANT,
            LYNQ_NODE,
            TENANT_REGISTRY,
            LYNQ_HUB,
            TENANT_TEMPLATE,
            LYNQ_FORM,
            NODE,
            STORAGE_CLASS,
            NAMESPACE,
            DEPLOYMENT,
            STATEFUL_SET,
            DAEMON_SET,
            CRON_JOB,
            SERVICE,
            CONFIG_MAP,
            SERVICE_ACCOUNT,
            INGRESS,
            NETWORK_POLICY,
            POD_DISRUPTION_BUDGET,
            HORIZONTAL_POD_AUTOSCALER,
            REPLICA_SET,
            JOB,
            CLAIM,
            POD,
            EVENT);

    private static final Map<String, WatchedKind> BY_NAME = new HashMap<>();
    private static final Map<String, WatchedKind> BY_KIND = new HashMap<>();

    static {
        for (WatchedKind each : ALL) {
            BY_NAME.put(each.name, each);
            BY_KIND.put(each.kind, each);
        }
    }

    private final String group;
    private final String version;
    private final String kind;
    private final String plural;
    private final Role role;
    private final int stage;
    private final String name;
    private final int index = count++;

    private WatchedKind(String group, String version, String kind, String plural, Role role, int stage) {
        this.group = group;
        this.version = version;
        this.kind = kind;
        this.plural = plural;
        this.role = role;
        this.stage = stage;
        this.name = Keys.kind(group, kind);
    }

    /**
     * The watched kind that an object says it is; any version of the group is taken.
     *
     * @param apiVersion such as {@code v1} or {@code apps/v1}
     */
    public static Optional<WatchedKind> of(String apiVersion, String kind) {
        int slash = apiVersion.indexOf('/');
        return ofGroup(slash < 0 ? "" : apiVersion.substring(0, slash), kind);
    }

    /** The watched kind of that API group, empty for the core group. */
    public static Optional<WatchedKind> ofGroup(String group, String kind) {
        WatchedKind found = BY_KIND.get(kind);
        return found != null && found.group.equals(group) ? Optional.of(found) : Optional.empty();
    }

    /** Whether it is a watched kind whose objects have no namespace. */
    public static boolean isClusterScoped(String group, String kind) {
        WatchedKind found = BY_KIND.get(kind);
        return found != null && !found.namespaced() && found.group.equals(group);
    }

    /** The watched kind of that name, where its group is not told; kinds are unique among those watched. */
    public static Optional<WatchedKind> ofKind(String kind) {
        return Optional.ofNullable(BY_KIND.get(kind));
    }

    /** The watched kind that a mark names, as {@link #name()}. */
    public static Optional<WatchedKind> named(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** API group, empty for the core group. */
    public String group() {
        return group;
    }

    /** Version of the API that is watched. */
    public String version() {
        return version;
    }

    /** As in {@code apiVersion} of its objects. */
    public String apiVersion() {
        return group.isEmpty() ? version : group + '/' + version;
    }

    /** As in {@code kind} of its objects. */
    public String kind() {
        return kind;
    }

    /** As in URLs. */
    public String plural() {
        return plural;
    }

    /** Whether its objects live in namespaces. */
    public boolean namespaced() {
        return this != NODE && this != STORAGE_CLASS && this != NAMESPACE;
    }

    /** What it is to a tenant. */
    public Role role() {
        return role;
    }

    /** Lists run stage by stage, so that owners are known before what they own. */
    public int stage() {
        return stage;
    }

    /** Place in {@link #ALL}. */
    public int index() {
        return index;
    }

    /** As marks and coverage name it: {@code Pod}, {@code Deployment.apps}. */
    public String name() {
        return name;
    }

    @Override
    public String toString() {
        return name;
    }
}
