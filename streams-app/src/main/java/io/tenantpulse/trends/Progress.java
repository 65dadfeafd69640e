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
 * @param decided the end of the last window that is closed; null: none is
 * @param gone partitions that have said that the cluster is gone, and nothing of it since
 */
public record Progress(
        SortedMap<Integer, Instant> closedTo, @Nullable Instant decided, SortedSet<Integer> gone) {
    public static final Progress NONE = new Progress(new TreeMap<>(), null, new TreeSet<>());

    public Progress {
        closedTo = Collections.unmodifiableSortedMap(new TreeMap<>(closedTo));
        gone = Collections.unmodifiableSortedSet(new TreeSet<>(gone));
    }

    /** A partition has closed a window. */
    Progress with(WindowClosed closed) {
        TreeMap<Integer, Instant> ends = new TreeMap<>(closedTo);
        ends.put(closed.partition(), closed.start().plus(WindowSize.MINUTE.length()));
        TreeSet<Integer> went = new TreeSet<>(gone);
        if (closed.gone()) {
            went.add(closed.partition());
        } else {
            went.remove(closed.partition());
        }
        return new Progress(ends, decided, went);
    }

    /** Whether every partition has closed that window, or gone past it. */
    boolean isOver(Instant start, int partitions) {
        return closedTo.size() == partitions && start.isBefore(Collections.min(closedTo.values()));
    }

    boolean isGone(int partitions) {
        return gone.size() == partitions;
    }

    /** Whether that window is closed. */
    boolean isDecided(Instant start) {
        return decided != null && start.isBefore(decided);
    }

    /** That window is closed. */
    Progress decided(Instant start) {
        Instant end = start.plus(WindowSize.MINUTE.length());
        return new Progress(closedTo, decided == null || end.isAfter(decided) ? end : decided, gone);
    }
}
