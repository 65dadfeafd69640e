package io.tenantpulse.exporter.readiness;

import io.tenantpulse.exporter.kube.Detail;
import io.tenantpulse.exporter.kube.Facts;
import java.util.function.ToIntFunction;

/** What Deployments and StatefulSets have in common. */
final class Replicated {
    private Replicated() {}

    /** The operator takes 0 replicas for 1, so what is scaled to nothing is never ready in its eyes. */
    static Verdict judge(Facts facts, String tooFew, ToIntFunction<Detail.OfWorkload> good) {
        if (!(facts.detail() instanceof Detail.OfWorkload workload)) {
            return Verdict.notReady(tooFew);
        }
        if (facts.generation() != workload.observedGeneration()) {
            return Verdict.notReady("NotObserved");
        }
        int wanted = workload.desired() == 0 ? 1 : workload.desired();
        if (workload.updated() >= wanted && good.applyAsInt(workload) >= wanted) {
            return Verdict.READY;
        }
        if (workload.desired() == 0) {
            return Verdict.notReady("ScaledToZero");
        }
        return Verdict.notReady(workload.updated() < wanted ? "TooFewUpdated" : tooFew);
    }
}
