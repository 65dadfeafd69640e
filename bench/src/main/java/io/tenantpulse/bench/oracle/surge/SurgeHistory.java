package io.tenantpulse.bench.oracle.surge;

import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What was told of the minutes of some clusters, in the order in which it was, and what their rule asks.
 *
 * @param setting of all scopes but those below
 * @param own settings of scopes for which the rule is overridden
 */
public record SurgeHistory(long seed, SurgeSetting setting, Map<String, SurgeSetting> own, List<Round> rounds) {
    /** One rule is judged; what it is called does not matter. */
    public static final String ALERT = "FleetMismatchSurge";

    public SurgeHistory {
        own = Map.copyOf(own);
        rounds = List.copyOf(rounds);
    }

    public SurgeSetting setting(String scope) {
        return own.getOrDefault(scope, setting);
    }

    /** What it holds, by what that is. */
    public SortedMap<String, Integer> contents() {
        TreeMap<String, Integer> all = new TreeMap<>();
        rounds.stream()
                .flatMap(round -> round.minutes().stream())
                .forEach(each -> all.merge("windows of trends: " + each.word(), 1, Integer::sum));
        return all;
    }

    /** How many windows are told. */
    public int size() {
        return rounds.stream().mapToInt(round -> round.minutes().size()).sum();
    }

    public int restarts() {
        return (int) rounds.stream().filter(Round::isAfterRestart).count();
    }

    SurgeHistory with(List<Round> other) {
        return new SurgeHistory(seed, setting, own, other);
    }

    public SortedSet<String> scopes() {
        return rounds.stream()
                .flatMap(round -> round.minutes().stream())
                .map(Minute::scope)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("surges ").append(seed).append(": ");
        text.append(setting).append('\n');
        own.forEach((scope, each) ->
                text.append("  ").append(scope).append(": ").append(each).append('\n'));
        for (Round round : rounds) {
            text.append(round.isAfterRestart() ? "  restart\n" : "");
            round.minutes().forEach(each -> text.append("  ").append(each).append('\n'));
        }
        return text.toString();
    }
}
