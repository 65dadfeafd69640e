package io.tenantpulse.trends;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Decides, for one partition, when windows of the fleet close, and which clusters are blind in them. */
final class Fleet {
    private static final long MINUTE = WindowSize.MINUTE.length().toMillis();

    private final CensusMemory memory;
    private final CensusVoice voice;
    private final Map<String, Instant> watermarks = new TreeMap<>();
    private @Nullable Instant closedTo;
    private boolean changed;

    Fleet(CensusMemory memory, CensusVoice voice) {
        this.memory = memory;
        this.voice = voice;
        this.closedTo = memory.fleetClosedTo();
    }

    /** Something is known from then on; the first call counts. */
    void begins(Instant at) {
        if (closedTo == null) {
            closedTo = WindowSize.MINUTE.startOf(at);
            changed = true;
        }
    }

    /** A cluster's clock stands there; nothing closes by it. */
    void at(String cluster, Instant watermark) {
        watermarks.put(cluster, watermark);
    }

    void reach(String cluster, Instant watermark) {
        Instant before = furthest();
        watermarks.put(cluster, watermark);
        close(new Hole(before));
    }

    void gone(String cluster) {
        Instant before = furthest();
        watermarks.remove(cluster);
        close(new Hole(before));
    }

    private @Nullable Instant furthest() {
        return watermarks.values().stream().max(Instant::compareTo).orElse(null);
    }

    private void close(Hole hole) {
        Instant furthest = furthest();
        if (furthest == null || closedTo == null) {
            return;
        }
        Instant behind = furthest.minus(Census.BLIND_AFTER);
        long upTo = watermarks.values().stream()
                .filter(each -> !each.isBefore(behind))
                .mapToLong(Instant::toEpochMilli)
                .min()
                .orElseThrow();
        long closed = closedTo.toEpochMilli();
        for (long window = closed; window + MINUTE <= upTo; window += MINUTE) {
            if (hole.holds(window, upTo)) {
                window = WindowSize.MINUTE.startOf(upTo) - MINUTE;
            } else {
                voice.fleetClosed(Instant.ofEpochMilli(window), blindAt(window + MINUTE));
            }
            closed = window + MINUTE;
        }
        changed |= closed != closedTo.toEpochMilli();
        closedTo = Instant.ofEpochMilli(closed);
    }

    private List<String> blindAt(long end) {
        List<String> blind = new ArrayList<>();
        watermarks.forEach((cluster, watermark) -> {
            if (watermark.toEpochMilli() < end) {
                blind.add(cluster);
            }
        });
        return blind;
    }

    void flush() {
        if (changed && closedTo != null) {
            memory.putFleetClosedTo(closedTo);
            changed = false;
        }
    }
}
