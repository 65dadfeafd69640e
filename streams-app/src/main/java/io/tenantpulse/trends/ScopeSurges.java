package io.tenantpulse.trends;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is remembered of a scope for all rules that ask it.
 *
 * @param byAlert by the rule's name
 */
public record ScopeSurges(Scope scope, SortedMap<String, SurgeState> byAlert) {
    public ScopeSurges {
        byAlert = Collections.unmodifiableSortedMap(new TreeMap<>(byAlert));
    }
}
