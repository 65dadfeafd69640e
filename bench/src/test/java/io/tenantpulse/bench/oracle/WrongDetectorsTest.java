package io.tenantpulse.bench.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Judges the judge: whatever is wrong with a detector is found, and nothing where nothing is. */
class WrongDetectorsTest {
    private static final int HISTORIES = 60;

    /** Large fleets find no more than small ones do and cost more. */
    private static final int ENTRIES = 400;

    static List<Judged> judged = List.of();

    record Judged(History history, List<Said> expected) {}

    static List<WrongDetector> wrong() {
        return WrongDetectors.all();
    }

    @BeforeAll
    static void judge() {
        judged = LongStream.iterate(0, seed -> seed + 1)
                .mapToObj(RandomHistories::of)
                .filter(history -> history.log().size() <= ENTRIES)
                .limit(HISTORIES)
                .map(history -> new Judged(history, Oracle.judge(history)))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void isFound(WrongDetector wrong) {
        assertThat(isFoundAtAll(wrong))
                .as("the oracle finds that " + wrong.what())
                .isTrue();
    }

    @Test
    void findsNothingWhereNothingIsWrong() {
        assertThat(isFoundAtAll(new WrongDetector("nothing is wrong", List.of())))
                .isFalse();
    }

    private static boolean isFoundAtAll(WrongDetector wrong) {
        Subject.Maker maker = WrongClasses.of(wrong);
        return judged.stream()
                .anyMatch(each -> !Comparison.between(each.expected(), Comparison.run(each.history(), maker))
                        .isEmpty());
    }
}
