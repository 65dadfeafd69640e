package io.tenantpulse.diagnose;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who holds back whom among a tenant's resources. A <em>blocker</em> is one that is not ready while all that it depends on,
 * over any number of steps, is: the first that needs help. One that is not ready behind another that is not <em>waits</em>,
 * whether it exists or not: in some dialects of the operator dependents are created and crash beside their dependency. A
 * member of a cycle, and what names a missing id, waits for what never comes and is no blocker.
 */
public final class Blockage {
    /**
     * A resource that needs help first.
     *
     * @param held how many resources that are not ready depend on it, over any number of steps
     */
    public record Blocker(String id, int held) {}

    private final DependencyGraph graph;
    private final boolean[] bad;
    /** Something that the node depends on is not ready, or missing. */
    private final boolean[] behind;
    /** For each component the blockers among it and what it depends on, by their place in {@link #roots}. */
    private final BitSet[] above;

    private final int[] roots;
    private final List<Blocker> blockers;
    private int @Nullable [] towards;

    Blockage(DependencyGraph graph, boolean[] bad) {
        this.graph = graph;
        this.bad = bad;
        this.behind = behind();
        this.roots = roots();
        this.above = above();
        this.blockers = counted();
    }

    private boolean[] behind() {
        Components components = graph.components();
        boolean[] made = new boolean[graph.size()];
        boolean[] troubled = new boolean[components.count()];
        int[] order = graph.order();
        for (int from = 0, to; from < order.length; from = to) {
            int component = components.of(order[from]);
            to = from;
            boolean waits = false;
            boolean anyBad = false;
            while (to < order.length && components.of(order[to]) == component) {
                int node = order[to++];
                anyBad |= bad[node];
                waits |= graph.lacks(node) != null;
                for (int needed : graph.needs(node)) {
                    waits |= components.of(needed) == component ? bad[needed] : troubled[components.of(needed)];
                }
            }
            troubled[component] = waits || anyBad;
            for (int i = from; i < to; i++) {
                made[order[i]] = waits;
            }
        }
        return made;
    }

    private int[] roots() {
        int[] found = new int[graph.size()];
        int count = 0;
        for (int node = 0; node < found.length; node++) {
            if (bad[node] && !behind[node]) {
                found[count++] = node;
            }
        }
        return Arrays.copyOf(found, count);
    }

    private BitSet[] above() {
        Components components = graph.components();
        BitSet[] made = new BitSet[components.count()];
        for (int i = 0; i < made.length; i++) {
            made[i] = new BitSet(roots.length);
        }
        for (int node : graph.order()) {
            BitSet own = made[components.of(node)];
            for (int needed : graph.needs(node)) {
                own.or(made[components.of(needed)]);
            }
            int place = Arrays.binarySearch(roots, node);
            if (place >= 0) {
                own.set(place);
            }
        }
        return made;
    }

    private List<Blocker> counted() {
        int[] held = new int[roots.length];
        for (int node = 0; node < bad.length; node++) {
            if (bad[node] && behind[node]) {
                aboveOf(node).stream().forEach(place -> held[place]++);
            }
        }
        List<Blocker> made = new ArrayList<>(roots.length);
        for (int i = 0; i < roots.length; i++) {
            made.add(new Blocker(graph.id(roots[i]), held[i]));
        }
        made.sort(Comparator.comparingInt(Blocker::held).reversed().thenComparing(Blocker::id));
        return List.copyOf(made);
    }

    private BitSet aboveOf(int node) {
        return above[graph.components().of(node)];
    }

    /** All blockers, also those on which nothing depends: the one that holds back the most first, then by id. */
    public List<Blocker> blockers() {
        return blockers;
    }

    /** Ids that are not ready behind something that is not, sorted. */
    public List<String> waiting() {
        List<String> waiting = new ArrayList<>();
        for (int node = 0; node < bad.length; node++) {
            if (bad[node] && behind[node]) {
                waiting.add(graph.id(node));
            }
        }
        return List.copyOf(waiting);
    }

    /** Whether something that it depends on is not ready, or missing; false for an unknown id. */
    public boolean isBehind(String id) {
        Integer node = graph.node(id);
        return node != null && behind[node];
    }

    /** The blockers that it waits for, sorted; empty for a blocker itself and for what waits only for a cycle. */
    public List<String> blockersOf(String id) {
        Integer node = graph.node(id);
        if (node == null || !behind[node]) {
            return List.of();
        }
        return aboveOf(node).stream()
                .mapToObj(place -> graph.id(roots[place]))
                .sorted()
                .toList();
    }

    /**
     * From a resource that waits, by a shortest way, to the nearest of its blockers; where there is none, to the missing id
     * or into the cycle for which it waits. Both ends are in it. Empty for what does not wait.
     */
    public List<String> chain(String id) {
        Integer start = graph.node(id);
        if (start == null || !behind[start] || !bad[start]) {
            return List.of();
        }
        int[] steps = towards();
        List<String> chain = new ArrayList<>();
        int node = start;
        chain.add(graph.id(node));
        while (steps[node] >= 0) {
            node = steps[node];
            chain.add(graph.id(node));
        }
        String missing = graph.lacks(node);
        if (missing != null) {
            chain.add(missing);
        }
        return List.copyOf(chain);
    }

    /** For each node the next on its way; -1 at its end. Computed when first asked for. */
    private int[] towards() {
        int[] made = towards;
        if (made == null) {
            made = new Steps().made;
            towards = made;
        }
        return made;
    }

    /** Breadth-first from the ends of all chains against the needs: blockers, then what is missing, then cycles. */
    private final class Steps {
        private static final int OPEN = -2;

        private final int[] made = new int[graph.size()];
        private final int[] queue = new int[graph.size()];
        private final int[][] neededBy = reversed();
        private int filled;
        private int at;

        Steps() {
            Arrays.fill(made, OPEN);
            for (int root : roots) {
                end(root);
            }
            spread();
            for (int node = 0; node < made.length; node++) {
                if (graph.lacks(node) != null) {
                    end(node);
                }
            }
            spread();
            for (int node = 0; node < made.length; node++) {
                if (behind[node] && isInCycle(node)) {
                    end(node);
                }
            }
            spread();
        }

        private void end(int node) {
            if (made[node] == OPEN) {
                made[node] = -1;
                queue[filled++] = node;
            }
        }

        private void spread() {
            for (; at < filled; at++) {
                for (int by : neededBy[queue[at]]) {
                    if (made[by] == OPEN) {
                        made[by] = queue[at];
                        queue[filled++] = by;
                    }
                }
            }
        }

        private boolean isInCycle(int node) {
            for (int needed : graph.needs(node)) {
                if (graph.components().of(needed) == graph.components().of(node)) {
                    return true;
                }
            }
            return false;
        }

        private int[][] reversed() {
            int[] counts = new int[graph.size()];
            for (int node = 0; node < counts.length; node++) {
                for (int needed : graph.needs(node)) {
                    counts[needed]++;
                }
            }
            int[][] reversed = new int[counts.length][];
            for (int node = 0; node < counts.length; node++) {
                reversed[node] = new int[counts[node]];
            }
            for (int node = counts.length - 1; node >= 0; node--) {
                for (int needed : graph.needs(node)) {
                    reversed[needed][--counts[needed]] = node;
                }
            }
            return reversed;
        }
    }
}
