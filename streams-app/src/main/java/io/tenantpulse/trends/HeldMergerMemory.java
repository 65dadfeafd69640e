package io.tenantpulse.trends;

import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Holds everything as it is, for a process that needs nothing of it when it ends. */
public class HeldMergerMemory implements MergerMemory {
    private record Minute(String cluster, Instant start) {}

    /** Of one scope and size. What is asked for, or put, is mostly the newest, or newer than that. */
    private static final class Windows {
        private final TreeMap<Instant, TrendWindow> older = new TreeMap<>();
        private TrendWindow newest;

        Windows(TrendWindow first) {
            this.newest = first;
        }

        @Nullable
        TrendWindow at(Instant start) {
            int order = start.compareTo(newest.start());
            return order > 0 ? null : order == 0 ? newest : older.get(start);
        }

        void put(TrendWindow window) {
            int order = window.start().compareTo(newest.start());
            if (order > 0) {
                older.put(newest.start(), newest);
            }
            if (order >= 0) {
                newest = window.sharing(newest);
            } else {
                Map.Entry<Instant, TrendWindow> before = older.lowerEntry(window.start());
                older.put(window.start(), before == null ? window : window.sharing(before.getValue()));
            }
        }

        Stream<TrendWindow> all() {
            return Stream.concat(older.values().stream(), Stream.of(newest));
        }

        /** Whether all of them are to be forgotten. */
        boolean forgetBefore(Instant start) {
            older.headMap(start).clear();
            return newest.start().isBefore(start);
        }
    }

    private final Map<Minute, SortedMap<Scope, Totals>> partials = new HashMap<>();
    private final TreeMap<String, Progress> progress = new TreeMap<>();
    private final Map<String, TreeMap<Instant, SortedSet<String>>> closing = new HashMap<>();
    private final Map<String, TreeMap<Scope, ByHealth>> levels = new HashMap<>();
    private final Map<String, Map<WindowSize, TreeMap<Scope, Instant>>> open = new HashMap<>();
    private final Map<Scope, Map<WindowSize, Windows>> windows = new HashMap<>();

    @Override
    public SortedMap<Scope, Totals> partials(String cluster, Instant start) {
        return copy(partials.get(new Minute(cluster, start)));
    }

    @Override
    public @Nullable Totals partial(String cluster, Instant start, Scope scope) {
        SortedMap<Scope, Totals> told = partials.get(new Minute(cluster, start));
        return told == null ? null : told.get(scope);
    }

    @Override
    public void putPartial(String cluster, Instant start, Scope scope, Totals totals) {
        partials.computeIfAbsent(new Minute(cluster, start), any -> new TreeMap<>())
                .put(scope, totals);
    }

    @Override
    public void forgetPartials(String cluster, Instant start) {
        partials.remove(new Minute(cluster, start));
    }

    @Override
    public SortedMap<String, Progress> progress() {
        return copy(progress);
    }

    @Override
    public @Nullable Progress progress(String name) {
        return progress.get(name);
    }

    @Override
    public void put(String name, Progress now) {
        progress.put(name, now);
    }

    @Override
    public void forgetProgress(String name) {
        progress.remove(name);
    }

    @Override
    public @Nullable Instant firstClosing(String name, Instant from) {
        TreeMap<Instant, SortedSet<String>> starts = closing.get(name);
        return starts == null ? null : starts.ceilingKey(from);
    }

    @Override
    public @Nullable SortedSet<String> closing(String name, Instant start) {
        TreeMap<Instant, SortedSet<String>> starts = closing.get(name);
        return starts == null ? null : starts.get(start);
    }

    @Override
    public void putClosing(String name, Instant start, SortedSet<String> blind) {
        closing.computeIfAbsent(name, any -> new TreeMap<>()).put(start, blind);
    }

    @Override
    public void forgetClosing(String name, Instant start) {
        remove(closing, name, start);
    }

    @Override
    public SortedMap<Scope, ByHealth> levels(String cluster) {
        return copy(levels.get(cluster));
    }

    @Override
    public @Nullable ByHealth levels(Scope scope) {
        TreeMap<Scope, ByHealth> of = levels.get(scope.cluster());
        return of == null ? null : of.get(scope);
    }

    @Override
    public void putLevels(Scope scope, ByHealth now) {
        levels.computeIfAbsent(scope.cluster(), any -> new TreeMap<>()).put(scope, now);
    }

    @Override
    public void forgetLevels(Scope scope) {
        remove(levels, scope.cluster(), scope);
    }

    @Override
    public @Nullable TrendWindow window(Scope scope, WindowSize size, Instant start) {
        Map<WindowSize, Windows> ofScope = windows.get(scope);
        Windows of = ofScope == null ? null : ofScope.get(size);
        return of == null ? null : of.at(start);
    }

    @Override
    public void put(TrendWindow window) {
        Map<WindowSize, Windows> ofScope =
                windows.computeIfAbsent(window.scope(), any -> new EnumMap<>(WindowSize.class));
        Windows of = ofScope.get(window.size());
        if (of == null) {
            ofScope.put(window.size(), new Windows(window));
        } else {
            of.put(window);
        }
    }

    /** Those that are kept. */
    Stream<TrendWindow> windows() {
        return windows.values().stream()
                .map(Map::values)
                .flatMap(Collection::stream)
                .flatMap(Windows::all);
    }

    @Override
    public SortedMap<Scope, Instant> open(String cluster, WindowSize size) {
        return copy(open.getOrDefault(cluster, Map.of()).get(size));
    }

    @Override
    public @Nullable Instant open(Scope scope, WindowSize size) {
        TreeMap<Scope, Instant> of =
                open.getOrDefault(scope.cluster(), Map.of()).get(size);
        return of == null ? null : of.get(scope);
    }

    @Override
    public void putOpen(Scope scope, WindowSize size, @Nullable Instant start) {
        TreeMap<Scope, Instant> of = open.computeIfAbsent(scope.cluster(), any -> new EnumMap<>(WindowSize.class))
                .computeIfAbsent(size, any -> new TreeMap<>());
        if (start == null) {
            of.remove(scope);
        } else {
            of.put(scope, start);
        }
    }

    @Override
    public void forgetBefore(WindowSize size, Instant start) {
        windows.values().removeIf(ofScope -> {
            Windows kept = ofScope.get(size);
            if (kept != null && kept.forgetBefore(start)) {
                ofScope.remove(size);
            }
            return ofScope.isEmpty();
        });
    }

    /** The merger changes what it goes through. */
    private static <K, V> SortedMap<K, V> copy(@Nullable SortedMap<K, V> all) {
        return all == null ? new TreeMap<>() : new TreeMap<>(all);
    }

    private static <K, L, V> void remove(Map<K, TreeMap<L, V>> from, K outer, L inner) {
        TreeMap<L, V> of = from.get(outer);
        if (of != null) {
            of.remove(inner);
            if (of.isEmpty()) {
                from.remove(outer);
            }
        }
    }
}
