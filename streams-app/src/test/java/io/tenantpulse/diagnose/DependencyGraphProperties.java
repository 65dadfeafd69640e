package io.tenantpulse.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.model.Dependency;
import io.tenantpulse.model.ObjectId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** The graph against a naive reader of the same spec, which follows every id everywhere. */
class DependencyGraphProperties {
    /** A random spec and who of it is not ready; edges go backwards, but for some that may close cycles. */
    private static final class World {
        final Map<String, Set<String>> needs = new TreeMap<>();
        final Set<String> unready = new HashSet<>();
        final List<Dependency> spec = new ArrayList<>();

        World(long seed, int size, int backward) {
            Random random = new Random(seed);
            double edges = random.nextDouble() * 3;
            for (int i = 0; i < size; i++) {
                Set<String> needed = new TreeSet<>();
                for (int e = 0; e < edges * 2 && i > 0; e++) {
                    if (random.nextInt(3) > 0) {
                        needed.add("n" + random.nextInt(i));
                    }
                }
                if (random.nextInt(100) < backward) {
                    needed.add("n" + random.nextInt(size));
                }
                if (random.nextInt(100) < backward / 4) {
                    needed.add("missing" + random.nextInt(3));
                }
                needs.put("n" + i, needed);
                if (random.nextInt(4) == 0) {
                    unready.add("n" + i);
                }
            }
            needs.forEach((id, needed) -> spec.add(new Dependency(
                    id,
                    new ObjectId("", "Service", "ns", id),
                    new ArrayList<>(needed),
                    true,
                    Duration.ofSeconds(300),
                    false)));
            Collections.shuffle(spec, random);
        }

        boolean isBad(String id) {
            return !needs.containsKey(id) || unready.contains(id);
        }

        /** Everything reached over one need or more. */
        Set<String> ancestors(String id) {
            Set<String> found = new HashSet<>();
            List<String> open = new ArrayList<>(needs.getOrDefault(id, Set.of()));
            while (!open.isEmpty()) {
                String next = open.remove(open.size() - 1);
                if (found.add(next)) {
                    open.addAll(needs.getOrDefault(next, Set.of()));
                }
            }
            return found;
        }
    }

    @Property(tries = 300)
    void blockersAndWhatTheyHoldAreAsFoundByFollowingEveryId(
            @ForAll @LongRange(min = 0) long seed,
            @ForAll @IntRange(min = 1, max = 200) int size,
            @ForAll @IntRange(max = 12) int backward) {
        World world = new World(seed, size, backward);
        Map<String, Integer> held = new HashMap<>();
        Map<String, Set<String>> holders = new TreeMap<>();
        Map<String, Set<String>> ancestors = new HashMap<>();
        world.needs.keySet().forEach(id -> ancestors.put(id, world.ancestors(id)));
        for (String id : world.unready) {
            if (ancestors.get(id).stream().noneMatch(world::isBad)) {
                held.put(id, 0);
            } else {
                holders.put(id, new TreeSet<>());
            }
        }
        for (Map.Entry<String, Set<String>> each : holders.entrySet()) {
            for (String ancestor : ancestors.get(each.getKey())) {
                if (held.computeIfPresent(ancestor, (id, count) -> count + 1) != null) {
                    each.getValue().add(ancestor);
                }
            }
        }

        Blockage blockage = new DependencyGraph(world.spec).blockage(world.unready::contains);

        Map<String, Integer> told = new HashMap<>();
        blockage.blockers().forEach(each -> told.put(each.id(), each.held()));
        assertThat(told).isEqualTo(held);
        assertThat(blockage.waiting()).containsExactlyElementsOf(holders.keySet());
        holders.forEach((id, by) -> assertThat(blockage.blockersOf(id)).containsExactlyElementsOf(by));
        for (String id : world.needs.keySet()) {
            assertThat(blockage.isBehind(id))
                    .isEqualTo(ancestors.get(id).stream().anyMatch(world::isBad));
        }
    }

    @Property(tries = 200)
    void everyChainLeadsByNeedsToABlockerOrWhereThereIsNoneToWhatNeverComes(
            @ForAll @LongRange(min = 0) long seed,
            @ForAll @IntRange(min = 1, max = 200) int size,
            @ForAll @IntRange(max = 12) int backward) {
        World world = new World(seed, size, backward);
        Blockage blockage = new DependencyGraph(world.spec).blockage(world.unready::contains);

        for (String id : blockage.waiting()) {
            List<String> chain = blockage.chain(id);
            assertThat(chain).first().isEqualTo(id);
            assertThat(new HashSet<>(chain)).hasSameSizeAs(chain);
            for (int i = 1; i < chain.size(); i++) {
                assertThat(world.needs.get(chain.get(i - 1))).contains(chain.get(i));
            }
            String end = chain.get(chain.size() - 1);
            if (!blockage.blockersOf(id).isEmpty()) {
                assertThat(blockage.blockersOf(id)).contains(end);
                assertThat(chain).hasSize(distance(world, id, new HashSet<>(blockage.blockersOf(id))) + 1);
            } else {
                assertThat(!world.needs.containsKey(end) || world.ancestors(end).contains(end))
                        .isTrue();
            }
        }
    }

