package io.tenantpulse.trends;

import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is remembered of a group.
 *
 * @param at up to where it is counted
 * @param levels how many tenants stand how, seen or not
 * @param notReady resources that must be ready and are not, by kind
 * @param causes of the unhealthy that have been diagnosed, by {@link CommonCause#key}
 * @param generations of the template that were rolled out to the unhealthy, which have not been healthy since
 * @param unhealthySince how many are unhealthy since when
 * @param grain how exact that is, in milliseconds: a second, or some power of two of them
 * @param windows those that are open, by their start; the last one is going on, the others are over
 */
public record GroupState(
        Group group,
        Instant at,
        ByHealth levels,
        SortedMap<String, Long> notReady,
        SortedMap<String, Long> causes,
        SortedMap<Long, Long> generations,
        SortedMap<Long, Long> unhealthySince,
        long grain,
        SortedMap<Long, Totals> windows) {
    public GroupState {
        notReady = copy(notReady);
        causes = copy(causes);
        generations = copy(generations);
        unhealthySince = copy(unhealthySince);
        windows = copy(windows);
    }

    private static <K, V> SortedMap<K, V> copy(Map<K, V> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }
}
