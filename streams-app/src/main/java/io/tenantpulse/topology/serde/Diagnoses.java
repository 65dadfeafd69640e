package io.tenantpulse.topology.serde;

import static io.tenantpulse.topology.serde.Decisions.firstOf;

import io.tenantpulse.diagnose.Blockage;
import io.tenantpulse.diagnose.Diagnosis;
import io.tenantpulse.diagnose.ResourceHealth;
import io.tenantpulse.model.ObjectId;
import io.tenantpulse.v1.AlertTransition;
import io.tenantpulse.v1.Cause;
import io.tenantpulse.v1.Evidence;
import io.tenantpulse.v1.ObjectRef;
import io.tenantpulse.v1.Remedy;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Turns a diagnosis into what an alert carries of it, bounded as the contract says. */
final class Diagnoses {
    private static final int CAUSES = 20;
    private static final int EVIDENCE = 5;
    private static final int REMEDIES = 8;
    private static final int CHAINS = 20;

    private Diagnoses() {}

    static void put(Diagnosis from, AlertTransition.Builder alert) {
        List<List<String>> chains = chains(from);
        alert.setCauses(firstOf(from.causes(), CAUSES).stream()
                        .map(Diagnoses::cause)
                        .toList())
                .setBlockers(firstOf(
                        from.blockers().stream().map(Blockage.Blocker::id).toList()))
                .setHeld(chains.size())
                .setChains(firstOf(chains, CHAINS))
                .setCycle(from.cycles().isEmpty() ? List.of() : from.cycles().get(0))
                .setMissing(firstOf(List.copyOf(from.missing().keySet())))
                .setOperatorView(from.views().operator().words())
                .setOwnView(from.views().own().words())
                .setViewDifference(from.views().difference())
                .setSummary(from.summary())
                .setDescription(from.description());
    }

    private static List<List<String>> chains(Diagnosis from) {
        return from.resources().stream()
                .map(ResourceHealth::waitsFor)
                .filter(chain -> !chain.isEmpty())
                .sorted(Comparator.comparing((List<String> chain) -> chain.size())
                        .reversed()
                        .thenComparing(chain -> chain.get(0)))
                .toList();
    }

    private static Cause cause(io.tenantpulse.diagnose.Cause from) {
        return Cause.newBuilder()
                .setCause(from.word().word())
                .setResource(
                        from.resources().isEmpty() ? null : from.resources().get(0))
                .setResources(firstOf(from.resources()))
                .setConfidence(from.confidence().name().toLowerCase(Locale.ROOT))
                .setCount(from.count())
                .setSubject(from.subject())
                .setDetail(from.detail())
                .setEvidence(firstOf(from.evidence(), EVIDENCE).stream()
                        .map(Diagnoses::evidence)
                        .toList())
                .setRemedies(firstOf(from.remedies(), REMEDIES).stream()
                        .map(each -> new Remedy(each.why(), each.command(null), each.mutating()))
                        .toList())
                .build();
    }

    private static Evidence evidence(io.tenantpulse.diagnose.Evidence from) {
        ObjectId object = from.object();
        ObjectRef where = new ObjectRef(object.group(), object.kind(), object.namespace(), object.name(), null);
        return new Evidence(where, from.field(), from.value(), from.since());
    }
}
