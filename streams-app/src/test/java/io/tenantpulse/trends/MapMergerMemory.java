package io.tenantpulse.trends;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A memory of maps, for tests. */
final class MapMergerMemory implements MergerMemory {
    private final Map<String, TreeMap<Scope, Totals>> partials = new TreeMap<>();
    private final TreeMap<String, Progress> progress = new TreeMap<>();
    private final TreeMap<String, TreeMap<Instant, SortedSet<String>>> closing = new TreeMap<>();
    private final TreeMap<Scope, ByHealth> levels = new TreeMap<>();
    final Map<String, TrendWindow> windows = new TreeMap<>();
    /** How many entries were read, one by one or as a part of a whole. */
    long read;

    private final Map<WindowSize, TreeMap<Scope, Instant>> open = new TreeMap<>();

    private static String key(String cluster, Instant start) {
        return cluster + '@' + start;
    }

    private static String key(Scope scope, WindowSize size, Instant start) {
        return scope.key() + '@' + size.word() + '@' + start;
    }

    @Override
    public SortedMap<Scope, Totals> partials(String cluster, Instant start) {
        return new TreeMap<>(partials.getOrDefault(key(cluster, start), new TreeMap<>()));
    }

    @Override
    public @Nullable Totals partial(String cluster, Instant start, Scope scope) {
        return partials.getOrDefault(key(cluster, start), new TreeMap<>()).get(scope);
    }

    @Override
    public void putPartial(String cluster, Instant start, Scope scope, Totals totals) {
        partials.computeIfAbsent(key(cluster, start), any -> new TreeMap<>()).put(scope, totals);
    }

    @Override
    public void forgetPartials(String cluster, Instant start) {
        partials.remove(key(cluster, start));
    }

    @Override
    public SortedMap<String, Progress> progress() {
        read += progress.size();
        return new TreeMap<>(progress);
    }

    @Override
    public @Nullable Progress progress(String name) {
        read++;
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
        read++;
        return closing.getOrDefault(name, new TreeMap<>()).ceilingKey(from);
    }

    @Override
    public @Nullable SortedSet<String> closing(String name, Instant start) {
        read++;
        return closing.getOrDefault(name, new TreeMap<>()).get(start);
    }

    @Override
    public void putClosing(String name, Instant start, SortedSet<String> blind) {
        closing.computeIfAbsent(name, any -> new TreeMap<>()).put(start, blind);
    }

    @Override
    public void forgetClosing(String name, Instant start) {
        closing.getOrDefault(name, new TreeMap<>()).remove(start);
    }

    @Override
    public SortedMap<Scope, ByHealth> levels(String cluster) {
        TreeMap<Scope, ByHealth> of = new TreeMap<>(levels);
        of.keySet().removeIf(scope -> !scope.cluster().equals(cluster));
        read += of.size();
        return of;
    }

    @Override
    public @Nullable ByHealth levels(Scope scope) {
        read++;
        return levels.get(scope);
    }

    @Override
    public void putLevels(Scope scope, ByHealth now) {
        levels.put(scope, now);
    }

    @Override
    public void forgetLevels(Scope scope) {
        levels.remove(scope);
    }

    @Override
    public @Nullable TrendWindow window(Scope scope, WindowSize size, Instant start) {
        read++;
        return windows.get(key(scope, size, start));
    }

    @Override
    public void put(TrendWindow window) {
        windows.put(key(window.scope(), window.size(), window.start()), window);
    }

    @Override
    public SortedMap<Scope, Instant> open(String cluster, WindowSize size) {
        TreeMap<Scope, Instant> of = new TreeMap<>(open.getOrDefault(size, new TreeMap<>()));
        of.keySet().removeIf(scope -> !scope.cluster().equals(cluster));
        read += of.size();
        return of;
    }

    @Override
    public @Nullable Instant open(Scope scope, WindowSize size) {
        read++;
        return open.getOrDefault(size, new TreeMap<>()).get(scope);
    }

    @Override
    public void putOpen(Scope scope, WindowSize size, @Nullable Instant start) {
        TreeMap<Scope, Instant> of = open.computeIfAbsent(size, any -> new TreeMap<>());
        if (start == null) {
            of.remove(scope);
        } else {
            of.put(scope, start);
        }
    }

    @Override
    public void forgetBefore(WindowSize size, Instant start) {
        for (TrendWindow window : List.copyOf(windows.values())) {
            if (window.size() == size && window.start().isBefore(start)) {
                windows.remove(key(window.scope(), size, window.start()));
            }
        }
    }
}
