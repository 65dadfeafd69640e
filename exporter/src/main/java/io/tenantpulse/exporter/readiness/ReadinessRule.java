package io.tenantpulse.exporter.readiness;

import io.tenantpulse.exporter.WatchedKind;
import io.tenantpulse.exporter.kube.Facts;

/** How one kind of object is judged ready. */
public interface ReadinessRule {
    /** The verdict on an object of the rule's kind. */
    Verdict judge(Facts facts);

    /** The verdict of the rule of the object's kind. */
    static Verdict of(Facts facts) {
        return rule(facts.kind()).judge(facts);
    }

    private static ReadinessRule rule(WatchedKind kind) {
        return switch (kind.kind()) {
            case "ConfigMap", "ServiceAccount", "CronJob", "PodDisruptionBudget", "NetworkPolicy" -> Existing.RULE;
            case "Namespace" -> NamespaceRule.RULE;
            case "Service" -> ServiceRule.RULE;
            case "Deployment" -> DeploymentRule.RULE;
            case "StatefulSet" -> StatefulSetRule.RULE;
            case "DaemonSet" -> DaemonSetRule.RULE;
            case "ReplicaSet" -> ReplicaSetRule.RULE;
            case "Job" -> JobRule.RULE;
            case "Ingress" -> IngressRule.RULE;
            case "PersistentVolumeClaim" -> ClaimRule.RULE;
            case "HorizontalPodAutoscaler" -> AutoscalerRule.RULE;
            default -> ConditionRule.RULE;
        };
    }
}
