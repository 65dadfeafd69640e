package io.tenantpulse.trends;

import java.time.Instant;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** Where a {@link Merger} keeps everything. Single-threaded. What was put is what is read next. */
public interface MergerMemory {
    /** What partitions told of a cluster's window that is not closed yet, by scope. */
    SortedMap<Scope, Totals> partials(String cluster, Instant start);

    @Nullable
    Totals partial(String cluster, Instant start, Scope scope);

    void putPartial(String cluster, Instant start, Scope scope, Totals totals);

    void forgetPartials(String cluster, Instant start);

    /** How far partitions are with each cluster, by its name, and with the fleet, by the empty name. */
    SortedMap<String, Progress> progress();

    /** With one of them; null: nothing is known of it. */
    @Nullable
    Progress progress(String name);

    void put(String name, Progress progress);

    void forgetProgress(String name);

    /**
     * The first window from an instant on that some partitions have closed and others have not.
     *
     * @param name as in {@link #progress()}
     */
    @Nullable
    Instant firstClosing(String name, Instant from);

    /** The clusters that are blind in such a window by the word of those that have closed it; null: none has. */
    @Nullable
    SortedSet<String> closing(String name, Instant start);

    void putClosing(String name, Instant start, SortedSet<String> blind);

    void forgetClosing(String name, Instant start);

    /**
     * How the tenants of a cluster stood at the end of its last window, by scope; also scopes that have none any more, while
     * windows that were told of them can be corrected.
     */
    SortedMap<Scope, ByHealth> levels(String cluster);

    /** Of one of them; null: nothing is known of it. */
    @Nullable
    ByHealth levels(Scope scope);

    void putLevels(Scope scope, ByHealth levels);

    void forgetLevels(Scope scope);

    @Nullable
    TrendWindow window(Scope scope, WindowSize size, Instant start);

    void put(TrendWindow window);

    /** Starts of roll-ups of a cluster's scopes that have not closed; of the fleet for the empty name. */
    SortedMap<Scope, Instant> open(String cluster, WindowSize size);

    /** Of one scope; null: none is open. */
    @Nullable
    Instant open(Scope scope, WindowSize size);

    /** @param start null: none is open */
    void putOpen(Scope scope, WindowSize size, @Nullable Instant start);

    /** Forgets windows that end before. */
    void forgetBefore(WindowSize size, Instant start);
}
