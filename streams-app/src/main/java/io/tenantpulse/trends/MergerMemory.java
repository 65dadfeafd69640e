package io.tenantpulse.trends;

import java.time.Instant;
import java.util.SortedMap;
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

    void put(String name, Progress progress);

    void forgetProgress(String name);

    /** How the tenants of a cluster stood at the end of its last window, by scope; also scopes that have none any more. */
    SortedMap<Scope, ByHealth> levels(String cluster);

    void putLevels(Scope scope, ByHealth levels);

    void forgetLevels(Scope scope);

    @Nullable
    TrendWindow window(Scope scope, WindowSize size, Instant start);

    void put(TrendWindow window);

    /** Starts of roll-ups of a cluster's scopes that have not closed; of the fleet for the empty name. */
    SortedMap<Scope, Instant> open(String cluster, WindowSize size);

    /** @param start null: none is open */
    void putOpen(Scope scope, WindowSize size, @Nullable Instant start);

    /** Forgets windows that end before. */
    void forgetBefore(WindowSize size, Instant start);
}
