package io.tenantpulse.exporter.readiness;

import io.tenantpulse.exporter.kube.ConditionFacts;
import io.tenantpulse.exporter.kube.Detail;
import io.tenantpulse.exporter.kube.Facts;

/** A Job is ready when it is complete, or a pod of it succeeded and it has not failed. */
final class JobRule implements ReadinessRule {
    static final ReadinessRule RULE = new JobRule();

    @Override
    public Verdict judge(Facts facts) {
        if (ConditionFacts.isTrue(facts.conditions(), "Complete")) {
            return Verdict.READY;
        }
        if (ConditionFacts.isTrue(facts.conditions(), "Failed")) {
            return Verdict.notReady("JobFailed");
        }
        if (!(facts.detail() instanceof Detail.OfJob job)) {
            return Verdict.notReady("JobRunning");
        }
        if (job.succeeded() > 0) {
            return Verdict.READY;
        }
        return Verdict.notReady(job.suspended() ? "JobSuspended" : "JobRunning");
    }
}
