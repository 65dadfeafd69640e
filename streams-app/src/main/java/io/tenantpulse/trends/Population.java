package io.tenantpulse.trends;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The tenants of a scope in a window. At all times {@code atEnd} is {@code atStart}, plus what turned to it, minus what
 * turned from it; {@link #added} and {@link #removed} turn from and to nothing.
 *
 * @param time tenant-milliseconds
 * @param atStart numbers of tenants at the start of the window
 * @param atEnd numbers of tenants at the end of the window
 * @param turns how many tenants turned from what to what, by {@link #turn}
 * @param added tenants that were seen first, by how they stood
 * @param removed tenants that went, by how they stood last
 */
public record Population(
        ByHealth time,
        ByHealth atStart,
        ByHealth atEnd,
        SortedMap<String, Long> turns,
        ByHealth added,
        ByHealth removed) {
    public static final Population NONE =
            new Population(ByHealth.NONE, ByHealth.NONE, ByHealth.NONE, new TreeMap<>(), ByHealth.NONE, ByHealth.NONE);

    public Population {
        turns = Collections.unmodifiableSortedMap(new TreeMap<>(turns));
    }

    /** Name of a transition: {@code healthy>failed}. */
    public static String turn(Health from, Health to) {
        return from.word() + '>' + to.word();
    }

    /** Of other tenants in the same window. */
    public Population beside(Population other) {
        return new Population(
                time.plus(other.time),
                atStart.plus(other.atStart),
                atEnd.plus(other.atEnd),
                sum(turns, other.turns),
                added.plus(other.added),
                removed.plus(other.removed));
    }

    /** Of the same tenants in this window and a later one. */
    public Population followedBy(Population later) {
        return new Population(
                time.plus(later.time),
                atStart,
                later.atEnd,
                sum(turns, later.turns),
                added.plus(later.added),
                removed.plus(later.removed));
    }

    static SortedMap<String, Long> sum(SortedMap<String, Long> one, SortedMap<String, Long> other) {
        if (other.isEmpty()) {
            return one;
        }
        TreeMap<String, Long> all = new TreeMap<>(one);
        for (Map.Entry<String, Long> each : other.entrySet()) {
            all.merge(each.getKey(), each.getValue(), Long::sum);
        }
        return all;
    }
}
