package io.tenantpulse.diagnose;

import io.tenantpulse.model.ObjectId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts what was found in order: what stops the whole tenant, then the blockers by how much they hold back, then what is
 * broken behind them on its own account, then those that only wait, then what nobody waits for, then the operator itself.
 * The same trouble of several resources of one rank is one cause.
 */
final class Ranking {
    private static final int EVIDENCE = 12;
    private static final int CHAINS = 5;

    private final Examination examination;
    private final StatusDrift drift;
    private final Remedies remedies;
    private final Map<String, Examination.Examined> byId = new HashMap<>();
    private final Set<String> told = new HashSet<>();
    private final List<Cause> causes = new ArrayList<>();

    Ranking(Examination examination, StatusDrift drift) {
        this.examination = examination;
        this.drift = drift;
        this.remedies = new Remedies(examination.reading);
        for (Examination.Examined each : examination.resources) {
            byId.putIfAbsent(each.health().id(), each);
        }
    }

    private record Found(Finding finding, Set<String> ids) {}

    List<Cause> causes() {
        graph();
        Finding template = examination.tenant.templateError();
        if (template != null) {
            add(List.of(new Found(template, Set.of())));
        }
        blockers();
        conflictOfUnknown();
        brokenBehind();
        waiting();
        rest();
        operator();
        return List.copyOf(causes);
    }

    private void graph() {
        ObjectId tenant = TenantReading.objectOf(examination.reading.view());
        for (List<String> cycle : examination.graph.cycles()) {
            String path = String.join(" -> ", cycle);
            Finding found = Finding.of(CauseWord.DEPENDENCY_CYCLE, Confidence.CERTAIN, tenant, "cycle " + path)
                    .with(tenant, "dependIds", path, examination.reading.view().generationSince())
                    .with(tenant, dependencyError());
            add(List.of(new Found(found, new LinkedHashSet<>(cycle))));
        }
        examination.graph.missing().forEach((missing, by) -> {
            Finding found = Finding.of(
                            CauseWord.DEPENDENCY_MISSING,
                            Confidence.CERTAIN,
                            tenant,
                            String.join(", ", by) + " depends on " + missing + ", which does not exist")
                    .subject(missing)
                    .with(
                            tenant,
                            "dependIds",
                            missing,
                            examination.reading.view().generationSince())
                    .with(tenant, dependencyError());
            add(List.of(new Found(found, new LinkedHashSet<>(by))));
        });
    }

    private io.tenantpulse.model.@Nullable Condition dependencyError() {
        boolean said = examination.reading.view().badReason("Ready").equals("DependencyError");
        return said ? examination.reading.view().condition("Ready") : null;
    }

    /** Of blockers that hold back as much, those that will not mend themselves first. */
    private void blockers() {
        List<Blockage.Blocker> blockers = new ArrayList<>(examination.blockers());
        blockers.sort(java.util.Comparator.comparingInt(Blockage.Blocker::held)
                .reversed()
                .thenComparing(each -> !isFailed(each.id()))
                .thenComparing(Blockage.Blocker::id));
        List<Found> leading = new ArrayList<>();
        List<Found> further = new ArrayList<>();
        for (Blockage.Blocker each : blockers) {
            List<Finding> findings = findings(each.id());
            told.add(each.id());
            for (int i = 0; i < findings.size(); i++) {
                join(i == 0 ? leading : further, findings.get(i), each.id());
            }
        }
        add(leading);
        add(further);
    }

    private boolean isFailed(String id) {
        Examination.Examined examined = byId.get(id);
        return examined != null && examined.health().state() == ResourceHealth.State.FAILED;
    }

    private List<Finding> findings(String id) {
        Examination.Examined examined = byId.get(id);
        return examined == null ? List.of() : examined.findings();
    }

    private void conflictOfUnknown() {
        boolean known = causes.stream().anyMatch(each -> each.word() == CauseWord.CONFLICT);
        Finding found = known ? null : examination.tenant.conflictOfUnknown();
        if (found != null) {
            add(List.of(new Found(found, Set.of())));
        }
    }

