package io.tenantpulse.bench.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantpulse.bench.oracle.surge.RandomSurges;
import io.tenantpulse.bench.oracle.surge.SurgeComparison;
import io.tenantpulse.bench.oracle.surge.SurgeHistory;
import io.tenantpulse.bench.oracle.surge.SurgeOracle;
import io.tenantpulse.bench.oracle.surge.SurgeSaid;
import io.tenantpulse.bench.oracle.surge.SurgeSubject;
import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Judges the oracle of surges: whatever is wrong with their judge is found, and nothing where nothing is. */
class WrongSurgesTest {
    private static final int HISTORIES = 60;

    static List<Judged> judged = List.of();

    record Judged(SurgeHistory history, List<SurgeSaid> expected) {}

    static List<WrongDetector> wrong() {
        return WrongSurges.all();
    }

    static List<WrongDetector> wrongMergers() {
        return WrongSurges.mergers();
    }

    @BeforeAll
    static void judge() {
        judged = LongStream.range(0, HISTORIES)
                .mapToObj(RandomSurges::of)
                .sorted(Comparator.comparingInt(SurgeHistory::size))
                .map(history -> new Judged(history, SurgeOracle.judge(history)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void isFound(WrongDetector wrong) {
        assertThat(isFoundAtAll(WrongClasses.judgesOfSurges(wrong)))
                .as("the oracle finds that " + wrong.what())
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("wrongMergers")
    void isFoundBehindIt(WrongDetector wrong) {
        assertThat(isFoundAtAll(WrongClasses.mergers(wrong)))
                .as("the oracle finds that " + wrong.what())
                .isTrue();
    }

    @Test
    void findsNothingWhereNothingIsWrong() {
        WrongDetector nothing = new WrongDetector("nothing is wrong", List.of());

        assertThat(isFoundAtAll(WrongClasses.judgesOfSurges(nothing))).isFalse();
        assertThat(isFoundAtAll(WrongClasses.mergers(nothing))).isFalse();
    }

    private static boolean isFoundAtAll(SurgeSubject.Maker maker) {
        return judged.stream()
                .anyMatch(each -> !SurgeComparison.between(each.expected(), SurgeComparison.run(each.history(), maker))
                        .isEmpty());
    }
}
