package io.tenantpulse.trends;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TotalsTest {
    @Property(tries = 100)
    void quantilesOfMergedSketchesLieWithinTheStatedErrorWhateverTheOrder(
            @ForAll @Size(min = 1, max = 300) List<@LongRange(max = 90_000_000) Long> millis,
            @ForAll @IntRange(min = 1, max = 9) int parts,
            @ForAll long seed) {
        List<Quantiles> sketches = new ArrayList<>(Collections.nCopies(parts, Quantiles.NONE));
        for (int i = 0; i < millis.size(); i++) {
            sketches.set(i % parts, sketches.get(i % parts).plus(Duration.ofMillis(millis.get(i))));
        }
        Quantiles inOrder = sketches.stream().reduce(Quantiles.NONE, Quantiles::plus);
        Collections.shuffle(sketches, new Random(seed));
        Quantiles shuffled = sketches.stream()
                .map(each -> Quantiles.ofBytes(each.toBytes()))
                .reduce(Quantiles.NONE, Quantiles::plus);

        List<Long> sorted = millis.stream().sorted().toList();
        assertThat(shuffled).isEqualTo(inOrder);
        assertThat(inOrder.count()).isEqualTo(millis.size());
        for (double share : new double[] {0, 0.5, 0.95, 0.99, 1}) {
            long exact = sorted.get((int) (share * (sorted.size() - 1)));
            assertThat((double) inOrder.quantile(share).toMillis())
                    .isBetween(exact * (1 - Quantiles.RELATIVE_ERROR) - 1, exact * (1 + Quantiles.RELATIVE_ERROR) + 1);
        }
    }

    @Test
    void keepsTheTotalExactWhenThereAreTooManyNames() {
        TopCounts counts = TopCounts.NONE;
        for (int i = 1; i <= TopCounts.LIMIT + 10; i++) {
            counts = counts.plus(TopCounts.of("cause-" + i, i));
        }

        assertThat(counts.counts()).hasSize(TopCounts.LIMIT);
        assertThat(counts.total()).isEqualTo((TopCounts.LIMIT + 10L) * (TopCounts.LIMIT + 11) / 2);
        assertThat(counts.ranked().get(0)).isEqualTo(Map.entry("cause-60", 60L));
    }

    @Test
    void addsTenantsSidewaysAndWindowsOneAfterTheOther() {
        Totals first = window(ByHealth.of(Health.HEALTHY, 3), ByHealth.of(Health.FAILED, 3));
        Totals second = window(ByHealth.of(Health.FAILED, 3), ByHealth.of(Health.HEALTHY, 2));

        assertThat(first.beside(second).population().atEnd()).isEqualTo(new ByHealth(0, 0, 3, 0, 0, 0, 2));
        Population rolled = first.followedBy(second).population();
        assertThat(rolled.atStart()).isEqualTo(ByHealth.of(Health.HEALTHY, 3));
        assertThat(rolled.atEnd()).isEqualTo(ByHealth.of(Health.HEALTHY, 2));
        assertThat(rolled.time().total()).isEqualTo(6 * 60_000);
    }

    private static Totals window(ByHealth start, ByHealth end) {
        Population population =
                new Population(start.times(60_000), start, end, new TreeMap<>(), ByHealth.NONE, ByHealth.NONE);
        return new Totals(
                population, Members.NONE, Incidents.NONE, new TreeMap<>(), Quantiles.NONE, new TreeMap<>(), 0, 0);
    }

    @Test
    void keepsTheFirstAndTheLastMember() {
        Members early = new Members(1, TopCounts.NONE, TopCounts.NONE, at(10), at(20));
        Members late = new Members(2, TopCounts.NONE, TopCounts.NONE, at(15), at(40));

        Members both = early.beside(late).beside(Members.NONE);
        assertThat(both.count()).isEqualTo(3);
        assertThat(both.firstSince()).isEqualTo(at(10));
        assertThat(both.lastSince()).isEqualTo(at(40));
    }

    private static Instant at(long second) {
        return Instant.ofEpochSecond(second);
    }

    @Test
    void alignsWindowsToTheEpochAndExcludesTheirEnd() {
        assertThat(WindowSize.QUARTER.startOf(at(900))).isEqualTo(at(900));
        assertThat(WindowSize.QUARTER.startOf(at(899))).isEqualTo(at(0));
        assertThat(WindowSize.MINUTE.startOf(Instant.ofEpochMilli(-1))).isEqualTo(at(-60));
    }

    @Test
    void readsTheKeyOfAScopeBack() {
        for (Scope scope : List.of(
                Scope.FLEET,
                Scope.cluster("prod-eu"),
                Scope.namespace("prod-eu", "shop"),
                Scope.registry("prod-eu", "shop", "customers"),
                Scope.template("prod-eu", "shop", "web"))) {
            assertThat(Scope.parse(scope.key())).isEqualTo(scope);
        }
        assertThatThrownBy(() -> Scope.parse("registry/prod-eu/shop"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("registry/CLUSTER/NAMESPACE/NAME");
    }

    @Test
    void countsTheShareOfTheUnhealthyAmongWhatCanBeJudged() {
        ByHealth all = new ByHealth(50, 10, 1, 2, 1, 0, 36);

        assertThat(all.unhealthyShare()).isEqualTo(0.1);
        assertThat(ByHealth.of(Health.BLIND, 3).unhealthyShare()).isZero();
    }

    @Test
    void countsTheRarestCausesUnderTheirWordWhereThereAreTooMany() {
        Members all = Members.NONE;
        for (int i = 0; i < 500; i++) {
            all = all.beside(caused("ContainerConfig Secret acme-" + i, 1));
        }
        all = all.beside(caused("ImagePull web:8", 30)).beside(caused("CrashLoop", 2));

        TopCounts causes = all.byCause();
        assertThat(causes.counts()).hasSizeLessThanOrEqualTo(TopCounts.LIMIT);
        assertThat(causes.of("ImagePull web:8")).isEqualTo(30);
        assertThat(causes.of("CrashLoop")).isEqualTo(2);
        assertThat(causes.other()).isZero();
        assertThat(causes.total()).isEqualTo(532);
        assertThat(causes.of("ContainerConfig")).isGreaterThan(400);
    }

    private static Members caused(String cause, long count) {
        return new Members(count, TopCounts.of(cause, count), TopCounts.NONE, null, null);
    }

    @Test
    void countsWhatPassedTheTimeoutThatIsConfiguredNow() {
        Duration five = Duration.ofSeconds(300);
        Duration ten = Duration.ofSeconds(600);
        ReadyTimes before =
                ReadyTimes.of(Duration.ofSeconds(431), five).followedBy(ReadyTimes.of(Duration.ofSeconds(60), five));
        assertThat(before.overTimeout()).isEqualTo(1);

        ReadyTimes raised = before.followedBy(ReadyTimes.of(Duration.ofSeconds(60), ten));
        assertThat(raised.overTimeout()).as("431 s pass no 600").isZero();
        assertThat(raised.followedBy(ReadyTimes.of(Duration.ofSeconds(60), five))
                        .overTimeout())
                .as("but 300 again")
                .isEqualTo(1);
    }

    @Test
    void aCorrectedMinuteBringsNoTimeoutBackThatWasChangedAfterIt() {
        Totals early = Counted.resourceReady("api", Duration.ofSeconds(60), Duration.ofSeconds(300));
        Totals late = Counted.resourceReady("api", Duration.ofSeconds(60), Duration.ofSeconds(600));

        Totals corrected = late.corrected(Totals.NONE, early, new Totals.Edge(true, false));

        assertThat(corrected.readyByResource().get("api").timeout()).isEqualTo(Duration.ofSeconds(600));
        assertThat(corrected.readyByResource().get("api").times().count()).isEqualTo(2);
    }
}
