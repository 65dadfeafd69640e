package io.tenantpulse.query;

import io.tenantpulse.trends.Scope;
import io.tenantpulse.trends.TimeoutAdvice;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Asks a running detector what timeouts templates should have. Any thread may ask. */
public interface TimeoutQueries {
    /**
     * What is advised for the templates of a cluster.
     *
     * @param namespace null: all
     * @param template null: all
     */
    Answer timeouts(String cluster, @Nullable String namespace, @Nullable String template);

    /** What can come of a question. */
    sealed interface Answer {}

    /** Those that are known, by namespace and name; none, where nothing is known. */
    record Found(List<OfTemplate> templates) implements Answer {
        public Found {
            templates = List.copyOf(templates);
        }
    }

    /** Another instance of the detector has the trends. */
    record Elsewhere() implements Answer {}

    /**
     * It cannot be told now: state is being restored, or moves between instances.
     *
     * @param why for people
     */
    record NotNow(String why) implements Answer {}

    /**
     * One template.
     *
     * @param from start of what was measured
     * @param to end of what was measured
     * @param byResource by resource id
     */
    record OfTemplate(Scope template, Instant from, Instant to, SortedMap<String, TimeoutAdvice> byResource) {
        public OfTemplate {
            byResource = Collections.unmodifiableSortedMap(new TreeMap<>(byResource));
        }
    }
}
