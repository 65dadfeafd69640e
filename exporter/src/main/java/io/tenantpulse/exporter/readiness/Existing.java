package io.tenantpulse.exporter.readiness;

import io.tenantpulse.exporter.kube.Facts;

/** Ready as soon as it exists: ConfigMap, ServiceAccount, CronJob, PodDisruptionBudget, NetworkPolicy. */
final class Existing implements ReadinessRule {
    static final ReadinessRule RULE = new Existing();

    @Override
    public Verdict judge(Facts facts) {
        return Verdict.READY;
    }
}
