package io.tenantpulse.exporter.kube;

import io.tenantpulse.exporter.ClusterLog;
import io.tenantpulse.exporter.Role;
import io.tenantpulse.exporter.WatchedKind;
import io.tenantpulse.v1.KindState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which kinds of a cluster are proven live, and since when. It declares every gap before the first record or mark that follows it, and says what a
 * watermark covers.
 *
 * <p>Each kind has a lock of its own, held while one of its records or marks is written, so that nothing of the kind comes between a judgement and the
 * record that rests on it.
 */
final class Coverage {
    private final ClusterLog log;
    private final InstantSource clock;
    private final Duration longestPause;
    private final Map<WatchedKind, Entry> entries = new LinkedHashMap<>();

    /** @param longestPause if a kind's reader stands still for longer, what it then reads comes late */
    Coverage(ClusterLog log, InstantSource clock, Duration longestPause, List<WatchedKind> kinds) {
        this.log = log;
        this.clock = clock;
        this.longestPause = longestPause;
        kinds.forEach(kind -> entries.put(kind, new Entry(kind)));
    }

    private static final class Entry {
        private final WatchedKind kind;
        private KindState state = KindState.BLIND;
        private Instant liveSince = Instant.MAX;
        private Instant lastBookmark = Instant.MIN;
        private @Nullable Instant coveredUntil;
        private @Nullable Instant readAt;
        private boolean gapOwed;
        /** The gap that is owed has been declared up to where it was then, before something that was read within it. */
        private boolean gapBegun;

        private boolean lagging;
        private boolean served = true;
        private boolean begun;

        Entry(WatchedKind kind) {
            this.kind = kind;
        }
    }

    /** A bookmark of the kind's watch has been read: it is live from now on. */
    void bookmark(WatchedKind kind) {
        Entry entry = entry(kind);
        synchronized (entry) {
            prove(entry);
            entry.lastBookmark = clock.instant();
        }
    }

    /** The kind's watch has rightly been silent, and all that happened to the kind until {@code time} has been read: it is live. */
    void quiet(WatchedKind kind, Instant time) {
        Entry entry = entry(kind);
        synchronized (entry) {
            prove(entry);
            if (time.isAfter(entry.lastBookmark)) {
                entry.lastBookmark = time;
            }
        }
    }

    /** All of the live kinds that happened before this has been read, as far as bookmarks tell; {@link Instant#MIN}: nothing is known. */
    Instant earliestBookmark() {
        Instant earliest = Instant.MAX;
        for (Entry entry : entries.values()) {
            synchronized (entry) {
                // Events have no bookmarks, and no rule rests on their absence.
                boolean counts = entry.state == KindState.LIVE && entry.kind.role() != Role.EVENT;
                if (counts && entry.lastBookmark.isBefore(earliest)) {
                    earliest = entry.lastBookmark;
                }
            }
        }
        return earliest.equals(Instant.MAX) ? Instant.MIN : earliest;
    }

    /**
     * Writes an event that the kind's watch has delivered. After a break it proves nothing: it may be one of many that happened meanwhile and are still
     * under way. Only of Events, which have no bookmarks, it is the proof.
     */
    void record(WatchedKind kind, Runnable write) {
        Entry entry = entry(kind);
        synchronized (entry) {
            sayIfLate(entry);
            if (kind.role() == Role.EVENT) {
                prove(entry);
            } else {
                beginGap(entry);
            }
            write.run();
        }
    }

    /** The kind's reader is about to take what has arrived, if anything; it says so about once a second. */
    void reading(WatchedKind kind) {
        Entry entry = entry(kind);
        synchronized (entry) {
            sayIfLate(entry);
            entry.readAt = clock.instant();
        }
    }

    /**
     * What waited while its reader stood still (the process was stopped, or the log took nothing) or fell behind is stamped
     * later than it happened: a gap before it keeps it from proving anything.
     */
    private void sayIfLate(Entry entry) {
        Instant readAt = entry.readAt;
        if (readAt != null) {
            Instant now = clock.instant();
            entry.readAt = now;
            if (entry.state == KindState.LIVE && readAt.plus(longestPause).isBefore(now)) {
                gap(entry, true);
                entry.liveSince = now;
            }
        }
        if (entry.lagging) {
            beginGap(entry);
        }
    }

    /** The kind's reader has read all that had arrived. */
    void caughtUp(WatchedKind kind) {
        Entry entry = entry(kind);
        synchronized (entry) {
            if (entry.lagging) {
                entry.lagging = false;
                prove(entry);
            }
        }
    }

    /** The kind's reader did not keep up: what it reads is late, so the kind is blind until it has caught up. */
    void lagging(WatchedKind kind) {
        Entry entry = entry(kind);
        synchronized (entry) {
            if (entry.state == KindState.LIVE) {
                lose(entry);
                entry.lagging = true;
            }
        }
    }

    /** The kind's watch ended or failed: it is blind since it was last proven. */
    void lost(WatchedKind kind) {
        Entry entry = entry(kind);
        synchronized (entry) {
            endLag(entry);
            if (entry.state == KindState.LIVE) {
                lose(entry);
            }
        }
    }

    /** A full list of the kind begins. */
    void frameBegins(WatchedKind kind, long skewMillis) {
        Entry entry = entry(kind);
        synchronized (entry) {
            if (entry.state == KindState.LIVE) {
                lose(entry);
            }
            endLag(entry);
            if (entry.gapOwed) {
                gap(entry, false);
            }
            entry.state = KindState.BLIND;
            entry.begun = true;
            log.syncBegin(kind, skewMillis, null);
        }
    }

