package io.tenantpulse.trends;

import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Counts one group: its levels are carried forward until something changes, and integrated then; nothing visits a tenant.
 * Windows that are over, but not closed, are kept until the cluster's watermark passes them.
 */
final class GroupCount {
    private static final long MINUTE = WindowSize.MINUTE.length().toMillis();

    /**
     * Since when tenants are unhealthy is kept to the second, and twice as coarse as often as there are more instants than
     * that: where all of a large fleet is ill, what is remembered would be more than a record may hold.
     */
    private static final long SECOND = 1000;

    private static final int INSTANTS = 4096;

    private static final int CAUSES = 500;

    final Group group;
    private final TreeMap<String, Long> notReady = new TreeMap<>();
    private final TreeMap<String, Long> causes = new TreeMap<>();
    private final TreeMap<Long, Long> generations = new TreeMap<>();
    private final TreeMap<Long, Long> unhealthySince = new TreeMap<>();
    private long grain = SECOND;
    private final TreeMap<Long, Totals> over = new TreeMap<>();
    private long[] levels = new long[Health.values().length];
    private long at;
    private boolean hidden;
    private @Nullable Tally tally;

    GroupCount(Group group, long at, boolean hidden) {
        this.group = group;
        this.at = at;
        this.hidden = hidden;
    }

    GroupCount(GroupState state, boolean hidden) {
        this(state.group(), state.at().toEpochMilli(), hidden);
        levels = state.levels().toArray();
        notReady.putAll(state.notReady());
        causes.putAll(state.causes());
        generations.putAll(state.generations());
        unhealthySince.putAll(state.unhealthySince());
        grain = Math.max(SECOND, state.grain());
        over.putAll(state.windows());
        if (!over.isEmpty() && over.lastKey() == WindowSize.MINUTE.startOf(at)) {
            tally = Tally.of(over.pollLastEntry().getValue());
        }
    }

    GroupState state() {
        TreeMap<Long, Totals> windows = new TreeMap<>(over);
        if (tally != null) {
            windows.put(WindowSize.MINUTE.startOf(at), soFar(tally));
        }
        return new GroupState(
                group,
                Instant.ofEpochMilli(at),
                ByHealth.of(levels),
                notReady,
                causes,
                generations,
                unhealthySince,
                grain,
                windows);
    }

    /** Up to where it is counted. */
    long at() {
        return at;
    }

    boolean isEmpty() {
        return ByHealth.of(levels).total() == 0 && over.isEmpty() && tally == null;
    }

    /** A tenant stands otherwise; null: it is not there (any more). */
    void turn(@Nullable Standing before, @Nullable Standing after, long when, Hole hole) {
        Tally now = passTo(when, hole);
        if (before != null && after != null) {
            if (before.health() != after.health() && !hidden) {
                now.turn(before.health(), after.health(), 1);
            }
        } else if (after != null) {
            now.add(hidden ? Health.BLIND : after.health());
        } else if (before != null) {
            now.remove(hidden ? Health.BLIND : before.health());
        }
        if (before != null) {
            move(before, -1);
        }
        if (after != null) {
            move(after, 1);
        }
    }

    /** The tenant that just came was in another group until then. */
    void moved(Group from, Health before, Health after) {
        Scope.Level registry = from.registry().equals(group.registry()) ? Scope.Level.REGISTRY : null;
        Scope.Level kept = from.template().equals(group.template()) ? Scope.Level.TEMPLATE : registry;
        tally().move(hidden ? Health.BLIND : before, hidden ? Health.BLIND : after, kept);
    }

    private void move(Standing standing, long by) {
        levels[standing.health().ordinal()] += by;
        standing.notReadyByKind().forEach((kind, count) -> move(notReady, kind, count * by));
        if (standing.cause() != null) {
            move(causes, standing.cause(), by);
        }
        if (standing.unhealthySince() != null) {
            move(unhealthySince, grained(standing.unhealthySince().toEpochMilli()), by);
            coarsen();
            if (standing.rolledOut() != null) {
                move(generations, standing.rolledOut(), by);
            }
        }
    }

    private long grained(long instant) {
        return instant - Math.floorMod(instant, grain);
    }

    /** Each grain is a multiple of the one before, so what was counted under a finer one is found again. */
    private void coarsen() {
        if (unhealthySince.isEmpty()) {
            grain = SECOND;
        }
        while (unhealthySince.size() > INSTANTS) {
            grain *= 2;
            TreeMap<Long, Long> fine = new TreeMap<>(unhealthySince);
            unhealthySince.clear();
            fine.forEach((since, tenants) -> move(unhealthySince, grained(since), tenants));
        }
    }

