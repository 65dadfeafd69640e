package io.tenantpulse.exporter.readiness;

import io.tenantpulse.exporter.kube.ConditionFacts;
import io.tenantpulse.exporter.kube.Facts;

/** A HorizontalPodAutoscaler is ready when it is able to scale. */
final class AutoscalerRule implements ReadinessRule {
    static final ReadinessRule RULE = new AutoscalerRule();

    @Override
    public Verdict judge(Facts facts) {
        return ConditionFacts.isTrue(facts.conditions(), "AbleToScale")
                ? Verdict.READY
                : Verdict.notReady("NotAbleToScale");
    }
}
