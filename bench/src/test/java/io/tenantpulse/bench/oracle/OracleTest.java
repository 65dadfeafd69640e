package io.tenantpulse.bench.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.bench.oracle.surge.RandomSurges;
import io.tenantpulse.bench.oracle.surge.SurgeComparison;
import io.tenantpulse.topology.HeldRig;
import io.tenantpulse.topology.OracleRig;
import io.tenantpulse.topology.SurgeRig;
import io.tenantpulse.topology.TopologyRig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The detector and the oracle say the same of random histories; {@code ./tenant-pulse bench oracle} asks for more of them. */
class OracleTest {
    /** Seeds of which history looks for which trouble is left to chance; so many hold all of it. */
    private static final int HISTORIES = 60;

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3})
    void agreesWithTheDetector(long part) {
        for (long seed = part * HISTORIES / 4; seed < (part + 1) * HISTORIES / 4; seed++) {
            Comparison found = Comparison.of(RandomHistories.of(seed), OracleRig::new);

            assertThat(found.isEmpty()).as("history %d\n%s", seed, found).isTrue();
        }
    }

    @Test
    void agreesWithTheDetectorOfAReplay() {
        for (long seed = 0; seed < HISTORIES; seed++) {
            Comparison found = Comparison.of(RandomHistories.of(seed), HeldRig::new);

            assertThat(found.isEmpty()).as("history %d\n%s", seed, found).isTrue();
        }
    }

    @Test
    void agreesWithTheWholeTopology() {
        for (long seed = 10_000; seed < 10_004; seed++) {
            Comparison found = Comparison.of(RandomHistories.of(seed), TopologyRig::new);

            assertThat(found.isEmpty()).as("history %d\n%s", seed, found).isTrue();
        }
    }

    @Test
    void agreesOfSurges() {
        for (long seed = 10_000; seed < 10_020; seed++) {
            SurgeComparison found = SurgeComparison.of(RandomSurges.of(seed), SurgeRig::new);

            assertThat(found.isEmpty()).as("surges %d\n%s", seed, found).isTrue();
        }
    }

    @Test
    void judgesEveryKindOfTransition() {
        List<Said> all = LongStream.range(0, HISTORIES)
                .mapToObj(RandomHistories::of)
                .flatMap(history -> Oracle.judge(history).stream())
                .toList();

        Set<String> alerts = all.stream().map(Said::alert).collect(Collectors.toSet());
        RuleTable.builtIn().rules().stream().forEach(rule -> assertThat(alerts).contains(rule.alert()));
        assertThat(alerts).contains("ClusterKindBlind");
        assertThat(all.stream().map(Said::reason).filter(Objects::nonNull).collect(Collectors.toSet()))
                .contains("recovered", "eased", "escalated", "deleted", "replaced", "cluster-removed");
        assertThat(all).anyMatch(each -> each.frozen().compareTo(Duration.ofMinutes(5)) > 0);
        assertThat(all)
                .anyMatch(
                        each -> each.status() == Said.Status.FIRING && each.at().equals(each.decidedAt()));
    }

    @Test
    void noticesAnAlertThatIsLost() {
        List<Said> said = aStory();

        assertThat(Comparison.between(said, said.subList(1, said.size())).missing())
                .containsExactly(said.get(0));
    }

    @Test
    void noticesAnAlertThatIsSaidTwice() {
        List<Said> said = aStory();
        List<Said> twice = new ArrayList<>(said);
        twice.add(said.get(1));

        assertThat(Comparison.between(said, twice).wrong()).containsExactly(said.get(1));
    }

    @Test
    void noticesAnAlertThatIsAMillisecondLate() {
        List<Said> said = aStory();
        Said first = said.get(0);
        Said late = new Said(
                first.alert(),
                first.scope(),
                first.label(),
                first.status(),
                first.since(),
                first.at().plusMillis(1),
                first.decidedAt(),
                first.frozen(),
                first.reason(),
                first.incident());
        List<Said> shifted = new ArrayList<>(said);
        shifted.set(0, late);

        Comparison found = Comparison.between(said, shifted);

        assertThat(found.missing()).containsExactly(first);
        assertThat(found.wrong()).containsExactly(late);
    }

    private static List<Said> aStory() {
        return Comparison.run(RandomHistories.of(1), OracleRig::new);
    }
}
