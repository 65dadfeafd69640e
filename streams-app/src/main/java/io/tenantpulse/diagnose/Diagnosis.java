package io.tenantpulse.diagnose;

import io.tenantpulse.model.Dependency;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Why a tenant is not converging: the runbook, executed.
 *
 * @param resources in the order of the spec
 * @param causes the leading one first; empty where nothing is wrong
 * @param blockers root blockers, the one that holds back the most first; they can hold back nobody
 * @param cycles see {@link DependencyGraph#cycles}
 * @param missing see {@link DependencyGraph#missing}
 * @param views the operator's view of it and ours
 * @param drift whether the operator's counts contradict the owned objects
 * @param summary one line
 * @param description a few sentences, one line
 * @param changesAt when time alone may make it another, if nothing is heard; null: never
 */
public record Diagnosis(
        List<ResourceHealth> resources,
        List<Cause> causes,
        List<Blockage.Blocker> blockers,
        List<List<String>> cycles,
        SortedMap<String, List<String>> missing,
        Views views,
        StatusDrift drift,
        String summary,
        String description,
        @Nullable Instant changesAt) {
    public Diagnosis {
        resources = List.copyOf(resources);
        causes = List.copyOf(causes);
        blockers = List.copyOf(blockers);
        cycles = List.copyOf(cycles);
    }

    /** Of a tenant, as it is known now. */
    public static Diagnosis diagnose(TenantView view, Instant now) {
        return diagnose(view, new DependencyGraph(view.dependencies()), now);
    }

    /**
     * Of a tenant whose graph is already there.
     *
     * @param graph of the view's {@link Dependency dependencies}
     */
    public static Diagnosis diagnose(TenantView view, DependencyGraph graph, Instant now) {
        return diagnose(view, graph, now, true);
    }

    /** As {@link #diagnose}, for who counts causes: without what is only for people to read, which are remedies, summary and description. */
    public static Diagnosis withoutWords(TenantView view, Instant now) {
        return diagnose(view, new DependencyGraph(view.dependencies()), now, false);
    }

    private static Diagnosis diagnose(TenantView view, DependencyGraph graph, Instant now, boolean words) {
        Examination examination = new Examination(Reading.of(view, now), graph);
        StatusDrift drift = StatusDrift.judge(examination);
        Views views = Views.of(examination);
        List<Cause> causes = new Ranking(examination, drift, words).causes();
        List<ResourceHealth> resources =
                examination.resources.stream().map(Examination.Examined::health).toList();
        List<Blockage.Blocker> blockers = examination.blockers();
        return new Diagnosis(
                resources,
                causes,
                blockers,
                graph.cycles(),
                graph.missing(),
                views,
                drift,
                words ? Wording.summary(view, causes, blockers) : "",
                words ? Wording.description(view, resources, causes, blockers, views, now) : "",
                examination.reading.now().next());
    }
}
