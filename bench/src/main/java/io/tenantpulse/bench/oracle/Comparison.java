package io.tenantpulse.bench.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Where a detector and the oracle do not say the same of a history.
 *
 * @param missing what ought to have been said
 * @param wrong what ought not
 */
record Comparison(List<Said> missing, List<Said> wrong) {
    static Comparison of(History history, Subject.Maker maker) {
        return between(Oracle.judge(history), run(history, maker));
    }

    /** What a detector says of a history. */
    static List<Said> run(History history, Subject.Maker maker) {
        try (Subject subject = maker.make(history.rules())) {
            for (int i = 0; i < history.log().size(); i++) {
                if (history.restarts().contains(i)) {
                    subject.restart();
                }
                subject.take(history.log().get(i));
            }
            return subject.said();
        }
    }

    /** Compares one by one, repetitions included; the order of what is said of different alerts does not matter. */
    static Comparison between(List<Said> expected, List<Said> found) {
        TreeMap<String, Integer> left = new TreeMap<>();
        expected.forEach(each -> left.merge(each.toString(), 1, Integer::sum));
        List<Said> wrong = new ArrayList<>();
        for (Said each : found) {
            if (left.getOrDefault(each.toString(), 0) == 0) {
                wrong.add(each);
            } else {
                left.merge(each.toString(), -1, Integer::sum);
            }
        }
        List<Said> missing = new ArrayList<>();
        for (Said each : expected) {
            if (left.get(each.toString()) > 0) {
                left.merge(each.toString(), -1, Integer::sum);
                missing.add(each);
            }
        }
        return new Comparison(missing, wrong);
    }

    boolean isEmpty() {
        return missing.isEmpty() && wrong.isEmpty();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        missing.stream()
                .sorted()
                .forEach(each -> text.append("    not said:   ").append(each).append('\n'));
        wrong.stream()
                .sorted()
                .forEach(each -> text.append("    wrongly said: ").append(each).append('\n'));
        return text.toString();
    }
}
