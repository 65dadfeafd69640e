package io.tenantpulse.trends;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How often what was counted, bounded: the most frequent by name, the rest in one number. The total is exact; a count by
 * name is exact as long as nothing had to be put into the rest, and a lower bound from then on.
 *
 * @param counts by name, at most {@link #LIMIT}; each at least 1
 * @param other how many more there were that stand under no name
 */
public record TopCounts(SortedMap<String, Long> counts, long other) {
    /** So many names at most. */
    public static final int LIMIT = 50;

    public static final TopCounts NONE = new TopCounts(new TreeMap<>(), 0);

    public TopCounts {
        TreeMap<String, Long> kept = new TreeMap<>(counts);
        if (kept.size() > LIMIT) {
            for (Map.Entry<String, Long> least : ranked(kept).subList(LIMIT, kept.size())) {
                kept.remove(least.getKey());
                other += least.getValue();
            }
        }
        counts = java.util.Collections.unmodifiableSortedMap(kept);
    }

    /** Of one thing so many times. */
    public static TopCounts of(String name, long count) {
        return new TopCounts(new TreeMap<>(Map.of(name, count)), 0);
    }

    public TopCounts plus(TopCounts more) {
        if (more.total() == 0) {
            return this;
        }
        TreeMap<String, Long> all = new TreeMap<>(counts);
        more.counts.forEach((name, count) -> all.merge(name, count, Long::sum));
        return new TopCounts(all, other + more.other);
    }

    /** All that was counted, named or not. */
    public long total() {
        return counts.values().stream().mapToLong(Long::longValue).sum() + other;
    }

    public long of(String name) {
        return counts.getOrDefault(name, 0L);
    }

    /** The most frequent first, then by name. */
    public List<Map.Entry<String, Long>> ranked() {
        return ranked(counts);
    }

    static List<Map.Entry<String, Long>> ranked(SortedMap<String, Long> counts) {
        // Copied, for a TreeMap reuses its entries when one of them is removed.
        return counts.entrySet().stream()
                .map(each -> Map.entry(each.getKey(), each.getValue()))
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder())
                        .thenComparing(Map.Entry.comparingByKey()))
                .toList();
    }
}
