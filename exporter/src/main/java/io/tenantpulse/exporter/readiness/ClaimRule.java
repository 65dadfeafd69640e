package io.tenantpulse.exporter.readiness;

import io.tenantpulse.exporter.kube.Detail;
import io.tenantpulse.exporter.kube.Facts;

/** A PersistentVolumeClaim is ready when it is Bound; the reason is its phase. */
final class ClaimRule implements ReadinessRule {
    static final ReadinessRule RULE = new ClaimRule();

    @Override
    public Verdict judge(Facts facts) {
        if (!(facts.detail() instanceof Detail.OfClaim claim) || claim.phase().isEmpty()) {
            return Verdict.notReady("Pending");
        }
        return claim.phase().equals("Bound") ? Verdict.READY : Verdict.notReady(claim.phase());
    }
}
