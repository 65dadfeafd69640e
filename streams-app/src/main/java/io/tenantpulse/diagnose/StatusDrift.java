package io.tenantpulse.diagnose;

import io.tenantpulse.model.Counts;
import io.tenantpulse.model.Readiness;
import io.tenantpulse.model.Replicas;
import io.tenantpulse.model.TenantFacts;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether the operator's counts contradict the owned objects (DESIGN 4). A difference is explained, and no drift, where the
 * operator holds back or skips dependents (it counts them as nothing then, ready or not), where there are conflicts, where the dependency spec or the template is in
 * error (counts then stay as they were), or where Lynq's stricter reading of replicas can account for it. Failed counts are
 * never compared with ours: from v1.1.14 on a slow resource is failed once its timeout is over.
 *
 * @param isDrift it contradicts, and nothing explains it
 * @param words the explanation, or the contradiction, for people
 * @param told what the operator says, in numbers
 * @param found what the owned objects say, in numbers
 */
public record StatusDrift(boolean isDrift, String words, String told, String found) {
    private static final Set<String> ERRORS =
            Set.of("DependencyError", "DependencyCycle", "VariablesBuildError", "SortError", "TemplateRenderError");

    private static StatusDrift none(String words, String told, String found) {
        return new StatusDrift(false, words, told, found);
    }

    static StatusDrift judge(Examination examination) {
        TenantView view = examination.reading.view();
        return judge(
                view.facts(), view.undecodableSince() != null, examination.graph.isValid(), tally(examination, view));
    }

    /**
     * Of a tenant whose resources are counted.
     *
     * @param unreadable the tenant's newest object could not be decoded
     * @param valid whether its dependencies can be met at all: no cycle, no missing id
     */
    public static StatusDrift judge(TenantFacts facts, boolean unreadable, boolean valid, Tally tally) {
        if (unreadable) {
            return none("the tenant's newest object cannot be read", "", tally.words());
        }
        if (facts.isBehind()) {
            String seen = "observedGeneration " + facts.observedGeneration();
            String asked = "generation " + facts.generation();
            return new StatusDrift(true, seen + " lags " + asked, seen, asked);
        }
        Counts counts = facts.counts();
        if (counts == null) {
            return none("the operator has not written any counts", "", tally.words());
        }
        String told = counts.ready() + " of " + counts.desired() + " ready, " + counts.failed() + " failed";
        String explained = explained(facts, valid, tally);
        return explained == null ? compare(counts, tally, told) : none(explained, told, tally.words());
    }

    private static @Nullable String explained(TenantFacts facts, boolean valid, Tally tally) {
        for (String type : new String[] {"Ready", "Degraded"}) {
            if (ERRORS.contains(facts.badReason(type))) {
                return "the counts stand as they were, for " + facts.badReason(type);
            }
        }
        if (!valid) {
            return "the counts stand as they were, for the dependency spec is invalid";
        }
        if (facts.isTrue("Conflicted") || facts.badReason("Ready").contains("Conflicted")) {
            return "conflicts explain the counts: what is in conflict counts as failed, whatever its state";
        }
        return tally.duplicates().isEmpty() ? null : "ids are not unique: " + String.join(", ", tally.duplicates());
    }

    private static StatusDrift compare(Counts counts, Tally own, String told) {
        if (counts.desired() != own.resources()) {
            String words = "the operator counts " + counts.desired() + " resources, the spec has " + own.resources();
            return new StatusDrift(true, words, told, own.words());
        }
        int fewer = own.ready() - counts.ready();
        if (fewer <= 0 && -fewer <= own.open()) {
            return none("the counts agree with the owned objects", told, own.words());
        }
        if (fewer > 0 && fewer <= own.heldBack()) {
            return none(fewer + " dependents are ready, and not counted while they are held back", told, own.words());
        }
        if (fewer > 0 && fewer <= own.heldBack() + own.loose()) {
            return none(fewer + " resources are ready, but not by Lynq's stricter reading", told, own.words());
        }
        String words = "the operator counts " + counts.ready() + " ready, by the owned objects it is " + own.words();
        return new StatusDrift(true, words, told, own.words());
    }

    private static Tally tally(Examination examination, TenantView view) {
        int ready = 0;
        int open = 0;
        int loose = 0;
        int heldBack = 0;
        Set<String> skipped = Set.copyOf(view.facts().skippedIds());
        for (Examination.Examined each : examination.resources) {
            SeenObject object = each.health().object();
            if (each.health().state() == ResourceHealth.State.UNKNOWN) {
                open++;
            } else if (countsAsReady(each.health())) {
                ready++;
                Replicas replicas = object == null ? null : object.facts().replicas();
                if (examination.blockage.isBehind(each.health().id())
                        || skipped.contains(each.health().dependency().id())) {
                    heldBack++;
                } else if (replicas != null && !replicas.isEven()) {
                    loose++;
                }
            }
        }
        return new Tally(view.dependencies().size(), ready, open, heldBack, loose, examination.graph.duplicates());
    }

    /** As the operator counts: without waiting, what was applied is ready; once, what exists. */
    private static boolean countsAsReady(ResourceHealth health) {
        if (health.state() == ResourceHealth.State.READY) {
            return true;
        }
        SeenObject object = health.object();
        return object != null
                && (object.readiness() == Readiness.READY
                        || !health.required()
                        || health.dependency().once());
    }
}
