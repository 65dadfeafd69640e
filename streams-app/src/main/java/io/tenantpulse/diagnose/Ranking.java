package io.tenantpulse.diagnose;

import io.tenantpulse.model.Condition;
import io.tenantpulse.model.ObjectId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Puts what was found in order: what stops the whole tenant, then the blockers by how much they hold back, then what is
 * broken behind them on its own account, then those that only wait, then what nobody waits for, then the operator itself.
 * The same trouble of several resources of one rank is one cause.
 */
final class Ranking {
    private static final int CHAINS = 5;

    private final Examination examination;
    private final StatusDrift drift;
    private final @Nullable Remedies remedies;
    private final Map<String, Examination.Examined> byId = new HashMap<>();
    private final Set<String> told = new HashSet<>();
    private final List<Cause> causes = new ArrayList<>();

    /** @param remedied whether to say what to do about the causes */
    Ranking(Examination examination, StatusDrift drift, boolean remedied) {
        this.examination = examination;
        this.drift = drift;
        this.remedies = remedied ? new Remedies(examination.reading) : null;
        for (Examination.Examined each : examination.resources) {
            // Of several with one id the one that has something to tell.
            byId.merge(each.health().id(), each, (one, other) -> one.findings().isEmpty() ? other : one);
        }
    }

    /** A finding, and all the resources of one rank that show it. */
    private static final class Found {
        private Finding finding;
        private final Set<String> ids;

        Found(Finding finding, Collection<String> ids) {
            this.finding = finding;
            this.ids = new TreeSet<>(ids);
        }
    }

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
            add(List.of(new Found(found, cycle)));
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
            add(List.of(new Found(found, by)));
        });
    }

    private @Nullable Condition dependencyError() {
        boolean said = examination.reading.view().badReason("Ready").equals("DependencyError");
        return said ? examination.reading.view().facts().condition("Ready") : null;
    }

    private void blockers() {
        List<Found> leading = new ArrayList<>();
        List<Found> further = new ArrayList<>();
        for (Blockage.Blocker each : examination.blockers()) {
            List<Finding> findings = findings(each.id());
            told.add(each.id());
            for (int i = 0; i < findings.size(); i++) {
                join(i == 0 ? leading : further, findings.get(i), each.id());
            }
        }
        add(leading);
        add(further);
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
        found.forEach(each -> told.addAll(each.ids));
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
        String own = examined.health().object() == null
                ? "does not exist"
                : examined.findings().isEmpty()
                        ? "not ready"
                        : examined.findings().get(0).word().word();
        String chain = String.join(" -> ", examination.blockage.chain(id));
        return found.with(
                examined.health().dependency().object(),
                "dependIds",
                chain.isEmpty() ? own : chain + " (" + own + ')',
                examined.health().since());
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
        for (Found each : found) {
            if (each.finding.isSameAs(finding)) {
                if (each.ids.add(id)) {
                    each.finding = each.finding.joined(finding);
                }
                return;
            }
        }
        found.add(new Found(finding, Set.of(id)));
    }

    private void add(List<Found> found) {
        for (Found each : found) {
            Finding finding = each.finding;
            causes.add(new Cause(
                    finding.word(),
                    finding.confidence(),
                    List.copyOf(each.ids),
                    finding.evidence().stream().limit(Finding.ENOUGH).toList(),
                    finding.count(),
                    finding.subject(),
                    Wording.oneLine(finding.detail()),
                    remedies == null ? List.of() : remedies.of(finding)));
        }
    }
}
