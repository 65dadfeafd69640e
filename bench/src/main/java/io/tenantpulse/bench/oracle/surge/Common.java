package io.tenantpulse.bench.oracle.surge;

import java.math.BigDecimal;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What the members of a surge have in common.
 *
 * @param what null: nothing
 * @param members how many have it
 */
record Common(@Nullable String what, long members) {
    private static final Common NOTHING = new Common(null, 0);

    /**
     * The cause with its subject where so many have both, else its word where so many have that: of those that have been
     * diagnosed, and only where at least half of the members have been.
     */
    static Common cause(Counts counts, BigDecimal dominant) {
        long diagnosed = counts.otherCauses();
        TreeMap<String, Long> words = new TreeMap<>();
        TreeMap<String, Long> subjects = new TreeMap<>();
        for (Map.Entry<String, Long> each : counts.causes().entrySet()) {
            diagnosed += each.getValue();
            words.merge(each.getKey().split(" ", 2)[0], each.getValue(), Long::sum);
            if (each.getKey().contains(" ")) {
                subjects.put(each.getKey(), each.getValue());
            }
        }
        if (diagnosed + diagnosed < counts.unhealthy()) {
            return NOTHING;
        }
        Common exact = among(subjects, diagnosed, dominant);
        return exact.what == null ? among(words, diagnosed, dominant) : exact;
    }

    static Common rollout(Counts counts, BigDecimal dominant) {
        return among(counts.rollouts(), counts.unhealthy(), dominant);
    }

    /** More than half have it, so there is one at most. */
    private static Common among(SortedMap<String, Long> counts, long all, BigDecimal dominant) {
        BigDecimal asked = dominant.multiply(BigDecimal.valueOf(all));
        return counts.entrySet().stream()
                .filter(each -> BigDecimal.valueOf(each.getValue()).compareTo(asked) >= 0)
                .map(each -> new Common(each.getKey(), each.getValue()))
                .findAny()
                .orElse(NOTHING);
    }
}
