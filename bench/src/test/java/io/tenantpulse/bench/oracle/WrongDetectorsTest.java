package io.tenantpulse.bench.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Judges the judge: whatever is wrong with a detector is found, and nothing where nothing is. */
class WrongDetectorsTest {
    /** Most of what is wrong shows in any few histories. */
    private static final int HISTORIES = 28;

    /** What is wrong with the rest of them shows in these; the first seeds that do were looked for. */
    private static final long[] RARE = {34, 46, 63, 70, 77, 98, 201, 829};

    /** Large fleets find no more than small ones do and cost more. */
    private static final int ENTRIES = 400;

    static List<Judged> judged = List.of();

    record Judged(History history, List<Said> expected) {}

    static List<WrongDetector> wrong() {
        return WrongDetectors.all();
    }

    @BeforeAll
    static void judge() {
        judged = LongStream.concat(LongStream.range(0, HISTORIES), LongStream.of(RARE))
                .mapToObj(RandomHistories::of)
                .filter(history -> history.log().size() <= ENTRIES)
                .sorted(Comparator.comparingInt(history -> history.log().size()))
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
