package io.tenantpulse.exporter;

import java.util.HashMap;
import java.util.Map;

/** Counts what one cluster's log does, by kind. Guarded by the log's lock. */
final class Counters {
    private final long[] published = new long[WatchedKind.ALL.size()];
    private final long[] unchanged = new long[WatchedKind.ALL.size()];
    private final long[] undecodable = new long[WatchedKind.ALL.size()];

    void published(WatchedKind kind) {
        published[kind.index()]++;
    }

    void unchanged(WatchedKind kind) {
        unchanged[kind.index()]++;
    }

    void undecodable(WatchedKind kind) {
        undecodable[kind.index()]++;
    }

    Stats stats(ClusterModel model) {
        Map<WatchedKind, Stats.OfKind> kinds = new HashMap<>();
        for (WatchedKind each : WatchedKind.ALL) {
            int at = each.index();
            kinds.put(each, new Stats.OfKind(model.count(each), published[at], unchanged[at], undecodable[at]));
        }
        return new Stats(kinds);
    }
}
