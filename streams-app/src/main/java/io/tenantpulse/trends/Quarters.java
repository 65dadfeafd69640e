package io.tenantpulse.trends;

import java.util.AbstractMap;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Shares of quarter hours, in millionths, by their start in milliseconds, and their median. Immutable: it is asked for every
 * minute and changes with a quarter hour.
 */
final class Quarters extends AbstractMap<Long, Integer> implements SortedMap<Long, Integer> {
    private static final double MILLION = 1_000_000;

    private final SortedMap<Long, Integer> shares;
    private final @Nullable Double median;

    private Quarters(SortedMap<Long, Integer> shares) {
        this.shares = Collections.unmodifiableSortedMap(new TreeMap<>(shares));
        this.median = median(this.shares);
    }

    /** The same, unless it is one of these already. */
    static Quarters of(SortedMap<Long, Integer> shares) {
        return shares instanceof Quarters same ? same : new Quarters(shares);
    }

    private static @Nullable Double median(SortedMap<Long, Integer> shares) {
        if (shares.isEmpty()) {
            return null;
        }
        int[] sorted = new int[shares.size()];
        int next = 0;
        for (int each : shares.values()) {
            sorted[next++] = each;
        }
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2.0 / MILLION;
    }

    /** As a share, 0 to 1; null: there are none. */
    @Nullable
    Double median() {
        return median;
    }

    @Override
    public Set<Map.Entry<Long, Integer>> entrySet() {
        return shares.entrySet();
    }

    @Override
    public @Nullable Comparator<? super Long> comparator() {
        return shares.comparator();
    }

    @Override
    public SortedMap<Long, Integer> subMap(Long from, Long to) {
        return shares.subMap(from, to);
    }

    @Override
    public SortedMap<Long, Integer> headMap(Long to) {
        return shares.headMap(to);
    }

    @Override
    public SortedMap<Long, Integer> tailMap(Long from) {
        return shares.tailMap(from);
    }

    @Override
    public Long firstKey() {
        return shares.firstKey();
    }

    @Override
    public Long lastKey() {
        return shares.lastKey();
    }
}
