package io.tenantpulse.exporter.readiness;

import io.tenantpulse.exporter.kube.Detail;
import io.tenantpulse.exporter.kube.Facts;

/** A Namespace is ready while it is Active. */
final class NamespaceRule implements ReadinessRule {
    static final ReadinessRule RULE = new NamespaceRule();

    @Override
    public Verdict judge(Facts facts) {
        if (facts.detail() instanceof Detail.OfNamespace namespace
                && namespace.phase().equals("Active")) {
            return Verdict.READY;
        }
        return Verdict.notReady("NotActive");
    }
}
