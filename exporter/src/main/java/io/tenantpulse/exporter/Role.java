package io.tenantpulse.exporter;

/** What a watched kind is to a tenant. */
public enum Role {
    /** The tenant object itself: Tenant or LynqNode. */
    TENANT,
    /** Where tenants come from: TenantRegistry or LynqHub. */
    REGISTRY,
    /** What tenants are made after: TenantTemplate or LynqForm. */
    TEMPLATE,
    /** A machine that pods run on; joined into pods, never published. */
    NODE,
    /** A way to provision claims; joined into claims. */
    STORAGE_CLASS,
    /** Runs pods: Deployment, StatefulSet, DaemonSet, ReplicaSet, Job, CronJob. */
    WORKLOAD,
    /** A pod. */
    POD,
    /** A PersistentVolumeClaim. */
    CLAIM,
    /** Anything else that a tenant can own. */
    RESOURCE,
    /** A Kubernetes Event. */
    EVENT
}
