package io.tenantpulse.detect;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is due when, per cluster, held in memory: a question costs what is due, however much waits. */
final class Agenda<T> {
    private final Map<String, TreeSet<Entry<T>>> byCluster = new HashMap<>();

    private record Entry<T>(Instant time, String key, T what) implements Comparable<Entry<T>> {
        @Override
        public int compareTo(Entry<T> other) {
            int order = time.compareTo(other.time);
            return order == 0 ? key.compareTo(other.key) : order;
        }
    }

    /**
     * Moves an entry.
     *
     * @param key unique in the cluster
     * @param before where it stands now; null: nowhere
     * @param after where it shall stand; null: nowhere
     */
    void move(String cluster, String key, T what, @Nullable Instant before, @Nullable Instant after) {
        if (before != null && !before.equals(after)) {
            TreeSet<Entry<T>> entries = byCluster.get(cluster);
            if (entries != null) {
                entries.remove(new Entry<>(before, key, what));
            }
        }
        if (after != null) {
            byCluster.computeIfAbsent(cluster, any -> new TreeSet<>()).add(new Entry<>(after, key, what));
        }
    }

    boolean isDue(String cluster, Instant upTo) {
        TreeSet<Entry<T>> entries = byCluster.get(cluster);
        return entries != null && !entries.isEmpty() && !entries.first().time.isAfter(upTo);
    }

    /** What is not later than {@code upTo}, earliest first, then by key. */
    List<T> due(String cluster, Instant upTo) {
        if (!isDue(cluster, upTo)) {
            return List.of();
        }
        List<T> due = new ArrayList<>();
        for (Entry<T> each : byCluster.get(cluster)) {
            if (each.time.isAfter(upTo)) {
                break;
            }
            due.add(each.what);
        }
        return due;
    }
}