    private static int distance(World world, String from, Set<String> targets) {
        Set<String> reached = new HashSet<>(Set.of(from));
        int steps = 0;
        while (Collections.disjoint(reached, targets)) {
            Set<String> next = new HashSet<>(reached);
            reached.forEach(id -> next.addAll(world.needs.getOrDefault(id, Set.of())));
            reached = next;
            steps++;
        }
        return steps;
    }

    @Property(tries = 200)
    void tellsOneCycleOfEachKnotOfCycles(
            @ForAll @LongRange(min = 0) long seed,
            @ForAll @IntRange(min = 1, max = 200) int size,
            @ForAll @IntRange(max = 12) int backward) {
        World world = new World(seed, size, backward);
        Set<Set<String>> knots = new HashSet<>();
        for (String id : world.needs.keySet()) {
            Set<String> above = world.ancestors(id);
            if (above.contains(id)) {
                Set<String> knot = new TreeSet<>(above);
                knot.removeIf(other -> !world.ancestors(other).contains(id));
                knots.add(knot);
            }
        }

        List<List<String>> cycles = new DependencyGraph(world.spec).cycles();

        assertThat(cycles).hasSameSizeAs(knots);
        for (List<String> cycle : cycles) {
            Set<String> knot = knots.stream()
                    .filter(each -> each.contains(cycle.get(0)))
                    .findFirst()
                    .orElseThrow();
            assertThat(cycle.get(0)).isEqualTo(knot.iterator().next());
            assertThat(cycle.get(cycle.size() - 1)).isEqualTo(cycle.get(0));
            for (int i = 1; i < cycle.size(); i++) {
                assertThat(world.needs.get(cycle.get(i - 1))).contains(cycle.get(i));
            }
            assertThat(knot).containsAll(cycle);
            assertThat(new HashSet<>(cycle)).hasSize(cycle.size() - 1);
        }
    }

    @Property(tries = 200)
    void depthAndLongestChainAreThoseOfTheGraphWhoseCyclesAreOnePoint(
            @ForAll @LongRange(min = 0) long seed,
            @ForAll @IntRange(min = 1, max = 200) int size,
            @ForAll @IntRange(max = 6) int backward) {
        World world = new World(seed, size, backward);
        Map<String, Integer> depths = new HashMap<>();
        Map<String, Set<String>> ancestors = new HashMap<>();
        world.needs.keySet().forEach(id -> ancestors.put(id, world.ancestors(id)));
        boolean changed = true;
        while (changed) {
            changed = false;
            for (String id : world.needs.keySet()) {
                int depth = depths.getOrDefault(id, 0);
                for (String needed : ancestors.get(id)) {
                    boolean sameKnot = ancestors.getOrDefault(needed, Set.of()).contains(id);
                    if (world.needs.containsKey(needed) && !sameKnot) {
                        depth = Math.max(depth, depths.getOrDefault(needed, 0) + 1);
                    }
                }
                changed |= depth != depths.getOrDefault(id, 0);
                depths.put(id, depth);
            }
        }

        DependencyGraph graph = new DependencyGraph(world.spec);

        depths.forEach((id, depth) -> assertThat(graph.depth(id)).as(id).isEqualTo(depth));
        List<String> longest = graph.longestChain();
        assertThat(longest).hasSize(Collections.max(depths.values()) + 1);
        for (int i = 1; i < longest.size(); i++) {
            assertThat(ancestors.get(longest.get(i - 1))).contains(longest.get(i));
        }
    }

    @Property(tries = 100)
    void theOrderOfTheSpecDoesNotMatter(
            @ForAll @LongRange(min = 0) long seed, @ForAll @IntRange(min = 1, max = 100) int size) {
        World world = new World(seed, size, 6);
        List<Dependency> shuffled = new ArrayList<>(world.spec);
        Collections.shuffle(shuffled, new Random(seed + 1));
        DependencyGraph one = new DependencyGraph(world.spec);
        DependencyGraph other = new DependencyGraph(shuffled);

        assertThat(one.cycles()).isEqualTo(other.cycles());
        assertThat(one.longestChain()).isEqualTo(other.longestChain());
        Blockage blockage = one.blockage(world.unready::contains);
        Blockage again = other.blockage(world.unready::contains);
        assertThat(blockage.blockers()).isEqualTo(again.blockers());
        assertThat(blockage.waiting()).isEqualTo(again.waiting());
        blockage.waiting().forEach(id -> assertThat(blockage.chain(id)).isEqualTo(again.chain(id)));
    }
}