    /** Whether one more tenant can be counted under that cause: so many are told apart, and no more. */
    boolean admits(String cause) {
        return causes.size() < CAUSES || causes.containsKey(cause);
    }

    private static <K> void move(TreeMap<K, Long> amounts, K key, long by) {
        if (amounts.merge(key, by, Long::sum) == 0) {
            amounts.remove(key);
        }
    }

    /** All of it goes out of sight, or comes back. */
    void see(boolean nowHidden, long when, Hole hole) {
        if (nowHidden == hidden) {
            return;
        }
        Tally now = passTo(when, hole);
        for (Health each : Health.values()) {
            long tenants = levels[each.ordinal()];
            if (each != Health.BLIND && tenants > 0) {
                now.turn(nowHidden ? each : Health.BLIND, nowHidden ? Health.BLIND : each, tenants);
            }
        }
        hidden = nowHidden;
    }

    /** Counts what changes no level, in the window in which it lies if that is still open. */
    void count(Totals more, long when, Hole hole) {
        Long window = WindowSize.MINUTE.startOf(when);
        Totals then = over.get(window);
        if (then != null) {
            over.put(window, then.beside(more));
        } else {
            passTo(Math.max(at, window), hole).count(more);
        }
    }

    /** Lets time pass up to an instant, if that is later than what is counted, and returns the window that is going on. */
    private Tally passTo(long to, Hole hole) {
        while (at < to) {
            long start = WindowSize.MINUTE.startOf(at);
            if (hole.holds(start, to)) {
                passOver(WindowSize.MINUTE.startOf(to));
            } else {
                long next = Math.min(to, start + MINUTE);
                tally().pass(seenLevels().toArray(), seenNotReady(), next - at);
                at = next;
                if (next == start + MINUTE) {
                    finish(start);
                }
            }
        }
        return tally();
    }

    /** The window that was going on lies in a hole: what happened in it is counted in the next, for it will not be told. */
    private void passOver(long next) {
        Tally missed = tally;
        tally = null;
        at = next;
        if (missed != null) {
            tally().absorb(soFar(missed));
        }
    }

    private Tally tally() {
        Tally now = tally;
        if (now == null) {
            now = new Tally(seenLevels());
            tally = now;
        }
        return now;
    }

    private void finish(long start) {
        if (tally != null) {
            over.put(start, soFar(tally));
            tally = null;
        }
    }

    /** Ends a window and returns what was counted in it; null: it had nothing to count yet. */
    @Nullable
    Totals close(long window, Hole hole) {
        if (at < window + MINUTE) {
            passTo(window + MINUTE, hole);
            if (at == window + MINUTE && tally != null) {
                tally = null;
            }
        }
        return over.remove(window);
    }

    /** What lies in windows before that one was seen by nobody as a whole: what happened in them is counted in it. */
    void absorbBefore(long window, Hole hole) {
        if (at < window) {
            passTo(window, hole);
        }
        NavigableMap<Long, Totals> missed = over.headMap(window, false);
        if (!missed.isEmpty()) {
            Totals first = over.get(window);
            Tally then = first == null ? passTo(Math.max(at, window), hole) : Tally.of(first);
            // The earliest last: that window begins as it did.
            missed.descendingMap().values().forEach(then::absorb);
            missed.clear();
            if (first != null) {
                over.put(window, then.soFar(first.population().atEnd(), first.members(), levelsAtEnd(first)));
            }
        }
    }

    private static SortedMap<String, Long> levelsAtEnd(Totals totals) {
        TreeMap<String, Long> levels = new TreeMap<>();
        totals.notReadyByKind().forEach((kind, load) -> levels.put(kind, load.atEnd()));
        return levels;
    }

    private Totals soFar(Tally from) {
        return from.soFar(seenLevels(), members(), seenNotReady());
    }

    private ByHealth seenLevels() {
        ByHealth all = ByHealth.of(levels);
        return hidden ? all.unseen() : all;
    }

    private SortedMap<String, Long> seenNotReady() {
        return hidden ? new TreeMap<>() : notReady;
    }

    private Members members() {
        if (hidden || unhealthySince.isEmpty()) {
            return Members.NONE;
        }
        long count = 0;
        for (Map.Entry<Long, Long> each : unhealthySince.entrySet()) {
            count += each.getValue();
        }
        TreeMap<String, Long> rollouts = new TreeMap<>();
        generations.forEach((generation, tenants) ->
                rollouts.put(Members.generation(group.namespace(), group.template(), generation), tenants));
        return new Members(
                count,
                CommonCause.counts(causes, 0),
                new TopCounts(rollouts, 0),
                Instant.ofEpochMilli(unhealthySince.firstKey()),
                Instant.ofEpochMilli(unhealthySince.lastKey()));
    }
}