    /**
     * The list is complete.
     *
     * @param live whether its end itself proves that the watch which goes on is live, as a streaming list's does
     */
    void frameEnds(WatchedKind kind, boolean live) {
        Entry entry = entry(kind);
        synchronized (entry) {
            log.syncEnd(kind, null);
            if (live) {
                prove(entry);
            }
        }
    }

    /** The API server refuses us the kind. */
    void forbidden(WatchedKind kind) {
        Entry entry = entry(kind);
        synchronized (entry) {
            if (entry.state == KindState.LIVE) {
                lose(entry);
            }
            entry.state = KindState.FORBIDDEN;
        }
    }

    /** The API server does not serve the kind. What tenants it had are gone with it: an empty frame says so. */
    void absent(WatchedKind kind, long skewMillis) {
        Entry entry = entry(kind);
        synchronized (entry) {
            if (entry.state == KindState.ABSENT) {
                return;
            }
            if (kind.role() == Role.TENANT) {
                frameBegins(kind, skewMillis);
                log.syncEnd(kind, null);
            }
            entry.state = KindState.ABSENT;
            entry.gapOwed = false;
        }
    }

    /** What discovery says of the kind; that it lacks it is not believed at once. */
    void served(WatchedKind kind, boolean isServed) {
        Entry entry = entry(kind);
        synchronized (entry) {
            entry.served = isServed;
        }
    }

    /** Nothing was read or written out for a while, by no fault of any watch: says so for every live kind. */
    void stalled() {
        for (Entry entry : entries.values()) {
            synchronized (entry) {
                if (entry.state == KindState.LIVE && entry.coveredUntil != null) {
                    gap(entry, true);
                    entry.liveSince = clock.instant();
                }
            }
        }
    }

    /** Whether only a bookmark can prove the kind live. */
    boolean awaitsBookmark(WatchedKind kind) {
        Entry entry = entry(kind);
        synchronized (entry) {
            return entry.state == KindState.BLIND && !entry.lagging;
        }
    }

    KindState state(WatchedKind kind) {
        Entry entry = entry(kind);
        synchronized (entry) {
            return entry.state;
        }
    }

    /** The kinds that have been live since before that time. */
    List<WatchedKind> liveSince(Instant time) {
        List<WatchedKind> live = new ArrayList<>();
        for (Entry entry : entries.values()) {
            synchronized (entry) {
                if (isCovered(entry, time)) {
                    live.add(entry.kind);
                }
            }
        }
        return live;
    }

    /**
     * Writes the watermark if a tenant kind has been live since before its time.
     *
     * @return whether it was written
     */
    boolean watermark(Instant time, boolean probed) {
        Map<WatchedKind, KindState> states = new LinkedHashMap<>();
        boolean tenants = false;
        for (Entry entry : entries.values()) {
            synchronized (entry) {
                boolean covered = isCovered(entry, time);
                if (!isUnheardOf(entry)) {
                    states.put(entry.kind, entry.state == KindState.LIVE && !covered ? KindState.BLIND : entry.state);
                }
                tenants |= covered && entry.kind.role() == Role.TENANT;
            }
        }
        if (!tenants) {
            return false;
        }
        log.watermark(time, probed, states, null);
        states.forEach((kind, state) -> {
            if (state == KindState.LIVE) {
                covered(kind, time);
            }
        });
        return true;
    }

    private void covered(WatchedKind kind, Instant time) {
        Entry entry = entry(kind);
        synchronized (entry) {
            entry.coveredUntil = time;
        }
    }

    /** A kind that may just not be served: until that is certain, nothing is said of it. */
    private static boolean isUnheardOf(Entry entry) {
        return entry.state == KindState.BLIND && !entry.served && !entry.begun;
    }

    private static boolean isCovered(Entry entry, Instant time) {
        return entry.state == KindState.LIVE && !entry.liveSince.isAfter(time);
    }

    private Entry entry(WatchedKind kind) {
        return java.util.Objects.requireNonNull(entries.get(kind), kind.name());
    }

    private void prove(Entry entry) {
        if (entry.state == KindState.LIVE || entry.lagging) {
            return;
        }
        if (entry.gapOwed) {
            gap(entry, true);
        }
        entry.state = KindState.LIVE;
        entry.liveSince = clock.instant();
        entry.lastBookmark = entry.liveSince;
    }

    private static void lose(Entry entry) {
        entry.state = KindState.BLIND;
        entry.liveSince = Instant.MAX;
        entry.gapOwed = true;
    }

    /** A watch that ended while its reader lagged owes a gap, whatever was said of the lag. */
    private static void endLag(Entry entry) {
        entry.gapOwed |= entry.lagging;
        entry.lagging = false;
        entry.readAt = null;
    }

    private void gap(Entry entry, boolean resumed) {
        entry.gapOwed = false;
        entry.gapBegun = false;
        declare(entry, resumed);
    }

    /** Before what is read within a gap whose end is not known yet. */
    private void beginGap(Entry entry) {
        if (entry.gapOwed && !entry.gapBegun) {
            entry.gapBegun = true;
            declare(entry, true);
        }
    }

    private void declare(Entry entry, boolean resumed) {
        log.gap(List.of(entry.kind), entry.coveredUntil, clock.instant(), resumed, null);
    }
}
