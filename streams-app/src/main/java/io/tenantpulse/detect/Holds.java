package io.tenantpulse.detect;

import io.tenantpulse.diagnose.Blockage;
import io.tenantpulse.diagnose.DependencyGraph;
import io.tenantpulse.model.Dependency;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Works out which of a tenant's resources hold back others, and from when their own time counts. What does not exist
 * because it waits for another has not begun: neither does its time. What exists beside a dependency that is not ready, as
 * some dialects of the operator have it, has.
 */
final class Holds {
    private final List<Dependency> dependencies;
    private final @Nullable DependencyGraph graph;

    private Holds(List<Dependency> dependencies, @Nullable DependencyGraph graph) {
        this.dependencies = dependencies;
        this.graph = graph;
    }

    /** Of a tenant's dependency spec; free of cost where nothing depends on anything. */
    static Holds of(List<Dependency> dependencies) {
        boolean any = false;
        for (Dependency dependency : dependencies) {
            any |= !dependency.dependIds().isEmpty();
        }
        return new Holds(dependencies, any ? new DependencyGraph(dependencies) : null);
    }

    /** A cycle, or else the first missing id, as {@link BrokenSpec#path()}; empty when there is neither. */
    List<String> brokenPath() {
        if (graph == null || graph.isValid()) {
            return List.of();
        }
        List<List<String>> cycles = graph.cycles();
        if (!cycles.isEmpty()) {
            return cycles.get(0);
        }
        String missing = graph.missing().firstKey();
        return List.of(graph.missing().get(missing).get(0), missing);
    }

    /** Who holds back whom; null: nobody can. */
    @Nullable
    Blockage blockage(SortedMap<String, NotReady> unready) {
        return graph == null || unready.isEmpty() ? null : graph.blockage(unready::containsKey);
    }

    /**
     * The same resources with what they hold back.
     *
     * @param blockage of these
     * @param before what was known of them until now
     */
    List<NotReady> among(SortedMap<String, NotReady> unready, @Nullable Blockage blockage, Own before, Instant at) {
        if (unready.isEmpty()) {
            return List.of();
        }
        Map<String, Instant> waitedFor = blockage == null ? Map.of() : waitedFor(blockage, unready);
        Map<String, Duration> timeouts = new HashMap<>();
        for (Dependency dependency : dependencies) {
            timeouts.merge(DependencyGraph.idOf(dependency), dependency.timeout(), Holds::longer);
        }
        List<NotReady> result = new ArrayList<>(unready.size());
        for (NotReady each : unready.values()) {
            boolean behind = blockage != null && blockage.isBehind(each.id());
            Duration timeout = timeouts.getOrDefault(each.id(), Duration.ZERO);
            result.add(
                    each.absentSince() != null && behind
                            ? each.holding(null)
                            : each.holding(new NotReady.Hold(
                                    stretch(each, before.find(each.id()), at), timeout, waitedFor.get(each.id()))));
        }
        return result;
    }

    private static Stretch stretch(NotReady now, @Nullable NotReady before, Instant at) {
        if (before == null || !before.isOf(now.kind())) {
            return Stretch.started(now.since(), at);
        }
        return before.hold() == null ? Stretch.started(at, at) : before.hold().stretch();
    }

    /** For each blocker since when the first that is not ready waits for it. */
    private static Map<String, Instant> waitedFor(Blockage blockage, SortedMap<String, NotReady> unready) {
        Map<String, Instant> result = new HashMap<>();
        for (String waiting : blockage.waiting()) {
            NotReady known = unready.get(waiting);
            if (known != null) {
                blockage.blockersOf(waiting).forEach(blocker -> result.merge(blocker, known.since(), Holds::earlier));
            }
        }
        return result;
    }

    private static Duration longer(Duration a, Duration b) {
        return a.compareTo(b) > 0 ? a : b;
    }

    private static Instant earlier(Instant a, Instant b) {
        return a.isBefore(b) ? a : b;
    }
}
