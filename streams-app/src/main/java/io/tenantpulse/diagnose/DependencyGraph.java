package io.tenantpulse.diagnose;

import io.tenantpulse.model.Dependency;
import io.tenantpulse.model.Readiness;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a tenant's resources need of each other, read from the {@code dependIds} of all its resource arrays. Immutable and
 * free of states: {@link #blockage} asks for those. Built in near-linear time and without recursion; every answer is the
 * same for the same set of resources, whatever their order: where there is a choice, the smallest id comes first.
 */
public final class DependencyGraph {
    private final String[] ids;
    private final Map<String, Integer> index;
    private final int[][] needs;
    /** For each node the smallest missing id that it names. */
    private final @Nullable String[] lacks;

    private final SortedMap<String, List<String>> missing;
    private final List<String> duplicates;
    private final Components components;
    private final int[] order;
    private final int[] depths;

    /** The graph of a tenant's dependency spec. */
    public DependencyGraph(List<Dependency> dependencies) {
        Map<String, SortedSet<String>> named = new HashMap<>(dependencies.size() * 2);
        for (Dependency each : dependencies) {
            String id = idOf(each);
            SortedSet<String> before = named.putIfAbsent(id, new TreeSet<>(each.dependIds()));
            if (before != null) {
                before.addAll(each.dependIds());
            }
        }
        this.ids = named.keySet().toArray(String[]::new);
        Arrays.sort(ids);
        this.index = new HashMap<>(ids.length * 2);
        for (int i = 0; i < ids.length; i++) {
            index.put(ids[i], i);
        }
        this.duplicates = duplicates(dependencies);
        this.lacks = new @Nullable String[ids.length];
        this.needs = new int[ids.length][];
        SortedMap<String, List<String>> unknown = new TreeMap<>();
        for (int i = 0; i < ids.length; i++) {
            needs[i] = edges(i, named.getOrDefault(ids[i], Collections.emptySortedSet()), unknown);
        }
        unknown.replaceAll((id, by) -> List.copyOf(by));
        this.missing = Collections.unmodifiableSortedMap(unknown);
        this.components = Components.of(needs);
        this.order = components.order();
        this.depths = depthsOfComponents();
    }

    /** Ids that several resources share, sorted. */
    public static List<String> duplicates(List<Dependency> dependencies) {
        Set<String> once = new HashSet<>(dependencies.size() * 2);
        SortedSet<String> twice = new TreeSet<>();
        for (Dependency each : dependencies) {
            if (!once.add(idOf(each))) {
                twice.add(idOf(each));
            }
        }
        return List.copyOf(twice);
    }

    /** How a resource is named here: by its id, or, where it has none, by kind and name. */
    public static String idOf(Dependency dependency) {
        return dependency.id().isEmpty()
                ? dependency.object().kind() + '/' + dependency.object().name()
                : dependency.id();
    }

    /**
     * Whether a resource holds back what depends on it, as the operator handles it: one with {@code waitForReady: false}
     * counts as ready once it is applied, one with {@code creationPolicy: Once} once it exists.
     *
     * @param exists false only where it is proven that it does not
     * @param readiness unknown: it holds back nobody, as far as can be said
     */
    public static boolean holdsBack(Dependency dependency, boolean exists, Readiness readiness) {
        if (!exists) {
            return true;
        }
        return dependency.waitForReady() && !dependency.once() && readiness == Readiness.NOT_READY;
    }

    private int[] edges(int node, SortedSet<String> names, SortedMap<String, List<String>> unknown) {
        int[] edges = new int[names.size()];
        int found = 0;
        for (String name : names) {
            Integer needed = index.get(name);
            if (needed == null) {
                unknown.computeIfAbsent(name, each -> new ArrayList<>()).add(ids[node]);
                lacks[node] = lacks[node] == null ? name : lacks[node];
            } else {
                edges[found++] = needed;
            }
        }
        return found == edges.length ? edges : Arrays.copyOf(edges, found);
    }

    private int[] depthsOfComponents() {
        int[] made = new int[components.count()];
        for (int node : order) {
            int own = components.of(node);
            for (int needed : needs[node]) {
                int other = components.of(needed);
                if (other != own) {
                    made[own] = Math.max(made[own], made[other] + 1);
                }
            }
        }
        return made;
    }

    /** All ids, sorted. */
    public List<String> ids() {
        return List.of(ids);
    }

    /** Ids that are named in {@code dependIds} and do not exist, each with those that name it; all sorted. */
    public SortedMap<String, List<String>> missing() {
        return missing;
    }

    /** Ids that several resources share, sorted. The needs of all of them count as the id's. */
    public List<String> duplicates() {
        return duplicates;
    }

    /** Whether the operator accepts it: with a cycle or a missing id it applies nothing at all. */
    public boolean isValid() {
        return missing.isEmpty() && cycleStarts().isEmpty();
    }

    /**
     * One cycle of each strongly connected component: a shortest one through its smallest id, which begins and ends the path.
     * An id is followed by one that it depends on. All cycles would be exponentially many.
     */
    public List<List<String>> cycles() {
        List<List<String>> cycles = new ArrayList<>();
        for (int start : cycleStarts()) {
            cycles.add(cycleFrom(start));
        }
        return List.copyOf(cycles);
    }

    /** The smallest node of each component that has a cycle, ascending. */
    private List<Integer> cycleStarts() {
        int[] sizes = new int[components.count()];
        for (int node : order) {
            sizes[components.of(node)]++;
        }
        List<Integer> starts = new ArrayList<>();
        boolean[] seen = new boolean[components.count()];
        for (int node = 0; node < ids.length; node++) {
            int component = components.of(node);
            if (!seen[component] && (sizes[component] > 1 || Arrays.binarySearch(needs[node], node) >= 0)) {
                starts.add(node);
            }
            seen[component] = true;
        }
        return starts;
    }

    private List<String> cycleFrom(int start) {
        int[] cameFrom = new int[ids.length];
        Arrays.fill(cameFrom, -1);
        int[] queue = new int[ids.length];
        int filled = 0;
        queue[filled++] = start;
        for (int at = 0; at < filled; at++) {
            int node = queue[at];
            for (int needed : needs[node]) {
                if (needed == start) {
                    return path(start, node, cameFrom);
                }
                if (cameFrom[needed] < 0 && components.of(needed) == components.of(start)) {
                    cameFrom[needed] = node;
                    queue[filled++] = needed;
                }
            }
        }
        throw new AssertionError("no cycle through " + ids[start]);
    }

    private List<String> path(int start, int last, int[] cameFrom) {
        List<String> path = new ArrayList<>();
        path.add(ids[start]);
        for (int node = last; node != start; node = cameFrom[node]) {
            path.add(ids[node]);
        }
        path.add(ids[start]);
        Collections.reverse(path);
        return List.copyOf(path);
    }

    /**
     * How many resources must be ready one after the other before this one can be, at most; a cycle counts as one; 0 for an
     * unknown id.
     */
    public int depth(String id) {
        Integer node = index.get(id);
        return node == null ? 0 : depths[components.of(node)];
    }

    /**
     * The longest chain of needs, from the one that needs the most down to one that needs nothing; a cycle is in it by one of
     * its ids. Empty when there are no resources.
     */
    public List<String> longestChain() {
        int best = -1;
        for (int node = 0; node < ids.length; node++) {
            if (best < 0 || depths[components.of(node)] > depths[components.of(best)]) {
                best = node;
            }
        }
        int[] first = firstSteps();
        List<String> chain = new ArrayList<>();
        for (int node = best; node >= 0; node = first[components.of(node)]) {
            chain.add(ids[node]);
        }
        return List.copyOf(chain);
    }

    /** For each component the smallest node outside of it that a longest chain goes on with; -1 at the end. */
    private int[] firstSteps() {
        int[] first = new int[components.count()];
        Arrays.fill(first, -1);
        for (int node = 0; node < ids.length; node++) {
            int own = components.of(node);
            for (int needed : needs[node]) {
                boolean longest = components.of(needed) != own && depths[components.of(needed)] == depths[own] - 1;
                if (longest && (first[own] < 0 || needed < first[own])) {
                    first[own] = needed;
                }
            }
        }
        return first;
    }

    /**
     * Who holds back whom, given which resources are not ready. Unknown ones are best taken for ready: nothing is claimed of
     * them.
     *
     * @param unready by id, see {@link #holdsBack}
     */
    public Blockage blockage(Predicate<String> unready) {
        boolean[] bad = new boolean[ids.length];
        for (int i = 0; i < ids.length; i++) {
            bad[i] = unready.test(ids[i]);
        }
        return new Blockage(this, bad);
    }

    int size() {
        return ids.length;
    }

    String id(int node) {
        return ids[node];
    }

    /** Number of the node; null for an unknown id. */
    @Nullable
    Integer node(String id) {
        return index.get(id);
    }

    int[] needs(int node) {
        return needs[node];
    }

    /** The smallest of the missing ids that the node names; null when it names none. */
    @Nullable
    String lacks(int node) {
        return lacks[node];
    }

    Components components() {
        return components;
    }

    int[] order() {
        return order;
    }
}
