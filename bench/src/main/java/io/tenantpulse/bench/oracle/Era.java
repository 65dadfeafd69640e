package io.tenantpulse.bench.oracle;

import io.tenantpulse.v1.ClusterMark;
import io.tenantpulse.v1.MarkType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What counts of one cluster's log, from its first record to CLUSTER_GONE or the end: lower epochs are refused, what is not
 * newer than the newest is a repetition (DESIGN 3, Epochs).
 */
record Era(String cluster, List<LogEntry> entries) {
    /** All eras of all clusters. */
    static List<Era> of(List<LogEntry> log) {
        Map<String, List<LogEntry>> byCluster = new LinkedHashMap<>();
        log.forEach(entry -> byCluster
                .computeIfAbsent(entry.cluster(), any -> new ArrayList<>())
                .add(entry));
        List<Era> eras = new ArrayList<>();
        byCluster.forEach((cluster, entries) -> eras.addAll(of(cluster, entries)));
        return eras;
    }

    private static List<Era> of(String cluster, List<LogEntry> all) {
        List<Era> eras = new ArrayList<>();
        List<LogEntry> counted = new ArrayList<>();
        LogEntry newest = null;
        boolean gone = false;
        for (LogEntry each : all) {
            boolean counts = newest == null || (gone ? each.epoch() > newest.epoch() : each.isNewerThan(newest));
            if (!counts) {
                continue;
            }
            if (gone) {
                eras.add(new Era(cluster, List.copyOf(counted)));
                counted.clear();
            }
            newest = each;
            counted.add(each);
            gone = isMark(each, MarkType.CLUSTER_GONE);
        }
        eras.add(new Era(cluster, List.copyOf(counted)));
        return eras;
    }

    int size() {
        return entries.size();
    }

    LogEntry at(int index) {
        return entries.get(index);
    }

    boolean isMark(int index, MarkType type) {
        return isMark(entries.get(index), type);
    }

    private static boolean isMark(LogEntry entry, MarkType type) {
        return entry.value() instanceof ClusterMark mark && mark.getType() == type;
    }

    ClusterMark mark(int index) {
        return (ClusterMark) entries.get(index).value();
    }

    /** How much the API server's clock is ahead of the exporter's, as the last list before an entry says. */
    long skewMillisBefore(int index) {
        for (int i = index - 1; i >= 0; i--) {
            if (isMark(i, MarkType.SYNC_BEGIN) && !mark(i).getFromMemory()) {
                return mark(i).getSkewMillis();
            }
        }
        return 0;
    }

    /** Whether another exporter has taken over with this entry. */
    boolean beginsEpoch(int index) {
        return index > 0 && at(index).epoch() > at(index - 1).epoch();
    }
}
