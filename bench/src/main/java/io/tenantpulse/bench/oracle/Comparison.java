package io.tenantpulse.bench.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * Where a detector and the oracle do not say the same of a history.
 *
 * @param missing what ought to have been said
 * @param wrong what ought not
 */
record Comparison(List<Said> missing, List<Said> wrong) {
    static Comparison of(History history, Subject.Maker maker, Set<String> alerts) {
        List<Said> found = new ArrayList<>();
        try (Subject subject = maker.make(history.rules())) {
            for (int i = 0; i < history.log().size(); i++) {
                if (history.restarts().contains(i)) {
                    subject.restart();
                }
                subject.take(history.log().get(i));
            }
            found.addAll(subject.said());
        }
        return between(Oracle.judge(history), found, alerts);
    }

    static Comparison between(List<Said> expected, List<Said> found, Set<String> alerts) {
        TreeMap<String, Integer> counts = new TreeMap<>();
        expected.stream()
                .filter(each -> alerts.contains(each.alert()))
                .forEach(each -> counts.merge(each.toString(), 1, Integer::sum));
        List<Said> wrong = new ArrayList<>();
        for (Said each : found) {
            if (alerts.contains(each.alert()) && counts.merge(each.toString(), -1, Integer::sum) < 0) {
                wrong.add(each);
            }
        }
        List<Said> missing = new ArrayList<>();
        for (Said each : expected) {
            if (alerts.contains(each.alert()) && counts.getOrDefault(each.toString(), 0) > 0) {
                counts.merge(each.toString(), -1, Integer::sum);
                missing.add(each);
            }
        }
        return new Comparison(missing, wrong);
    }

    boolean isEmpty() {
        return missing.isEmpty() && wrong.isEmpty();
    }
}
