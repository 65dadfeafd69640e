package io.tenantpulse.exporter.readiness;

import io.tenantpulse.exporter.kube.Detail;
import io.tenantpulse.exporter.kube.Facts;

/** A Service is ready, but one of type LoadBalancer only when it has an address. */
final class ServiceRule implements ReadinessRule {
    static final ReadinessRule RULE = new ServiceRule();

    @Override
    public Verdict judge(Facts facts) {
        boolean waits = facts.detail() instanceof Detail.OfService service
                && "LoadBalancer".equals(service.type())
                && !service.hasAddress();
        return waits ? Verdict.notReady("LoadBalancerPending") : Verdict.READY;
    }
}
