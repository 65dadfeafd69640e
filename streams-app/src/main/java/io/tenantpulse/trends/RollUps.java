package io.tenantpulse.trends;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Adds windows of one minute up to longer ones. Those that are not over yet can be read, but are told only when they are. */
final class RollUps {
    private static final List<WindowSize> SIZES = List.of(WindowSize.QUARTER, WindowSize.HOUR, WindowSize.DAY);

    private final MergerMemory memory;
    private final MergerVoice voice;

    RollUps(MergerMemory memory, MergerVoice voice) {
        this.memory = memory;
        this.voice = voice;
    }

    /**
     * Adds a window of one minute.
     *
     * @param before the same window until now, in which all was blind; null: there was none
     */
    void add(TrendWindow minute, @Nullable TrendWindow before) {
        for (WindowSize size : SIZES) {
            Instant start = size.startOf(minute.start());
            TrendWindow known = memory.window(minute.scope(), size, start);
            if (known == null && before != null) {
                // It was told with that minute in it, and is kept no longer: of the minute alone it would be wrong.
                voice.count("trend-too-late");
            } else if (known == null) {
                Instant open = memory.open(minute.scope(), size);
                boolean over = open != null && open.isAfter(start);
                TrendWindow first = new TrendWindow(
                        minute.scope(),
                        size,
                        start,
                        0,
                        minute.blindClusters(),
                        minute.totals(),
                        minute.minutes(),
                        minute.start(),
                        minute.end());
                memory.put(first);
                if (over) {
                    voice.say(first);
                } else {
                    finish(minute.scope(), size, start);
                    memory.putOpen(minute.scope(), size, start);
                }
            } else {
                addTo(known, minute, before);
            }
        }
    }

    private void addTo(TrendWindow known, TrendWindow minute, @Nullable TrendWindow before) {
        boolean last = !minute.end().isBefore(known.upTo());
        boolean first = !minute.start().isAfter(known.from());
        Totals totals = before == null && last
                ? known.totals().followedBy(minute.totals())
                : known.totals()
                        .corrected(
                                before == null ? Totals.NONE : before.totals(),
                                minute.totals(),
                                new Totals.Edge(first, last));
        Instant open = memory.open(minute.scope(), known.size());
        boolean told = !known.start().equals(open);
        TreeSet<String> blind = new TreeSet<>(known.blindClusters());
        blind.addAll(minute.blindClusters());
        TrendWindow now = new TrendWindow(
                known.scope(),
                known.size(),
                known.start(),
                told ? known.revision() + 1 : known.revision(),
                List.copyOf(blind),
                totals,
                known.minutes() + (before == null ? minute.minutes() : 0),
                first ? minute.start() : known.from(),
                last ? minute.end() : known.upTo());
        memory.put(now);
        if (told) {
            voice.say(now);
        }
    }

    /** All windows of a cluster's scopes, or the fleet's, that end by then are over. */
    void finish(String cluster, Instant upTo) {
        for (WindowSize size : SIZES) {
            for (Map.Entry<Scope, Instant> open : memory.open(cluster, size).entrySet()) {
                if (!open.getValue().plus(size.length()).isAfter(upTo)) {
                    finish(open.getKey(), size, upTo);
                }
            }
        }
    }

    /** Nothing more comes of a cluster's scopes: what is open of them ends where it is. */
    void end(String cluster) {
        finish(cluster, Instant.MAX);
    }

    private void finish(Scope scope, WindowSize size, Instant upTo) {
        Instant open = memory.open(scope, size);
        if (open != null && !open.plus(size.length()).isAfter(upTo)) {
            TrendWindow window = memory.window(scope, size, open);
            if (window != null) {
                voice.say(window);
            }
            memory.putOpen(scope, size, null);
        }
    }

    /** Whether a minute was told of a cluster that was not seen, so long ago that it is kept no longer. */
    boolean hasForgotten(Scope scope, Instant minute) {
        Progress fleet = memory.progress(Scope.FLEET.cluster());
        if (fleet == null
                || fleet.decided() == null
                || !minute.isBefore(fleet.decided().minus(WindowSize.MINUTE.kept()))) {
            return false;
        }
        for (WindowSize size : SIZES) {
            TrendWindow known = memory.window(scope, size, size.startOf(minute));
            if (known != null) {
                return known.blindClusters().contains(scope.cluster());
            }
        }
        return false;
    }

    /** Once an hour: what is kept no longer. */
    void forgetOld(Instant upTo) {
        if (WindowSize.HOUR.startOf(upTo).equals(upTo)) {
            for (WindowSize size : WindowSize.values()) {
                memory.forgetBefore(size, upTo.minus(size.kept()));
            }
        }
    }
}
