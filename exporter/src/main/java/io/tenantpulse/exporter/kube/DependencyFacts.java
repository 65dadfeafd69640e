package io.tenantpulse.exporter.kube;

import io.tenantpulse.exporter.WatchedKind;
import java.util.List;
import java.util.Set;

/**
 * One entry of a tenant's resource arrays.
 *
 * @param array name of the array in the tenant's spec
 * @param apiVersion of the object; of an entry of {@code manifests} as its body says
 * @param targetNamespace as written; empty: the tenant's own
 * @param name rendered name of the object; empty when it was not rendered
 */
public record DependencyFacts(
        String array,
        String id,
        String apiVersion,
        String kind,
        String targetNamespace,
        String name,
        List<String> dependIds,
        boolean waitForReady,
        int timeoutSeconds,
        String creationPolicy) {
    /** Kinds without namespace that a manifest may hold; what is not listed is taken as namespaced. */
    private static final Set<String> CLUSTER_SCOPED = Set.of(
            "/Namespace",
            "/Node",
            "/PersistentVolume",
            "storage.k8s.io/StorageClass",
            "storage.k8s.io/CSIDriver",
            "storage.k8s.io/VolumeAttributesClass",
            "rbac.authorization.k8s.io/ClusterRole",
            "rbac.authorization.k8s.io/ClusterRoleBinding",
            "scheduling.k8s.io/PriorityClass",
            "networking.k8s.io/IngressClass",
            "node.k8s.io/RuntimeClass",
            "apiextensions.k8s.io/CustomResourceDefinition",
            "apiregistration.k8s.io/APIService",
            "certificates.k8s.io/CertificateSigningRequest",
            "flowcontrol.apiserver.k8s.io/FlowSchema",
            "flowcontrol.apiserver.k8s.io/PriorityLevelConfiguration",
            "admissionregistration.k8s.io/ValidatingAdmissionPolicy",
            "admissionregistration.k8s.io/ValidatingAdmissionPolicyBinding",
            "admissionregistration.k8s.io/ValidatingWebhookConfiguration",
            "admissionregistration.k8s.io/MutatingWebhookConfiguration");

    /** The object that it asks for, in a tenant of that namespace. */
    public ObjectName object(String tenantNamespace) {
        String group = ObjectName.group(apiVersion);
        boolean clusterScoped = CLUSTER_SCOPED.contains(group + '/' + kind);
        String namespace = clusterScoped ? "" : targetNamespace.isEmpty() ? tenantNamespace : targetNamespace;
        return new ObjectName(group, kind, namespace, name);
    }

    /** What the entries of a named array are: group and kind follow from the array's name. */
    static String apiVersionOf(Field array) {
        return array == Field.SECRETS ? "v1" : kindOf(array).apiVersion();
    }

    static String kindName(Field array) {
        return array == Field.SECRETS ? "Secret" : kindOf(array).kind();
    }

    private static WatchedKind kindOf(Field array) {
        return switch (array) {
            case SERVICE_ACCOUNTS -> WatchedKind.SERVICE_ACCOUNT;
            case DEPLOYMENTS -> WatchedKind.DEPLOYMENT;
            case STATEFUL_SETS -> WatchedKind.STATEFUL_SET;
            case DAEMON_SETS -> WatchedKind.DAEMON_SET;
            case SERVICES -> WatchedKind.SERVICE;
            case INGRESSES -> WatchedKind.INGRESS;
            case CONFIG_MAPS -> WatchedKind.CONFIG_MAP;
            case PERSISTENT_VOLUME_CLAIMS -> WatchedKind.CLAIM;
            case JOBS -> WatchedKind.JOB;
            case CRON_JOBS -> WatchedKind.CRON_JOB;
            case POD_DISRUPTION_BUDGETS -> WatchedKind.POD_DISRUPTION_BUDGET;
            case NETWORK_POLICIES -> WatchedKind.NETWORK_POLICY;
            case HORIZONTAL_POD_AUTOSCALERS -> WatchedKind.HORIZONTAL_POD_AUTOSCALER;
            case NAMESPACES -> WatchedKind.NAMESPACE;
            default -> throw new AssertionError(array);
        };
    }
}
