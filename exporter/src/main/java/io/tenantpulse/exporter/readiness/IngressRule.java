package io.tenantpulse.exporter.readiness;

import io.tenantpulse.exporter.kube.Detail;
import io.tenantpulse.exporter.kube.Facts;

/** An Ingress is ready when it has an address, or at least one rule. */
final class IngressRule implements ReadinessRule {
    static final ReadinessRule RULE = new IngressRule();

    @Override
    public Verdict judge(Facts facts) {
        if (facts.detail() instanceof Detail.OfIngress ingress && (ingress.hasAddress() || ingress.hasRule())) {
            return Verdict.READY;
        }
        return Verdict.notReady("NoAddress");
    }
}
