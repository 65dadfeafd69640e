package io.tenantpulse.standalone.demo;

import java.util.List;

/** The kinds of the simulated world. */
public final class Kinds {
    public static final ResourceType POD = core("pods", "Pod", true, false);
    public static final ResourceType SERVICE = core("services", "Service", true, false);
    public static final ResourceType CONFIG_MAP = core("configmaps", "ConfigMap", true, false);
    public static final ResourceType SECRET = core("secrets", "Secret", true, false);
    public static final ResourceType SERVICE_ACCOUNT = core("serviceaccounts", "ServiceAccount", true, false);
    public static final ResourceType CLAIM = core("persistentvolumeclaims", "PersistentVolumeClaim", true, false);
    public static final ResourceType QUOTA = core("resourcequotas", "ResourceQuota", true, false);
    public static final ResourceType EVENT = core("events", "Event", true, false);
    public static final ResourceType NODE = core("nodes", "Node", false, false);
    public static final ResourceType NAMESPACE = core("namespaces", "Namespace", false, false);
    public static final ResourceType DEPLOYMENT = named("apps", "deployments", "Deployment", true);
    public static final ResourceType REPLICA_SET = named("apps", "replicasets", "ReplicaSet", true);
    public static final ResourceType STATEFUL_SET = named("apps", "statefulsets", "StatefulSet", true);
    public static final ResourceType DAEMON_SET = named("apps", "daemonsets", "DaemonSet", true);
    public static final ResourceType JOB = named("batch", "jobs", "Job", true);
    public static final ResourceType CRON_JOB = named("batch", "cronjobs", "CronJob", true);
    public static final ResourceType INGRESS = named("networking.k8s.io", "ingresses", "Ingress", true);
    public static final ResourceType NETWORK_POLICY =
            named("networking.k8s.io", "networkpolicies", "NetworkPolicy", true);
    public static final ResourceType DISRUPTION_BUDGET =
            named("policy", "poddisruptionbudgets", "PodDisruptionBudget", true);
    public static final ResourceType AUTOSCALER =
            new ResourceType("autoscaling", "v2", "horizontalpodautoscalers", "HorizontalPodAutoscaler", true, false);
    public static final ResourceType STORAGE_CLASS =
            new ResourceType("storage.k8s.io", "v1", "storageclasses", "StorageClass", false, false);

    private static final String TENANTS = "operator.kubernetes-tenants.org";
    private static final String LYNQ = "operator.lynq.sh";

    public static final ResourceType TENANT = named(TENANTS, "tenants", "Tenant", true);
    public static final ResourceType TENANT_REGISTRY = named(TENANTS, "tenantregistries", "TenantRegistry", true);
    public static final ResourceType TENANT_TEMPLATE = named(TENANTS, "tenanttemplates", "TenantTemplate", true);
    public static final ResourceType LYNQ_NODE = named(LYNQ, "lynqnodes", "LynqNode", true);
    public static final ResourceType LYNQ_HUB = named(LYNQ, "lynqhubs", "LynqHub", true);
    public static final ResourceType LYNQ_FORM = named(LYNQ, "lynqforms", "LynqForm", true);

    /** What every cluster serves, whatever operator it runs. */
    public static final List<ResourceType> BUILT_IN = List.of(
            POD,
            SERVICE,
            CONFIG_MAP,
            SECRET,
            SERVICE_ACCOUNT,
            CLAIM,
            QUOTA,
            EVENT,
            NODE,
            NAMESPACE,
            DEPLOYMENT,
            REPLICA_SET,
            STATEFUL_SET,
            DAEMON_SET,
            JOB,
            CRON_JOB,
            INGRESS,
            NETWORK_POLICY,
            DISRUPTION_BUDGET,
            AUTOSCALER,
            STORAGE_CLASS);

    private Kinds() {}

    private static ResourceType core(String plural, String kind, boolean namespaced, boolean generations) {
        return new ResourceType("", "v1", plural, kind, namespaced, generations);
    }

    private static ResourceType named(String group, String plural, String kind, boolean namespaced) {
        return new ResourceType(group, "v1", plural, kind, namespaced, true);
    }
}
