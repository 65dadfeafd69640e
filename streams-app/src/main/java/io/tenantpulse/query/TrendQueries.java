package io.tenantpulse.query;

import io.tenantpulse.trends.Scope;
import io.tenantpulse.trends.TrendWindow;
import io.tenantpulse.trends.WindowSize;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks a running detector how a scope changed over time. Any thread may ask. */
public interface TrendQueries {
    /** So many windows are in one answer at most: four hours of minutes, ten days of hours. */
    int LIMIT = 240;

    /** The windows of a scope that start in a stretch. */
    Answer trends(Asked asked);

    /**
     * What is asked for.
     *
     * @param from inclusive; null: the newest {@link #LIMIT} windows, otherwise the oldest from there on
     * @param to exclusive; null: all there are
     */
    record Asked(
            Scope scope,
            WindowSize size,
            @Nullable Instant from,
            @Nullable Instant to) {
        /** @throws IllegalArgumentException if {@code from} is not before {@code to} */
        public Asked {
            if (from != null && to != null && !from.isBefore(to)) {
                throw new IllegalArgumentException("from " + from + " is not before to " + to);
            }
        }
    }

    /** What can come of a question. */
    sealed interface Answer {}

    /**
     * The scope is known.
     *
     * @param windows by start; none, where none is kept of that stretch
     * @param next where the windows go on that are not in this answer; null: these are all
     */
    record Found(List<TrendWindow> windows, @Nullable Instant next) implements Answer {
        public Found {
            windows = List.copyOf(windows);
        }
    }

    /** Nothing is kept of the scope. */
    record NoSuchScope() implements Answer {}

    /** Another instance of the detector has the trends. */
    record Elsewhere() implements Answer {}

    /**
     * It cannot be told now: state is being restored, or moves between instances.
     *
     * @param why for people
     */
    record NotNow(String why) implements Answer {}
}
