package io.tenantpulse.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.diagnose.Blockage.Blocker;
import io.tenantpulse.model.Dependency;
import io.tenantpulse.model.ObjectId;
import io.tenantpulse.model.Readiness;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DependencyGraphTest {
    /** {@code "api: db migrate"}: api depends on db and migrate. */
    private static List<Dependency> spec(String... lines) {
        return Arrays.stream(lines).map(DependencyGraphTest::resource).toList();
    }

    private static Dependency resource(String line) {
        String[] parts = line.split(":", -1);
        List<String> needs = parts.length == 1 || parts[1].isBlank()
                ? List.of()
                : List.of(parts[1].trim().split(" ", -1));
        return new Dependency(
                parts[0], new ObjectId("apps", "Deployment", "ns", "x"), needs, true, Duration.ofSeconds(300), false);
    }

    private static DependencyGraph graph(String... lines) {
        return new DependencyGraph(spec(lines));
    }

    private static Blockage blockage(Set<String> unready, String... lines) {
        return graph(lines).blockage(unready::contains);
    }

    @Test
    void aChainIsHeldByItsFirst() {
        Blockage blockage = blockage(Set.of("db", "api", "web"), "web: api", "api: migrate", "migrate: db", "db");

        assertThat(blockage.blockers()).containsExactly(new Blocker("db", 2));
        assertThat(blockage.waiting()).containsExactly("api", "web");
        assertThat(blockage.chain("web")).containsExactly("web", "api", "migrate", "db");
        assertThat(blockage.chain("db")).isEmpty();
    }

    @Test
    void aDiamondCountsWhatItHoldsOnce() {
        Blockage blockage = blockage(Set.of("db", "a", "b", "top"), "top: b a", "a: db", "b: db", "db");

        assertThat(blockage.blockers()).containsExactly(new Blocker("db", 3));
        assertThat(blockage.chain("top")).containsExactly("top", "a", "db");
    }

    @Test
    void ofTwoBlockersTheOneThatHoldsMoreComesFirst() {
        Blockage blockage = blockage(Set.of("cache", "db", "api", "job"), "api: cache db", "job: db", "cache", "db");

        assertThat(blockage.blockers()).containsExactly(new Blocker("db", 2), new Blocker("cache", 1));
        assertThat(blockage.blockersOf("api")).containsExactly("cache", "db");
        assertThat(blockage.chain("api")).containsExactly("api", "cache");
    }

    @Test
    void whatIsNotReadyAloneBlocksNobodyButIsListed() {
        Blockage blockage = blockage(Set.of("lb"), "lb", "api");

        assertThat(blockage.blockers()).containsExactly(new Blocker("lb", 0));
        assertThat(blockage.waiting()).isEmpty();
    }

    @Test
    void whatIsReadyIsNotHeldThoughItIsBehind() {
        Blockage blockage = blockage(Set.of("db"), "api: db", "db");

        assertThat(blockage.blockers()).containsExactly(new Blocker("db", 0));
        assertThat(blockage.isBehind("api")).isTrue();
        assertThat(blockage.chain("api")).isEmpty();
    }

    @Test
    void namesACycleFromItsSmallestIdInTheDirectionOfNeed() {
        DependencyGraph graph = graph("c: a", "a: b", "b: c", "d: a");

        assertThat(graph.cycles()).containsExactly(List.of("a", "b", "c", "a"));
        assertThat(graph.isValid()).isFalse();
    }

    @Test
    void oneThatNeedsItselfIsACycle() {
        assertThat(graph("a: a").cycles()).containsExactly(List.of("a", "a"));
    }

    @Test
    void membersOfACycleAreNoBlockers() {
        Blockage blockage = blockage(Set.of("a", "b", "web"), "a: b", "b: a", "web: a");

        assertThat(blockage.blockers()).isEmpty();
        assertThat(blockage.waiting()).containsExactly("a", "b", "web");
        assertThat(blockage.chain("web")).containsExactly("web", "a");
    }

    @Test
    void aMissingIdHoldsWhatNamesIt() {
        DependencyGraph graph = graph("a: nowhere", "b: a", "c: nowhere");
        Blockage blockage = graph.blockage(Set.of("a", "b")::contains);

        assertThat(graph.missing()).isEqualTo(Map.of("nowhere", List.of("a", "c")));
        assertThat(graph.isValid()).isFalse();
        assertThat(blockage.blockers()).isEmpty();
        assertThat(blockage.chain("b")).containsExactly("b", "a", "nowhere");
    }

    @Test
    void aBlockerIsPreferredToAMissingIdAtTheEndOfAChain() {
        Blockage blockage = blockage(Set.of("a", "b", "db"), "b: a db", "a: nowhere", "db");

        assertThat(blockage.chain("b")).containsExactly("b", "db");
    }

    @Test
    void tellsDuplicatesAndJoinsTheirNeeds() {
        DependencyGraph graph = graph("a: b", "a: c", "b", "c");

        assertThat(graph.duplicates()).containsExactly("a");
        assertThat(graph.blockage(Set.of("a", "c")::contains).chain("a")).containsExactly("a", "c");
    }

    @Test
    void resourcesWithoutIdAreNamedByTheirObjects() {
        Dependency nameless = new Dependency(
                "", new ObjectId("", "Service", "ns", "web"), List.of("db"), true, Duration.ofSeconds(300), false);

        DependencyGraph graph = new DependencyGraph(List.of(nameless, resource("db")));

        assertThat(graph.ids()).containsExactly("Service/web", "db");
        assertThat(graph.longestChain()).containsExactly("Service/web", "db");
    }

    @Test
    void findsTheLongestChainBySmallestId() {
        DependencyGraph graph = graph("z: y x", "y: w", "x: w", "w", "v: w");

        assertThat(graph.longestChain()).containsExactly("z", "x", "w");
        assertThat(graph.depth("z")).isEqualTo(2);
        assertThat(graph.depth("w")).isZero();
        assertThat(graph.depth("unheard-of")).isZero();
    }

    @Test
    void nothingIsAGraphToo() {
        DependencyGraph graph = graph();

        assertThat(graph.isValid()).isTrue();
        assertThat(graph.longestChain()).isEmpty();
        assertThat(graph.blockage(id -> true).blockers()).isEmpty();
    }

    @Test
    void deepChainsNeedNoStack() {
        int length = 200_000;
        List<Dependency> spec = new ArrayList<>();
        IntStream.range(0, length).forEach(i -> spec.add(resource(i == 0 ? "r0" : "r" + i + ": r" + (i - 1))));

        DependencyGraph graph = new DependencyGraph(spec);
        Blockage blockage = graph.blockage(id -> true);

        assertThat(graph.depth("r" + (length - 1))).isEqualTo(length - 1);
        assertThat(blockage.blockers()).containsExactly(new Blocker("r0", length - 1));
        assertThat(blockage.chain("r" + (length - 1))).hasSize(length).endsWith("r0");
    }

    @Test
    void holdsBackAsTheOperatorHandlesIt() {
        Dependency plain = resource("a");
        Dependency lax = new Dependency("b", plain.object(), List.of(), false, plain.timeout(), false);
        Dependency once = new Dependency("c", plain.object(), List.of(), true, plain.timeout(), true);

        assertThat(List.of(plain, lax, once))
                .extracting(each -> DependencyGraph.holdsBack(each, true, Readiness.NOT_READY))
                .containsExactly(true, false, false);
        assertThat(List.of(plain, lax, once))
                .extracting(each -> DependencyGraph.holdsBack(each, false, Readiness.UNKNOWN))
                .containsExactly(true, true, true);
        assertThat(DependencyGraph.holdsBack(plain, true, Readiness.UNKNOWN)).isFalse();
    }
}
