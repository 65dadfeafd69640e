package io.tenantpulse.exporter.readiness;

import io.tenantpulse.exporter.WatchedKind;
import io.tenantpulse.exporter.kube.ConditionFacts;
import io.tenantpulse.exporter.kube.Facts;

/** Any other kind is ready without conditions, or with Ready=True. A pod always has its Ready condition to show. */
final class ConditionRule implements ReadinessRule {
    static final ReadinessRule RULE = new ConditionRule();

    @Override
    public Verdict judge(Facts facts) {
        if (ConditionFacts.isTrue(facts.conditions(), "Ready")) {
            return Verdict.READY;
        }
        boolean silent = facts.conditions().isEmpty() && facts.kind() != WatchedKind.POD;
        return silent ? Verdict.READY : Verdict.notReady(reason(facts));
    }

    private static String reason(Facts facts) {
        for (ConditionFacts each : facts.conditions()) {
            if (each.type().equals("Ready") && each.reason() != null) {
                return each.reason();
            }
        }
        return "NotReady";
    }
}
