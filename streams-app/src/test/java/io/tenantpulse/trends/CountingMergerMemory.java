package io.tenantpulse.trends;

import java.time.Instant;
import java.util.SortedMap;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** Counts how many entries are read, one by one or as a part of a whole. */
final class CountingMergerMemory extends HeldMergerMemory {
    long read;

    private <T> T one(T entry) {
        read++;
        return entry;
    }

    private <K, V> SortedMap<K, V> all(SortedMap<K, V> entries) {
        read += entries.size();
        return entries;
    }

    @Override
    public SortedMap<Scope, Totals> partials(String cluster, Instant start) {
        return all(super.partials(cluster, start));
    }

    @Override
    public @Nullable Totals partial(String cluster, Instant start, Scope scope) {
        return one(super.partial(cluster, start, scope));
    }

    @Override
    public SortedMap<String, Progress> progress() {
        return all(super.progress());
    }

    @Override
    public @Nullable Progress progress(String name) {
        return one(super.progress(name));
    }

    @Override
    public @Nullable Instant firstClosing(String name, Instant from) {
        return one(super.firstClosing(name, from));
    }

    @Override
    public @Nullable SortedSet<String> closing(String name, Instant start) {
        return one(super.closing(name, start));
    }

    @Override
    public SortedMap<Scope, ByHealth> levels(String cluster) {
        return all(super.levels(cluster));
    }

    @Override
    public @Nullable ByHealth levels(Scope scope) {
        return one(super.levels(scope));
    }

    @Override
    public @Nullable TrendWindow window(Scope scope, WindowSize size, Instant start) {
        return one(super.window(scope, size, start));
    }

    @Override
    public SortedMap<Scope, Instant> open(String cluster, WindowSize size) {
        return all(super.open(cluster, size));
    }

    @Override
    public @Nullable Instant open(Scope scope, WindowSize size) {
        return one(super.open(scope, size));
    }
}
