package io.tenantpulse.trends;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The tenants of a scope in a window. {@code atEnd} is {@code atStart}, plus what turned to it, minus what turned from it;
 * {@link #added} and {@link #removed} turn from and to nothing. Only where a minute is told of a cluster that was not seen
 * it may be off by what nobody saw.
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

    private static final char MOVED = '@';

    public Population {
        turns = Collections.unmodifiableSortedMap(new TreeMap<>(turns));
    }

    /** Name of a transition: {@code healthy>failed}. */
    public static String turn(Health from, Health to) {
        return from.word() + '>' + to.word();
    }

    /**
     * Name of a move from one group to another, as it is counted in the group to which it leads beside what was added there.
     *
     * @param kept level of the scope that both groups are part of beside the cluster and the namespace; null: there is none
     */
    static String move(Health from, Health to, Scope.@Nullable Level kept) {
        return turn(from, to) + MOVED + (kept == null ? "" : kept.word());
    }

    static boolean isMove(String turn) {
        return turn.indexOf(MOVED) >= 0;
    }

    /** As a scope sees it: a tenant that moved within it was neither added nor removed. */
    Population in(Scope.Level level) {
        if (turns.keySet().stream().noneMatch(Population::isMove)) {
            return this;
        }
        TreeMap<String, Long> plain = new TreeMap<>(turns);
        plain.keySet().removeIf(Population::isMove);
        ByHealth in = added;
        ByHealth out = removed;
        for (Map.Entry<String, Long> each : turns.entrySet()) {
            int end = each.getKey().indexOf(MOVED);
            if (end >= 0 && isWithin(level, each.getKey().substring(end + 1))) {
                String turn = each.getKey().substring(0, end);
                Health from = Health.of(turn.substring(0, turn.indexOf('>')));
                Health to = Health.of(turn.substring(turn.indexOf('>') + 1));
                in = in.plus(ByHealth.of(to, -each.getValue()));
                out = out.plus(ByHealth.of(from, -each.getValue()));
                if (from != to) {
                    plain.merge(turn, each.getValue(), Long::sum);
                }
            }
        }
        return new Population(time, atStart, atEnd, plain, in, out);
    }

    private static boolean isWithin(Scope.Level level, String kept) {
        return switch (level) {
            case FLEET, CLUSTER, NAMESPACE -> true;
            case REGISTRY, TEMPLATE -> level.word().equals(kept);
        };
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