    /** What no dependency can have brought about. */
    private void brokenBehind() {
        List<Found> found = new ArrayList<>();
        for (Examination.Examined each : examination.resources) {
            for (Finding finding : each.findings()) {
                boolean own = !finding.word().followsDependency();
                if (own
                        && each.health().required()
                        && !told.contains(each.health().id())) {
                    join(found, finding, each.health().id());
                }
            }
        }
        found.forEach(each -> told.addAll(each.ids()));
        add(found);
    }

    private void waiting() {
        Set<String> ids = new LinkedHashSet<>();
        for (Examination.Examined each : examination.resources) {
            if (each.health().state() == ResourceHealth.State.WAITING) {
                ids.add(each.health().id());
            }
        }
        if (ids.isEmpty()) {
            return;
        }
        List<Blockage.Blocker> blockers = examination.blockers();
        String first = ids.iterator().next();
        List<String> chain = examination.blockage.chain(first);
        String most = blockers.isEmpty() || blockers.get(0).held() == 0
                ? null
                : blockers.get(0).id();
        String behind = most == null ? "what cannot be resolved" : most;
        String detail = ids.size()
                + (ids.size() == 1 ? " resource waits for " : " resources wait for ")
                + behind
                + (chain.isEmpty() ? "" : ": " + String.join(" -> ", chain));
        ObjectId tenant = TenantReading.objectOf(examination.reading.view());
        Finding found = Finding.of(CauseWord.DEPENDENCY_WAIT, Confidence.CERTAIN, tenant, detail)
                .subject(most)
                .count(ids.size());
        int shown = 0;
        for (String id : ids) {
            if (shown++ < CHAINS) {
                found = waits(found, id);
            }
        }
        told.addAll(ids);
        add(List.of(new Found(found, ids)));
    }

    private Finding waits(Finding found, String id) {
        Examination.Examined examined = byId.get(id);
        if (examined == null) {
            return found;
        }
        ObjectId object = examined.health().dependency().object();
        Finding with = found.with(object, "dependIds", String.join(" -> ", examination.blockage.chain(id)), null);
        String own = examined.findings().isEmpty()
                ? examined.health().object() == null ? "does not exist" : null
                : examined.findings().get(0).word() + ": "
                        + examined.findings().get(0).detail();
        return with.with(object, "state", own, examined.health().since()).count(found.count());
    }

    /** What nobody waits for: not ready, and {@code waitForReady: false}. */
    private void rest() {
        List<Found> found = new ArrayList<>();
        for (Examination.Examined each : examination.resources) {
            if (!told.contains(each.health().id()) && !each.findings().isEmpty()) {
                join(found, each.findings().get(0), each.health().id());
            }
        }
        add(found);
    }

    private void operator() {
        Finding stale = examination.tenant.operatorStale();
        if (stale != null) {
            add(List.of(new Found(stale, Set.of())));
        }
        boolean allWell =
                examination.resources.stream().noneMatch(each -> each.health().isNotReady());
        if (drift.isDrift() && allWell) {
            ObjectId tenant = TenantReading.objectOf(examination.reading.view());
            Finding found = Finding.of(CauseWord.STATUS_DRIFT, Confidence.LIKELY, tenant, drift.words())
                    .with(tenant, "status", drift.told(), null)
                    .with(tenant, "owned objects", drift.found(), null);
            add(List.of(new Found(found, Set.of())));
        }
        Finding unexplained = causes.isEmpty() ? examination.tenant.unexplained() : null;
        if (unexplained != null) {
            add(List.of(new Found(unexplained, Set.of())));
        }
    }

    private static void join(List<Found> found, Finding finding, String id) {
        for (int i = 0; i < found.size(); i++) {
            Found each = found.get(i);
            if (each.finding().isSameAs(finding)) {
                Set<String> ids = new LinkedHashSet<>(each.ids());
                boolean more = ids.add(id);
                found.set(i, new Found(more ? each.finding().joined(finding) : each.finding(), ids));
                return;
            }
        }
        found.add(new Found(finding, Set.of(id)));
    }

    private void add(List<Found> found) {
        for (Found each : found) {
            Finding finding = each.finding();
            causes.add(new Cause(
                    finding.word(),
                    finding.confidence(),
                    each.ids().stream().sorted().distinct().toList(),
                    finding.evidence().stream().limit(EVIDENCE).toList(),
                    finding.count(),
                    finding.subject(),
                    finding.detail(),
                    remedies.of(finding)));
        }
    }
}
