package io.tenantpulse.bench.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.bench.oracle.surge.RandomSurges;
import io.tenantpulse.bench.oracle.surge.SurgeComparison;
import io.tenantpulse.bench.oracle.surge.SurgeHistory;
import io.tenantpulse.bench.oracle.surge.SurgeOracle;
import io.tenantpulse.bench.oracle.surge.SurgeSaid;
import io.tenantpulse.bench.oracle.surge.SurgeShrinking;
import io.tenantpulse.topology.MergedSurgeRig;
import io.tenantpulse.topology.SurgeRig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The oracle of surges: it agrees with their judge, its histories hold all that can happen, and it notices what is wrong. */
class SurgeOracleTest {
    private static final int HISTORIES = 60;

    @Test
    void agreesWithTheJudge() {
        for (long seed = 0; seed < HISTORIES; seed++) {
            SurgeComparison found = SurgeComparison.of(RandomSurges.of(seed), SurgeRig::new);

            assertThat(found.isEmpty()).as("surges %d\n%s", seed, found).isTrue();
        }
    }

    @Test
    void agreesWithTheJudgeBehindTheMerger() {
        for (long seed = 0; seed < HISTORIES / 2; seed++) {
            SurgeComparison found = SurgeComparison.of(RandomSurges.of(seed), MergedSurgeRig::new);

            assertThat(found.isEmpty()).as("surges %d\n%s", seed, found).isTrue();
        }
    }

    @Test
    void judgesEveryKindOfChangeOfEveryKindOfScope() {
        List<SurgeSaid> all = LongStream.range(0, HISTORIES)
                .mapToObj(RandomSurges::of)
                .flatMap(history -> SurgeOracle.judge(history).stream())
                .toList();

        assertThat(all.stream()
                        .map(each -> each.kind() + ' ' + each.scope().split("/", -1)[0])
                        .collect(Collectors.toSet()))
                .contains("BEGAN cluster", "CHANGED cluster", "ENDED cluster", "VANISHED registry")
                .contains("BEGAN template", "CHANGED template", "ENDED template", "VANISHED template");
        assertThat(all).anyMatch(each -> each.frozen().compareTo(Duration.ofMinutes(5)) > 0);
        assertThat(all).anyMatch(each -> each.at().isBefore(each.decidedAt()));
        assertThat(all).anyMatch(SurgeSaid::unseen);
        assertThat(all.stream().map(each -> each.facts().direction()).collect(Collectors.toSet()))
                .contains("rising", "steady", "falling");
        assertThat(all).anyMatch(each -> each.facts().rollout() != null);
        assertThat(all).anyMatch(each -> "ImagePull a:1".equals(each.facts().cause()));
        assertThat(all).anyMatch(each -> "ImagePull".equals(each.facts().cause()));
    }

    @Test
    void noticesWhatIsLostAndWhatIsSaidTwice() {
        List<SurgeSaid> said = SurgeOracle.judge(aHistory());
        List<SurgeSaid> other = new ArrayList<>(said.subList(1, said.size()));
        other.add(said.get(1));

        SurgeComparison found = SurgeComparison.between(said, other);

        assertThat(found.missing()).containsExactly(said.get(0));
        assertThat(found.wrong()).containsExactly(said.get(1));
    }

    @Test
    void shortensAHistoryToWhatMatters() {
        SurgeHistory shortest = SurgeShrinking.of(
                aHistory(),
                each -> SurgeOracle.judge(each).stream()
                        .anyMatch(said -> said.kind().equals("ENDED")));

        assertThat(shortest.scopes()).hasSize(1);
        assertThat(shortest.size()).isLessThan(40);
        assertThat(SurgeOracle.judge(shortest)).anyMatch(said -> said.kind().equals("ENDED"));
    }

    private static SurgeHistory aHistory() {
        return LongStream.range(0, HISTORIES)
                .mapToObj(RandomSurges::of)
                .filter(history -> SurgeOracle.judge(history).stream()
                        .anyMatch(said -> said.kind().equals("ENDED")))
                .findFirst()
                .orElseThrow();
    }
}
