package io.tenantpulse.exporter.readiness;

import io.tenantpulse.exporter.kube.Detail;
import io.tenantpulse.exporter.kube.Facts;

/** A StatefulSet is ready when its newest spec is observed, and enough pods are updated and ready. */
final class StatefulSetRule implements ReadinessRule {
    static final ReadinessRule RULE = new StatefulSetRule();

    @Override
    public Verdict judge(Facts facts) {
        return Replicated.judge(facts, "TooFewReady", Detail.OfWorkload::ready);
    }
}
