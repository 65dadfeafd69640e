package io.tenantpulse.diagnose;

import io.tenantpulse.model.Condition;
import io.tenantpulse.model.Counts;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The runbook's differentiation, twice: as the operator's status has it, and as we read it from the resources.
 *
 * @param difference for people; null where both say the same, or one is unknown
 */
public record Views(Outlook operator, Outlook own, @Nullable String difference) {

    static Views of(Examination examination) {
        Outlook operator = operator(examination.reading.view());
        Outlook own = own(examination);
        boolean comparable = operator != Outlook.UNKNOWN && own != Outlook.UNKNOWN && operator != own;
        return new Views(operator, own, comparable ? difference(operator, own, examination) : null);
    }

    /** The table of the runbook, from the counts; without any, from the Ready condition. */
    private static Outlook operator(TenantView view) {
        Counts counts = view.facts().counts();
        Condition ready = view.facts().condition("Ready");
        if (counts != null && counts.failed() > 0) {
            return Outlook.HARD_FAILURE;
        }
        if (counts != null && counts.desired() > 0 && counts.ready() != counts.desired()) {
            return Outlook.PENDING_OR_SLOW;
        }
        if (ready != null && !ready.status().equals("True")) {
            return Outlook.NOT_READY_OTHERWISE;
        }
        return counts == null && ready == null ? Outlook.UNKNOWN : Outlook.CONVERGED;
    }

    private static Outlook own(Examination examination) {
        boolean open = false;
        boolean pending = false;
        for (Examination.Examined each : examination.resources) {
            boolean counts = each.health().required() || each.health().state() == ResourceHealth.State.MISSING;
            if (counts && each.health().state() == ResourceHealth.State.FAILED) {
                return Outlook.HARD_FAILURE;
            }
            pending |= counts && each.health().isNotReady();
            open |= counts && each.health().state() == ResourceHealth.State.UNKNOWN;
        }
        if (!examination.graph.isValid() || examination.tenant.templateError() != null) {
            return Outlook.NOT_READY_OTHERWISE;
        }
        if (pending) {
            return Outlook.PENDING_OR_SLOW;
        }
        return open ? Outlook.UNKNOWN : Outlook.CONVERGED;
    }

    private static String difference(Outlook operator, Outlook own, Examination examination) {
        if (operator == Outlook.HARD_FAILURE && own == Outlook.PENDING_OR_SLOW) {
            return "the operator counts as failed what is merely slow or pending: "
                    + named(examination, ResourceHealth.State.FAILED, false);
        }
        if (own == Outlook.HARD_FAILURE && operator == Outlook.PENDING_OR_SLOW) {
            return "the operator counts as not ready yet what has failed: "
                    + named(examination, ResourceHealth.State.FAILED, true);
        }
        if (own == Outlook.CONVERGED) {
            return "the operator says " + operator.words() + ", while every resource is ready by our reading";
        }
        if (operator == Outlook.CONVERGED) {
            return "the operator says converged; by our reading it is " + own.words() + ": "
                    + named(examination, ResourceHealth.State.READY, false);
        }
        return "the operator says " + operator.words() + ", by our reading it is " + own.words();
    }

    /** Those that only wait for others are left out, for they say nothing of their own. */
    private static String named(Examination examination, ResourceHealth.State state, boolean is) {
        List<String> named = new ArrayList<>();
        for (Examination.Examined each : examination.resources) {
            ResourceHealth health = each.health();
            if (health.isNotReady()
                    && health.state() != ResourceHealth.State.WAITING
                    && health.state().equals(state) == is) {
                named.add(health.id() + " (" + (health.reason() == null ? health.state() : health.reason()) + ')');
            }
        }
        return Wording.few(named);
    }
}
