package io.tenantpulse.trends;

import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BinaryOperator;

/**
 * All that is counted of a scope in a window. Two of them add up in two ways: beside each other (the same window, other
 * tenants) and one after the other (the same tenants, a later window). Both are associative and lose nothing but names
 * beyond {@link TopCounts#LIMIT}.
 *
 * @param members at the window's end
 * @param notReadyByKind resources that must be ready and are not, by kind as marks name it
 * @param timeToReady of tenants: from the instant at which a tenant was made or began another generation to the one at
 *     which it was healthy, where both were seen and it was not healthy between
 * @param readyByResource by resource id, of the {@link #RESOURCES} with the most samples; only in the scope of a template
 * @param restarts of containers
 * @param late how much of this (incidents and changes of tenants) was decided after the window in which it lies by its own
 *     instant had closed, so that it is counted in this one
 */
public record Totals(
        Population population,
        Members members,
        Incidents incidents,
        SortedMap<String, KindLoad> notReadyByKind,
        Quantiles timeToReady,
        SortedMap<String, ReadyTimes> readyByResource,
        long restarts,
        long late) {
    public static final Totals NONE = new Totals(
            Population.NONE, Members.NONE, Incidents.NONE, new TreeMap<>(), Quantiles.NONE, new TreeMap<>(), 0, 0);

    /** Of so many resource ids times are kept, or the windows of a template would not fit into a record. */
    static final int RESOURCES = 200;

    public Totals {
        readyByResource = mostSampled(readyByResource);
        notReadyByKind = Collections.unmodifiableSortedMap(new TreeMap<>(notReadyByKind));
        readyByResource = Collections.unmodifiableSortedMap(new TreeMap<>(readyByResource));
    }

    /** Of tenants of which nothing but their number was known in a window: all of them were blind. */
    public static Totals unseen(ByHealth tenants, WindowSize size) {
        ByHealth blind = tenants.unseen();
        Population population = new Population(
                blind.times(size.length().toMillis()), blind, blind, new TreeMap<>(), ByHealth.NONE, ByHealth.NONE);
        return new Totals(
                population, Members.NONE, Incidents.NONE, new TreeMap<>(), Quantiles.NONE, new TreeMap<>(), 0, 0);
    }

    /** Of other tenants in the same window. */
    public Totals beside(Totals other) {
        return new Totals(
                population.beside(other.population),
                members.beside(other.members),
                incidents.plus(other.incidents),
                merge(notReadyByKind, other.notReadyByKind, KindLoad::beside),
                timeToReady.plus(other.timeToReady),
                merge(readyByResource, other.readyByResource, ReadyTimes::beside),
                restarts + other.restarts,
                late + other.late);
    }

    /** Of the same tenants in this window and a later one. */
    public Totals followedBy(Totals later) {
        if (this == NONE && later == NONE) {
            return NONE;
        }
        TreeMap<String, KindLoad> loads = new TreeMap<>(later.notReadyByKind);
        notReadyByKind.forEach((kind, load) ->
                loads.put(kind, load.followedBy(later.notReadyByKind.getOrDefault(kind, KindLoad.NONE))));
        return new Totals(
                population.followedBy(later.population),
                later.members,
                incidents.plus(later.incidents),
                loads,
                timeToReady.plus(later.timeToReady),
                merge(readyByResource, later.readyByResource, ReadyTimes::followedBy),
                restarts + later.restarts,
                late + later.late);
    }

    /**
     * Where a window lies in the longer one that it is part of.
     *
     * @param first it is the first in it
     * @param last it is the last in it
     */
    record Edge(boolean first, boolean last) {}

    /** With a part replaced in which all was blind, or nothing was. */
    Totals corrected(Totals blind, Totals real, Edge edge) {
        Totals sum = followedBy(real);
        Population was = population;
        Population is = new Population(
                sum.population.time().plus(blind.population.time().times(-1)),
                edge.first ? real.population.atStart() : was.atStart(),
                edge.last ? real.population.atEnd() : was.atEnd(),
                sum.population.turns(),
                sum.population.added(),
                sum.population.removed());
        TreeMap<String, KindLoad> loads = new TreeMap<>();
        sum.notReadyByKind.forEach((kind, load) -> {
            SortedMap<String, KindLoad> level = edge.last ? real.notReadyByKind : notReadyByKind;
            loads.put(
                    kind,
                    new KindLoad(
                            load.millis(),
                            level.getOrDefault(kind, KindLoad.NONE).atEnd()));
        });
        return new Totals(
                is,
                edge.last ? real.members : members,
                sum.incidents,
                loads,
                sum.timeToReady,
                // What is configured last is so at the end.
                edge.last ? sum.readyByResource : real.followedBy(this).readyByResource,
                sum.restarts,
                sum.late);
    }

    /** What a group's is for a scope that it is part of. Where there are several templates, a resource id says nothing. */
    Totals in(Scope.Level level) {
        return new Totals(
                population.in(level),
                members,
                incidents,
                notReadyByKind,
                timeToReady,
                level == Scope.Level.TEMPLATE ? readyByResource : new TreeMap<>(),
                restarts,
                late);
    }

    private static SortedMap<String, ReadyTimes> mostSampled(SortedMap<String, ReadyTimes> all) {
        if (all.size() <= RESOURCES) {
            return all;
        }
        TreeMap<String, ReadyTimes> kept = new TreeMap<>();
        all.entrySet().stream()
                .sorted(Comparator.comparingLong(
                        each -> -each.getValue().times().count()))
                .limit(RESOURCES)
                .forEach(each -> kept.put(each.getKey(), each.getValue()));
        return kept;
    }

    private static <T> SortedMap<String, T> merge(
            SortedMap<String, T> one, SortedMap<String, T> other, BinaryOperator<T> both) {
        if (other.isEmpty()) {
            return one;
        }
        TreeMap<String, T> all = new TreeMap<>(one);
        for (Map.Entry<String, T> each : other.entrySet()) {
            all.merge(each.getKey(), each.getValue(), both);
        }
        return all;
    }
}
