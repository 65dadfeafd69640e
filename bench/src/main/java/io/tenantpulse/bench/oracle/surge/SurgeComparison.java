package io.tenantpulse.bench.oracle.surge;

import java.util.ArrayList;
import java.util.List;

/**
 * Where a judge of surges and the oracle do not say the same of a history.
 *
 * @param missing what ought to have been said
 * @param wrong what ought not
 */
public record SurgeComparison(List<SurgeSaid> missing, List<SurgeSaid> wrong) {
    public static SurgeComparison of(SurgeHistory history, SurgeSubject.Maker maker) {
        return between(SurgeOracle.judge(history), run(history, maker));
    }

    /** What a judge says of a history. */
    public static List<SurgeSaid> run(SurgeHistory history, SurgeSubject.Maker maker) {
        try (SurgeSubject subject = maker.make(history)) {
            for (Round round : history.rounds()) {
                if (round.isAfterRestart()) {
                    subject.restart();
                }
                subject.take(round.minutes());
            }
            return subject.said();
        }
    }

    /** Compares one by one, repetitions included. */
    public static SurgeComparison between(List<SurgeSaid> expected, List<SurgeSaid> found) {
        List<SurgeSaid> missing = new ArrayList<>(expected);
        List<SurgeSaid> wrong = new ArrayList<>();
        for (SurgeSaid each : found) {
            if (!missing.remove(each)) {
                wrong.add(each);
            }
        }
        return new SurgeComparison(missing, wrong);
    }

    public boolean isEmpty() {
        return missing.isEmpty() && wrong.isEmpty();
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        missing.forEach(each -> text.append("    not said:     ").append(each).append('\n'));
        wrong.forEach(each -> text.append("    wrongly said: ").append(each).append('\n'));
        return text.toString();
    }
}
