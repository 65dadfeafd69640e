package io.tenantpulse.trends;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What is counted of a group in the window that is going on. */
final class Tally {
    private static final int KINDS = Health.values().length;

    private ByHealth atStart;
    private final long[] millis = new long[KINDS];
    private final long[] added = new long[KINDS];
    private final long[] removed = new long[KINDS];
    private final TreeMap<String, Long> turns = new TreeMap<>();
    private final TreeMap<String, Long> kindMillis = new TreeMap<>();
    private Totals counted = Totals.NONE;

    Tally(ByHealth atStart) {
        this.atStart = atStart;
    }

    /** As {@link #soFar} said it. */
    static Tally of(Totals soFar) {
        Population population = soFar.population();
        Tally tally = new Tally(population.atStart());
        add(tally.millis, population.time());
        add(tally.added, population.added());
        add(tally.removed, population.removed());
        tally.turns.putAll(population.turns());
        soFar.notReadyByKind().forEach((kind, load) -> {
            if (load.millis() > 0) {
                tally.kindMillis.put(kind, load.millis());
            }
        });
        tally.counted = events(soFar);
        return tally;
    }

    private static void add(long[] to, ByHealth amounts) {
        long[] all = amounts.toArray();
        for (int i = 0; i < KINDS; i++) {
            to[i] += all[i];
        }
    }

    /** So many milliseconds pass. */
    void pass(long[] levels, Map<String, Long> notReady, long elapsed) {
        for (int i = 0; i < KINDS; i++) {
            millis[i] += levels[i] * elapsed;
        }
        if (elapsed > 0) {
            notReady.forEach((kind, level) -> kindMillis.merge(kind, level * elapsed, Long::sum));
        }
    }

    void turn(Health from, Health to, long tenants) {
        turns.merge(Population.turn(from, to), tenants, Long::sum);
    }

    void move(Health from, Health to, Scope.@Nullable Level kept) {
        turns.merge(Population.move(from, to, kept), 1L, Long::sum);
    }

    void add(Health health) {
        added[health.ordinal()]++;
    }

    void remove(Health health) {
        removed[health.ordinal()]++;
    }

    /** Counts what changes no level. */
    void count(Totals more) {
        counted = counted.beside(more);
    }

    /** Counts what happened in an earlier window, but not the time that passed in it: this one begins as that one did. */
    void absorb(Totals missed) {
        Population population = missed.population();
        atStart = population.atStart();
        add(added, population.added());
        add(removed, population.removed());
        population.turns().forEach((turn, tenants) -> turns.merge(turn, tenants, Long::sum));
        long happened = population.added().total()
                + population.removed().total()
                + population.turns().entrySet().stream()
                        .filter(each -> !Population.isMove(each.getKey()))
                        .mapToLong(Map.Entry::getValue)
                        .sum()
                + missed.incidents().opened()
                + missed.incidents().closed();
        // All of it is late now; some of it was so before, where several windows were missed.
        counted = counted.beside(events(missed)).beside(Counted.late(Math.max(0, happened - missed.late())));
    }

    private static Totals events(Totals from) {
        return new Totals(
                Population.NONE,
                Members.NONE,
                from.incidents(),
                new TreeMap<>(),
                from.timeToReady(),
                from.readyByResource(),
                from.restarts(),
                from.late());
    }

    /** All that is counted until now, with the levels that are so now. */
    Totals soFar(ByHealth levels, Members members, Map<String, Long> notReady) {
        TreeMap<String, KindLoad> loads = new TreeMap<>();
        kindMillis.forEach((kind, ms) -> loads.put(kind, new KindLoad(ms, notReady.getOrDefault(kind, 0L))));
        notReady.forEach((kind, level) -> loads.putIfAbsent(kind, new KindLoad(0, level)));
        Population population =
                new Population(ByHealth.of(millis), atStart, levels, turns, ByHealth.of(added), ByHealth.of(removed));
        return new Totals(
                population,
                members,
                counted.incidents(),
                loads,
                counted.timeToReady(),
                counted.readyByResource(),
                counted.restarts(),
                counted.late());
    }
}
