package io.tenantpulse.exporter.readiness;

import io.tenantpulse.exporter.kube.Detail;
import io.tenantpulse.exporter.kube.Facts;

/** A ReplicaSet is ready when as many pods are ready as it wants; none wanted is fine, for old ones are kept so. */
final class ReplicaSetRule implements ReadinessRule {
    static final ReadinessRule RULE = new ReplicaSetRule();

    @Override
    public Verdict judge(Facts facts) {
        boolean ready = facts.detail() instanceof Detail.OfWorkload set && set.ready() >= set.desired();
        return ready ? Verdict.READY : Verdict.notReady("TooFewReady");
    }
}
