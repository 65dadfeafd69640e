package io.tenantpulse.exporter.readiness;

import io.tenantpulse.exporter.kube.Detail;
import io.tenantpulse.exporter.kube.Facts;

/** A Deployment is ready when its newest spec is observed, and enough pods are updated and available. */
final class DeploymentRule implements ReadinessRule {
    static final ReadinessRule RULE = new DeploymentRule();

    @Override
    public Verdict judge(Facts facts) {
        return Replicated.judge(facts, "TooFewAvailable", Detail.OfWorkload::available);
    }
}
