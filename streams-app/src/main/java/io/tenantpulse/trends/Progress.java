package io.tenantpulse.trends;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How far the partitions are with a cluster, or with the fleet.
 *
 * @param closedTo for each partition that has said anything, the end of the last window that it has closed
 * @param open windows that some have closed and others have not, with the clusters that are blind in them
 * @param decided the end of the last window that is closed; null: none is
 * @param gone partitions that have said that the cluster is gone
 */
public record Progress(
        SortedMap<Integer, Instant> closedTo,
        SortedMap<Instant, SortedSet<String>> open,
        @Nullable Instant decided,
        SortedSet<Integer> gone) {
    public static final Progress NONE = new Progress(new TreeMap<>(), new TreeMap<>(), null, new TreeSet<>());

    public Progress {
        closedTo = Collections.unmodifiableSortedMap(new TreeMap<>(closedTo));
        open = Collections.unmodifiableSortedMap(new TreeMap<>(open));
        gone = Collections.unmodifiableSortedSet(new TreeSet<>(gone));
    }

    /** A partition has closed a window. */
    Progress with(WindowClosed closed) {
        TreeMap<Integer, Instant> ends = new TreeMap<>(closedTo);
        ends.put(closed.partition(), closed.start().plus(WindowSize.MINUTE.length()));
        TreeMap<Instant, SortedSet<String>> windows = new TreeMap<>(open);
        TreeSet<String> blind = new TreeSet<>(closed.blind());
        blind.addAll(windows.getOrDefault(closed.start(), new TreeSet<>()));
        windows.put(closed.start(), blind);
        TreeSet<Integer> went = new TreeSet<>(gone);
        if (closed.gone()) {
            went.add(closed.partition());
        }
        return new Progress(ends, windows, decided, went);
    }

    /** The first window that every partition has closed, or gone past; null: there is none. */
    @Nullable
    Instant next(int partitions) {
        if (open.isEmpty() || closedTo.size() < partitions) {
            return null;
        }
        Instant slowest = Collections.min(closedTo.values());
        return open.firstKey().isBefore(slowest) ? open.firstKey() : null;
    }

    /** That window is closed. */
    Progress decided(Instant start) {
        TreeMap<Instant, SortedSet<String>> windows = new TreeMap<>(open);
        windows.remove(start);
        return new Progress(closedTo, windows, start.plus(WindowSize.MINUTE.length()), gone);
    }
}
