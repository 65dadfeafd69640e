package io.tenantpulse.diagnose;

import io.tenantpulse.model.Counts;
import io.tenantpulse.model.Dependency;
import io.tenantpulse.model.Readiness;
import io.tenantpulse.model.Replicas;
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
            Set.of("DependencyError", "VariablesBuildError", "SortError", "TemplateRenderError");

    private static StatusDrift none(String words, String told, String found) {
        return new StatusDrift(false, words, told, found);
    }

    /** Own counts: between {@code least} and {@code most} are ready, as far as can be seen. */
    private record Own(int desired, int least, int most, int strict, int heldBack) {
        String words() {
            String ready = least == most ? String.valueOf(least) : least + " to " + most;
            return ready + " of " + desired + " ready";
        }
    }

    static StatusDrift judge(Examination examination) {
        TenantView view = examination.reading.view();
        Counts counts = view.facts().counts();
        Own own = own(examination, view);
        if (view.undecodableSince() != null) {
            return none("the tenant's newest object cannot be read", "", own.words());
        }
        Long seen = view.facts().observedGeneration();
        Long asked = view.facts().generation();
        if (seen != null && asked != null && seen < asked) {
            String lag = "observedGeneration " + seen + " lags generation " + asked;
            return new StatusDrift(true, lag, "observedGeneration " + seen, "generation " + asked);
        }
        if (counts == null) {
            return none("the operator has not written any counts", "", own.words());
        }
        String told = counts.ready() + " of " + counts.desired() + " ready, " + counts.failed() + " failed";
        String explained = explained(examination, view);
        if (explained != null) {
            return none(explained, told, own.words());
        }
        return compare(counts, own, told);
    }

    private static @Nullable String explained(Examination examination, TenantView view) {
        for (String type : new String[] {"Ready", "Degraded"}) {
            if (ERRORS.contains(view.badReason(type))) {
                return "the counts stand as they were, for " + view.badReason(type);
            }
        }
        if (!examination.graph.isValid()) {
            return "the counts stand as they were, for the dependency spec is invalid";
        }
        if (view.isTrue("Conflicted") || view.badReason("Ready").contains("Conflicted")) {
            return "conflicts explain the counts: what is in conflict counts as failed, whatever its state";
        }
        return examination.graph.duplicates().isEmpty()
                ? null
                : "ids are not unique: " + String.join(", ", examination.graph.duplicates());
    }

    private static StatusDrift compare(Counts counts, Own own, String told) {
        if (counts.desired() != own.desired) {
            String words = "the operator counts " + counts.desired() + " resources, the spec has " + own.desired;
            return new StatusDrift(true, words, told, own.words());
        }
        if (counts.ready() >= own.least && counts.ready() <= own.most) {
            return none("the counts agree with the owned objects", told, own.words());
        }
        int fewer = own.least - counts.ready();
        if (fewer > 0 && fewer <= own.heldBack) {
            return none(fewer + " dependents are ready, and not counted while they are held back", told, own.words());
        }
        if (fewer > 0 && fewer <= own.heldBack + own.strict) {
            return none(fewer + " resources are ready, but not by Lynq's stricter reading", told, own.words());
        }
        String words = "the operator counts " + counts.ready() + " ready, by the owned objects it is " + own.words();
        return new StatusDrift(true, words, told, own.words());
    }

    private static Own own(Examination examination, TenantView view) {
        int ready = 0;
        int unknown = 0;
        int strict = 0;
        int heldBack = 0;
        Set<String> skipped = Set.copyOf(view.facts().skippedIds());
        for (Examination.Examined each : examination.resources) {
            Dependency dependency = each.health().dependency();
            if (each.health().state() == ResourceHealth.State.UNKNOWN) {
                unknown++;
            } else if (countsAsReady(each.health())) {
                ready++;
                boolean behind = examination.blockage.isBehind(each.health().id());
                if (behind || skipped.contains(dependency.id())) {
                    heldBack++;
                } else if (!isStrictlyReady(each.health().object())) {
                    strict++;
                }
            }
        }
        return new Own(view.dependencies().size(), ready, ready + unknown, strict, heldBack);
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

    /** Lynq wants all replica figures equal, so a pod too many makes a Deployment not ready. */
    private static boolean isStrictlyReady(@Nullable SeenObject object) {
        Replicas replicas = object == null ? null : object.facts().replicas();
        if (replicas == null) {
            return true;
        }
        return replicas.current() == replicas.desired()
                && replicas.updated() == replicas.desired()
                && replicas.ready() == replicas.desired()
                && replicas.available() == replicas.desired();
    }
}
