package io.tenantpulse.bench.oracle.surge;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How the tenants of a scope stood when a minute was over.
 *
 * @param well healthy or being worked on
 * @param unknown seen, but nothing is said of them
 * @param blind out of sight
 * @param causes of the unhealthy that were diagnosed, by word and subject
 * @param otherCauses how many more were diagnosed that stand under no name
 * @param rollouts of the unhealthy, by generation of a template
 * @param first since when the first is unhealthy; null: none is
 * @param last since when the last is; null: none is
 */
public record Counts(
        long well,
        long unhealthy,
        long unknown,
        long blind,
        SortedMap<String, Long> causes,
        long otherCauses,
        SortedMap<String, Long> rollouts,
        @Nullable Instant first,
        @Nullable Instant last) {
    /** Of no tenants. */
    public static final Counts NONE = new Counts(0, 0, 0, 0, new TreeMap<>(), 0, new TreeMap<>(), null, null);

    public Counts {
        causes = Collections.unmodifiableSortedMap(new TreeMap<>(causes));
        rollouts = Collections.unmodifiableSortedMap(new TreeMap<>(rollouts));
    }

    public long judged() {
        return well + unhealthy;
    }

    public long all() {
        return judged() + unknown + blind;
    }

    /** Of other tenants beside these. */
    Counts plus(Counts other) {
        return new Counts(
                well + other.well,
                unhealthy + other.unhealthy,
                unknown + other.unknown,
                blind + other.blind,
                sum(causes, other.causes),
                otherCauses + other.otherCauses,
                sum(rollouts, other.rollouts),
                first == null || (other.first != null && other.first.isBefore(first)) ? other.first : first,
                last == null || (other.last != null && other.last.isAfter(last)) ? other.last : last);
    }

    /** One of so many parts that are these together; since when they are so is told by the first. */
    public Counts part(int index, int parts) {
        return new Counts(
                part(well, index, parts),
                part(unhealthy, index, parts),
                part(unknown, index, parts),
                part(blind, index, parts),
                part(causes, index, parts),
                part(otherCauses, index, parts),
                part(rollouts, index, parts),
                index == 0 ? first : null,
                index == 0 ? last : null);
    }

    private static long part(long count, int index, int parts) {
        return count * (index + 1) / parts - count * index / parts;
    }

    private static SortedMap<String, Long> part(SortedMap<String, Long> counts, int index, int parts) {
        TreeMap<String, Long> some = new TreeMap<>();
        counts.forEach((key, count) -> some.put(key, part(count, index, parts)));
        some.values().removeIf(count -> count == 0);
        return some;
    }

    /** As many tenants, none of which can be seen. */
    Counts unseen() {
        return new Counts(0, 0, 0, all(), new TreeMap<>(), 0, new TreeMap<>(), null, null);
    }

    private static SortedMap<String, Long> sum(SortedMap<String, Long> one, SortedMap<String, Long> other) {
        TreeMap<String, Long> all = new TreeMap<>(one);
        other.forEach((key, count) -> all.merge(key, count, Long::sum));
        return all;
    }

    @Override
    public String toString() {
        return unhealthy + " of " + judged() + " ill" + (unknown > 0 ? ", " + unknown + " unknown" : "")
                + (blind > 0 ? ", " + blind + " blind" : "")
                + (causes.isEmpty() && otherCauses == 0 ? "" : " " + causes + " and " + otherCauses)
                + (rollouts.isEmpty() ? "" : " " + rollouts);
    }
}
