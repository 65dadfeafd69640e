package io.tenantpulse.exporter.readiness;

import io.tenantpulse.exporter.kube.Detail;
import io.tenantpulse.exporter.kube.Facts;

/** A DaemonSet is ready when pods are ready on all nodes that it wants, of which there is at least one. */
final class DaemonSetRule implements ReadinessRule {
    static final ReadinessRule RULE = new DaemonSetRule();

    @Override
    public Verdict judge(Facts facts) {
        if (!(facts.detail() instanceof Detail.OfWorkload set) || set.desired() <= 0) {
            return Verdict.notReady("NoEligibleNode");
        }
        return set.ready() >= set.desired() ? Verdict.READY : Verdict.notReady("TooFewReady");
    }
}
