package io.tenantpulse.bench.oracle;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What one partition of the log holds, and when its detector was started again.
 *
 * @param seed of which it was made
 * @param rules the rules in force
 * @param log in the order of the log, several clusters mixed
 * @param restarts the detector ends and another takes over its state before these entries
 */
record History(long seed, RuleTable rules, List<LogEntry> log, Set<Integer> restarts) {
    History {
        log = List.copyOf(log);
        restarts = Set.copyOf(restarts);
    }

    /** The same without the entries from one position up to another, the latter exclusive. */
    History without(int from, int to) {
        List<LogEntry> rest = new ArrayList<>(log.subList(0, from));
        rest.addAll(log.subList(to, log.size()));
        Set<Integer> moved = new java.util.TreeSet<>();
        restarts.forEach(at -> moved.add(at < from ? at : Math.max(from, at - (to - from))));
        return new History(seed, rules, rest, moved);
    }
}
