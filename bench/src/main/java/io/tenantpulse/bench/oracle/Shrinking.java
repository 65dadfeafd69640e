package io.tenantpulse.bench.oracle;

import io.tenantpulse.v1.Change;
import io.tenantpulse.v1.ClusterMark;
import io.tenantpulse.v1.MarkType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Makes a history shorter while it still shows a disagreement. What it leaves out, an exporter could have left out as well:
 * whole clusters, records of objects, watermarks, never another mark.
 */
final class Shrinking {
    private Shrinking() {}

    static History of(History history, Predicate<History> stillWrong) {
        History now = new History(history.seed(), history.rules(), history.log(), Set.of());
        if (!stillWrong.test(now)) {
            now = history;
        }
        for (String cluster :
                now.log().stream().map(LogEntry::cluster).distinct().toList()) {
            now = kept(now, stillWrong, entry -> !entry.cluster().equals(cluster));
        }
        for (int size = Math.max(1, now.log().size() / 4); size >= 1; size /= 2) {
            for (int from = now.log().size() - size; from >= 0; from -= size) {
                now = withoutRemovable(now, stillWrong, from, from + size);
                from = Math.min(from, now.log().size());
            }
        }
        return now;
    }

    private static History kept(History now, Predicate<History> stillWrong, Predicate<LogEntry> keep) {
        History shorter = now;
        for (int i = now.log().size() - 1; i >= 0; i--) {
            if (!keep.test(now.log().get(i))) {
                shorter = shorter.without(i, i + 1);
            }
        }
        return shorter.log().size() < now.log().size() && stillWrong.test(shorter) ? shorter : now;
    }

    /** What a frame does not mention is gone: to leave it out would tell another story. */
    private static boolean isListed(LogEntry entry) {
        return !entry.isMark()
                && entry.value()
                                .get(entry.value()
                                        .getSchema()
                                        .getField("change")
                                        .pos())
                        == Change.SNAPSHOT;
    }

    private static History withoutRemovable(History now, Predicate<History> stillWrong, int from, int to) {
        List<Integer> removable = new ArrayList<>();
        for (int i = from; i < Math.min(to, now.log().size()); i++) {
            LogEntry entry = now.log().get(i);
            boolean mark = entry.value() instanceof ClusterMark any && any.getType() != MarkType.WATERMARK;
            if (!mark && !isListed(entry)) {
                removable.add(i);
            }
        }
        History shorter = now;
        for (int i = removable.size() - 1; i >= 0; i--) {
            shorter = shorter.without(removable.get(i), removable.get(i) + 1);
        }
        return !removable.isEmpty() && stillWrong.test(shorter) ? shorter : now;
    }
}
