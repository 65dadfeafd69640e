package io.tenantpulse.bench.detector;

import io.tenantpulse.v1.Condition;
import java.time.Instant;
import java.util.List;

/** Kinds of which a tenant has some each. */
enum ResourceKind {
    DEPLOYMENT("apps", "Deployment"),
    SERVICE("", "Service"),
    STATEFUL_SET("apps", "StatefulSet"),
    CONFIG_MAP("", "ConfigMap");

    static final int REPLICAS = 2;

    private final String group;
    private final String kind;

    ResourceKind(String group, String kind) {
        this.group = group;
        this.kind = kind;
    }

    static ResourceKind of(int resource) {
        return values()[resource % values().length];
    }

    String group() {
        return group;
    }

    String kind() {
        return kind;
    }

    boolean isWorkload() {
        return this == DEPLOYMENT || this == STATEFUL_SET;
    }

    List<Condition> conditions(boolean ready, Instant since) {
        if (this != DEPLOYMENT) {
            return List.of();
        }
        String reason = ready ? "MinimumReplicasAvailable" : "MinimumReplicasUnavailable";
        return List.of(
                new Condition("Available", ready ? "True" : "False", reason, null, since),
                new Condition("Progressing", "True", "NewReplicaSetAvailable", null, since));
    }
}
